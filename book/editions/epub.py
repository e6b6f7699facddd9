"""The EPUB edition: the same bytes for the same book, made once and remembered."""

from __future__ import annotations

from book.epub.memory import Memory
from book.epub.printedpages import PrintEdition
from book.errors import BookError
from book.model import Bound, Composition, Desk

MEDIUM = "screen"
SUFFIX = ".epub"
FOLLOWS = ("page_list",)


def bind(
    composition: Composition,
    desk: Desk,
    *,
    conforms_to: str | None = None,
    certified_by: str | None = None,
    page_list: str | None = None,
) -> Bound:
    """Write the EPUB to `desk.to`.

    `conforms_to` (`wcag-2.2-aa`) and `certified_by` are the author's claim that somebody
    judged the book's accessibility; without them none is made. `page_list` names the printed
    edition whose pages are marked and listed.
    """
    printed = _print_edition(desk, page_list)
    pages = printed and (printed.name, printed.isbn, printed.digest)
    memory = Memory(desk, composition, conforms_to, certified_by, pages)
    notices = memory.recall()
    if notices is None:
        from book.epub.publishing import publish  # which loads all that an unchanged book can do without

        notices = publish(
            composition,
            desk.to,
            conforms_to=conforms_to,
            certified_by=certified_by,
            print_edition=printed,
        )
        memory.keep(notices)
    return Bound(None, notices)


def _print_edition(desk: Desk, name: str | None) -> PrintEdition | None:
    if not name:
        return None
    bound = desk.others[name]
    if bound.path is None or bound.printed is None:
        raise BookError(
            f"`page-list` names `{name}`, which has no pages", hint='name an edition with `format = "pdf"`'
        )
    return PrintEdition(name, bound.path, bound.printed.isbn)
