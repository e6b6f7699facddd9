"""The feet of pages: no heading, no lone first line; and no page of a few lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from book.proofreading._lines import Line, Mark, Page, Proofs

_FEW = 5
_LARGER = 1.05
_DEEP = 12
"""Lines further down than this are no short page, whatever pictures stand above them."""
_ITEM = re.compile(r"[•–◦▪*-]\s|\w{1,3}[.)]\s")
_ENDED = re.compile(r"[.!?:;…][”’»)\]]*$")


def read(book: Proofs) -> Iterator[Mark]:
    """Mark headings and first lines left at a page's foot, last lines at its head, and short pages."""
    for page in book.text:
        following = book.following(page)
        if not page.body or following is None:
            continue
        size = page.body[0].size
        last = _last(page)
        if last and last.size > size * _LARGER and _at_foot(last, page, book):
            yield Mark("heading-at-foot", page.number, "a heading stands at the foot of the page", last.text)
        if following.body and not _opens(following, size):
            yield from _parted(page, following, book)
        elif len(page.body) < _FEW and _shallow(page, book) and not _stands(page, book, size):
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
    end = page.body[-1]
    begun = _indented(end, left) and book.full(end) and not _ENDED.search(end.text)
    goes_on = not _indented(following.body[0], min(line.x for line in following.body))
    going_on = goes_on and not _ITEM.match(following.body[0].text)
    if begun and going_on and len(page.body) > 1 and not _indented(page.body[-2], left):
        yield Mark("orphan", page.number, "a paragraph's first line stands alone", end.text)
    first = following.body[0]
    left = min(line.x for line in following.body)
    alone = len(following.body) > 1 and _indented(following.body[1], left)
    going_on = book.full(page.body[-1])
    if alone and going_on and not book.full(first) and not _indented(first, left):
        yield Mark("widow", following.number, "a paragraph's last line stands alone", first.text)


def _at_foot(heading: Line, page: Page, book: Proofs) -> bool:
    """Tell whether a heading is the last of a page: there is room for no more than a line below it."""
    return heading.baseline < page.body[-1].baseline and heading.baseline < book.depth[1] + 1.5 * book.leading


def _shallow(page: Page, book: Proofs) -> bool:
    """Tell whether a page holds no more than a few lines, at its head."""
    deep = book.depth[0] - page.body[-1].baseline > _DEEP * book.leading
    return len(page.lines) < 2 * _FEW and not (book.leading and deep)


def _indented(line: Line, left: float) -> bool:
    return 4 < line.x - left < 40


def _last(page: Page) -> Line | None:
    """Return the last line that is set as large as the text, or larger: notes and folios are smaller."""
    size = page.body[0].size
    large = [line for line in page.lines if line.size >= size * 0.98]
    return large[-1] if large else None


def _stands(page: Page, book: Proofs, size: float) -> bool:
    """Tell whether a short page is no end of a chapter: something begins on it."""
    return any(first == page.number for first, _ in book.chapters) or _opens(page, size)


def _opens(page: Page, size: float) -> bool:
    """Tell whether a page begins with a title."""
    return any(line.size > size * 1.25 for line in page.lines[:4])
