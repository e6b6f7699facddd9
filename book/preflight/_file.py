"""A PDF as the rules see it: its pages as painted, and what the file itself says."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from book.preflight._marks import Page
from book.preflight._painting import pages

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


def read(pdf: Pdf, path: Path) -> File:
    """Read all that the rules ask of a document."""
    intents: Any = pdf.Root.get("/OutputIntents", [])
    named = (str(one.get("/OutputConditionIdentifier", one.get("/S", "?"))) for one in intents)
    outlines = pdf.Root.get("/Outlines")
    return File(
        path,
        tuple(pages(pdf)),
        pdf.pdf_version,
        pdf.is_encrypted,
        outlines is not None and "/First" in outlines,
        next(named, None),
    )
