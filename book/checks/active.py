"""What a book does while somebody reads it: scripts that run, files that are fetched; and if it says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from book.epub.markup import MATHML, SVG, XHTML, XLINK, elements
from book.epub.opened import OpenedBook, opened
from book.model import Finding

SUFFIXES = (".epub",)

_CLAUSE = "EPUB 3.3, 3.6 Publication resource locations"
_PROPERTIES = "EPUB 3.3, 5.6.2.1 Manifest item properties"
_HANDLER = re.compile(r"on[a-z]+")
_ELSEWHERE = re.compile(r"(?i)\s*(https?:)?//")
_SHEET = re.compile(
    r"""(?i)(?:url\(\s*["']?|@import\s+["'])\s*((?:https?:)?//[^"')\s]+)|/\*.*?\*/""", re.DOTALL
)
_DATA = {"application/ld+json", "application/json", "text/plain"}
_FETCHING = {"img", "audio", "video", "source", "iframe", "embed", "script", "track", "input"}
_NAMES = {"xlink": XLINK}
_ACTING = etree.XPath(
    "descendant-or-self::*[local-name()='script' or @href or @xlink:href or @*[starts-with(name(), 'on')]]",
    namespaces=_NAMES,
)
_FETCHERS = etree.XPath(
    "descendant-or-self::*[local-name()='style' or @style or @src or @srcset or @poster or @data or @href "
    "or @xlink:href]",
    namespaces=_NAMES,
)
_CONTROLS = ("form", "script")


def check(path: Path) -> Iterator[Finding]:
    """Look at documents, drawings and style sheets."""
    book = opened(path)
    for name, root in _readable(book):
        yield from _scripts(book, name, root)
        yield from _fetched(book, name, root)
    for item in book.items:
        if item.media_type == "text/css":
            yield from _style(
                book, item.name, book.files.get(item.name, b"").decode("utf-8", "replace"), None
            )
    if not book.is_old:
        yield from _properties(book)


def _readable(book: OpenedBook) -> Iterator[tuple[str, Any]]:
    yield from book.documents.items()
    for item in book.items:
        if item.media_type == "image/svg+xml" and (root := book.xml(item.name)) is not None:
            yield item.name, root


def _scripts(book: OpenedBook, name: str, root: Any) -> Iterator[Finding]:
    for element in _ACTING(root):
        if _local(element) == "script" and element.get("type") not in _DATA:
            yield book.finding("script", "warning", "there is a script", name=name, at=element)
        for handler in sorted(key for key in map(str, element.attrib) if _HANDLER.fullmatch(key)):
            yield book.finding("script", "warning", f"`{handler}` runs a script", name=name, at=element)
        if re.sub(r"\s", "", _link(element)).lower().startswith("javascript:"):
            yield book.finding("script", "warning", "this link runs a script", name=name, at=element)


def _fetched(book: OpenedBook, name: str, root: Any) -> Iterator[Finding]:
    for element in _FETCHERS(root):
        for address in _addresses(element):
            if _ELSEWHERE.match(address):
                message = f"`{address.strip()}` is fetched while somebody reads"
                yield book.finding("remote", "error", message, name=name, at=element, clause=_CLAUSE)
        if _local(element) == "style":
            yield from _style(book, name, element.text or "", element)
        yield from _style(book, name, element.get("style") or "", element)


def _addresses(element: Any) -> Iterator[str]:
    """Yield what is loaded for an element; where a link leads, nobody goes unasked."""
    local = _local(element)
    if local in _FETCHING:
        yield element.get("src") or ""
        yield from (one.strip() for one in (element.get("srcset") or "").split(","))
    yield element.get("poster") or ""
    if local == "object":
        yield element.get("data") or ""
    if local in {"image", "use", "feImage"} and element.tag.startswith(f"{{{SVG}}}"):
        yield _link(element)
    if (
        local == "link"
        and element.tag.startswith(f"{{{XHTML}}}")
        and "stylesheet" in (element.get("rel") or "")
    ):
        yield element.get("href") or ""


def _style(book: OpenedBook, name: str, text: str, at: Any) -> Iterator[Finding]:
    for match in _SHEET.finditer(text):
        if match[1]:
            line = at if at is not None else text.count("\n", 0, match.start()) + 1
            message = f"`{match[1]}` is fetched while somebody reads"
            yield book.finding("remote", "error", message, name=name, at=line, clause=_CLAUSE)


def _properties(book: OpenedBook) -> Iterator[Finding]:
    """The manifest says which documents hold drawings, formulas and scripts: not every reader shows them."""
    for item in book.items:
        root = book.documents.get(item.name)
        if root is None:
            continue
        held = {
            "svg": next(root.iter(f"{{{SVG}}}svg"), None) is not None,
            "mathml": next(root.iter(f"{{{MATHML}}}math"), None) is not None,
            "scripted": any(one.get("type") not in _DATA for one in elements(root, *_CONTROLS)),
        }
        lacking = sorted(name for name, there in held.items() if there and name not in item.properties)
        idle = sorted(name for name, there in held.items() if not there and name in item.properties)
        if "svg" in idle and any(".svg" in (e.get("src") or e.get("data") or "") for e in elements(root)):
            idle.remove("svg")  # a drawing in a file of its own may be said, and need not be
        for words, names in (("does not say", lacking), ("says, and it is not so,", idle)):
            for name in names:
                message = f"the manifest {words} that `{item.name}` is `{name}`"
                at, hint = item.line, f"`properties` has the word `{name}` exactly where it is so"
                yield book.finding(
                    "properties",
                    "warning",
                    message,
                    name=book.package_name,
                    at=at,
                    hint=hint,
                    clause=_PROPERTIES,
                )


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _link(element: Any) -> str:
    return str(element.get("href") or element.get(f"{{{XLINK}}}href") or "")
