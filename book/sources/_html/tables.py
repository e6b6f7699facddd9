"""Tables in normal form; those that only place things on a page are taken apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lxml import etree

from book.sources._html import inlines
from book.sources._html.nodes import Node

if TYPE_CHECKING:
    from book.sources._html.blocks import Normaliser


def table(element: etree._Element, made: Normaliser) -> Iterator[Node]:
    """Give the normal form of a table: a `caption` perhaps, and rows; or the blocks of its one column."""
    rows = [row for row in element.iter("tr") if next(row.iterancestors("table"), None) is element]
    found = [_row(row, made) for row in rows]
    found = [row for row in found if any(cell.children for cell in row.nodes())]
    caption = next((made.inlines(one) for one in element if one.tag == "caption"), [])
    if all(len(row.children) == 1 for row in found) and not _heads(found):
        yield from ([Node("p", caption)] if caption else [])
        for row in found:
            yield from row.nodes()[0].nodes()
        return
    parts: list[Node | str] = [Node("caption", caption)] if not inlines.is_blank(caption) else []
    yield Node("table", [*parts, *found])


def _heads(rows: list[Node]) -> bool:
    return any(cell.tag == "th" for row in rows for cell in row.nodes())


def _row(row: etree._Element, made: Normaliser) -> Node:
    above = next((part.tag for part in row.iterancestors() if part.tag in ("thead", "tbody", "table")), "")
    cells: list[Node | str] = []
    for cell in row:
        if cell.tag in ("td", "th"):
            tag = "th" if above == "thead" else str(cell.tag)
            cells.append(Node(tag, [*made.blocks(cell)], made.attributes(cell)))
    return Node("tr", cells)


def is_plain(node: Node) -> bool:
    """Tell whether Markdown can draw a table: a row of headers, then rows of as many cells, each one line."""
    rows = [row.nodes() for row in node.nodes() if row.tag == "tr"]
    if len(rows) != len(node.children) or not rows or not all(cell.tag == "th" for cell in rows[0]):
        return False
    width = len(rows[0])
    cells = [cell for row in rows for cell in row]
    return (
        width > 1
        and all(len(row) == width for row in rows)
        and all(cell.tag == "td" for row in rows[1:] for cell in row)
        and not any(cell.attributes for cell in cells)
        and all(len(cell.children) < 2 and all(b.tag == "p" for b in cell.nodes()) for cell in cells)
    )
