"""The last that the press does for a book: it is bound, and proofread as it was set."""

from __future__ import annotations

from collections.abc import Callable

from book.model import Finding
from book.press.binding import Volume, bind
from book.press.marking import marked, unread
from book.press.pool import Call, Pool
from book.press.workers import Failed, Lost

MANY = 2_000
"""Pages from which a book is proofread before it is bound: both take room for each page, 0.1 MB together."""

_LINES = 100
"""Characters of markup that take as much room as the lines of a page."""

Marked = tuple[tuple[Finding, ...], tuple[str, ...]]
"""What is marked on the pages of a book, and the words of each page that no PDF tells."""


def bound(volume: Volume, pages: int, lines: Callable[[int], bytes], pool: Pool) -> tuple[bytes, Marked]:
    """Bind a book and have it proofread, at once or one after the other; `lines` are those of a gathering."""
    if pages > MANY:
        found = _proofread(volume, pages, lines, pool)
        pool.close()  # what its processes loaded takes room too
        return bind(volume), found
    book = unread(volume.placed, lines)
    with pool.aside(Call(None, "marks", (book,), pages * _LINES)) as marks:
        pdf, answer = bind(volume), marks()
    return pdf, marked(book) if isinstance(answer, Lost | Failed) else answer


def _proofread(volume: Volume, pages: int, lines: Callable[[int], bytes], pool: Pool) -> Marked:
    book = unread(volume.placed, lines)
    answer = pool.ask("marks", book, size=pages * _LINES)
    return marked(book) if isinstance(answer, Lost | Failed) else answer
