"""Tables: header cells that say what they head, and no more than a small screen can show."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from book.epub.fitting import extent
from book.epub.markup import elements, tag, text_of
from book.epub.opened import OpenedBook, opened
from book.model import Finding

SUFFIXES = (".epub",)

_COLUMNS, _ROWS = 10, 100


def check(path: Path) -> Iterator[Finding]:
    """Look at the header cells and the size of every table."""
    book = opened(path)
    for name, root in book.documents.items():
        for table in elements(root, "table"):
            for cell in elements(table, "th"):
                yield from _header(book, name, cell)
            yield from _size(book, name, table)


def _header(book: OpenedBook, name: str, cell: Any) -> Iterator[Finding]:
    if not text_of(cell) and next(elements(cell, "img"), None) is None:
        message = "this header cell is empty"
        yield book.finding("table-header", "warning", message, name=name, at=cell, clause="WCAG 2.2, 1.3.1")
    elif cell.get("scope") is None and cell.get("id") is None:
        message, hint = f"“{text_of(cell)}” does not say what it heads", '`scope="col"` or `"row"`'
        clause = "WCAG 2.2, H63"
        plain = (
            next(cell.iterancestors(tag("thead")), None) is not None
        )  # it heads its column, as all can tell
        severity = "note" if plain else "warning"
        yield book.finding("table-scope", severity, message, name=name, at=cell, hint=hint, clause=clause)


def _size(book: OpenedBook, name: str, table: Any) -> Iterator[Finding]:
    columns, rows = extent(table)
    if columns > _COLUMNS or rows > _ROWS:
        message = f"this table has {columns} columns and {rows} rows"
        hint = f"Kindles show {_COLUMNS} columns and {_ROWS} rows well: divide it"
        clause = "Kindle Publishing Guidelines"
        yield book.finding("table-size", "warning", message, name=name, at=table, hint=hint, clause=clause)
