"""How wide the words of a PDF are set: the codes of a string, and the advance of each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

_TOLD = re.compile(rb"(?m)^\s*<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]{4})>\s*$")


@dataclass(frozen=True, slots=True)
class Font:
    """What is asked of a font: its name, whether its codes have two bytes, and its widths in 1/1000 em."""

    name: str
    wide: bool = False
    drawn: bool = False
    """Whether its letters are little drawings (Type 3), whose size says nothing."""
    widths: dict[int, float] = field(default_factory=dict)
    usual: float = 500
    blanks: frozenset[int] = frozenset()
    """The codes of spaces."""

    def codes(self, text: bytes) -> list[int]:
        """Return the codes in a string."""
        if not self.wide:
            return list(text)
        return [int.from_bytes(text[at : at + 2], "big") for at in range(0, len(text), 2)]

    def advance(self, code: int) -> float:
        """Return a code's width in em."""
        return self.widths.get(code, self.usual) / 1000


def read(font: Any) -> Font:
    """Read a font's dictionary."""
    name = str(font.get("/BaseFont", font.get("/Name", "?"))).lstrip("/")
    if font.get("/Subtype") == "/Type0" and len(font.get("/DescendantFonts", [])):
        below = font.DescendantFonts[0]
        widths, usual = _ranges(below.get("/W", [])), float(below.get("/DW", 1000))
        return Font(name, True, False, widths, usual, _blanks(font.get("/ToUnicode")))
    first = int(font.get("/FirstChar", 0))
    blanks = frozenset({32}) if font.get("/Subtype") != "/Type3" else frozenset()
    widths = {first + at: float(one) for at, one in enumerate(font.get("/Widths", []))}
    if font.get("/Subtype") == "/Type3":
        scale = 1000 * float(font.get("/FontMatrix", [0.001])[0])
        widths = {code: width * scale for code, width in widths.items()}
    return Font(name, False, font.get("/Subtype") == "/Type3", widths, blanks=blanks)


def _blanks(mapping: Any) -> frozenset[int]:
    """Return the codes that a `/ToUnicode` says are spaces, each told by itself as they mostly are."""
    import pikepdf

    if not isinstance(mapping, pikepdf.Stream):
        return frozenset()
    try:
        told = _TOLD.findall(mapping.read_bytes())
    except pikepdf.PdfError:
        return frozenset()
    return frozenset(int(code, 16) for code, sign in told if chr(int(sign, 16)).isspace())


def _ranges(given: Any) -> dict[int, float]:
    """Read a `/W` array: `first [w w w]` and `first last w`."""
    import pikepdf

    widths: dict[int, float] = {}
    items = list(given)
    at = 0
    while at + 1 < len(items):
        first = int(items[at])
        if isinstance(items[at + 1], pikepdf.Array):
            widths.update({first + n: float(one) for n, one in enumerate(items[at + 1])})
            at += 2
        elif at + 2 < len(items):
            last = min(int(items[at + 1]), first + 65535)
            widths.update(dict.fromkeys(range(first, last + 1), float(items[at + 2])))
            at += 3
        else:
            break
    return widths
