"""The graphics state of a page, and the arithmetic of its matrices."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from book.preflight._fonts import Font
from book.preflight._marks import BLACK, EVERYWHERE, Box, Colour

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


def times(first: Matrix, then: Matrix) -> Matrix:
    """Return the matrix that does `first`, and `then` the other."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (
        a * p + b * r, a * q + b * s,
        c * p + d * r, c * q + d * s,
        e * p + f * r + t, e * q + f * s + u,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Veil:
    """What lets the ground be seen through what is painted: areas, lines, or both."""

    fill: float = 1
    stroke: float = 1
    masked: bool = False
    blended: bool = False
    grouped: bool = False
    """Whether all this is painted within a group that is seen through: nothing in it changes that."""

    @property
    def fills(self) -> bool:
        """Whether areas, type and pictures are seen through."""
        return self.masked or self.blended or self.grouped or self.fill < 1

    @property
    def strokes(self) -> bool:
        """Whether lines are seen through."""
        return self.masked or self.blended or self.grouped or self.stroke < 1

    def within(self, group: bool) -> Veil:
        """Return it as it is within a form, which may be a group."""
        return replace(self, grouped=True) if group and self.fills else self

    def changed(self, values: Any) -> Veil:
        """Return it with what a dictionary of graphics parameters says."""
        new: dict[str, Any] = {}
        for name, key in (("fill", "/ca"), ("stroke", "/CA")):
            if key in values:
                new[name] = float(values[key])
        if "/SMask" in values:
            new["masked"] = str(values["/SMask"]) != "/None"
        if "/BM" in values:
            new["blended"] = _mode(values["/BM"]) not in ("/Normal", "/Compatible")
        return replace(self, **new)


def _mode(given: Any) -> str:
    """Return a blend mode; of a list it is the first."""
    import pikepdf

    return str(given[0] if isinstance(given, pikepdf.Array) and len(given) else given)


@dataclass(frozen=True, slots=True)
class State:
    """The graphics state: what `q` keeps and `Q` brings back."""

    ctm: Matrix = IDENTITY
    clip: Box = EVERYWHERE
    fill: Colour = BLACK
    stroke: Colour = BLACK
    line: float = 1
    font: Font | None = None
    size: float = 0
    spacing: tuple[float, float, float] = (0, 0, 1)  # of letters, of words, and the horizontal scale
    leading: float = 0
    rise: float = 0
    mode: float = 0
    veil: Veil = Veil()

    def clear(self, kind: str) -> bool:
        """Tell whether what is painted now, of this kind, is seen through."""
        drawn = kind == "line" or (kind == "text" and self.mode in (1, 5))
        return self.veil.strokes if drawn else self.veil.fills

    @property
    def scale(self) -> float:
        """How many points a unit has, in the middle of its directions."""
        a, b, c, d, _, _ = self.ctm
        return float(abs(a * d - b * c) ** 0.5)

    def ppi(self, size: tuple[float, float]) -> float | None:
        """Return how many dots to the inch a picture of this size has where it is placed."""
        a, b, c, d, _, _ = self.ctm
        wide, high = (a * a + b * b) ** 0.5, (c * c + d * d) ** 0.5
        return min(size[0] / wide, size[1] / high) * 72 if wide and high else None

    def extent(self, font: Font, given: Any) -> tuple[float, float, float]:
        """Return where the ink of strings begins and ends, and how far they and their gaps move the pen.

        Spaces at their ends have no ink: those that hang over the measure are nowhere near the trim.
        """
        import pikepdf

        letters, words, across = self.spacing
        length, inked = 0.0, [0.0, 0.0]
        for one in given:
            if not isinstance(one, pikepdf.String):
                length -= float(one) / 1000 * self.size * across
                continue
            for code in font.codes(bytes(one)):
                space = words if code == 32 and not font.wide else 0
                before, length = length, length + (font.advance(code) * self.size + letters + space) * across
                if code not in font.blanks:
                    inked = [inked[0] if inked[1] else before, length]
        return inked[0], inked[1], length
