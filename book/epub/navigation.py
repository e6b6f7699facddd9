"""Ways through the book: the navigation document, the NCX of EPUB 2, landmarks and guide, all agreeing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from book.direction import direction
from book.epub.documents import NAVIGATION, Document, Places
from book.epub.frame import blank
from book.epub.markup import EPUB_TYPE, XML_LANG, tag
from book.model import Entry, Metadata

_NCX = "http://www.daisy.org/z3986/2005/ncx/"


@dataclass(frozen=True, slots=True)
class Point:
    """One line of the contents: its words, the file and place it leads to, and those under it."""

    title: str
    href: str
    language: str | None
    children: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Landmark:
    """A place that readers look for. `kind` is its `epub:type`, `guide` its name in EPUB 2."""

    kind: str
    guide: str
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the printed book: its label, and where it begins."""

    title: str
    href: str

    @property
    def kind(self) -> str:
        """What EPUB 2 calls it: a page with a number, or one before the text."""
        plain = self.title.isascii() and self.title.isdigit()
        return "normal" if plain else "front" if set(self.title) <= set("ivxlcdm") else "special"


def points(entries: Sequence[Entry], places: Places) -> tuple[Point, ...]:
    """Find where the entries of the contents lead; one that leads nowhere gives way to those under it."""
    found: list[Point] = []
    for entry in entries:
        children = points(entry.children, places)
        file = places.files.get(entry.ident)
        if file is None:
            found += children
            continue
        href = file if places.tops.get(entry.ident) == file else f"{file}#{entry.ident}"
        found.append(Point(entry.title, href, entry.language, children))
    return tuple(found)


def landmarks(
    documents: Sequence[Document], contents: str, start: str, cover: tuple[str, str] | None
) -> tuple[Landmark, ...]:
    """Name the cover, the title page, the contents and the beginning of the text.

    `contents` and `start` are the words for the last two, `cover` the cover page's word and file.
    """
    found = [Landmark("cover", "cover", *cover)] if cover else []
    for document in documents:
        if document.galley.role == "titlepage":
            found.append(Landmark("titlepage", "title-page", document.galley.title, document.name))
            break
    found.append(Landmark("toc", "toc", contents, NAVIGATION))
    for document in documents:
        if document.galley.matter == "body":
            found.append(Landmark("bodymatter", "text", start, document.name))
            break
    return tuple(found)


def navigation(
    title: str,
    language: str,
    contents: Sequence[Point],
    marks: Sequence[Landmark],
    sheets: Sequence[str],
) -> Any:
    """Make the navigation document; `title` is the word for contents."""
    root = blank(language, title, sheets)
    body = root[1]
    body.set(EPUB_TYPE, "frontmatter")
    section = etree.SubElement(body, tag("section"), {"class": "toc", "id": "toc"})
    etree.SubElement(section, tag("h1"), id="toc-title").text = title
    toc = etree.SubElement(section, tag("nav"), {EPUB_TYPE: "toc", "role": "doc-toc", "class": "contents"})
    toc.set("aria-labelledby", "toc-title")
    _list(toc, contents, language)
    _guide(etree.SubElement(body, tag("nav"), {EPUB_TYPE: "landmarks", "hidden": "hidden"}), marks)
    return root


def add_page_list(root: Any, pages: Sequence[Page]) -> None:
    """Put the list of the printed book's pages into the navigation document."""
    kind = {EPUB_TYPE: "page-list", "role": "doc-pagelist", "hidden": "hidden"}
    lines = etree.SubElement(etree.SubElement(root[1], tag("nav"), kind), tag("ol"))
    for page in pages:
        etree.SubElement(etree.SubElement(lines, tag("li")), tag("a"), href=page.href).text = page.title


def _guide(nav: Any, marks: Sequence[Landmark]) -> None:
    lines = etree.SubElement(nav, tag("ol"))
    for mark in marks:
        link = etree.SubElement(etree.SubElement(lines, tag("li")), tag("a"), {EPUB_TYPE: mark.kind})
        link.set("href", mark.href)
        link.text = mark.title


def _list(parent: Any, contents: Sequence[Point], language: str) -> None:
    lines = etree.SubElement(parent, tag("ol"))
    for point in contents:
        line = etree.SubElement(lines, tag("li"))
        link = etree.SubElement(line, tag("a"), href=point.href)
        if point.language and point.language != language:
            words = etree.SubElement(link, tag("span"), lang=point.language)
            words.set(XML_LANG, point.language)
            if direction(point.language) != direction(language):
                words.set("dir", direction(point.language))
            words.text = point.title
        else:
            link.text = point.title
        if point.children:
            line.set("class", "group")
            _list(line, point.children, language)


def ncx(
    metadata: Metadata, identifier: str, contents: Sequence[Point], folder: str, pages: Sequence[Page] = ()
) -> bytes:
    """Write the same contents and pages for reading systems of EPUB 2; the documents lie in `folder`."""
    root = etree.Element(f"{{{_NCX}}}ncx", nsmap={None: _NCX}, version="2005-1")
    root.set(XML_LANG, metadata.language)
    head = etree.SubElement(root, f"{{{_NCX}}}head")
    facts = {"uid": identifier, "depth": str(_depth(contents))}
    last = max((int(page.title) for page in pages if page.kind == "normal"), default=0)
    facts |= {"totalPageCount": str(len(pages)), "maxPageNumber": str(last)}
    for name, content in facts.items():
        etree.SubElement(head, f"{{{_NCX}}}meta", name=f"dtb:{name}", content=content)
    _words(root, "docTitle", metadata.title)
    for author in metadata.authors:
        _words(root, "docAuthor", author)
    order = _nav_points(etree.SubElement(root, f"{{{_NCX}}}navMap"), contents, folder, 1)
    if pages:
        _page_targets(etree.SubElement(root, f"{{{_NCX}}}pageList"), pages, folder, order)
    text: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return text


def _depth(contents: Sequence[Point]) -> int:
    return max((1 + _depth(point.children) for point in contents), default=0)


def _words(parent: Any, name: str, words: str) -> None:
    etree.SubElement(etree.SubElement(parent, f"{{{_NCX}}}{name}"), f"{{{_NCX}}}text").text = words


def _nav_points(parent: Any, contents: Sequence[Point], folder: str, order: int) -> int:
    for point in contents:
        element = etree.SubElement(parent, f"{{{_NCX}}}navPoint", id=f"point-{order}", playOrder=str(order))
        _words(element, "navLabel", point.title)
        etree.SubElement(element, f"{{{_NCX}}}content", src=f"{folder}/{point.href}")
        order = _nav_points(element, point.children, folder, order + 1)
    return order


def _page_targets(parent: Any, pages: Sequence[Page], folder: str, order: int) -> None:
    for number, page in enumerate(pages, order):
        target = etree.SubElement(parent, f"{{{_NCX}}}pageTarget", id=f"point-{number}", type=page.kind)
        if page.kind == "normal":
            target.set("value", page.title)
        target.set("playOrder", str(number))
        _words(target, "navLabel", page.title)
        etree.SubElement(target, f"{{{_NCX}}}content", src=f"{folder}/{page.href}")
