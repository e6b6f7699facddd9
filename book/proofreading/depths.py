"""Facing pages of plain text: they end on one line, and their lines stand level."""

from __future__ import annotations

from collections.abc import Iterator

from book.proofreading._lines import Mark, Page, Proofs

LEVEL = 1.2
"""By how many lines facing pages may differ: one, and what rounding adds."""


def read(book: Proofs) -> Iterator[Mark]:
    """Mark spreads whose pages of plain text end more than a line apart, or stand out of step."""
    for verso, recto in spreads(book):
        apart = lines_apart(verso, recto, book)
        if apart > LEVEL:
            message = f"the pages of this spread end {apart:.0f} lines apart"
            yield Mark("uneven-spread", verso.number, message, verso.body[-1].text)
        out = abs(verso.body[0].baseline - recto.body[0].baseline) % book.leading / book.leading
        if 0.1 < out < 0.9:
            yield Mark(
                "off-grid", verso.number, "the lines of this spread do not stand level", verso.body[0].text
            )


def spreads(book: Proofs) -> Iterator[tuple[Page, Page]]:
    """Give the facing pages of plain text, but for a chapter's first page and its last."""
    if not book.leading:
        return
    fullest = max((len(page.body) for page in book.pages), default=0)
    begin = {first for first, _ in book.chapters}
    for verso, recto in zip(book.pages[1::2], book.pages[2::2], strict=False):
        apart = begin & {verso.number, recto.number, recto.number + 1} or recto is book.pages[-1]
        if not apart and _plain(verso, book, fullest) and _plain(recto, book, fullest):
            yield verso, recto


def lines_apart(verso: Page, recto: Page, book: Proofs) -> float:
    """Return by how many lines facing pages differ in depth."""
    return abs(verso.body[-1].baseline - recto.body[-1].baseline) / book.leading


def _plain(page: Page, book: Proofs, fullest: int) -> bool:
    """Tell whether a page is nearly full of running text, evenly leaded."""
    if len(page.body) < max(2, fullest - 6):
        return False
    steps = [a.baseline - b.baseline for a, b in zip(page.body, page.body[1:], strict=False)]
    return all(abs(step - book.leading) < 0.3 for step in steps)
