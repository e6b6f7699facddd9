"""How wide the words of a PDF are set: the codes of a string, and the advance of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Font:
    """What is asked of a font: its name, whether its codes have two bytes, and its widths in 1/1000 em."""

    name: str
    wide: bool = False
    drawn: bool = False
    """Whether its letters are little drawings (Type 3), whose size says nothing."""
    widths: dict[int, float] = field(default_factory=dict)
    usual: float = 500

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
        return Font(name, True, False, _ranges(below.get("/W", [])), float(below.get("/DW", 1000)))
    first = int(font.get("/FirstChar", 0))
    widths = {first + at: float(one) for at, one in enumerate(font.get("/Widths", []))}
    if font.get("/Subtype") == "/Type3":
        scale = 1000 * float(font.get("/FontMatrix", [0.001])[0])
        widths = {code: width * scale for code, width in widths.items()}
    return Font(name, False, font.get("/Subtype") == "/Type3", widths)


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
