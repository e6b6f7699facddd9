"""The feet of pages: no heading, no lone first line; and no page of a few lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from book.proofreading._lines import Line, Mark, Page, Proofs

_FEW = 5
_LARGER = 1.05
_LESSER = 0.9
_DEEP = 12
"""Lines further down than this are no short page, whatever pictures stand above them."""
_ITEM = re.compile(r"[•–◦▪*-]\s|\w{1,3}[.)]\s")
_GOES_ON = re.compile(r"[,;:]$")
_NEAR = 1.3
_ENDED = re.compile(r"[.!?:;…][”’»)\]]*$")


def read(book: Proofs) -> Iterator[Mark]:
    """Mark headings and first lines left at a page's foot, last lines at its head, and short pages."""
    for page in book.text:
        following = book.following(page)
        if following is None:
            continue
        last = _last(page)
        if last and _heads(last, book) and _at_foot(last, page, book):
            yield Mark("heading-at-foot", page.number, "a heading stands at the foot of the page", last.text)
        if not following.body or _opens(following, book.size):
            yield from _short(page, book)
        elif page.body:
            yield from _parted(page, following, book)


def _short(page: Page, book: Proofs) -> Iterator[Mark]:
    """Mark a page of a few lines that ends a chapter."""
    held = page.body or _lesser(page, book)
    if 0 < len(held) < _FEW and _shallow(page, held[-1], book) and not _stands(page, book):
        lines = f"{len(held)} lines" if len(held) > 1 else "one line"
        yield Mark(
            "short-page",
            page.number,
            f"a chapter ends with a page of {lines}",
            held[-1].text,
            "cut or add a few words in the chapter, or change the size of a picture",
        )


def _lesser(page: Page, book: Proofs) -> Sequence[Line]:
    """Return the lines of a page's text that are set a little smaller, as quotations are."""
    top, foot = (edge + sign * book.leading / 2 for edge, sign in zip(book.depth, (1, -1), strict=True))
    return [line for line in page.lines if foot < line.baseline < top and line.size > book.size * _LESSER]


def _parted(page: Page, following: Page, book: Proofs) -> Iterator[Mark]:
    """Mark a paragraph's first line alone at a foot, and its last one alone at a head."""
    left = min(line.x for line in page.body)
    end = page.body[-1]
    begun = _indented(end, left) and book.full(end) and not _ENDED.search(end.text) and _edge(end, page, book)
    goes_on = not _indented(following.body[0], min(line.x for line in following.body))
    going_on = goes_on and not _ITEM.match(following.body[0].text)
    if begun and going_on and len(page.body) > 1 and not _indented(page.body[-2], left):
        yield Mark("orphan", page.number, "a paragraph's first line stands alone", end.text)
    first = following.body[0]
    left = min(line.x for line in following.body)
    alone = len(following.body) > 1 and _indented(following.body[1], left) and _edge(first, following, book)
    going_on = book.full(page.body[-1])
    if alone and going_on and not book.full(first) and not _indented(first, left):
        yield Mark("widow", following.number, "a paragraph's last line stands alone", first.text)


def _heads(line: Line, book: Proofs) -> bool:
    """Tell whether a line is a heading: larger than the text, which it does not go on as."""
    return line.size > book.size * _LARGER and book.rare(line) and not _GOES_ON.search(line.text)


def _edge(line: Line, page: Page, book: Proofs) -> bool:
    """Tell whether a line is the first or last of its column: one that is mostly code is another size."""
    near = [one for one in page.lines if 0 < abs(one.baseline - line.baseline) < _NEAR * book.leading]
    return len({one.baseline > line.baseline for one in near}) < 2


def _at_foot(heading: Line, page: Page, book: Proofs) -> bool:
    """Tell whether a heading is the last of a page: there is room for no more than a line below it."""
    return heading.baseline < page.body[-1].baseline and heading.baseline < book.depth[1] + 1.5 * book.leading


def _shallow(page: Page, last: Line, book: Proofs) -> bool:
    """Tell whether a page holds no more than a few lines, at its head."""
    deep = book.depth[0] - last.baseline > _DEEP * book.leading
    return len(page.lines) < 2 * _FEW and not (book.leading and deep)


def _indented(line: Line, left: float) -> bool:
    return 4 < line.x - left < 40


def _last(page: Page) -> Line | None:
    """Return the last line that is set as large as the text, or larger: notes and folios are smaller."""
    if not page.body:
        return None
    large = [line for line in page.lines if line.size >= page.body[0].size * 0.98]
    return large[-1] if large else None


def _stands(page: Page, book: Proofs) -> bool:
    """Tell whether a short page is no end of a chapter: something begins on it, or nothing goes before."""
    before = book.pages[page.number - 2] if page.number > 1 else None
    begins = any(first == page.number for first, _ in book.chapters) or _opens(page, book.size)
    return begins or before is None or not before.body


def _opens(page: Page, size: float) -> bool:
    """Tell whether a page begins with a title."""
    return any(line.size > size * 1.25 for line in page.lines[:4])
