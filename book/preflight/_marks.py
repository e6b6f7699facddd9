"""What stands on a page: its boxes, and every mark that it paints, where and how."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple


class Box(NamedTuple):
    """A rectangle in points, from the page's own origin."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Its width in points."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Its height in points."""
        return self.top - self.bottom

    @property
    def empty(self) -> bool:
        """Whether nothing fits in it; a line has no height, and is not empty."""
        return self.right < self.left or self.top < self.bottom

    def within(self, other: Box) -> Box:
        """Return what of it lies in `other`."""
        return Box(
            max(self.left, other.left),
            max(self.bottom, other.bottom),
            min(self.right, other.right),
            min(self.top, other.top),
        )

    def grown(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return it with its sides moved outwards by so much."""
        return Box(self.left - left, self.bottom - bottom, self.right + right, self.top + top)

    def holds(self, other: Box, slack: float = 0.5) -> bool:
        """Tell whether `other` lies in it, but for `slack`."""
        return not (
            other.left < self.left - slack
            or other.bottom < self.bottom - slack
            or other.right > self.right + slack
            or other.top > self.top + slack
        )


EVERYWHERE = Box(-1e9, -1e9, 1e9, 1e9)


def around(points: Iterable[tuple[float, float]]) -> Box:
    """Return the smallest box that holds the points."""
    across, up = zip(*points, strict=True)
    return Box(min(across), min(up), max(across), max(up))


class Colour(NamedTuple):
    """A colour as the page names it: the family of its space, and its values where there are some."""

    space: str
    values: tuple[float, ...] = ()
    own: bool = False
    """Whether the space says itself how its colours look, as one with an ICC profile does."""
    under: str = ""
    """Of a pattern's space: the family of the colours in which patterns without their own are painted."""
    tile: tuple[Any, ...] = ()
    """Of a pattern: the marks of one of its tiles."""

    @property
    def white(self) -> bool:
        """Whether it leaves the paper as it is."""
        if self.space == "CMYK":
            return bool(self.values) and not any(self.values)
        return self.space in ("grey", "RGB") and bool(self.values) and min(self.values) >= 1

    @property
    def ink(self) -> float:
        """How much ink it lays on, in per cent of one full ink; 0 where it names none."""
        return 100 * sum(self.values) if self.space == "CMYK" else 0


BLACK = Colour("grey", (0.0,))


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing painted.

    `size` is the type's size, or the thickness of a line or of a thin rectangle, in points;
    None for what has none. `image` is the picture's own dictionary, or the picture within the text of a page.
    """

    kind: Literal["text", "line", "area", "image", "shading"]
    box: Box
    colour: Colour = BLACK
    size: float | None = None
    name: str = ""
    clear: bool = False
    ppi: float | None = None
    image: Any = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its number from one, its boxes as they apply, what it paints, and what lies upon it.

    `media` is the sheet: what is shown of a page that does not say where it is cut.
    """

    number: int
    media: Box
    trim: Box
    bleed: Box
    marks: tuple[Mark, ...]
    annotations: tuple[str, ...] = ()
    trimmed: bool = True
    """Whether the page says itself where it is cut."""
    whole: bool = True
    """Whether all that it paints is in `marks`: nobody waits for a page of millions of marks."""

    @property
    def blank(self) -> bool:
        """Whether nothing can be seen on it."""
        return not any(not mark.colour.white and not mark.box.within(self.trim).empty for mark in self.marks)
