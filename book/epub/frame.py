"""What every document has around its text: language, direction, title, style sheets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lxml import etree

from book.direction import direction
from book.epub.markup import OPS, XHTML, XML_LANG, tag


def blank(language: str, title: str, sheets: Sequence[str] = ()) -> Any:
    """Return a document with nothing in its body."""
    root = etree.Element(tag("html"), nsmap={None: XHTML, "epub": OPS})
    etree.SubElement(root, tag("head"))
    etree.SubElement(root, tag("body"))
    frame(root, language, title, sheets)
    return root


def frame(root: Any, language: str, title: str, sheets: Sequence[str]) -> None:
    """Give a document its language and direction, and a head of its own; `sheets` lie one folder up."""
    root.set("lang", language)
    root.set(XML_LANG, language)
    if direction(language) == "rtl":
        root.set("dir", "rtl")
    head = root[0]
    etree.SubElement(head, tag("meta"), charset="utf-8")
    etree.SubElement(head, tag("title")).text = title
    for sheet in sheets:
        etree.SubElement(head, tag("link"), rel="stylesheet", type="text/css", href=f"../{sheet}")
