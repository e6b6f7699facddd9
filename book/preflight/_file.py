"""A PDF as the rules see it: its pages as painted, and what the file itself says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pikepdf import Array, Pdf, Stream

from book.preflight._fonts import Font
from book.preflight._marks import Box, Page, around
from book.preflight._painting import painted
from book.preflight._state import IDENTITY, Matrix, times

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
    hollow: tuple[int, ...] = ()
    """The numbers of pages with content that is called compressed and has no length, so that it is none."""

    @property
    def bleeds(self) -> bool:
        """Whether a page says that there is something beyond its trim, for the knife."""
        return any(page.trimmed and page.bleed != page.trim for page in self.pages)


def read(pdf: Pdf, path: Path) -> File:
    """Read all that the rules ask of a document."""
    outlines = pdf.Root.get("/Outlines")
    return File(
        path,
        tuple(_pages(pdf)),
        pdf.pdf_version,
        pdf.is_encrypted,
        outlines is not None and "/First" in outlines,
        _intent(pdf),
        path.stat().st_size,
        tuple(number for number, page in enumerate(pdf.pages, start=1) if _is_hollow(page.obj)),
    )


def _is_hollow(page: Any) -> bool:
    contents: Any = page.get("/Contents", [])
    streams = contents if isinstance(contents, Array) else [contents]
    return any(isinstance(one, Stream) and "/Filter" in one and one.get("/Length", 1) == 0 for one in streams)


def _intent(pdf: Pdf) -> str | None:
    """Return the printing condition that the file names; one for archives says nothing to a press."""
    intents: Any = pdf.Root.get("/OutputIntents", [])
    for one in intents:
        named = str(one.get("/OutputConditionIdentifier", "")).strip()
        if one.get("/S") == "/GTS_PDFX" and (named or "/DestOutputProfile" in one):
            return named or "?"
    return None


def _pages(pdf: Pdf) -> Iterator[Page]:
    fonts: dict[tuple[int, int], Font] = {}
    for number, page in enumerate(pdf.pages, start=1):
        turn = _turn(page.obj)
        trimmed = "/TrimBox" in page.obj
        trim, bleed = (_box(one, turn) for one in (page.trimbox, page.bleedbox))
        sheet = _sheet(page, turn, trimmed)
        notes = tuple(str(one.get("/Subtype", "/?")).lstrip("/") for one in page.obj.get("/Annots", []))
        marks, whole = painted(page, fonts, turn, sheet)
        yield Page(number, sheet, trim, bleed, marks, notes, trimmed, whole)


def _sheet(page: Any, turn: Matrix, trimmed: bool) -> Box:
    """Return what there is of a page: all of it, or what is left where it is cropped and not trimmed."""
    media = _box(page.mediabox, turn)
    shown = media if trimmed else _box(page.cropbox, turn).within(media)
    return shown if shown.width > 0 and shown.height > 0 else media


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
