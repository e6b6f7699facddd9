"""Make the normal form of a tree: its blocks in order, whatever their HTML was nested in."""

from __future__ import annotations

from urllib.parse import urljoin

from lxml import etree

from book.clean import Say
from book.sources._html import inlines
from book.sources._html.flow import Flow
from book.sources._html.nodes import BLOCKS, Node
from book.sources._html.pictures import held_in, proxied

_ATTRIBUTES = {
    "a": ("href", "title"), "abbr": ("title",), "dfn": ("title",), "time": ("datetime",), "bdo": ("dir",),
    "ol": ("start", "type", "reversed"), "li": ("value",), "td": ("colspan", "rowspan"),
    "th": ("colspan", "rowspan", "scope"), "math": ("display", "alttext"),
}  # fmt: skip


class Normaliser:
    """Makes blocks of trees. `anchors` are the identifiers that something in the text links to.

    What our own Markdown gave is `rendered`: there a picture's title is its caption.
    """

    def __init__(
        self,
        say: Say,
        *,
        base: str | None = None,
        anchors: frozenset[str] = frozenset(),
        rendered: bool = False,
    ) -> None:
        self.say = say
        self.base = base
        self.anchors = anchors
        self.rendered = rendered
        self._met: set[str] = set()
        self.inlined: dict[str, bytes] = {}

    def blocks(self, element: etree._Element) -> list[Node]:
        """Return the blocks of what an element holds."""
        flow = Flow(self)
        flow.inside(element, ())
        flow.end_run()
        return flow.blocks

    def inlines(self, element: etree._Element) -> inlines.Inlines:
        """Return what an element holds as one line, its blocks parted by line breaks."""
        found: inlines.Inlines = []
        for block in self.blocks(element):
            if line := _line(block):
                found += [*_break_between(found, line), *line]
        return inlines.settled(found)

    def attributes(self, element: etree._Element) -> dict[str, str]:
        """Return the attributes of an element that mean something."""
        names = _ATTRIBUTES.get(str(element.tag), ())
        found = {name: " ".join(element.get(name, "").split()) for name in names if name in element.attrib}
        if element.tag == "a":
            found["href"] = self.address(element.get("href", ""))
            found = {name: value for name, value in found.items() if value and value != _text(element, name)}
        return {name: value for name, value in found.items() if _matters(name, value)}

    def is_target(self, identifier: str) -> bool:
        """Tell whether something links to an identifier, and it was not met before."""
        if identifier not in self.anchors or identifier in self._met:
            return False
        self._met.add(identifier)
        return True

    def picture(self, address: str) -> str:
        """Return the address of a picture; one that is held in its own address gets a name."""
        if not address.startswith("data:"):
            return self.address(proxied(address))
        held = held_in(address)
        if held is None:
            return address
        name, data = held
        self.inlined[name] = data
        return name

    def address(self, address: str) -> str:
        """Return an address as it is meant, seen from `base` where that is known."""
        address = address.strip().replace("<", "%3C").replace(">", "%3E")
        if self.base and address and not address.startswith(("#", "data:", "mailto:")):
            try:
                return urljoin(self.base, address)
            except ValueError:
                return address
        return address


def _matters(name: str, value: str) -> bool:
    return not (name in ("colspan", "rowspan", "start") and value in ("1", "")) and not (
        name in ("type", "scope") and value in ("1", "col", "disc")
    )


def _text(element: etree._Element, name: str) -> str | None:
    return " ".join("".join(map(str, element.itertext())).split()) if name == "title" else None


def _break_between(before: inlines.Inlines, after: inlines.Inlines) -> inlines.Inlines:
    """Return what parts two lines that are made one: pictures need nothing."""
    pictures = before and _is_picture(before[-1]) and _is_picture(after[0])
    return [Node("br")] if before and not pictures else []


def _is_picture(item: Node | str) -> bool:
    return isinstance(item, Node) and item.tag == "img"


def _line(block: Node) -> inlines.Inlines:
    found: inlines.Inlines = []
    for child in block.children:
        if not isinstance(child, Node) or child.tag not in BLOCKS:
            found.append(child)
        elif line := _line(child):
            found += [*_break_between(found, line), *line]
    return found
