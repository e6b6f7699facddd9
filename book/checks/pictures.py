"""Pictures: words for those who do not see them, and no more pixels than shops take."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from book.alttexts import is_file_name
from book.checks._lettering import is_said_beside
from book.epub.markup import elements, is_decoration
from book.epub.opened import Item, OpenedBook, opened
from book.epub.pictures import PIXELS
from book.model import Finding

SUFFIXES = (".epub",)

_CLAUSE = "WCAG 2.2, 1.1.1"
_EMPTY = "is empty"
_FEW = 3
"""As many pictures of one document are told one by one; a notebook has hundreds."""


def check(path: Path) -> Iterator[Finding]:
    """Look at the alternative text of every picture, and at the sizes of all."""
    book = opened(path)
    for name, root in book.documents.items():
        yield from _few([one for image in elements(root, "img") for one in _words(book, name, image)])
    for item in book.items:
        if (
            item.media_type.startswith("image/")
            and item.media_type != "image/svg+xml"
            and item.name in book.files
        ):
            yield from _pixels(book, item)


def _words(book: OpenedBook, name: str, image: Any) -> Iterator[Finding]:
    words = image.get("alt")
    source = PurePosixPath(image.get("src") or "").name
    if words is None:
        message, severity = f"the picture `{source}` has no alternative text", "error"
    elif not words.strip() and not is_decoration(image) and not is_said_beside(image):
        message, severity = f"the alternative text of `{source}` {_EMPTY}", "warning"
    elif words.strip() and is_file_name(words.strip(), source):
        message, severity = f"the alternative text of `{source}` is a file name: `{words}`", "warning"
    else:
        return
    hint = 'say what it shows; or, if it means nothing, `aria-hidden="true"`'
    yield book.finding("alt-text", severity, message, name=name, at=image, hint=hint, clause=_CLAUSE)


def _few(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Give a document's findings, one for all empty texts where these are many."""
    empty = [one for one in findings if one.message.endswith(_EMPTY)]
    if len(empty) <= _FEW:
        yield from findings
        return
    yield from (one for one in findings if one not in empty)
    message = f"{empty[0].message}, and so are those of {len(empty) - 1} pictures more in this document"
    yield replace(empty[0], message=message)


def _pixels(book: OpenedBook, item: Item) -> Iterator[Finding]:
    from PIL import Image

    try:
        with Image.open(io.BytesIO(book.files[item.name])) as picture:
            width, height = picture.size
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        said = str(error).split(" <")[0]
        yield book.finding(
            "picture-readable", "error", f"this picture cannot be read: {said}", name=item.name
        )
        return
    if width * height > PIXELS:
        message = f"{width} × {height} pixels are more than Apple Books takes ({PIXELS / 1e6:.1f} million)"
        yield book.finding(
            "picture-size",
            "warning",
            message,
            name=item.name,
            hint="make it smaller",
            clause="Apple Books Asset Guide",
        )
