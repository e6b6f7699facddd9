"""Ways through the book: the navigation document, the NCX of EPUB 2, landmarks and guide, all agreeing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from book.epub.direction import direction
from book.epub.documents import NAVIGATION, Document, Places
from book.epub.frame import blank
from book.epub.markup import EPUB_TYPE, XML_LANG, serialise, tag
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
) -> bytes:
    """Write the navigation document; `title` is the word for contents."""
    root = blank(language, title, sheets)
    body = root[1]
    body.set(EPUB_TYPE, "frontmatter")
    section = etree.SubElement(body, tag("section"), {"class": "toc", "id": "toc"})
    etree.SubElement(section, tag("h1"), id="toc-title").text = title
    toc = etree.SubElement(section, tag("nav"), {EPUB_TYPE: "toc", "role": "doc-toc", "class": "contents"})
    toc.set("aria-labelledby", "toc-title")
    _list(toc, contents, language)
    _guide(etree.SubElement(body, tag("nav"), {EPUB_TYPE: "landmarks", "hidden": "hidden"}), marks)
    return serialise(root)


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


def ncx(metadata: Metadata, identifier: str, contents: Sequence[Point], folder: str) -> bytes:
    """Write the same contents for reading systems of EPUB 2; `folder` is where the documents lie."""
    root = etree.Element(f"{{{_NCX}}}ncx", nsmap={None: _NCX}, version="2005-1")
    root.set(XML_LANG, metadata.language)
    head = etree.SubElement(root, f"{{{_NCX}}}head")
    facts = {"uid": identifier, "depth": str(_depth(contents)), "totalPageCount": "0", "maxPageNumber": "0"}
    for name, content in facts.items():
        etree.SubElement(head, f"{{{_NCX}}}meta", name=f"dtb:{name}", content=content)
    _words(root, "docTitle", metadata.title)
    for author in metadata.authors:
        _words(root, "docAuthor", author)
    _nav_points(etree.SubElement(root, f"{{{_NCX}}}navMap"), contents, folder, 1)
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
