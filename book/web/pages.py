"""Content documents into pages of a site: a way around each, and HTML that opens from a disk."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from book.epub.documents import NAVIGATION, Document
from book.epub.frame import blank
from book.epub.markup import EPUB_TYPE, elements, serialise, tag
from book.epub.navigation import Point
from book.labels import Labels
from book.model import Book
from book.views import byline

HOME = "index.html"
_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|//|#", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Site:
    """What every page of a site shares: its words, its title, the files of its style."""

    labels: Labels
    title: str
    sheets: Sequence[str]


def address(name: str) -> str:
    """Return a document's file name as the site has it."""
    return f"../{HOME}" if name == NAVIGATION else re.sub(r"\.xhtml(?=#|$)", ".html", name)


def page(document: Document, before: Document | None, after: Document | None, site: Site) -> bytes:
    """Return a document as a page: the way home and the search above it, its neighbours below."""
    root = document.root
    for link in elements(root, "a"):
        href = link.get("href")
        if href and not _OUTSIDE.match(href):
            link.set("href", address(href))
    for table in list(elements(root, "table")):
        if next(table.iterancestors(tag("table")), None) is None:
            _scroll(table)
    if next(elements(root, "h1"), None) is None:
        unseen = etree.Element(tag("h1"), {"class": "unseen"})
        unseen.text = document.title
        root[1].insert(0, unseen)
    _furnish(root, site, up="../")
    neighbours = etree.SubElement(root[1], tag("nav"), {"class": "neighbours"})
    neighbours.set("aria-label", site.labels.text("neighbours"))
    for one, word, relation in ((before, "previous", "prev"), (after, "next", "next")):
        if one is not None:
            place = etree.SubElement(neighbours, tag("a"), {"class": word, "rel": relation})
            place.set("href", address(one.name))
            etree.SubElement(place, tag("span"), {"class": "word"}).text = site.labels.text(word)
            etree.SubElement(place, tag("span"), {"class": "title"}).text = one.title
    return html(root)


def _scroll(table: Any) -> None:
    """Put a table into a box that scrolls where it is too wide, for those without a pointer too."""
    box = etree.Element(tag("div"), {"class": "scroll", "tabindex": "0"})
    table.getparent().replace(table, box)
    box.tail, table.tail = table.tail, None
    box.append(table)


def home(book: Book, contents: Sequence[Point], heading: str, cover: str, site: Site) -> bytes:
    """Return the first page: the cover, what the book is called, and its contents."""
    metadata = book.metadata
    root = blank(metadata.language, metadata.title)
    for link in elements(root, "link"):
        link.getparent().remove(link)
    for sheet in site.sheets:
        etree.SubElement(root[0], tag("link"), rel="stylesheet", href=sheet)
    opening = etree.SubElement(root[1], tag("header"), {"class": "title"})
    etree.SubElement(opening, tag("img"), src=cover, alt="", width="1600", height="2560")
    words = etree.SubElement(opening, tag("div"))
    etree.SubElement(words, tag("h1")).text = metadata.title
    if metadata.subtitle:
        etree.SubElement(words, tag("p"), {"class": "subtitle"}).text = metadata.subtitle
    if metadata.authors:
        etree.SubElement(words, tag("p"), {"class": "author"}).text = byline(metadata.authors, site.labels)
    if metadata.description:
        etree.SubElement(words, tag("p"), {"class": "description"}).text = metadata.description
    nav = etree.SubElement(root[1], tag("nav"), {"class": "toc"})
    etree.SubElement(nav, tag("h2")).text = heading
    _list(nav, contents)
    _furnish(root, site, up="")
    return html(root)


def html(root: Any) -> bytes:
    """Write a document as HTML whose XML is well-formed too; nothing of EPUB stays in it."""
    for element in elements(root):
        element.attrib.pop(EPUB_TYPE, None)
        if element.tag == tag("pre") and (element.text or "").startswith("\n"):
            element.text = f"\n{element.text}"  # HTML drops the first line break of a listing
    etree.cleanup_namespaces(root, keep_ns_prefixes=[])
    return b"<!DOCTYPE html>\n" + serialise(root).partition(b"<!DOCTYPE html>\n")[2]


def _list(parent: Any, contents: Sequence[Point]) -> None:
    lines = etree.SubElement(parent, tag("ol"))
    for point in contents:
        line = etree.SubElement(lines, tag("li"))
        link = etree.SubElement(line, tag("a"), href=f"text/{address(point.href)}")
        link.text = point.title
        if point.language:
            link.set("lang", point.language)
        if point.children:
            _list(line, point.children)


def _furnish(root: Any, site: Site, up: str) -> None:
    """Put into a page's head what browsers need, and above its text the way home and the search."""
    head, body = root
    etree.SubElement(head, tag("meta"), name="viewport", content="width=device-width, initial-scale=1")
    etree.SubElement(head, tag("meta"), name="color-scheme", content="light dark")
    etree.SubElement(head, tag("script"), src=f"{up}search.js", defer="defer")
    main = etree.Element(tag("main"), id="text")
    main.extend(list(body))
    main.text, body.text = body.text, None
    body.extend([*_top(site, up), main])


def _top(site: Site, up: str) -> Iterator[Any]:
    text = site.labels.text
    skip = etree.Element(tag("a"), {"class": "skip"}, href="#text")
    skip.text = text("skip")
    yield skip
    bar = etree.Element(tag("header"), {"class": "bar"})
    etree.SubElement(bar, tag("a"), {"class": "home"}, href=f"{up}{HOME}").text = site.title
    form = etree.SubElement(bar, tag("form"), role="search", hidden="hidden")
    form.set("data-up", up)
    form.set("data-none", text("nothing-found"))
    field = etree.SubElement(
        form, tag("input"), type="search", autocomplete="off", placeholder=text("search")
    )
    field.set("aria-label", text("search"))
    etree.SubElement(form, tag("div"), {"class": "found"}, role="status")
    yield bar
