"""What in an EPUB a shop would turn down, or show badly: `[epub]` of a profile, held against the file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from book.epub.markup import EPUB_TYPE, elements
from book.epub.opened import Item, OpenedBook, opened
from book.model import Finding
from book.profile import Profile
from book.shop import Shop, Size


def unmet(path: Path, profile: Profile) -> list[Finding]:
    """Return what of a shop's rules an EPUB does not meet, by whomever it was made."""
    book = opened(path)
    found = _Fitting(book, profile.shop, next(iter(profile.sources), profile.title))
    return list(found.all())


def extent(table: Any) -> Size:
    """Return how many columns and rows a table has."""
    rows = list(elements(table, "tr"))
    widths = (sum(_span(cell.get("colspan")) for cell in elements(row, "td", "th")) for row in rows)
    return max(widths, default=0), len(rows)


def _span(said: str | None) -> int:
    return int(said) if said and said.isdigit() else 1


class _Fitting:
    def __init__(self, book: OpenedBook, shop: Shop, clause: str) -> None:
        self._book, self._shop, self._clause = book, shop, clause

    def all(self) -> Iterator[Finding]:
        """Look at the whole file, its cover, its pictures, its tables and its fonts."""
        yield from self._size()
        for item in self._book.items:
            if item.media_type.startswith("image/") and item.name in self._book.files:
                yield from self._cover(item) if "cover-image" in item.properties else self._picture(item)
            elif "font" in item.media_type and not self._shop.fonts:
                message, hint = "this font goes along", "leave it out: readers choose theirs"
                yield self._found("shop-font", "note", message, item.name, hint=hint)
        for name, root in self._book.documents.items():
            for table in elements(root, "table"):
                yield from self._table(name, table)
        yield from self._page()

    def _found(
        self, rule: str, severity: str, message: str, name: str | None, *, hint: str, at: Any = None
    ) -> Finding:
        return self._book.finding(rule, severity, message, name=name, at=at, hint=hint, clause=self._clause)

    def _size(self) -> Iterator[Finding]:
        size = self._book.path.stat().st_size / 1e6
        if self._shop.size and size > self._shop.size:
            message = f"the file has {size:.0f} MB, more than the {self._shop.size} that are taken"
            yield self._found("shop-size", "error", message, None, hint="divide the book into volumes")

    def _cover(self, item: Item) -> Iterator[Finding]:
        size = _pixels(self._book.files[item.name])
        least, asked = self._shop.least_cover, self._shop.cover
        if size is None:
            return
        said = f"the cover has {size[0]} × {size[1]} pixels"
        for limit, severity, words in ((least, "error", "fewer than the"), (asked, "note", "and not the")):
            if limit and (size[0] < limit[0] or size[1] < limit[1]):
                wished = asked or limit
                hint = f"make it {wished[0]} × {wished[1]}"
                ends = "that are taken" if limit is least else "that are asked for"
                message = f"{said}, {words} {limit[0]} × {limit[1]} {ends}"
                yield self._found("shop-cover", severity, message, item.name, hint=hint)
                return

    def _picture(self, item: Item) -> Iterator[Finding]:
        data = self._book.files[item.name]
        size, most = _pixels(data), self._shop.pixels
        if size and most and size[0] * size[1] > most:
            message = f"{size[0]} × {size[1]} pixels are more than the {most / 1e6:g} million that are taken"
            yield self._found("shop-picture", "error", message, item.name, hint="make it smaller")
        if self._shop.picture and len(data) > self._shop.picture * 1000:
            message = f"this picture has {len(data) // 1000} kB, more than the {self._shop.picture} taken"
            yield self._found("shop-picture", "error", message, item.name, hint="make it smaller")

    def _table(self, name: str, table: Any) -> Iterator[Finding]:
        columns, rows = extent(table)
        most = self._shop.columns or columns, self._shop.rows or rows
        if columns > most[0] or rows > most[1]:
            message = f"this table has {columns} columns and {rows} rows, more than {most[0]} and {most[1]}"
            yield self._found("shop-table", "warning", message, name, hint="divide it", at=table)

    def _page(self) -> Iterator[Finding]:
        for item, _ in self._book.spine:
            root = self._book.documents.get(item.name)
            if self._shop.cover_page or root is None:
                continue
            if any("cover" in place.get(EPUB_TYPE, "").split() for place in elements(root)):
                message = "the cover has a page, and would be shown twice"
                yield self._found("shop-cover-page", "warning", message, item.name, hint="leave the page out")


def _pixels(data: bytes) -> Size | None:
    """Return a picture's width and height; None for one that has none, or cannot be read."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as picture:
            return picture.size
    except (OSError, ValueError, Image.DecompressionBombError):
        return None
