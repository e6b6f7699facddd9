"""What floats within a line: large initials (`::first-letter { float: left }`), pictures amid the text.

WeasyPrint makes the line shorter for them, and yet begins the text after them where they are. And it lifts a
first letter out of its paragraph each time the paragraph is laid out, as a page's end has it done again: it
then lifts the letter out of itself, and stops. Both are mended here, for text that runs from the left.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

from book.press.engine.pages import replaced

_plain_letter = inline.first_letter_to_box
_plain_split = inline.split_inline_box


@contextmanager
def line_floats() -> Iterator[None]:
    """Have WeasyPrint set text beside floats that stand in its own lines."""
    with replaced(inline, first_letter_to_box=_lifted_once, split_inline_box=_split):
        yield


def _lifted_once(box: Any, skip_stack: Any, style: Any) -> Any:
    """Stand for `first_letter_to_box`."""
    first = box.children[0] if style and box.children else None
    if isinstance(first, boxes.BlockBox) and first.element_tag.endswith("::first-letter"):
        return skip_stack
    return _plain_letter(box, skip_stack, style)


def _split(context: Any, box: Any, *others: Any) -> Any:
    """Stand for `split_inline_box`, that has moved what stands before a float, and not what stands after."""
    found = _plain_split(context, box, *others)
    if isinstance(box, boxes.LineBox) and box.style["direction"] == "ltr":
        _move_after_floats(found[0].children)
    return found


def _move_after_floats(children: Any) -> None:
    moved = 0.0
    for child in children:
        if child.is_floated() and child.style["float"] in ("left", "inline-start"):
            moved += max(child.margin_width(), 0.0)
        elif moved and child.is_in_normal_flow():
            child.translate(dx=moved)
