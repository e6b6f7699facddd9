"""First lines in a style of their own (`::first-line`), without what must keep its letters as they are.

WeasyPrint styles the line after a page's end too, as if the paragraph began there; and it sets an
address in small capitals, which is then another address. Both are mended here, and so is the indent
of a line that begins at the right: WeasyPrint leaves it at the line's left end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from weasyprint.css.properties import INHERITED
from weasyprint.formatting_structure import boxes
from weasyprint.layout import block, inline

from book.press.engine.continued import noted
from book.press.engine.pages import replaced

_ADDRESS = re.compile(r"\s*(?:[a-z]+://|www\.|mailto:)\S+\s*|\s*[\w.-]+\.[a-z]{2,}/\S*\s*|\s*\S+@\S+\.\S+\s*")
_CODE = {"code", "kbd", "samp", "var", "tt"}
_plain_level = inline.split_inline_level
_plain_lines = inline.iter_line_boxes


@contextmanager
def first_lines() -> Iterator[None]:
    """Have WeasyPrint style first lines, and no others, in this way."""
    with replaced(inline, iter_line_boxes=lines), replaced(block, iter_line_boxes=lines):
        yield


def lines(
    context: Any, box: Any, position_y: float, bottom_space: float, skip_stack: Any, *others: Any
) -> Iterator[Any]:
    """Stand for `iter_line_boxes`, whose last argument is the style of the first line."""
    first = apart(box, others[-1]) if skip_stack is None else None
    set_ones = _plain_lines(context, box, position_y, bottom_space, skip_stack, *others[:-1], first)
    if box.style["direction"] == "rtl":
        set_ones = _indented(set_ones)
    return noted(box, skip_stack, _first_spared(set_ones) if first else set_ones)


def apart(box: Any, style: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """Return what a first line's style has that its paragraph's has not; None where that is nothing.

    Rules for every element, as those for letters that join, give one to paragraphs that have it already.
    """
    return {key: value for key, value in (style or {}).items() if box.style[key] != value} or None


def _indented(lines: Iterator[Any]) -> Iterator[Any]:
    for line, resume_at in lines:
        if line.text_indent:
            for child in line.children:
                if child.is_in_normal_flow():
                    child.translate(dx=-line.text_indent, ignore_floats=True)
        yield line, resume_at


def _first_spared(lines: Iterator[Any]) -> Iterator[Any]:
    with replaced(inline, split_inline_level=_level):
        first = next(lines, None)
    if first is not None:
        yield first
        yield from lines


def styled(box: Any, style: Mapping[str, Any]) -> Any:
    """Return the style of a box of text in a first line that has this `style`."""
    if spared(box):
        return box.style
    copied = box.style.copy()
    copied.update({key: value for key, value in style.items() if key in INHERITED})
    return copied


def spared(box: Any) -> bool:
    """Tell whether text keeps its own style in a first line: an address, or code."""
    if isinstance(box, boxes.TextBox):
        tag = str(box.element_tag).partition("::")[0]
        return tag in _CODE or _ADDRESS.fullmatch(box.text) is not None
    return box.element_tag in _CODE


def _level(context: Any, box: Any, *others: Any) -> Any:
    """Stand for `split_inline_level`, whose last argument is the style of the first line."""
    if others[-1] and spared(box):
        others = (*others[:-1], None)
    return _plain_level(context, box, *others)
