"""What the pages of a printed edition begin with, read from its PDF."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from book.destinations import pages_of
from book.errors import BookError


@dataclass(frozen=True, slots=True)
class PrintEdition:
    """A printed edition whose pages are told of: its name, its PDF, and its ISBN.

    `texts` are the words of pages on which a PDF does not tell them, as in Arabic; empty for all others.
    """

    name: str
    path: Path
    isbn: str | None
    texts: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """What changes when its pages do."""
        return hashlib.sha256(self.path.read_bytes()).hexdigest()


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """One page that is not blank. `words` are its own, as they follow each other on it.

    Its head and folio come last, so that words that a page begins with are the text's. `low` tells
    that they begin further down than others, below a picture perhaps. `anchors` are the
    identifiers of what begins on it.
    """

    label: str
    words: str
    low: bool
    anchors: tuple[str, ...]


_LOW = 20.0
"""Points below the top of the text from which on something else is above it."""


_TEXT, _PATH, _PICTURE, _SHADE = 1, 2, 3, 4
"""What PDFium calls the things on a page; heads and folios lie in forms of their own."""


def printed_pages(path: Path, texts: Sequence[str] = ()) -> tuple[PrintedPage, ...]:
    """Read the pages of a PDF, those left out on which there is nothing; raise BookError where it is none.

    `texts` has the words of pages on which the PDF does not tell them.
    """
    import pypdfium2

    anchors = _anchors(path)
    try:
        with pypdfium2.PdfDocument(path) as document:
            pages = [document[number] for number in range(len(document))]
            tops = [_top(page) for page in pages]
            level = max((top for top in tops if top is not None), default=0.0)
            return tuple(
                PrintedPage(
                    document.get_page_label(number) or str(number + 1),
                    "" if top is None else _words(number, page, texts),
                    top is None or level - top > _LOW,
                    anchors.get(number, ()),
                )
                for number, (page, top) in enumerate(zip(pages, tops, strict=True))
                if top is not None or _holds(page, _PATH, _PICTURE, _SHADE)
            )
    except pypdfium2.PdfiumError as error:
        raise BookError(f"the pages of this PDF cannot be read: {error}", path=path) from error


def _words(number: int, page: Any, texts: Sequence[str]) -> str:
    told = texts[number] if number < len(texts) else ""
    return told or str(page.get_textpage().get_text_range())


def _holds(page: Any, *kinds: int) -> bool:
    return any(thing.type in kinds for thing in page.get_objects(max_depth=1))


def _top(page: Any) -> float | None:
    """Return how high the first letter of a page's own text reaches; None where there is no text."""
    if not _holds(page, _TEXT):
        return None
    text = page.get_textpage()
    written = text.get_text_range()
    at = next((place for place, sign in enumerate(written) if not sign.isspace()), None)
    return None if at is None else float(text.get_charbox(at)[3])


def _anchors(path: Path) -> Mapping[int, tuple[str, ...]]:
    """Return the ids that links can lead to, by the index of their page."""
    import pikepdf

    found: dict[int, list[str]] = {}
    try:
        with pikepdf.open(path) as pdf:
            for ident, number in pages_of(pdf).items():
                found.setdefault(number, []).append(ident)
    except pikepdf.PdfError as error:
        raise BookError(f"the pages of this PDF cannot be read: {error}", path=path) from error
    return {number: tuple(idents) for number, idents in found.items()}
