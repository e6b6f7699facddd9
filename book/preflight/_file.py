"""A PDF as the rules see it: its pages as painted, and what the file itself says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from book.preflight._fonts import Font
from book.preflight._marks import Box, Page, around
from book.preflight._painting import painted
from book.preflight._state import IDENTITY, Matrix, times

if TYPE_CHECKING:
    from pikepdf import Pdf


_DEPTH = 32  # of the tree of pages


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
        turn = _turn(page.obj)
        media, trim, bleed = (_box(one, turn) for one in (page.mediabox, page.trimbox, page.bleedbox))
        notes = tuple(str(one.get("/Subtype", "/?")).lstrip("/") for one in page.obj.get("/Annots", []))
        marks, whole = painted(page, fonts, turn)
        yield Page(number, media, trim, bleed, marks, notes, "/TrimBox" in page.obj, whole)


def _box(box: Any, turn: Matrix) -> Box:
    a, b, c, d, e, f = turn
    one, two, three, four = (float(value) for value in box)
    return around((a * x + c * y + e, b * x + d * y + f) for x in (one, three) for y in (two, four))


def _turn(page: Any) -> Matrix:
    """Return what turns and enlarges a page into points as it is looked at."""
    unit = float(page.get("/UserUnit", 1))
    quarters = _inherited(page, "/Rotate") // 90 % 4
    turned = IDENTITY
    for _ in range(quarters):
        turned = times(turned, (0, -1, 1, 0, 0, 0))
    return times(turned, (unit, 0, 0, unit, 0, 0))


def _inherited(page: Any, key: str) -> int:
    """Return a number that a page has, or has from those above it; 0 where it is none."""
    for _ in range(_DEPTH):
        if key in page or "/Parent" not in page:
            break
        page = page["/Parent"]
    try:
        return int(page.get(key, 0))
    except (TypeError, ValueError):
        return 0
