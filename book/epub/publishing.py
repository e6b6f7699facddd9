"""A publication made of a composition, EPUB 3.3, readable by old systems too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from lxml import etree

from book import fonts
from book.direction import direction
from book.epub import accessibility, container, package
from book.epub.container import Publication, Resource, Statement
from book.epub.coverpage import PAGE, cover_page, cover_picture
from book.epub.documents import NAVIGATION, Document, Places, documents
from book.epub.markup import serialise, tag
from book.epub.memory import Memory
from book.epub.names import stem, unique
from book.epub.navigation import Landmark, Page, add_page_list, landmarks, navigation, ncx, points
from book.epub.pagebreaks import set_breaks
from book.epub.pictures import changed, pictures
from book.epub.printedpages import PrintEdition, printed_pages
from book.epub.styles import prepare
from book.epub.typefaces import Characters, Typefaces, typefaces
from book.epub.wholeness import SHAPERS, account, hidden
from book.errors import BookError
from book.labels import Labels, catalogue
from book.model import Composition, Notice
from book.press.ledger import Ledger
from book.shop import Shop

_TEXT = "text"  # the folder of the documents
_TYPES = {"document": "application/xhtml+xml", "ncx": "application/x-dtbncx+xml", "sheet": "text/css"}
_ANY = Shop()
_APPLE = "ibooks: http://vocabulary.itunes.apple.com/rdf/ibooks/vocabulary-extensions-1.0/"
_CODE = {tag(name) for name in ("pre", "code", "kbd", "samp")}


@dataclass(frozen=True, slots=True)
class _Text:
    """The text of the book as files: its documents, where things stand in them, the word for contents."""

    documents: Sequence[Document]
    places: Places
    sheets: Sequence[str]
    contents: str
    marks: Sequence[Landmark]
    navigation: Any
    pages: Sequence[Page]


def publish(
    composition: Composition,
    to: Path,
    *,
    conforms_to: str | None,
    certified_by: str | None,
    print_edition: PrintEdition | None = None,
    front: bytes | None = None,
    shop: Shop = _ANY,
    memory: Memory | None = None,
) -> tuple[Notice, ...]:
    """Write the EPUB `to` a file and return what there is to say of it.

    Where there is a `print_edition`, its pages are marked and listed. `front` is the cover's
    picture, if another edition has one, and `shop` what the file is made for. The `memory` has
    what earlier EPUBs of this book were made of.
    """
    claim = accessibility.conformance(conforms_to, certified_by)
    book, labels = composition.book, _labels(composition)
    notices: list[Notice] = []
    if others := changed(book.media):
        message = "pictures were made smaller, or into formats that every reader shows"
        notices.append(Notice(f"{message}: {', '.join(sorted(others))}"))
    images = pictures(book.media, pixels=shop.pixels, most=shop.picture and shop.picture * 1000)
    ledger = Ledger(memory.store, "words", SHAPERS) if memory else None
    text = _text(composition, images, labels, notices, cover=shop.cover_page)
    if print_edition:
        text = _paged(composition, text, print_edition, notices)
    for document in text.documents:
        account(document, "".join(document.root[1].itertext()), ledger)
    notices += hidden(text.documents, composition.sheets)
    types = Typefaces()
    if shop.fonts:
        characters = _characters(text.documents)
        types = typefaces(composition.sheets, composition.faces, characters, fonts.store())
    cover = cover_picture(book, composition.faces, fonts.store(), front, memory)
    seen = accessibility.facts(text.documents, list(images.values()))
    about = [*package.statements(book, labels, cover.ident)]
    about += accessibility.statements(seen, labels, paged=print_edition is not None)
    if print_edition:
        about.append(package.page_source(book.metadata, print_edition.isbn, print_edition.name))
    own_fonts = shop.specified_fonts and bool(types.resources)
    if own_fonts:
        about.append(Statement("meta", "true", {"property": "ibooks:specified-fonts"}))
    opening = [cover_page(book, labels, _TEXT, cover)] if shop.cover_page else []
    resources = [
        *opening,
        *_documents(composition, text, labels),
        *_styles(composition, types, notices, named=shop.fonts),
        *(cover, *images.values(), *types.resources),
    ]
    publication = Publication(
        language=labels.language,
        modified=package.modified(book.metadata),
        metadata=[*about, *claim, *types.statements],
        resources=resources,
        spine=[*(one.ident for one in opening), *_reading_order(composition, text)],
        guide=[(mark.guide, mark.title, f"{_TEXT}/{mark.href}") for mark in text.marks],
        direction=direction(labels.language),
        prefix=_APPLE if own_fonts else "",
    )
    container.write(publication, to)
    if ledger:
        ledger.save()
    return (*notices, *(_unshown(composition, text) if shop.fonts else ()))


def _labels(composition: Composition) -> Labels:
    labels = composition.settings.get("labels")
    return labels if isinstance(labels, Labels) else catalogue(composition.book.metadata.language)


def _text(
    composition: Composition,
    images: Mapping[str, Resource],
    labels: Labels,
    notices: list[Notice],
    *,
    cover: bool,
) -> _Text:
    own = (galley.title for galley in composition.galleys if galley.role == "toc")
    contents = next(own, "") or labels.text("toc")
    sheets = ["css/fonts.css", *(f"css/{name}" for name in _sheet_files(composition))]
    made, places = documents(
        composition.galleys,
        {name: image.name for name, image in images.items()},
        sheets,
        labels,
        {NAVIGATION: contents, PAGE: labels.text("cover")},
        notices,
    )
    first = (labels.text("cover"), PAGE) if cover else None
    marks = landmarks(made, contents, labels.text("text"), first)
    lines = points(composition.contents, places)
    nav = navigation(contents, labels.language, lines, marks, sheets)
    return _Text(made, places, sheets, contents, marks, nav, ())


def _paged(composition: Composition, text: _Text, edition: PrintEdition, notices: list[Notice]) -> _Text:
    """Mark where the pages of the printed book begin, and list them."""
    made = iter(text.documents)
    toc = (NAVIGATION, text.navigation)
    order = [toc if galley.role == "toc" else _named(next(made)) for galley in composition.galleys]
    taken = {element.get("id") for _, root in order for element in root.iter() if element.get("id")}
    paging = set_breaks([root for _, root in order], printed_pages(edition.path, edition.texts), taken)
    if not paging.breaks:
        raise BookError(f"`page-list` names `{edition.name}`, whose pages are not this book's")
    if paging.lost:
        message = f"pages of `{edition.name}` that begin with what the EPUB has not are not in its page list"
        notices.append(Notice(f"{message}: {', '.join(paging.lost)}"))
    pages = [Page(one.label, f"{order[one.document][0]}#{one.ident}") for one in paging.breaks]
    add_page_list(text.navigation, pages)
    return replace(text, pages=pages)


def _named(document: Document) -> tuple[str, Any]:
    return document.name, document.root


def _documents(composition: Composition, text: _Text, labels: Labels) -> Iterator[Resource]:
    metadata = composition.book.metadata
    lines = points(composition.contents, text.places)
    nav = serialise(text.navigation)
    yield Resource("nav", f"{_TEXT}/{NAVIGATION}", _TYPES["document"], nav, ("nav",))
    for one in text.documents:
        yield Resource(one.ident, f"{_TEXT}/{one.name}", _TYPES["document"], one.data, one.properties)
    old = ncx(metadata, package.identifier(metadata), lines, _TEXT, text.pages)
    yield Resource("ncx", "toc.ncx", _TYPES["ncx"], old)


def _sheet_files(composition: Composition) -> list[str]:
    taken = {"fonts.css"}
    return [unique(stem(PurePosixPath(s.name).stem), taken, suffix=".css") for s in composition.sheets]


def _styles(
    composition: Composition, types: Typefaces, notices: list[Notice], *, named: bool
) -> Iterator[Resource]:
    styles = prepare(composition.sheets, types.after, named=named)
    notices += styles.notices
    texts = [types.css, *styles.texts]
    for name, css in zip(("fonts.css", *_sheet_files(composition)), texts, strict=True):
        yield Resource(f"style-{name.removesuffix('.css')}", f"css/{name}", _TYPES["sheet"], css.encode())


def _characters(made: Sequence[Document]) -> Characters:
    """Gather the characters of all documents, those in code apart."""
    plain: set[str] = set()
    code: set[str] = set()
    for document in made:
        depth = 0
        for event, element in etree.iterwalk(document.root[1], events=("start", "end")):
            if event == "start":
                depth += element.tag in _CODE
                (code if depth else plain).update(element.text or "")
            else:
                depth -= element.tag in _CODE
                (code if depth else plain).update(element.tail or "")
        plain.update(document.title)
    return Characters("".join(sorted(plain)), "".join(sorted(code)))


def _reading_order(composition: Composition, text: _Text) -> Iterator[str]:
    """Yield the documents' names in the order of the galleys; the contents stand where their galley stood."""
    made = iter(text.documents)
    for galley in composition.galleys:
        yield "nav" if galley.role == "toc" else next(made).ident


def _unshown(composition: Composition, text: _Text) -> tuple[Notice, ...]:
    words = "".join("".join(document.root[1].itertext()) for document in text.documents)
    return fonts.warnings(words, composition.faces)
