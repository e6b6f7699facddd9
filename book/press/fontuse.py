"""What parts of a book used of its fonts, joined for the finished file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping
from typing import Any, TypeVar

_Glyph = TypeVar("_Glyph")
FontUse = Mapping[str, Any]
"""What a part used of one font: which it is, and its glyphs with their widths and texts."""


def together(uses: Iterable[FontUse]) -> list[FontUse]:
    """Join what several parts used of the same fonts, in the order of the parts."""
    joined: dict[str, dict[str, Any]] = {}
    for use in uses:
        whole = joined.setdefault(use["hash"], {**use, "texts": {}, "widths": {}, "missing": {}})
        for table in ("widths", "missing"):
            whole[table] = {**use[table], **whole[table]}
        for glyph, text in use["texts"].items():
            note_text(whole["texts"], glyph, text)
    return [joined[name] for name in sorted(joined)]


def note_text(texts: MutableMapping[_Glyph, str], glyph: _Glyph, text: str) -> None:
    """Note what a glyph shows. The first text stands; but of one letter, the small one.

    A small capital shows both, and a name would be read with capitals in the midst of it.
    """
    known = texts.setdefault(glyph, text)
    if known != text and known.lower() == text:
        texts[glyph] = text
