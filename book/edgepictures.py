"""Pictures at the edges of paragraphs, which websites let the text flow around: in a book they stand apart.

How large one is, is known when it has been read: a small one is a sign among the words, and stays.
"""

from __future__ import annotations

import re

SMALL = 64
"""Pixels up to which a picture is no higher, or no wider, than a sign may be."""
_IMAGE = r"<img\b[^>]*/>"
_PICTURE = rf"(?P<picture>{_IMAGE}|<a\b[^>]*>\s*{_IMAGE}\s*</a>)"
_FIRST = re.compile(rf"<p(?P<given>\b[^>]*)>\s*{_PICTURE}(?:\s|<br/>)*+(?!</p>|<img\b|<a\b[^>]*>\s*<img\b)")
_LAST = re.compile(rf"(?P<before>[^\s>]|(?<!/>)</(?:em|strong|code|a|span)>)(?:\s|<br/>)*+{_PICTURE}\s*</p>")
_SIZE = re.compile(r'\s(?:width|height)="(\d+)"')
_FORMULA = re.compile(r'\sclass="[^"]*\b(?:latex|math|tex|emoji|icon|smiley)\b')


def set_apart(xhtml: str) -> str:
    """Make figures of large pictures that begin or end a paragraph of words."""
    if "<img" not in xhtml:
        return xhtml
    return _LAST.sub(_after, _FIRST.sub(_before, xhtml))


def _before(match: re.Match[str]) -> str:
    if not _is_large(match["picture"]):
        return match[0]
    return f"<figure>{match['picture']}</figure><p{match['given']}>"


def _after(match: re.Match[str]) -> str:
    if not _is_large(match["picture"]):
        return match[0]
    return f"{match['before']}</p><figure>{match['picture']}</figure>"


def _is_large(picture: str) -> bool:
    image = picture[picture.index("<img") :]
    sizes = [int(size) for size in _SIZE.findall(image)]
    return len(sizes) == 2 and min(sizes) > SMALL and not _FORMULA.search(image)
