"""Headers without a fence above them, as Pelican, MultiMarkdown and Hexo have them."""

from __future__ import annotations

import re

from book.sources._headerkeys import KEYS

_KEY = re.compile(r"(?P<key>[A-Za-z][\w -]{0,40}?)[ \t]*:(?:[ \t]+\S.*|[ \t]*)")
_BELONGS = re.compile(r"[ \t]+\S|-\s+\S")
_FENCE = "---"
_LONGEST = 80
"""Lines that such a header may have."""


def fenced(text: str) -> str | None:
    """Return a post with fences around its header, which has none above it; None for any other text.

    Keys with values follow one another from the first line on, to a blank line or a fence; a title
    or a date is among them.
    """
    rows = text.removeprefix("\ufeff").split("\n")
    end = next(
        (n for n, row in enumerate(rows[:_LONGEST]) if not row.strip() or row.rstrip() == _FENCE), None
    )
    if not end:
        return None
    keys: set[str] = set()
    for row in rows[:end]:
        match = _KEY.fullmatch(row.rstrip())
        if match:
            keys.add(match["key"].lower().replace("-", "_"))
        elif not keys or not _BELONGS.match(row):
            return None
    if not keys & {"title", "date"} or not _KEY.fullmatch(rows[0].rstrip()) or not _known(rows[0]):
        return None
    rest = rows[end + 1 :] if rows[end].rstrip() == _FENCE else rows[end:]
    return "\n".join([_FENCE, *rows[:end], _FENCE, *rest])


def _known(row: str) -> bool:
    """Tell whether a line begins with a key that headers have: prose has colons too."""
    return row.partition(":")[0].strip().lower().replace("-", "_") in KEYS
