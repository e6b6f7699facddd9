"""What libraries say of a fault, as our own messages say it: one line, no full stop, names in backticks."""

from __future__ import annotations

import re

_KNOWN = (
    (r"Excessive depth in document: (\d+).*", r"its elements are nested more than \1 deep"),
    (r"File is not a zip file", "it is no zip"),
    (r"Range too big.*MAX_RANGE \((\d+)\).*", r"`range` may count to \1 and no further"),
    (r"Object of type '?(\w+)'? is not JSON serializable", r"`\1` cannot be written as JSON"),
    (r"access to attribute '(\w+)' of '(\w+)' object is unsafe", r"templates may not use `\1` of `\2`"),
    (r"Encountered unknown tag '(\w+)'.*", r"there is no tag `\1`"),
    (r"No (filter|test) named '(\w+)'.*", r"there is no \1 `\2`"),
    (r"'(\w+)' is undefined", r"there is nothing called `\1`"),
)
_QUOTED = re.compile(r"'([^'\n]{1,60})'")
_PLACE = re.compile(r"\s*, line \d+, column \d+\Z")


def restated(message: str) -> str:
    """Return a library's message in our words, as far as there are any for it."""
    plain = _PLACE.sub("", " ".join(message.split())).rstrip(".")
    for pattern, words in _KNOWN:
        if found := re.fullmatch(pattern, plain):
            return found.expand(words)
    plain = _QUOTED.sub(r"`\1`", plain)
    return plain if plain[:2].isupper() else plain[:1].lower() + plain[1:]
