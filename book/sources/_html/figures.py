"""Figures in normal form: a picture with its caption, or whatever else is shown with one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lxml import etree

from book.sources._html import inlines
from book.sources._html.nodes import Node
from book.sources._html.parsing import remove

if TYPE_CHECKING:
    from book.sources._html.blocks import Normaliser


def figure(element: etree._Element, made: Normaliser) -> Iterator[Node]:
    """Give the blocks of a figure. A caption that is only words becomes its one picture's title."""
    captions = [one for one in element.iter("figcaption") if next(one.iterancestors("figure")) is element]
    caption: inlines.Inlines = []
    for one in captions:
        caption += [*([Node("br")] if caption else []), *made.inlines(one)]
        remove(one)
    blocks = made.blocks(element)
    if inlines.is_blank(caption):
        yield from blocks
        return
    picture = _only_picture(blocks)
    words = caption[0] if len(caption) == 1 and isinstance(caption[0], str) else None
    if picture is not None and words is not None:
        picture.attributes["title"] = words
        yield from blocks
    elif picture is not None:
        yield Node("figure", [*blocks, Node("figcaption", caption)])
    else:
        yield from blocks
        yield Node("p", caption)


def _only_picture(blocks: list[Node]) -> Node | None:
    if len(blocks) != 1 or blocks[0].tag != "p" or len(blocks[0].children) != 1:
        return None
    shown = blocks[0].children[0]
    if isinstance(shown, Node) and shown.tag == "a" and len(shown.children) == 1:
        shown = shown.children[0]
    return shown if isinstance(shown, Node) and shown.tag == "img" else None
