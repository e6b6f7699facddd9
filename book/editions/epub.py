"""The EPUB edition: the same bytes for the same book, made once and remembered."""

from __future__ import annotations

from book.epub.memory import Memory
from book.model import Bound, Composition, Desk

MEDIUM = "screen"
SUFFIX = ".epub"


def bind(
    composition: Composition,
    desk: Desk,
    *,
    conforms_to: str | None = None,
    certified_by: str | None = None,
) -> Bound:
    """Write the EPUB to `desk.to`.

    `conforms_to` (`wcag-2.2-aa`) and `certified_by` are the author's claim that somebody
    judged the book's accessibility; without them none is made.
    """
    memory = Memory(desk, composition, conforms_to, certified_by)
    notices = memory.recall()
    if notices is None:
        from book.epub.publishing import publish  # which loads all that an unchanged book can do without

        notices = publish(composition, desk.to, conforms_to=conforms_to, certified_by=certified_by)
        memory.keep(notices)
    return Bound(None, notices)
