"""Pictures made a little smaller, so that they stand at a page's foot and leave no hole there.

A picture that does not fit goes over to the next page, and what it leaves at the foot of its own is
white. Where a part of its height is all that was wanting, the picture gives way, within the limit
of the style sheet; and where a chapter ends with a page of a few lines, a picture before them may.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint.css.properties import Dimension
from weasyprint.formatting_structure import boxes

_SIDES = ("width", "height")
_TITLES = ("header", "h1", "h2", "h3", "h4", "h5", "h6")


class Picture:
    """A picture that is alone in its block, as it is laid out."""

    def __init__(self, block: Any, image: Any) -> None:
        self.block, self._image = block, image
        self.height = image.height
        self._as_written = {side: image.style[side] for side in _SIDES}

    @property
    def needs(self) -> float:
        """The room that its block takes: from the end of what stands before, without what follows."""
        above = getattr(self.block.style["margin_top"], "value", 0)  # a page's head swallows it
        return float(above + self.block.border_height())

    def same(self, block: Any) -> bool:
        """Tell whether this is a box of the same block."""
        return block.element is self.block.element and block.element is not None

    def part(self, less: float) -> float:
        """Return what part of it is left where so much of its height is taken away."""
        return (self.height - less) / self.height if self.height else 0.0

    def shrink(self, less: float) -> None:
        """Take so much of its height away; it keeps its shape."""
        part = self.part(less)
        for side, length in zip(_SIDES, (self._image.width * part, self.height * part), strict=True):
            self._image.style[side] = Dimension(length, "px")

    def restore(self) -> None:
        """Make it as large as it was."""
        self._image.style.update(self._as_written)


def leading(page: Any) -> Picture | None:
    """Return the picture that a page begins with, None where it begins with something else."""
    return _alone(_first(page.children[0]))


def pictures(page: Any) -> Iterator[Picture]:
    """Give the pictures on a page that stand in blocks of their own."""
    for block in blocks(page):
        found = _alone(block)
        if found is not None:
            yield found


def room(page: Any) -> float:
    """Return how much white there is at a page's foot, above its notes."""
    root, notes, *_ = page.children
    bottom = notes.position_y if notes.children else page.content_box_y() + page.height
    ends = [
        box.position_y
        + (box.height if isinstance(box, boxes.LineBox) else box.margin_top + box.border_height())
        for box in _leaves(root)
    ]
    return float(bottom - max(ends)) if ends else 0.0


def titles_alone(page: Any) -> bool:
    """Tell whether nothing stands on a page but the titles that open a chapter."""
    return _only_titles(page.children[0])


def _only_titles(box: Any) -> bool:
    if box.element_tag in _TITLES:
        return True
    inside = getattr(box, "children", ())
    return bool(inside) and all(map(_only_titles, inside))


def _alone(block: Any) -> Picture | None:
    if block is None or block.element_tag not in ("figure", "p"):
        return None
    inside = list(block.descendants())
    images = [box for box in inside if isinstance(box, boxes.ReplacedBox)]
    words = block.element_tag == "p" and any(isinstance(box, boxes.TextBox) for box in inside)
    return Picture(block, images[0]) if len(images) == 1 and not words else None


def _first(box: Any) -> Any:
    """Return the first block of a page: a figure, or what holds lines or nothing more."""
    while getattr(box, "children", ()) and box.element_tag not in ("figure", "p"):
        flowing = [child for child in box.children if child.is_in_normal_flow()]
        if not flowing or not isinstance(flowing[0], boxes.BlockBox):
            return None
        box = flowing[0]
    return box


def blocks(page: Any) -> Iterator[Any]:
    """Give the blocks of a page that may hold a picture."""
    yield from _inside(page.children[0])


def _inside(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        if child.element_tag in ("figure", "p"):
            yield child
        elif isinstance(child, boxes.BlockBox):
            yield from _inside(child)


def _leaves(box: Any) -> Iterator[Any]:
    """Give the lines and the blocks without any that stand in a page's flow."""
    for child in getattr(box, "children", ()):
        if not child.is_in_normal_flow():
            continue
        if isinstance(child, boxes.BlockBox) and child.element_tag != "figure" and child.children:
            yield from _leaves(child)
        else:
            yield child
