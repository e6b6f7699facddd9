"""What the files of an EPUB refer to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from book.epub.markup import XLINK
from book.epub.opened import OPF, OpenedBook

_ATTRIBUTES = ("src", "href", "data", "poster", f"{{{XLINK}}}href")
_REFERRING = etree.XPath(
    "descendant-or-self::*[@src or @href or @data or @poster or @xlink:href or @srcset or @style "
    "or local-name()='style']",
    namespaces={"xlink": XLINK},
)
_URL = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)|@import\s+["']([^"']+)["']""")


def referred(book: OpenedBook) -> set[str]:
    """Return the names of all files that reading can reach: spine, navigation, cover, and what they use."""
    found = {item.name for item, _ in book.spine}
    found |= {item.name for item in book.items if {"nav", "cover-image"} & item.properties}
    found |= {item.name for item in book.items if item.media_type == "application/x-dtbncx+xml"}
    named = _named_by_package(book)
    found |= {item.name for item in book.items if item.ident in named}
    waiting = sorted(found)
    while waiting:
        name = waiting.pop()
        for target in _targets(book, name):
            if target not in found:
                found.add(target)
                waiting.append(target)
    return found


def _named_by_package(book: OpenedBook) -> set[str]:
    """Return the items that others stand on: fallbacks, overlays, the cover of EPUB 2."""
    named = {
        item.get(key) for item in book.package.iter(f"{{{OPF}}}item") for key in ("fallback", "media-overlay")
    }
    return named | {m.get("content") for m in book.package.iter(f"{{{OPF}}}meta") if m.get("name") == "cover"}


def _targets(book: OpenedBook, name: str) -> Iterator[str]:
    if name.endswith(".css"):
        yield from _in_style(book, name, book.files.get(name, b"").decode("utf-8", "replace"))
    else:
        root = book.documents.get(name)
        if root is None and name.endswith((".svg", ".smil", ".xml")):
            root = book.xml(name)
        if root is not None:
            yield from _in_markup(book, name, root)


def _in_markup(book: OpenedBook, name: str, root: Any) -> Iterator[str]:
    for element in _REFERRING(root):
        for attribute in _ATTRIBUTES:
            if element.get(attribute):
                yield book.resolve(name, element.get(attribute))[0]
        for source in (element.get("srcset") or "").split(","):
            if source.split():
                yield book.resolve(name, source.split()[0])[0]
        text = (element.get("style") or "") + (
            (element.text or "") if str(element.tag).endswith("}style") else ""
        )
        yield from _in_style(book, name, text)


def _in_style(book: OpenedBook, name: str, text: str) -> Iterator[str]:
    for match in _URL.finditer(text):
        yield book.resolve(name, match[1] or match[2])[0]
