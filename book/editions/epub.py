"""The EPUB edition: the same bytes for the same book, made once and remembered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from book import registry
from book.desk import Bound, Desk
from book.epub.memory import Memory
from book.epub.printedpages import PrintEdition
from book.errors import BookError
from book.model import Composition, Finding, Notice, Sheet
from book.omissions import without
from book.profile import Profile, load
from book.shop import Shop

MEDIUM = "screen"
SUFFIX = ".epub"
FOLLOWS = ("page_list", "cover")


def bind(
    composition: Composition,
    desk: Desk,
    *,
    conforms_to: str | None = None,
    certified_by: str | None = None,
    page_list: str | None = None,
    cover: str | None = None,
    profile: str | None = None,
    omit: tuple[str, ...] = (),
) -> Bound:
    """Write the EPUB to `desk.to`.

    `conforms_to` (`wcag-2.2-aa`) and `certified_by` are the author's claim that somebody
    judged the book's accessibility; without them none is made. `page_list` names the printed
    edition whose pages are marked and listed, `cover` the cover edition whose front is the cover,
    `profile` the shop or reading system that it is made for. `omit` names blocks to leave out.
    """
    composition, left_out = without(composition, omit)
    printed = _print_edition(desk, page_list)
    pages = printed and (printed.name, printed.isbn, printed.digest)
    front = _front(desk, cover)
    picture = front and sha256(front).hexdigest()
    rules = load(profile, desk.root, "epub") if profile else None
    asked = rules and (rules.title, rules.sources, rules.shop)
    memory = Memory(desk, composition, conforms_to, certified_by, pages, picture, asked)
    recalled = memory.recall()
    if recalled is None:
        from book.epub.opened import forget
        from book.epub.publishing import publish  # which loads all that an unchanged book can do without

        notices = publish(
            composition,
            desk.to,
            conforms_to=conforms_to,
            certified_by=certified_by,
            print_edition=printed,
            front=front,
            shop=rules.shop if rules else Shop(),
            memory=memory,
        )
        notices += _unmet(desk, rules) if rules else ()
        recalled = notices, tuple(_found(desk))
        forget()
        memory.keep(*recalled)
    notices, marks = recalled
    return Bound(None, (*left_out, *notices), marks=marks)


def refuse(options: Mapping[str, Any], sheets: Sequence[Sheet], root: Path | None) -> None:
    """Raise BookError for a shop or a reading system that nobody knows, before anything is made."""
    if profile := options.get("profile"):
        load(profile, root, "epub")


def _found(desk: Desk) -> Iterator[Finding]:
    """Look the finished EPUB over; what its author can mend by another word is found, and no fault of ours.

    Validators of others take longer than the build: `book check` runs them.
    """
    checks = (registry.find("checks", name) for name in registry.names("checks"))
    own = (one for one in checks if SUFFIX in one.SUFFIXES and not getattr(one, "OUTSIDE", False))
    found = (one for check in own for one in check.check(desk.to))
    with suppress(BookError):  # it is larger than what is looked over
        for one in found:
            if one.severity != "note":
                yield replace(one, message=f"{_place(one, desk)}{one.message}", path=None)


def _unmet(desk: Desk, rules: Profile) -> tuple[Notice, ...]:
    """Say what of its profile the EPUB does not meet; where it is, is known when it stands in its place."""
    from book.epub.fitting import unmet

    found = unmet(desk.to, rules)
    return tuple(Notice(f"{_place(one, desk)}{one.message} [{one.rule}]", hint=one.hint) for one in found)


def _place(one: Finding, desk: Desk) -> str:
    inside = one.path.relative_to(desk.to).as_posix() if one.path and one.path != desk.to else ""
    return f"`{inside}`: " if inside else ""


def _print_edition(desk: Desk, name: str | None) -> PrintEdition | None:
    if not name:
        return None
    bound = desk.others[name]
    cover = bool(bound.companions)  # one page, and none of the book's
    if bound.path is None or bound.printed is None or cover:
        what = "is a cover" if cover else "has no pages"
        raise BookError(
            f"`page-list` names `{name}`, which {what}", hint='name an edition with `format = "pdf"`'
        )
    return PrintEdition(name, bound.path, bound.printed.isbn, bound.texts)


def _front(desk: Desk, name: str | None) -> bytes | None:
    if not name:
        return None
    front = desk.others[name].companions.get(".jpg")
    if front is None:
        raise BookError(
            f"`cover` names `{name}`, which is no cover", hint='name an edition with `format = "cover"`'
        )
    return front
