"""What parts of a book used of its fonts, joined for the finished file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

FontUse = Mapping[str, Any]
"""What a part used of one font: which it is, and its glyphs with their widths and texts."""


def together(uses: Iterable[FontUse]) -> list[FontUse]:
    """Join what several parts used of the same fonts, in the order of the parts."""
    joined: dict[str, dict[str, Any]] = {}
    for use in uses:
        whole = joined.setdefault(use["hash"], {**use, "texts": {}, "widths": {}, "missing": {}})
        for table in ("texts", "widths", "missing"):
            whole[table] = {**use[table], **whole[table]}
    return [joined[name] for name in sorted(joined)]
