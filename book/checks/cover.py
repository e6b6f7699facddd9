"""The cover: there, said to be one in both ways, large enough, in colours that shops take."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from book.epub.markup import EPUB_TYPE, elements, tag, text_of
from book.epub.opened import OPF, Item, OpenedBook, opened
from book.model import Finding

SUFFIXES = (".epub",)

_LEAST, _BEST = (625, 1000), (1600, 2560)
_KDP = "Kindle Direct Publishing, cover image guidelines"


def check(path: Path) -> Iterator[Finding]:
    """Look at the cover picture and the page that shows it."""
    book = opened(path)
    cover = next((item for item in book.items if "cover-image" in item.properties), None)
    if cover is None:
        hint = 'give the cover picture\'s manifest item `properties="cover-image"`'
        yield book.finding(
            "cover-image",
            "warning",
            "no picture is the cover",
            name=book.package_name,
            hint=hint,
            clause="EPUB 3.3, D.2",
        )
    else:
        yield from _meta(book, cover)
        yield from _picture(book, cover)
    yield from _page(book)


def _meta(book: OpenedBook, cover: Item) -> Iterator[Finding]:
    meta = next((m for m in book.package.iter(f"{{{OPF}}}meta") if m.get("name") == "cover"), None)
    if meta is None or meta.get("content") != cover.ident:
        message = 'no `meta name="cover"` names the cover picture'
        hint = f'`<meta name="cover" content="{cover.ident}"/>`, for reading systems of EPUB 2'
        severity = "note" if meta is None else "warning"
        yield book.finding(
            "cover-meta", severity, message, name=book.package_name, at=meta, hint=hint, clause=_KDP
        )


def _picture(book: OpenedBook, cover: Item) -> Iterator[Finding]:
    from PIL import Image

    if cover.media_type == "image/svg+xml" or cover.name not in book.files:
        return
    try:
        with Image.open(io.BytesIO(book.files[cover.name])) as picture:
            (width, height), mode = picture.size, picture.mode
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        yield book.finding("cover-readable", "error", f"the cover cannot be read: {error}", name=cover.name)
        return
    size, hint = f"{width} × {height} pixels", f"make it {_BEST[0]} × {_BEST[1]}"
    if width < _LEAST[0] or height < _LEAST[1]:
        message = f"the cover has {size}, fewer than shops take"
        yield book.finding("cover-size", "warning", message, name=cover.name, hint=hint, clause=_KDP)
    elif width < _BEST[0] or height < _BEST[1]:
        message = f"the cover has {size}; shops ask for more"
        yield book.finding("cover-size", "note", message, name=cover.name, hint=hint, clause=_KDP)
    if mode not in {"RGB", "RGBA", "P", "L"}:
        message = f"the cover's colours are {mode}, not RGB"
        yield book.finding("cover-colours", "warning", message, name=cover.name, clause=_KDP)


def _page(book: OpenedBook) -> Iterator[Finding]:
    for item, linear in book.spine:
        root = book.documents.get(item.name)
        if root is None or not _is_cover(root):
            continue
        if not linear:
            message = "the cover page is not linear, and nothing leads to it"
            yield book.finding("cover-linear", "error", message, name=item.name, clause="EPUBCheck OPF-096")
        body = next(elements(root, "body"), root)
        if text_of(body):
            message = "the cover page has text; some shops then show it twice"
            yield book.finding("cover-alone", "note", message, name=item.name, clause=_KDP)


def _is_cover(root: object) -> bool:
    places = elements(root, "body", "section", "div", "figure", "img", "article")
    return any("cover" in place.get(EPUB_TYPE, "").split() and place.tag != tag("a") for place in places)
