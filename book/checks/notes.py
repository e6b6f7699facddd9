"""Notes: a reference, the note, and the way back, all three leading to one another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from book.epub.markup import EPUB_TYPE, classes, elements, tag
from book.epub.opened import OpenedBook, opened
from book.model import Finding

SUFFIXES = (".epub",)

_CLAUSE = "DPUB-ARIA 1.1, doc-noteref, doc-footnote, doc-backlink"
_NOTES = {"footnote", "endnote", "rearnote", "note"}
_NOTE_ROLES = {"doc-footnote", "doc-endnote", "listitem"}
Place = tuple[str, str]


def check(path: Path) -> Iterator[Finding]:
    """Follow every reference to its note and back, and look for notes nobody refers to."""
    book = opened(path)
    places = {
        (name, element.get("id")): element
        for name, root in book.documents.items()
        for element in elements(root)
        if element.get("id")
    }
    referred: dict[Place, set[Place]] = {}
    for name, root in book.documents.items():
        for reference in (link for link in elements(root, "a") if is_reference(link)):
            target = book.resolve(name, reference.get("href", ""))
            referred.setdefault(target, set()).add((name, reference.get("id") or ""))
            yield from _reference(book, name, reference, places.get(target))
    for target, references in referred.items():
        if target in places:
            yield from _way_back(book, target, places[target], references)
    for (name, ident), element in places.items():
        if _is_note(element) and (name, ident) not in referred:
            message = f"nothing refers to the note `{ident}`"
            yield book.finding("note-referred", "warning", message, name=name, at=element, clause=_CLAUSE)


def is_reference(link: Any) -> bool:
    """Tell whether a link is a reference to a note, by whichever mark."""
    marks = {link.get("role"), *link.get(EPUB_TYPE, "").split()} | classes(link)
    return bool(marks & {"doc-noteref", "noteref", "footnote-ref"})


def _is_note(element: Any) -> bool:
    kinds = set(element.get(EPUB_TYPE, "").split())
    return bool(kinds & {"footnote", "endnote", "rearnote"}) or element.get("role") in {
        "doc-footnote",
        "doc-endnote",
    }


def _is_in_list(note: Any) -> bool:
    """Tell whether a note is an item of a list that is said to be one of notes."""
    lists = {"endnotes", "rearnotes"}
    return note.tag == tag("li") and any(
        lists & set(e.get(EPUB_TYPE, "").split()) for e in note.iterancestors()
    )


def _reference(book: OpenedBook, name: str, reference: Any, note: Any) -> Iterator[Finding]:
    if reference.get("role") != "doc-noteref" and not book.is_old:
        message, hint = "this reference to a note is not marked as one", 'add `role="doc-noteref"`'
        severity = "note" if "noteref" in reference.get(EPUB_TYPE, "").split() else "warning"
        yield book.finding(
            "note-reference", severity, message, name=name, at=reference, hint=hint, clause=_CLAUSE
        )
    if note is None:
        message = f"there is no note `{reference.get('href')}`"
        yield book.finding("note-target", "error", message, name=name, at=reference, clause=_CLAUSE)


def _way_back(book: OpenedBook, target: Place, note: Any, references: set[Place]) -> Iterator[Finding]:
    name, ident = target
    kinds = set(note.get(EPUB_TYPE, "").split())
    marked = note.get("role") in _NOTE_ROLES or _is_in_list(note) or book.is_old
    if not kinds & _NOTES and not marked:
        message, hint = f"the note `{ident}` is not marked as one", 'add `role="doc-footnote"`'
        yield book.finding("note-marked", "warning", message, name=name, at=note, hint=hint, clause=_CLAUSE)
    links = list(elements(note, "a"))
    back = [link for link in links if book.resolve(name, link.get("href", "")) in references]
    if not back:
        message = f"no link leads from the note `{ident}` back to where it is referred to"
        yield book.finding("note-backlink", "warning", message, name=name, at=note, clause=_CLAUSE)
    elif not book.is_old and not any(link.get("role") == "doc-backlink" for link in back):
        message, hint = (
            f"the way back from the note `{ident}` is not marked as one",
            'add `role="doc-backlink"`',
        )
        severity = "note" if "backlink" in back[0].get(EPUB_TYPE, "").split() else "warning"
        yield book.finding(
            "note-backlink", severity, message, name=name, at=back[0], hint=hint, clause=_CLAUSE
        )
