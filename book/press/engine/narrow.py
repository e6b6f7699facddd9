"""What is wider than its measure: tables are set smaller, and words without end are broken.

WeasyPrint lets both run off the page. A table whose narrowest setting does not fit is tried with
its endless words broken, then in smaller type, then with its columns closer together. If all that is
not enough, the widest columns give way, by hyphens where the language has a place for one; and
what even then does not fit is set as small as it must be. The contract test compares what is
replaced with what is installed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from weasyprint.css.properties import Dimension
from weasyprint.formatting_structure.boxes import TextBox
from weasyprint.layout import block
from weasyprint.layout.percent import resolve_percentages
from weasyprint.layout.preferred import table_and_columns_preferred_widths, table_cell_min_content_width
from weasyprint.logger import LOGGER

from book.press.engine.endless import ENDLESS
from book.press.engine.pages import replaced

_SIZES = (0.9, 0.8, 0.7)
"""Shares of its type's size in which a table is tried; smaller than the last hardly anybody would read."""
_SMALLEST = 0.72
"""What part of the smallest of these sizes figures may still have, rather than that they are broken."""
_CLOSEST = 0.18
"""The room at a cell's sides where columns stand as close as they may, in ems."""
_PIECE = 7.0
"""How wide a column stays at least whose words are broken, in ems: a word of a dozen letters."""
_WORD = re.compile(r"[^\W\d_]{4}")
_PADDINGS = ("padding_left", "padding_right")
_plain_width = block.table_wrapper_width


@contextmanager
def narrowed() -> Iterator[None]:
    """Have WeasyPrint fit tables to the measure."""
    with replaced(block, table_wrapper_width=_wrapper_width):
        yield


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
    room = containing_block[0] - sum(margins) - edges

    def fits() -> bool:
        context.tables.pop(table, None)
        return bool(_least(context, wrapper)[0] <= room + 1e-6)

    if fits() and not _addresses(table):
        return
    _break_long(context, table)
    if not fits() and not _smaller(table, fits):
        _close_up(table)
        if not fits():
            _give_way(context, wrapper, table, room)
            words = " ".join(box.text for box in _texts(table))
            LOGGER.warning(
                "a table is wider than the page, and its words are broken: ‘%s…’", words[:40].strip()
            )
    context.tables.pop(table, None)


def _least(context: Any, wrapper: Any) -> tuple[float, Sequence[float]]:
    """Return how wide a table is at least, and each of its columns."""
    found = table_and_columns_preferred_widths(context, wrapper, outer=False)
    return float(found[0]), found[2]


def _cells(table: Any) -> Iterator[Any]:
    return (cell for group in table.children for row in group.children for cell in row.children)


def _texts(box: Any) -> list[Any]:
    return [one for one in box.descendants() if isinstance(one, TextBox)]


def _addresses(table: Any) -> bool:
    """Tell whether words are in a table that may be broken anywhere, as addresses are."""
    return any(box.style["overflow_wrap"] == "anywhere" for box in _texts(table))


def _break_long(context: Any, table: Any) -> None:
    """Let endless words be broken, and their columns be no narrower than a piece of one."""
    for cell in _cells(table):
        long = [
            box
            for box in _texts(cell)
            if box.style["overflow_wrap"] == "anywhere" or ENDLESS.search(box.text)
        ]
        if not long:
            continue
        for box in long:
            box.style["overflow_wrap"] = "normal"
        whole = table_cell_min_content_width(context, cell, outer=False)
        for box in long:
            box.style["overflow_wrap"] = "anywhere"
        _hold(cell, min(whole, _PIECE * cell.style["font_size"]))


def _smaller(table: Any, fits: Callable[[], bool]) -> bool:
    """Try a table in smaller type; tell whether it fits in one of the sizes."""
    size = 1.0
    for smaller in _SIZES:
        _scale(table, smaller / size)
        _floors(table, smaller / size)
        size = smaller
        if fits():
            return True
    return False


def _close_up(table: Any) -> None:
    """Set columns as close as they may stand."""
    for cell in _cells(table):
        closest = _CLOSEST * cell.style["font_size"]
        for name in _PADDINGS:
            edge = cell.style[name]
            if getattr(edge, "unit", None) == "px" and edge.value > closest:
                cell.style[name] = edge._replace(value=closest)


def _give_way(context: Any, wrapper: Any, table: Any, room: float) -> None:
    """Break the words of the widest columns; figures only where they would be too small to read whole."""
    columns = _least(context, wrapper)[1]
    whole = [0.0] * len(columns)
    for cell in _cells(table):
        if _holds_figures(cell) and cell.grid_x < len(columns):
            width = table_cell_min_content_width(context, cell, outer=True)
            whole[cell.grid_x] = max(whole[cell.grid_x], width)
    for kept, smallest in ((whole, _SMALLEST), ([0.0] * len(columns), 0.0)):
        _break_words(table, columns, kept, room)
        context.tables.pop(table, None)
        least = _least(context, wrapper)[0]
        if least <= room:
            return
        if (part := room / least * 0.99) > smallest:
            _scale(table, part)
            _floors(table, part)
            return


def _holds_figures(cell: Any) -> bool:
    text = " ".join(box.text for box in _texts(cell))
    return cell.colspan == 1 and any(map(str.isdigit, text)) and not _WORD.search(text)


def _break_words(table: Any, columns: Sequence[float], kept: Sequence[float], room: float) -> None:
    """Let words be broken so that all columns fit; `kept` is what each has at least for its figures."""
    most = _most(columns, kept, room - 1e-3)
    for cell in _cells(table):
        alone = cell.colspan == 1 and cell.grid_x < len(columns)
        if not (alone and kept[cell.grid_x] and _holds_figures(cell)):
            for box in _texts(cell):
                box.style["overflow_wrap"], box.style["hyphens"] = "anywhere", "auto"
        if alone:
            paddings = sum(getattr(cell.style[name], "value", 0) for name in _PADDINGS)
            borders = cell.style["border_left_width"] + cell.style["border_right_width"]
            width = max(kept[cell.grid_x], min(columns[cell.grid_x], most))
            _hold(cell, max(0.0, width - paddings - borders))


def _most(columns: Sequence[float], kept: Sequence[float], room: float) -> float:
    """Return what the widest columns may have, so that all of them fit: the others stay as they are."""
    low, high = 0.0, max(columns, default=0.0)
    for _ in range(40):
        most = (low + high) / 2
        if sum(max(least, min(width, most)) for width, least in zip(columns, kept, strict=True)) > room:
            high = most
        else:
            low = most
    return low


def _hold(cell: Any, width: float) -> None:
    """Keep a cell from becoming narrower than this."""
    cell.style["min_width"] = Dimension(width, "px")


def _floors(table: Any, by: float) -> None:
    """Make what cells were held to smaller, as their type was."""
    for cell in _cells(table):
        if getattr(cell.style["min_width"], "unit", None) == "px":
            _hold(cell, cell.style["min_width"].value * by)


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
