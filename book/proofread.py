"""Read the pages of a finished book as a typesetter does, and mark what should be otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from book import registry
from book.errors import BookError
from book.model import Finding
from book.proofreading._lines import Mark, Proofs

_WORDS = 60


def proofread(path: Path) -> list[Finding]:
    """Return what the rules of `book.proofreading` mark in a PDF, page by page.

    Raises BookError where the file cannot be read as a PDF.
    """
    import pypdfium2

    from book.proofreading._letters import proofs

    try:
        book = proofs(path)
    except (pypdfium2.PdfiumError, OSError) as error:
        raise BookError(f"this PDF cannot be read: {error}".rstrip("."), path=path) from error
    return [replace(one, path=path) for one in findings(book)]


def findings(book: Proofs) -> Iterator[Finding]:
    """Give what the rules mark in a book, page by page."""
    rules = [registry.find("proofreading", name) for name in registry.names("proofreading")]
    marks = sorted((mark for rule in rules for mark in rule.read(book)), key=lambda one: (one.page, one.rule))
    return (_finding(mark, book.chapter(mark.page)) for mark in marks)


def _finding(mark: Mark, where: str) -> Finding:
    seen = " ".join(mark.words.split())
    words = seen if len(seen) <= _WORDS else f"{seen[:_WORDS].rstrip()}…"
    about = f", in ‘{where}’" if where else ""
    said = f": ‘{words}’" if words else ""
    return Finding(mark.rule, "note", f"page {mark.page}{about}: {mark.message}{said}", hint=mark.hint)
