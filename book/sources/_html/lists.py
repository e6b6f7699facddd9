"""Lists in normal form: of items, and of terms with their definitions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lxml import etree

from book.sources._html.flow import Flow
from book.sources._html.nodes import Node

if TYPE_CHECKING:
    from book.sources._html.blocks import Normaliser


def listing(element: etree._Element, made: Normaliser) -> Iterator[Node]:
    """Give the normal form of a list; what stands between its items belongs to the one before."""
    items: list[Node | str] = []
    for child, blocks in _items(element, made):
        if child is not None:
            items.append(Node("li", [*blocks], made.attributes(child)))
        elif items and isinstance(items[-1], Node):
            items[-1].children += blocks
        else:
            items.append(Node("li", [*blocks]))
    if items:
        yield Node(str(element.tag), items, made.attributes(element))


def _items(element: etree._Element, made: Normaliser) -> Iterator[tuple[etree._Element | None, list[Node]]]:
    """Give a list's items with their blocks; what stands between them belongs to none."""
    stray = Flow(made)
    stray.put(element.text)
    for child in element:
        if child.tag == "li":
            yield from _strays(stray)
            stray = Flow(made)
            own = Flow(made)
            own.anchor(child)
            own.inside(child)
            own.end_run()
            if own.blocks:
                yield child, own.blocks
        elif isinstance(child.tag, str):
            stray.element(child)
        stray.put(child.tail)
    yield from _strays(stray)


def _strays(stray: Flow) -> Iterator[tuple[None, list[Node]]]:
    stray.end_run()
    if stray.blocks:
        yield None, stray.blocks


def definitions(element: etree._Element, made: Normaliser) -> Iterator[Node]:
    """Give the normal form of a list of terms and their definitions."""
    parts = list(_parts_of(element))
    if any(part is None for part in parts):  # what stands in no part would be lost
        yield from made.blocks(element)
        return
    found: list[Node | str] = []
    for child in parts:
        assert child is not None
        inside: list[Node | str] = made.inlines(child) if child.tag == "dt" else [*made.blocks(child)]
        if inside:
            found.append(Node(str(child.tag), inside))
    if found:
        yield Node("dl", found)


def _parts_of(definitions: etree._Element) -> Iterator[etree._Element | None]:
    """Give the terms and definitions of a list of them, and None for anything else that it holds."""
    if (definitions.text or "").strip():
        yield None
    for child in definitions:
        if child.tag == "div":
            yield from _parts_of(child)
        else:
            yield child if child.tag in ("dt", "dd") else None
        if (child.tail or "").strip():
            yield None
