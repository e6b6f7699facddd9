"""What is wider than its measure: tables are set smaller, and words without end are broken.

WeasyPrint lets both run off the page. A table whose narrowest setting does not fit is tried in
smaller type, and if that is not enough, its words may be broken anywhere. The contract test
compares what is replaced with what is installed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.formatting_structure.boxes import TextBox
from weasyprint.layout import block
from weasyprint.layout.percent import resolve_percentages
from weasyprint.layout.preferred import table_and_columns_preferred_widths
from weasyprint.logger import LOGGER

from book.press.engine.pages import replaced

_SIZES = (0.9, 0.8, 0.7)
"""Shares of its type's size in which a table is tried; smaller than the last nobody would read it."""
_ENDLESS = re.compile(r"[^\s\u200b]{24}")
_PADDINGS = ("padding_left", "padding_right")
_plain_width = block.table_wrapper_width


@contextmanager
def narrowed() -> Iterator[None]:
    """Have WeasyPrint fit tables to the measure."""
    with replaced(block, table_wrapper_width=_wrapper_width):
        yield


def break_endless(root: Any) -> None:
    """Let words of so many letters that they may not fit a line be broken anywhere."""
    for box in root.descendants():
        if isinstance(box, TextBox) and box.style["overflow_wrap"] == "normal" and _ENDLESS.search(box.text):
            box.style["overflow_wrap"] = "break-word"


def _wrapper_width(context: Any, wrapper: Any, containing_block: Any) -> None:
    """Stand for `table_wrapper_width`."""
    table = wrapper.get_wrapped_table()
    if not getattr(table, "narrowed", False):
        table.narrowed = True
        _narrow(context, wrapper, table, containing_block)
    _plain_width(context, wrapper, containing_block)


def _narrow(context: Any, wrapper: Any, table: Any, containing_block: Any) -> None:
    resolve_percentages(table, containing_block)
    margins = [edge for edge in (wrapper.margin_left, wrapper.margin_right) if edge != "auto"]
    edges = table.padding_left + table.padding_right + table.border_left_width + table.border_right_width
    room = containing_block[0] - sum(margins) - edges + 1e-6
    size = 1.0
    for smaller in _SIZES:
        if _least(context, wrapper, table) <= room:
            return
        _scale(table, smaller / size)
        size = smaller
    if _least(context, wrapper, table) > room:
        for box in table.descendants():
            if isinstance(box, TextBox):
                box.style["overflow_wrap"] = "anywhere"
        context.tables.pop(table, None)
        words = " ".join(box.text for box in table.descendants() if isinstance(box, TextBox))
        LOGGER.warning("a table is wider than the page, and its words are broken: ‘%s…’", words[:40].strip())


def _least(context: Any, wrapper: Any, table: Any) -> float:
    """Return how wide the table is at least."""
    context.tables.pop(table, None)
    return float(table_and_columns_preferred_widths(context, wrapper, outer=False)[0])


def _scale(table: Any, by: float) -> None:
    """Make the type in a table smaller, its leading too, and still more the room at the sides of cells."""
    seen = set()
    for box in (table, *table.descendants()):
        style = box.style
        if id(style) in seen:
            continue
        seen.add(id(style))
        style["font_size"] *= by
        for name, share in (("line_height", by), *((edge, by * by) for edge in _PADDINGS)):
            if getattr(style[name], "unit", None) == "px":
                style[name] = style[name]._replace(value=style[name].value * share)
