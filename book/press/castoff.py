"""Casting off: about how many pages a manuscript makes, told from its characters before any of it is set."""

from __future__ import annotations

import re
from collections.abc import Iterable

from book.model import Composition, Galley, Sheet
from book.press import geometry
from book.press.geometry import Page

_TAG = re.compile(r"<[^>]*>")
_PICTURE = 900
"""Characters of text that take as much room as a picture does."""
_TYPE = re.compile(
    r"(?:html|body|:root)\s*(?:,[^{}]*)?\{[^{}]*?"
    r"(?:font-size:\s*|font:[^;{}]*?)([\d.]+)pt(?:;\s*line-height:\s*|\s*/\s*)([\d.]+)pt"
)
_ORDINARY = (11.0, 14.0)
"""Size and leading, in points, where no style sheet gives both together."""
_SET = 0.93
"""Squares of the type's size by its leading that a character takes of the whole page, its margins included:
0.4 for itself, the rest for margins, headings, ends of paragraphs and what else is no text."""
_FULL_WIDTH = 2.3
"""How much more of it a character takes in languages whose characters are as wide as high."""
_OPENING = 0.5
"""What a galley leaves of a page, because the next one begins on a new one."""


def castoff(composition: Composition, shape: Page) -> int:
    """Return about how many pages there will be: a third more or fewer in ordinary books."""
    width, height = geometry.points(shape)
    size, leading = body_type(composition.sheets)
    language = composition.book.metadata.language.partition("-")[0]
    each = size * leading * _SET * (_FULL_WIDTH if language in ("ja", "zh", "ko") else 1.0)
    characters = sum(map(extent, composition.galleys))
    return max(1, round(characters * each / (width * height) + _OPENING * len(composition.galleys)))


def extent(galley: Galley) -> int:
    """Return the characters of a galley's text, and what its pictures would be of them."""
    return len(_TAG.sub("", galley.body)) + _PICTURE * galley.body.count("<img ")


def body_type(sheets: Iterable[Sheet]) -> tuple[float, float]:
    """Return the size and the leading that the last of some style sheets gives the whole text, in points."""
    found = [match for sheet in sheets for match in _TYPE.finditer(sheet.text)]
    return (float(found[-1][1]), float(found[-1][2])) if found else _ORDINARY
