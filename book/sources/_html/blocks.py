"""Make the normal form of a tree: its blocks in order, whatever their HTML was nested in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urljoin

from lxml import etree

from book.clean import Say
from book.sources._html import inlines
from book.sources._html.code import code_block
from book.sources._html.nodes import Node, words
from book.sources._html.pictures import held_in, proxied, tooltip

_BLOCKS = words(
    """address article aside blockquote caption center dd details dialog div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main nav ol p pre search section table tbody td
    tfoot th thead tr ul"""
)
_HEADINGS = words("h1 h2 h3 h4 h5 h6")
_KEPT = words(
    """a strong em del code sup sub u ins mark small kbd samp var q cite abbr dfn time ruby rt rp bdo bdi
    math mi mn mo ms mtext mspace mrow mfrac msqrt mroot mstyle merror mpadded mphantom mfenced menclose msub
    msup msubsup munder mover munderover mmultiscripts mprescripts none mtable mtr mtd semantics"""
)
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
        flow = _Flow(self)
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
        if not isinstance(child, Node) or child.tag not in _BLOCKS:
            found.append(child)
        elif line := _line(child):
            found += [*_break_between(found, line), *line]
    return found


class _Flow:
    """Collects blocks, and the run of inlines that is not yet a paragraph."""

    def __init__(self, normaliser: Normaliser) -> None:
        self.made = normaliser
        self.blocks: list[Node] = []
        self.run: inlines.Inlines = []
        self.handlers: dict[str, Callable[[etree._Element], Iterator[Node]]] = {
            "ul": self._list, "ol": self._list, "blockquote": self._quote, "pre": self._code,
            "hr": self._rule, "table": self._table, "dl": self._definitions, "figure": self._figure,
            **dict.fromkeys(_HEADINGS, self._heading),
        }  # fmt: skip

    def inside(self, element: etree._Element, around: tuple[Node, ...]) -> None:
        self._put(element.text, around)
        for child in element:
            if isinstance(child.tag, str):
                self._element(child, around)
            self._put(child.tail, around)

    def end_run(self) -> None:
        for part in inlines.paragraphs(self.run):
            self.blocks += _floated(part)
        self.run = []

    def _put(self, item: Node | str | None, around: tuple[Node, ...]) -> None:
        if item:
            for shell in reversed(around):
                if shell.tag == "a" and isinstance(item, Node) and any(one.tag == "a" for one in item.walk()):
                    continue  # a link in a link is no link
                item = Node(shell.tag, [item], shell.attributes)
            self.run.append(item)

    def _element(self, element: etree._Element, around: tuple[Node, ...]) -> None:
        tag = str(element.tag)
        if tag in self.handlers:
            if tag not in _HEADINGS:
                self._anchor(element, around)
            self.end_run()
            self.blocks += self.handlers[tag](element)
        elif tag == "div" and element.get("class") == "arithmatex":
            self.end_run()
            self.blocks.append(Node("math", [" ".join("".join(map(str, element.itertext())).split())]))
        elif tag in _BLOCKS:
            self.end_run()
            self._anchor(element, around)
            self.inside(element, around)
            self.end_run()
        elif any(one.tag in _BLOCKS for one in element.iterdescendants()):
            shell = Node(tag, [], self.made.attributes(element))
            self._anchor(element, around)
            self.inside(element, (*around, shell) if _is_kept(shell) else around)
        else:
            self._anchor(element, around)
            for item in self._inline(element):
                self._put(item, around)

    def _anchor(self, element: etree._Element, around: tuple[Node, ...]) -> None:
        for name in ("id", "name") if element.tag == "a" else ("id",):
            if self.made.is_target(element.get(name, "")):
                self._put(Node("anchor", [], {"id": element.get(name, "")}), around)

    def _inline(self, element: etree._Element) -> Iterator[Node | str]:
        """Give the normal form of an element that holds no block."""
        tag = str(element.tag)
        if tag in ("br", "wbr"):
            yield Node(tag)
        elif tag == "img":
            yield self._image(element)
        elif tag == "input":
            yield "☑" if "checked" in element.attrib else "☐"
        elif element.get("class") == "arithmatex" and not len(element):
            yield Node("math", [element.text or ""], {"inline": "yes"})
        elif tag == "noteref":
            yield Node("noteref", [], {"label": element.get("label", "")})
        else:
            yield from self._kept(element)

    def _kept(self, element: etree._Element) -> Iterator[Node | str]:
        node = Node(str(element.tag), [], self.made.attributes(element))
        if element.text:
            node.children.append(element.text)
        for child in element:
            flow = _Flow(self.made)
            flow._anchor(child, ())
            node.children += [*flow.run, *self._inline(child)]
            if child.tail:
                node.children.append(child.tail)
        if _is_kept(node):
            yield node
        else:
            yield from node.children

    def _image(self, element: etree._Element) -> Node:
        source = self.made.picture(element.get("src", ""))
        alt = " ".join(element.get("alt", "").split())
        if self.made.rendered:
            return Node("img", [], {"src": source, "alt": alt, "title": element.get("title", "")})
        title = tooltip(element)
        if title and alt:
            self.made.say(f"the tooltip of a picture was left out: “{title[:80]}”")
        floats = {"float": "yes"} if _is_placed(element) else {}
        return Node("img", [], {"src": source, "alt": alt or title, **floats})

    def _heading(self, element: etree._Element) -> Iterator[Node]:
        found = self.made.inlines(element)
        self._anchor(element, ())
        found, self.run = [*self.run, *found], []
        if not inlines.is_blank(found):
            yield Node(str(element.tag), found)

    def _list(self, element: etree._Element) -> Iterator[Node]:
        items: list[Node | str] = []
        for child, blocks in self._items(element):
            if child is not None:
                items.append(Node("li", [*blocks], self.made.attributes(child)))
            elif items and isinstance(items[-1], Node):
                items[-1].children += blocks
            else:
                items.append(Node("li", [*blocks]))
        if items:
            yield Node(str(element.tag), items, self.made.attributes(element))

    def _items(self, element: etree._Element) -> Iterator[tuple[etree._Element | None, list[Node]]]:
        """Give a list's items with their blocks; what stands between them belongs to none."""
        stray = _Flow(self.made)
        stray._put(element.text, ())
        for child in element:
            if child.tag == "li":
                yield from self._strays(stray)
                stray = _Flow(self.made)
                own = _Flow(self.made)
                own._anchor(child, ())
                own.inside(child, ())
                own.end_run()
                if own.blocks:
                    yield child, own.blocks
            elif isinstance(child.tag, str):
                stray._element(child, ())
            stray._put(child.tail, ())
        yield from self._strays(stray)

    def _strays(self, stray: _Flow) -> Iterator[tuple[None, list[Node]]]:
        stray.end_run()
        if stray.blocks:
            yield None, stray.blocks

    def _quote(self, element: etree._Element) -> Iterator[Node]:
        blocks = self.made.blocks(element)
        if blocks:
            yield Node("blockquote", [*blocks])

    def _code(self, element: etree._Element) -> Iterator[Node]:
        yield from code_block(element, self.made)

    def _rule(self, element: etree._Element) -> Iterator[Node]:
        yield Node("hr")

    def _table(self, element: etree._Element) -> Iterator[Node]:
        from book.sources._html.tables import table

        yield from table(element, self.made)

    def _definitions(self, element: etree._Element) -> Iterator[Node]:
        parts = list(_parts_of(element))
        if any(part is None for part in parts):  # what stands in no part would be lost
            yield from self.made.blocks(element)
            return
        found: list[Node | str] = []
        for child in parts:
            assert child is not None
            inside: list[Node | str] = (
                self.made.inlines(child) if child.tag == "dt" else [*self.made.blocks(child)]
            )
            if inside:
                found.append(Node(str(child.tag), inside))
        if found:
            yield Node("dl", found)

    def _figure(self, element: etree._Element) -> Iterator[Node]:
        from book.sources._html.figures import figure

        yield from figure(element, self.made)


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


def _is_kept(node: Node) -> bool:
    return node.tag in _KEPT and (node.tag != "a" or "href" in node.attributes)


def _is_placed(image: etree._Element) -> bool:
    """Tell whether a picture stands beside the text or on a line of its own, not within a line."""
    names = (image.get("class") or "").split()
    style = (image.get("style") or "") + (image.get("align") or "")
    return any(name.startswith("align") for name in names) or any(
        word in style for word in ("float", "left", "right", "block")
    )


def _floated(part: inlines.Inlines) -> Iterator[Node]:
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
