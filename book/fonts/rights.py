"""What a font's maker allows: the embedding bits (`fsType`) of its OS/2 table."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from book.fonts.fontfile import opened

_RESTRICTED, _PREVIEW, _EDITABLE, _WHOLE, _BITMAPS = 0x0002, 0x0004, 0x0008, 0x0100, 0x0200


@dataclass(frozen=True, slots=True)
class Rights:
    """Whether a font may be embedded in a book, and whether it may be cut to the characters used."""

    embed: bool = True
    cut: bool = True
    note: str | None = None
    """What the author should know, if the maker allows less than everything."""


def rights(font: Any) -> Rights:
    """Read the embedding bits of an open font (the OpenType specification, OS/2, `fsType`)."""
    bits = font["OS/2"].fsType if "OS/2" in font else 0
    cut = not bits & _WHOLE
    if bits & _BITMAPS or (bits & _RESTRICTED and not bits & (_PREVIEW | _EDITABLE)):
        return Rights(False, cut, "its maker forbids embedding")
    if bits & _PREVIEW and not bits & _EDITABLE:
        return Rights(True, cut, "its maker allows embedding for reading and printing only")
    return Rights(True, cut, None if cut else "its maker allows embedding only as a whole")


def of(path: Path) -> Rights:
    """Read the embedding bits of a font file."""
    with opened(path) as font:
        return rights(font)
