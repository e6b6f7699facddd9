"""Tables that hold data get scopes; tables that only put things in their places become blocks."""

from __future__ import annotations

from lxml import etree

from book.nesting import BLOCKS, HEADINGS, unwrap
from book.remarks import Say, mended

_SCOPES = {"col", "row", "colgroup", "rowgroup"}
_PARTS = ("tbody", "thead", "tfoot", "tr", "colgroup", "col")


def settle_tables(root: etree._Element, say: Say) -> None:
    """Take layout tables apart, and say of every header cell what it heads."""
    for table in reversed(list(root.iter("table"))):
        if _is_layout(table):
            words = " ".join(" ".join(map(str, table.itertext())).split())
            if words and len(list(table.iter("td"))) > 1:
                say(mended("layout", words[:40], "<table"))
            _take_apart(table)
    for cell in list(root.iter("th")):
        _scope(cell)
    for row in list(root.iter("tr")):
        if len(row) == 0 and (parent := row.getparent()) is not None:
            parent.remove(row)


def _is_layout(table: etree._Element) -> bool:
    """Tell whether a table holds no data: nothing is headed, and cells hold whole passages."""
    cells = list(table.iter("td"))
    if next(table.iter("th", "caption"), None) is not None or not cells:
        return not cells
    if len(cells) == 1 or next((e for e in table.iter("table") if e is not table), None) is not None:
        return True
    columns = max((len(row) for row in table.iter("tr")), default=0)
    return any(_is_passage(cell) for cell in cells) and (columns <= 2 or len(cells) == columns)


def _is_passage(cell: etree._Element) -> bool:
    blocks = [child for child in cell if child.tag in BLOCKS - {"hr", "div"}]
    return len(blocks) > 1 or any(block.tag in {*HEADINGS, "figure", "blockquote"} for block in blocks)


def _take_apart(table: etree._Element) -> None:
    """Put the cells in the table's place, one after the other."""
    for part in table.iter(*_PARTS):
        part.text = None
        part.tail = None
    for cell in [cell for cell in table.iter("td", "th", "caption") if _of(cell) is table]:
        empty = not len(cell) and not (cell.text or "").strip()
        keep = {name: cell.get(name, "") for name in ("id", "class", "lang", "dir") if cell.get(name)}
        cell.attrib.clear()
        cell.attrib.update(keep)
        cell.tag = "div"
        cell.tail = "\n"
        if empty and not keep.get("id") and (parent := cell.getparent()) is not None:
            parent.remove(cell)
    for part in [part for part in table.iter(*_PARTS) if _of(part) is table]:
        unwrap(part)
    table.tag = "div"
    for name in list(table.attrib):
        if name not in {"id", "class", "lang", "dir"}:
            del table.attrib[name]


def _of(element: etree._Element) -> etree._Element | None:
    return next(element.iterancestors("table"), None)


def _scope(cell: etree._Element) -> None:
    """Say what a header cell heads; one without words is an ordinary cell."""
    words = "".join(map(str, cell.itertext())).strip()
    if not words and next(cell.iter("img", "{*}svg", "{*}math"), None) is None:
        cell.tag = "td"
        cell.attrib.pop("scope", None)
    elif cell.get("scope") not in _SCOPES:
        above = next((str(a.tag) for a in cell.iterancestors("thead", "tbody", "table")), "")
        row = cell.getparent()
        heads_columns = above == "thead" or (row is not None and all(one.tag == "th" for one in row))
        cell.set("scope", "col" if heads_columns else "row")
