"""Letters as the standards want them: composed (NFC), so that `e` and an accent after it are one `é`.

Texts from some systems come decomposed; they look the same, and are searched, hyphenated and checked
as others. What names something outside of the book, an address or a file, stays as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING
from unicodedata import decomposition, is_normalized, normalize

if TYPE_CHECKING:
    from lxml import etree

_STROKE = "\u0338"
"""It composes with `>` too, so that at the head of a text it would be one with the tag before."""
_JOINER = "\u034f"
_AFTER_MARKUP = re.compile(f"(?<=[<>=])(?={_STROKE})")
_IDEOGRAPHS = re.compile("[\uf900-\ufaff\U0002f800-\U0002fa1f]")
_FIRST_SELECTOR = 0xFE00
_NAMES_OF_OTHERS = frozenset(["href", "src"])


def composed(text: str) -> str:
    """Return a text with its letters composed; one that begins with a stroke keeps it to itself."""
    if not is_normalized("NFC", text):
        text = normalize("NFC", _IDEOGRAPHS.sub(_selected, text))
    return _JOINER + text if text.startswith(_STROKE) else text


def composed_markup(text: str) -> str:
    """Compose the words of a template, and none of its tags."""
    return composed(_AFTER_MARKUP.sub(_JOINER, text))


def compose(root: etree._Element) -> None:
    """Compose all words under `root`, and the attributes that are words or names within the book."""
    for element in root.iter():
        if element.text:
            element.text = composed(element.text)
        if element.tail:
            element.tail = composed(element.tail)
        for name, value in element.attrib.items():
            if name not in _NAMES_OF_OTHERS or str(value).startswith("#"):
                element.set(name, composed(str(value)))


def _selected(found: re.Match[str]) -> str:
    """Return an ideograph with the mark that tells its shape: composing alone would give a name another."""
    return _selections().get(found[0], found[0])


@cache
def _selections() -> dict[str, str]:
    """Return the standardised variations: those of one ideograph are numbered as Unicode lists them."""
    made: dict[str, str] = {}
    seen: Counter[str] = Counter()
    for sign in map(chr, (*range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20))):
        plain = decomposition(sign)
        if plain and not plain.startswith("<"):
            made[sign] = chr(int(plain, 16)) + chr(_FIRST_SELECTOR + seen[plain])
            seen[plain] += 1
    return made
