"""Columns of an index: filled one after the other, evened out on the last page, with heads that go on.

WeasyPrint balances columns by setting what is left of them again and again, which for a long
index takes hours. Here a column is set once, and only the last page's are tried at several heights.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from math import inf
from typing import Any

from weasyprint.css.properties import Dimension
from weasyprint.layout import block
from weasyprint.layout.block import block_box_layout, block_level_width, collapse_margin, remove_placeholders
from weasyprint.layout.column import _create_column_box
from weasyprint.layout.column import columns_layout as weasyprints_columns
from weasyprint.layout.percent import percentage

from book.press.engine import pages as sides

_TRIES = 9
Stack = Mapping[int, Any] | None


@contextmanager
def index_columns() -> Iterator[None]:
    """Have WeasyPrint set elements of the class `columns` in this way."""
    with sides.replaced(block, columns_layout=_columns):
        yield


def _columns(
    context: Any,
    box: Any,
    bottom_space: float,
    skip_stack: Stack,
    containing_block: Any,
    page_is_empty: bool,
    absolute_boxes: Any,
    fixed_boxes: Any,
    adjoining_margins: Any,
    first_letter_style: Any,
    first_line_style: Any,
) -> Any:
    if not _is_index(box):
        return weasyprints_columns(
            context, box, bottom_space, skip_stack, containing_block, page_is_empty, absolute_boxes,
            fixed_boxes, adjoining_margins, first_letter_style, first_line_style,
        )  # fmt: skip
    box = box.copy_with_children(box.children)
    box.position_y += collapse_margin(adjoining_margins)
    block_level_width(box, containing_block)
    context.in_column = True
    try:
        setting = _Setting(context, box, containing_block, skip_stack, page_is_empty)
        columns, resume, next_page = setting.set(bottom_space)
    finally:
        context.in_column = False
    if not columns:
        return None, (0, None), {"break": "any", "page": None}, [], False
    height = max(column.position_y + column.height for column in columns) - box.content_box_y()
    box.children = columns
    box.height = height
    return box, resume, next_page, [], False


def _is_index(box: Any) -> bool:
    return box.element is not None and "columns" in (box.element.get("class") or "").split()


class _Setting:
    """The columns of one page."""

    def __init__(self, context: Any, box: Any, around: Any, skip_stack: Stack, page_is_empty: bool) -> None:
        self._context, self._box, self._around, self._empty = context, box, around, page_is_empty
        self._skip = next(iter(skip_stack)) if skip_stack else 0
        self._begin = {0: skip_stack[self._skip]} if skip_stack else None
        self._children = [child.copy() for child in box.children[self._skip :]]
        style = box.style
        gap = style["column_gap"]
        self._gap = style["font_size"] if gap == "normal" else percentage(gap, style, box.width)
        count, width = style["column_count"], style["column_width"]
        if count == "auto":
            count = max(1, int((box.width + self._gap) // (width + self._gap)))
        self._count: int = count
        self._width = (box.width - (count - 1) * self._gap) / count

    def set(self, bottom_space: float) -> tuple[list[Any], Stack, Any]:
        """Fill the columns; where everything fits, as evenly as it goes."""
        most = self._context.page_bottom - self._box.content_box_y() - bottom_space
        columns, resume, next_page = self._fill(most)
        if resume is None and len(columns):
            height = self._even(columns, most)
            remove_placeholders(self._context, columns, [], [])
            columns, resume, next_page = self._fill(height)
        if resume:
            at, inside = next(iter(resume.items()))
            resume = {self._skip + at: inside}
        return columns, resume, next_page

    def _even(self, columns: list[Any], most: float) -> float:
        """Find the least height in which everything fits."""
        low, high = sum(column.height for column in columns) / self._count - 1, most
        for _ in range(_TRIES):
            middle = (low + high) / 2
            tried, resume, _ = self._fill(middle)
            lowest = max((c.position_y + c.height for c in tried), default=inf)  # none: not a line fits
            fits = resume is None and lowest <= self._box.content_box_y() + middle + 1
            remove_placeholders(self._context, tried, [], [])
            low, high = (low, middle) if fits else (middle, high)
        return high

    def _fill(self, height: float) -> tuple[list[Any], Stack, Any]:
        columns: list[Any] = []
        resume: Stack = self._begin
        next_page: Any = {"break": "any", "page": None}
        for number in range(self._count):
            column, resume_at, next_page = self._column(number, resume, height)
            if column is None:
                break
            columns += column
            resume = resume_at
            if resume is None:
                break
        return columns, resume, next_page

    def _column(self, number: int, resume: Stack, height: float) -> tuple[list[Any] | None, Stack, Any]:
        """Set one column, from where the one before it ended."""
        bottom = self._context.page_bottom - self._box.content_box_y() - height
        made: list[Any] = []
        top = self._box.content_box_y()
        if heads := list(_continued(self._children, resume)):
            head, *_ = self._block(number, heads, top, bottom, None)
            if head is not None:
                made.append(head)
                top += head.height
        body, resume_at, next_page = self._block(number, _flush(self._children, resume), top, bottom, resume)
        return (None if body is None else [*made, body]), resume_at, next_page

    def _block(
        self, number: int, children: list[Any], top: float, bottom: float, resume: Stack
    ) -> tuple[Any, Stack, Any]:
        """Set what stands in one column from `top` down to `bottom`, measured from the page's end."""
        column = _create_column_box(self._box, self._around, children, self._width, top)
        place = self._count - 1 - number if self._box.style["direction"] == "rtl" else number
        column.position_x += place * (self._width + self._gap)
        made, resume_at, next_page, *_ = block_box_layout(
            self._context, column, bottom, resume, self._around, self._empty, [], [], [], None, None,
            discard=False, max_lines=None,
        )  # fmt: skip
        return made, resume_at, next_page


def _continued(children: list[Any], resume: Stack) -> Iterator[Any]:
    """Make heads for the entries whose sub-entries a column goes on with."""
    boxes = children
    while resume:
        at, inside = next(iter(resume.items()))
        box = boxes[at]
        words = box.element.get("data-continued") if box.element is not None else None
        if words and inside and next(iter(inside)) > 0 and not box.is_column:
            yield _head(box.children[0], words)
        boxes, resume = list(getattr(box, "children", ())), inside


def _head(entry: Any, words: str) -> Any:
    """Make a copy of an entry's line that says nothing but `words`."""
    line = entry.children[0]
    term = line.children[0]
    text = next(box for box in term.descendants() if hasattr(box, "text"))
    return entry.copy_with_children(
        [line.copy_with_children([term.copy_with_children([text.copy_with_text(words)])])]
    )


def _flush(children: list[Any], resume: Stack) -> list[Any]:
    """Take away the space above what a column begins with."""
    at, inside = next(iter(resume.items())) if resume else (0, None)
    if inside is not None or at >= len(children):
        return children
    first = children[at].copy()
    first.style = first.style.copy()
    first.style["margin_top"] = Dimension(0, "px")
    return [*children[:at], first, *children[at + 1 :]]
