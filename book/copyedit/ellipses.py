"""Three full points as one ellipsis."""

from __future__ import annotations

import re

from book.copyedit.runs import Edit

_POINTS = re.compile(r"(?<![.…])(?:\.\.\.|\. \. \.)(?![.…])")


def edits(text: str, language: str) -> list[Edit]:
    """Set `...` as `…`; four points and more are left as they are."""
    return [Edit(*match.span(), "…") for match in _POINTS.finditer(text)]
