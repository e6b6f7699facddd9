"""A PDF as the rules see it: its pages as painted, and what the file itself says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from book.preflight._fonts import Font
from book.preflight._marks import Box, Page
from book.preflight._painting import marks

if TYPE_CHECKING:
    from pikepdf import Pdf


@dataclass(frozen=True, slots=True)
class File:
    """What a rule looks at. `pages` are in order; `intent` is the condition the colours are made for."""

    path: Path
    pages: tuple[Page, ...]
    version: str
    encrypted: bool
    bookmarks: bool
    intent: str | None
    size: int

    @property
    def bleeds(self) -> bool:
        """Whether a page says that there is something beyond its trim, for the knife."""
        return any(page.trimmed and page.bleed != page.trim for page in self.pages)


def read(pdf: Pdf, path: Path) -> File:
    """Read all that the rules ask of a document."""
    intents: Any = pdf.Root.get("/OutputIntents", [])
    named = (str(one.get("/OutputConditionIdentifier", one.get("/S", "?"))) for one in intents)
    outlines = pdf.Root.get("/Outlines")
    return File(
        path,
        tuple(_pages(pdf)),
        pdf.pdf_version,
        pdf.is_encrypted,
        outlines is not None and "/First" in outlines,
        next(named, None),
        path.stat().st_size,
    )


def _pages(pdf: Pdf) -> Iterator[Page]:
    fonts: dict[tuple[int, int], Font] = {}
    for number, page in enumerate(pdf.pages, start=1):
        media, trim, bleed = (_box(one) for one in (page.mediabox, page.trimbox, page.bleedbox))
        notes = tuple(str(one.get("/Subtype", "/?")).lstrip("/") for one in page.obj.get("/Annots", []))
        yield Page(number, media, trim, bleed, marks(page, fonts), notes, "/TrimBox" in page.obj)


def _box(box: Any) -> Box:
    one, two, three, four = (float(value) for value in box)
    return Box(min(one, three), min(two, four), max(one, three), max(two, four))
