"""Pictures that stand beside the text, or on lines of their own, as paragraphs of their own."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from book.sources._html import inlines
from book.sources._html.nodes import Node


def is_placed(image: etree._Element) -> bool:
    """Tell whether a picture stands beside the text or on a line of its own, not within a line."""
    names = (image.get("class") or "").split()
    style = (image.get("style") or "") + (image.get("align") or "")
    return any(name.startswith("align") for name in names) or any(
        word in style for word in ("float", "left", "right", "block")
    )


def floated(part: inlines.Inlines) -> Iterator[Node]:
    """Give the pictures that stand at the edges of a paragraph as paragraphs of their own."""
    before: list[Node] = []
    after: list[Node] = []
    while len(part) > 1 and _is_apart(part, 0):
        before.append(Node("p", [_plain(part[0])]))
        part = inlines.settled(part[1:])
    while len(part) > 1 and _is_apart(part, -1):
        after.insert(0, Node("p", [_plain(part[-1])]))
        part = inlines.settled(part[:-1])
    yield from before
    if part:
        yield Node("p", [_plain(item) for item in part])
    yield from after


def _is_apart(part: inlines.Inlines, place: int) -> bool:
    item, beside = part[place], part[1 if place == 0 else -2]
    image = (
        item.children[0] if isinstance(item, Node) and item.tag == "a" and len(item.children) == 1 else item
    )
    if not isinstance(image, Node) or image.tag != "img":
        return False
    return "float" in image.attributes or (isinstance(beside, Node) and beside.tag in ("br", "img"))


def _plain(item: Node | str) -> Node | str:
    """Return an inline without what only told how it was placed."""
    if isinstance(item, str):
        return item
    attributes = {name: value for name, value in item.attributes.items() if name != "float"}
    return Node(item.tag, [_plain(child) for child in item.children], attributes)
