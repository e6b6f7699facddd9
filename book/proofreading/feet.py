"""The feet of pages: no heading, no lone first line; and no page of a few lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from book.proofreading._lines import Line, Mark, Page, Proofs

_FEW = 5
_LARGER = 1.05
_FOLIO = re.compile(r"(?:\.\s+){3}|\s[\divxlc]+$")
"""What a line of the contents ends in: a leader, a page."""


def read(book: Proofs) -> Iterator[Mark]:
    """Mark headings and first lines left at a page's foot, last lines at its head, and short pages."""
    for page in book.pages:
        following = book.following(page)
        if not page.body or following is None:
            continue
        size = page.body[0].size
        last = _last(page)
        below = [line for line in page.lines if last and line.baseline < last.baseline - 1]
        if last and last.size > size * _LARGER and len(below) < 2 and last.baseline < page.body[-1].baseline:
            yield Mark("heading-at-foot", page.number, "a heading stands at the foot of the page", last.text)
        if following.body and not _opens(following, size):
            yield from _parted(page, following, book)
        elif len(page.body) < _FEW and len(page.lines) < 2 * _FEW and not _stands(page, book, size):
            lines = f"{len(page.body)} lines" if len(page.body) > 1 else "one line"
            yield Mark(
                "short-page",
                page.number,
                f"a chapter ends with a page of {lines}",
                page.body[-1].text,
                "cut or add a few words in the chapter, or change the size of a picture",
            )


def _parted(page: Page, following: Page, book: Proofs) -> Iterator[Mark]:
    """Mark a paragraph's first line alone at a foot, and its last one alone at a head."""
    left = min(line.x for line in page.body)
    begun = _indented(page.body[-1], left) and book.full(page.body[-1])
    if begun and len(page.body) > 1 and not _indented(page.body[-2], left):
        yield Mark("orphan", page.number, "a paragraph's first line stands alone", page.body[-1].text)
    first = following.body[0]
    left = min(line.x for line in following.body)
    alone = len(following.body) > 1 and _indented(following.body[1], left)
    going_on = book.full(page.body[-1])
    if alone and going_on and not book.full(first) and not _indented(first, left):
        yield Mark("widow", following.number, "a paragraph's last line stands alone", first.text)


def _indented(line: Line, left: float) -> bool:
    return 4 < line.x - left < 40


def _last(page: Page) -> Line | None:
    """Return the last line that is set as large as the text, or larger: notes and folios are smaller."""
    size = page.body[0].size
    large = [line for line in page.lines if line.size >= size * 0.98]
    return large[-1] if large else None


def _stands(page: Page, book: Proofs, size: float) -> bool:
    """Tell whether a short page is no end of a chapter: something begins on it, or it lists pages."""
    begins = any(first == page.number for first, _ in book.chapters) or _opens(page, size)
    return begins or all(_FOLIO.search(line.text) for line in page.body)


def _opens(page: Page, size: float) -> bool:
    """Tell whether a page begins with a title."""
    return any(line.size > size * 1.25 for line in page.lines[:4])
