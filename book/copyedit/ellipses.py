"""Three full points as one ellipsis."""

from __future__ import annotations

import re

from book.copyedit.languages import tongue
from book.copyedit.runs import Edit

_POINTS = re.compile(r"(?<![.…/])(?:\.\.\.|\. \. \.)(?![.…/])")
_OF_THEIR_OWN = {"ja", "zh"}  # six points, in the middle of the line


def edits(text: str, language: str) -> list[Edit]:
    """Set `...` as `…`; four points and more, and those in a path, are left as they are."""
    if tongue(language) in _OF_THEIR_OWN:
        return []
    return [Edit(*match.span(), "…") for match in _POINTS.finditer(text)]
