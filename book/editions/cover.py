"""The cover edition: back, spine and front on one sheet, soft or over boards, as its printer wants it."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from book import fonts, lengths, resources
from book.cover import HEIGHT, WIDTH, jpeg, paper_of
from book.desk import Bound, Desk, Printed
from book.direction import direction
from book.errors import BookError
from book.finish import Finish
from book.lettering import Lettering
from book.model import Book, Composition, Galley, Media, Notice, Sheet
from book.paper import Paper, sheet
from book.press import geometry
from book.press.press import Press
from book.profile import Profile, load
from book.templates import Templates
from book.wholefile import write_whole
from book.wraparound.design import Design, colours_of, design_of, upward, values
from book.wraparound.plan import CoverPlan, plan

MEDIUM = "print"
SUFFIX = ".pdf"
FOLLOWS = ("of",)


USUAL = "kdp-paperback"
"""The printer whose covers are made where none is named."""


def bind(
    composition: Composition,
    desk: Desk,
    *,
    of: str | None = None,
    profile: str = USUAL,
    design: Design | None = None,
    blurb: str | None = None,
    pages: int | None = None,
    trim: str | None = None,
    paper: str | None = None,
    marks: bool = False,
) -> Bound:
    """Write the cover of the edition `of`, or of a book of `pages` pages and that `trim`.

    `blurb` is for the back; else it is the book's description. Beside the PDF goes the front
    alone, as a picture for shops. Raises BookError where neither tells the count of pages, and
    for what the printer cannot make.
    """
    from book.finishing.file import finished  # slow to load, and books without a cover of paper need none
    from book.press.endleaves import bleeding

    rules = load(profile, desk.root)
    inside = desk.others[of] if of else None
    count = pages if pages is not None else inside.pages if inside else None
    if count is None or count < 1:
        raise BookError(
            "the spine needs the count of pages", hint='write `of = "paperback"`, or `pages = 240`'
        )
    book = composition.book
    printed = inside.printed if inside else None
    rtl = direction(book.metadata.language) == "rtl"
    made = plan(rules, _leaf(trim, printed, rules.page.trim), count, paper, rtl=rtl)
    look = design_of(book, design)
    isbn = book.metadata.isbn or (printed.isbn if printed else None)
    said = blurb if blurb is not None else book.metadata.description or ""
    letters = Lettering(composition.faces, fonts.store(), book.metadata.language)
    seen = values(book, look, made, letters, isbn=isbn, blurb=said)
    pdf, notices = _print(made, look, seen, composition, desk, marks=marks)
    write_whole(desk.to, finished(bleeding(pdf), 1, _finish(rules), desk.root, {}))
    if look == "whole" and book.cover and (lost := _cropped(book.cover, made)) > 0.08:
        message = f"{lost:.0%} of the cover picture is cut off, since its shape is not the book's"
        notices = (*notices, Notice(message, hint='a picture without words may be `design = "picture"`'))
    front = {".jpg": _front(pdf, made, made.hinge if look == "whole" else 0.0)}
    return Bound(1, (*made.notices, *notices), Printed(made.whole, made.height, isbn), companions=front)


def refuse(options: Mapping[str, Any], sheets: Sequence[Sheet], root: Path | None) -> None:
    """Raise BookError for a printer that nobody knows and a trim that is none, before anything is set."""
    rules = load(options.get("profile") or USUAL, root)
    _leaf(options.get("trim"), None, rules.page.trim)


def _finish(rules: Profile) -> Finish:
    """Return how a cover is finished: in the colours that the printer asks for, to the book's standard."""
    if rules.cover.colour == "srgb":
        return Finish(links=False, bookmarks=False)
    return replace(rules.finish, colour=rules.cover.colour, links=False, bookmarks=False)


def _leaf(trim: str | None, printed: Printed | None, usual: str) -> tuple[float, float]:
    if printed and not trim:
        return printed.width, printed.height
    width, height = geometry.size(trim or usual)
    return lengths.points(width), lengths.points(height)


def _cropped(picture: Media, made: CoverPlan) -> float:
    """Return what part of a picture lies outside a front that it fills, its bleed included."""
    width, height = made.hinge + made.width + made.bleed, made.height + 2 * made.bleed
    scale = max(width / (picture.width or 1), height / (picture.height or 1))
    return 1 - width * height / ((picture.width or 1) * (picture.height or 1) * scale**2)


def _print(
    made: CoverPlan,
    design: Design,
    seen: dict[str, object],
    composition: Composition,
    desk: Desk,
    *,
    marks: bool,
) -> tuple[bytes, tuple[Notice, ...]]:
    """Set the one page, and refuse a style sheet that makes two of it."""
    book = composition.book
    metadata = book.metadata
    root = desk.root or resources.builtin("templates").parent
    ground = _ground(book, made, desk.store) if design == "label" else None
    with Templates(root, composition.settings["labels"], MEDIUM) as templates:
        body = templates.render("cover.xhtml", **seen, paper=ground and ground.name)
    body = body.replace('class="wrap', 'class="wrap upward', 1) if upward(metadata.language) else body
    path = resources.locate("styles", "cover.css", root)
    assert path is not None  # it is built in
    one = replace(
        composition,
        book=replace(book, media=tuple(media for media in (ground, book.cover) if media)),
        galleys=(Galley("cover", "cover", "cover", "front", metadata.title, metadata.language, body),),
        contents=(),
        sheets=(
            Sheet("measures", _variables(made, colours_of(book, design))),
            Sheet("cover.css", resources.text(path), path),
        ),
    )
    printed = Press(one, desk, Sheet("values", _page(made, marks=marks)), tagged=False, fit=False).print()
    if printed.pages != 1:
        raise BookError("the cover does not fit on one sheet", path=path)
    return printed.pdf, printed.notices


def _ground(book: Book, made: CoverPlan, store: Path) -> Media:
    """Make the paper that the whole cover is printed on, at 300 pixels to the inch."""
    width, height = (round((side + 2 * made.bleed) * 300 / 72) for side in (made.whole, made.height))
    out = io.BytesIO()
    sheet(*paper_of(book), width, height).save(out, "JPEG", quality=85, dpi=(300, 300))
    digest = sha256(out.getvalue()).hexdigest()
    path = store / "covers" / f"{digest}.jpg"
    if not path.exists():
        write_whole(path, out.getvalue())
    return Media("cover-paper.jpg", path, "image/jpeg", width, height, digest)


def _variables(made: CoverPlan, colours: Paper) -> str:
    left, top, width, height = made.barcode
    points = {
        "trim-width": made.width,
        "trim-height": made.height,
        "whole": made.whole,
        "front": made.front,
        "front-bleed-left": made.bleed if made.rtl else made.hinge,
        "back": made.back,
        "spine": made.spine,
        "spine-left": made.width + made.hinge,
        "spine-text": made.spine_text,
        "bleed": made.bleed,
        "hinge": made.hinge,
        "safe": made.safe,
        "barcode-left": left,
        "barcode-top": top,
        "barcode-width": width,
        "barcode-height": height,
    }
    inks = {"ground": colours.ground, "panel": colours.label, "ink": colours.ink, "accent": colours.accent}
    lines = [*(f"{name}: {value:.4f}pt" for name, value in points.items())]
    lines += [f"{name}: {value}" for name, value in inks.items()]
    return "\n".join(["html {", *(f"  --{line};" for line in lines), "}"])


def _page(made: CoverPlan, *, marks: bool) -> str:
    crop = " marks: crop;" if marks else ""
    size = f"{made.whole:.4f}pt {made.height:.4f}pt"
    return f"@page {{ size: {size}; margin: 0; bleed: {made.bleed:g}pt;{crop} }}"


def _front(pdf: bytes, made: CoverPlan, hinge: float) -> bytes:
    """Return the front as shops show it, with so much of its hinge: at least 1600 by 2560 pixels."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        left, bottom, right, _ = page.get_trimbox()
        begin = left + made.front - (0.0 if made.rtl else hinge)
        width = made.width + hinge
        page.set_cropbox(begin, bottom, min(right, begin + width), bottom + made.height)
        scale = max(WIDTH / width, HEIGHT / made.height)
        return jpeg(page.render(scale=scale).to_pil().convert("RGB"))
    finally:
        document.close()
