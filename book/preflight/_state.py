"""The graphics state of a page, and the arithmetic of its matrices."""

from __future__ import annotations

from dataclasses import dataclass

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
    clear: bool = False
