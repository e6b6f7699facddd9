"""The PDF edition: galleys set in pages."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from book.desk import Bound, Desk, Printed
from book.finish import Colour, Standard
from book.model import Composition, Sheet
from book.omissions import without
from book.press import geometry
from book.press.castoff import body_type, castoff
from book.press.geometry import Page
from book.press.pageplan import PagePlan, Wishes, plan
from book.press.press import Press
from book.press.press import Printed as Off
from book.press.sight import Sight
from book.press.thememargins import head_and_foot, inside_and_outside, of_named_pages
from book.profile import load
from book.wholefile import write_whole

MEDIUM = "print"
SUFFIX = ".pdf"
PAGED = True
"""Its volumes name each other's pages."""

Links = Literal["none", "footnotes", "endnotes", "chapternotes", "backnotes", "qr"]
"""What is printed of links out of the book; the galleys have it already."""

USUAL = "a5"
"""The printer's rules that a page has where none are named."""

LOADS = "book.press.engine.ready"
"""What a process may load for it ahead of time."""


def bind(
    composition: Composition,
    desk: Desk,
    *,
    profile: str = USUAL,
    trim: str | None = None,
    margin_top: str | None = None,
    margin_bottom: str | None = None,
    margin_inside: str | None = None,
    margin_outside: str | None = None,
    gutter: str | None = None,
    bleed: str | None = None,
    paper: str | None = None,
    marks: bool | None = None,
    even_pages: bool | None = None,
    links: bool | Links | None = None,
    bookmarks: bool | None = None,
    tagged: bool | None = None,
    colour: Colour | None = None,
    standard: Standard | None = None,
    intent: str | None = None,
    ink_limit: int | None = None,
    opaque: bool | None = None,
    attachments: bool | None = None,
    linebreaks: Literal["greedy", "fit"] = "fit",
    omit: tuple[str, ...] = (),
) -> Bound:
    """Set `composition` in pages and write the PDF to `desk.to`.

    `profile` names a printer's rules; every option after it replaces one of theirs.
    `linebreaks` says whether lines are broken one by one or to suit the paragraph.
    `omit` names blocks to leave out, as an error message told them. Raises BookError for
    an option that cannot be, and where the text cannot be set.
    """
    from book.finishing.file import finished  # slow to load, and an EPUB of the same project needs none
    from book.press.endleaves import bleeding

    options = {
        "profile": profile,
        "trim": trim,
        "margin_top": margin_top,
        "margin_bottom": margin_bottom,
        "margin_inside": margin_inside,
        "margin_outside": margin_outside,
        "bleed": bleed,
        "gutter": gutter,
        "paper": paper,
        "marks": marks,
        "even_pages": even_pages,
        "links": links,
        "bookmarks": bookmarks,
        "tagged": tagged,
        "colour": colour,
        "standard": standard,
        "intent": intent,
        "ink_limit": ink_limit,
        "opaque": opaque,
        "attachments": attachments,
    }
    planned = _planned(options, composition.sheets, desk.root)
    composition, left_out = without(composition, omit)
    sight, fit = desk.sight if isinstance(desk.sight, Sight) else Sight(lambda _: None), linebreaks == "fit"
    if sight.alone:
        _, values = shaped(planned, composition, sight.gutter)
        Press(composition, desk, values, tagged=planned.finish.tagged, fit=fit).glance()
        return Bound()
    shape, printed, sight.gutter = _print(planned, composition, desk, fit=fit)
    pages = planned.whole(printed.pages)
    finish = planned.finish
    posts = _originals(composition, desk) if finish.attachments else {}
    whole = bleeding(printed.pdf) if planned.deep else printed.pdf
    write_whole(desk.to, finished(whole, pages, finish, desk.root, posts))
    return Bound(
        pages,
        (*left_out, *printed.notices, *planned.notices(pages)),
        Printed(*geometry.points(shape), isbn=composition.book.metadata.isbn),
        marks=printed.marks,
        texts=printed.texts,
    )


def refuse(options: Mapping[str, Any], sheets: Sequence[Sheet], root: Path | None) -> None:
    """Raise BookError for options that no printer and no page can have, before anything is set."""
    _planned(options, sheets, root)


_FINISH = "bookmarks", "tagged", "colour", "standard", "intent", "ink_limit", "opaque", "attachments"
_SIDES = "top", "bottom", "inside", "outside"


def _planned(options: Mapping[str, Any], sheets: Sequence[Sheet], root: Path | None) -> PagePlan:
    """Decide what can be decided of the pages before there are any."""
    links = options.get("links")
    finish = {name: options.get(name) for name in _FINISH}
    wishes = Wishes(
        trim=options.get("trim"),
        margins={side: options.get(f"margin_{side}") for side in _SIDES},
        bleed=options.get("bleed"),
        gutter=options.get("gutter"),
        paper=options.get("paper"),
        marks=options.get("marks"),
        even_pages=options.get("even_pages"),
        finish={"links": links if isinstance(links, bool) else None, **finish},
    )
    rules, type_ = load(options.get("profile") or USUAL, root), body_type(sheets)
    return plan(rules, wishes, inside_and_outside(sheets), head_and_foot(sheets), type_[0])


def _print(planned: PagePlan, composition: Composition, desk: Desk, *, fit: bool) -> tuple[Page, Off, float]:
    """Print with the gutter that the count of pages asks for, which the gutter itself changes.

    It begins with what the book is likely to ask for, because every other one sets all of it again. Where
    that is more than is asked for, less is tried; where it is less, it only grows, so that it settles.
    """
    gutter, grown = _likely(planned, composition), False
    while True:
        shape, values = shaped(planned, composition, gutter)
        printed = Press(composition, desk, values, tagged=planned.finish.tagged, fit=fit).print()
        needed = planned.gutter(planned.whole(printed.pages))
        grown = grown or needed > gutter
        if needed == gutter or (needed < gutter and grown):
            return shape, printed, gutter
        if shaped(planned, composition, needed) == (shape, values):  # the margin has room for both
            return shape, printed, gutter
        gutter = needed


def _likely(planned: PagePlan, composition: Composition) -> float:
    """Return the gutter to begin with: it depends on the book alone, and not on what was made before."""
    least, most = planned.gutter(planned.least), planned.gutter(sys.maxsize)
    if least == most:
        return least
    return planned.gutter(planned.whole(castoff(composition, planned.shape(least))))


def shaped(planned: PagePlan, composition: Composition, gutter: float) -> tuple[Page, Sheet]:
    """Return the page with a gutter, and the style sheet that makes pages so."""
    first = next((galley.ident for galley in composition.galleys if galley.matter == "body"), None)
    openings = str(composition.settings.get("openings", "page"))
    shape = planned.shape(gutter)
    named = of_named_pages(composition.sheets, planned.margins, gutter)
    return shape, Sheet("values", geometry.sheet(shape, openings, first) + named)


def _originals(composition: Composition, desk: Desk) -> dict[str, bytes]:
    """Return the posts of the book as they were written, by the names of their files."""
    root = (desk.root or Path()) / "chapters"
    paths = sorted({post.origin.path for post in composition.book.posts if post.origin.path})
    return {
        path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name: path.read_bytes()
        for path in paths
    }
