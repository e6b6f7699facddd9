"""The web edition: the book as a folder of plain files, for any browser, without a server or a network."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path, PurePosixPath

from lxml import etree

from book import fonts, resources
from book.desk import Bound, Desk
from book.epub.coverpage import cover_picture
from book.epub.documents import NAVIGATION, Document, documents
from book.epub.markup import elements
from book.epub.names import stem, unique
from book.epub.navigation import points
from book.epub.pictures import pictures
from book.epub.styles import prepare
from book.epub.typefaces import Characters, typefaces
from book.epub.wholeness import account, hidden
from book.errors import BookError
from book.labels import Labels, catalogue
from book.model import Composition, Notice
from book.omissions import without
from book.web import pages
from book.web.searching import INDEX, index

MEDIUM = "screen"
SUFFIX = ""  # a folder

_FURNITURE = "web.css"
"""The style sheet of what stands around the text."""

_LEFT_OUT = {"halftitlepage", "titlepage"}
"""What the first page of the site says itself."""


def bind(composition: Composition, desk: Desk, *, omit: tuple[str, ...] = ()) -> Bound:
    """Write the site into the folder `desk.to`, which is there and empty.

    `omit` names blocks to leave out.
    """
    composition, left_out = without(composition, omit)
    labels = _labels(composition)
    notices: list[Notice] = []
    shown = [galley for galley in composition.galleys if galley.role not in _LEFT_OUT]
    heading = next((galley.title for galley in shown if galley.role == "toc"), "") or labels.text("toc")
    images = pictures(composition.book.media)
    names = _sheet_names(composition)
    linked = [f"css/{name}" for name in _with_furniture(names)]
    made, places = documents(
        shown,
        {name: image.name for name, image in images.items()},
        linked,
        labels,
        {NAVIGATION: heading},
        notices,
    )
    types = typefaces(composition.sheets, composition.faces, _characters(made), fonts.store())
    styles = prepare(composition.sheets, types.after)
    cover = cover_picture(composition.book, composition.faces, fonts.store())
    site = pages.Site(labels, composition.book.metadata.title, linked)
    lines = points(composition.contents, places)
    own = {
        pages.HOME: pages.home(composition.book, lines, heading, cover.name, site),
        INDEX: index(made),
        "search.js": (Path(pages.__file__).parent / "search.js").read_bytes(),
        f"css/{_FURNITURE}": _furniture(desk).encode(),
    }
    sheets = zip(names, (types.css, *styles.texts), strict=True)
    unseen = hidden(made, composition.sheets)
    everything = chain(
        own.items(),
        ((f"css/{name}", text.encode()) for name, text in sheets),
        ((one.name, one.data) for one in (cover, *images.values(), *types.resources)),
        _pages(made, site),
    )
    for name, data in everything:
        path = desk.to / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return Bound(None, (*left_out, *notices, *styles.notices, *unseen))


def _pages(made: tuple[Document, ...], site: pages.Site) -> Iterator[tuple[str, bytes]]:
    neighbours = zip((None, *made), made, (*made[1:], None), strict=False)
    for before, document, after in neighbours:
        own = list(document.root[1])
        yield f"text/{pages.address(document.name)}", pages.page(document, before, after, site)
        account(document, "".join("".join(one.itertext()) for one in own))


def _labels(composition: Composition) -> Labels:
    labels = composition.settings.get("labels")
    return labels if isinstance(labels, Labels) else catalogue(composition.book.metadata.language)


def _sheet_names(composition: Composition) -> list[str]:
    taken = {"fonts.css", _FURNITURE}
    return [
        "fonts.css",
        *(unique(stem(PurePosixPath(sheet.name).stem), taken, suffix=".css") for sheet in composition.sheets),
    ]


def _with_furniture(names: list[str]) -> list[str]:
    """Put the style sheet of the furniture after the medium's, so that themes and projects override it."""
    place = names.index(f"{MEDIUM}.css") + 1 if f"{MEDIUM}.css" in names else len(names)
    return [*names[:place], _FURNITURE, *names[place:]]


def _furniture(desk: Desk) -> str:
    """Return the style sheet of what stands around the text: the project's own `styles/web.css`, or ours."""
    path = resources.locate("styles", _FURNITURE, desk.root or Path())
    if path is None:
        raise BookError(f"there is no style sheet `{_FURNITURE}`", hint="put one into `styles/`")
    return resources.text(path)


def _characters(made: tuple[Document, ...]) -> Characters:
    """Gather the characters of all pages, those in code apart."""
    code: set[str] = set()
    plain: set[str] = set()
    for document in made:
        plain.update("".join(document.root[1].itertext()), document.title)
        for element in elements(document.root, "pre", "code", "kbd", "samp"):
            code.update(etree.tostring(element, method="text", encoding="unicode", with_tail=False))
    return Characters("".join(sorted(plain)), "".join(sorted(code)))
