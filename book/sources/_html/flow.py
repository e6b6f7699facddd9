"""Take a tree apart into blocks in order, whatever they were nested in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from lxml import etree

from book.sources._html import inlines
from book.sources._html.code import code_block
from book.sources._html.figures import figure
from book.sources._html.nodes import BLOCKS, Node, words
from book.sources._html.pictures import tooltip
from book.sources._html.placing import floated, is_placed
from book.sources._html.tables import table

if TYPE_CHECKING:
    from book.sources._html.blocks import Normaliser

_HEADINGS = words("h1 h2 h3 h4 h5 h6")
_KEPT = words(
    """a strong em del code sup sub u ins mark small kbd samp var q cite abbr dfn time ruby rt rp bdo bdi
    math mi mn mo ms mtext mspace mrow mfrac msqrt mroot mstyle merror mpadded mphantom mfenced menclose msub
    msup msubsup munder mover munderover mmultiscripts mprescripts none mtable mtr mtd semantics"""
)


class Flow:
    """Collects blocks, and the run of inlines that is not yet a paragraph."""

    def __init__(self, normaliser: Normaliser) -> None:
        self.made = normaliser
        self.blocks: list[Node] = []
        self.run: inlines.Inlines = []

    def inside(self, element: etree._Element, around: tuple[Node, ...] = ()) -> None:
        """Take in what an element holds; `around` are the inlines that all of it stands in."""
        self.put(element.text, around)
        for child in element:
            if isinstance(child.tag, str):
                self.element(child, around)
            self.put(child.tail, around)

    def end_run(self) -> None:
        """Make paragraphs of the inlines so far."""
        for part in inlines.paragraphs(self.run):
            self.blocks += floated(part)
        self.run = []

    def put(self, item: Node | str | None, around: tuple[Node, ...] = ()) -> None:
        """Take in an inline."""
        if item:
            for shell in reversed(around):
                if shell.tag == "a" and isinstance(item, Node) and any(one.tag == "a" for one in item.walk()):
                    continue  # a link in a link is no link
                item = Node(shell.tag, [item], shell.attributes)
            self.run.append(item)

    def element(self, element: etree._Element, around: tuple[Node, ...] = ()) -> None:
        """Take in an element, be it a block, an inline, or an inline with blocks in it."""
        tag = str(element.tag)
        if tag in _HEADINGS:
            self.end_run()
            self.blocks += self._heading(element)
        elif tag in _HANDLERS:
            self.anchor(element, around)
            self.end_run()
            self.blocks += _HANDLERS[tag](element, self.made)
        elif tag == "div" and element.get("class") == "arithmatex":
            self.end_run()
            self.blocks.append(Node("math", [" ".join("".join(map(str, element.itertext())).split())]))
        elif tag in BLOCKS:
            self.end_run()
            self.anchor(element, around)
            self.inside(element, around)
            self.end_run()
        elif any(one.tag in BLOCKS for one in element.iterdescendants()):
            shell = Node(tag, [], self.made.attributes(element))
            self.anchor(element, around)
            self.inside(element, (*around, shell) if _is_kept(shell) else around)
        else:
            self.anchor(element, around)
            for item in self._inline(element):
                self.put(item, around)

    def anchor(self, element: etree._Element, around: tuple[Node, ...] = ()) -> None:
        """Keep an element's identifier, if something links to it."""
        for name in ("id", "name") if element.tag == "a" else ("id",):
            if self.made.is_target(element.get(name, "")):
                self.put(Node("anchor", [], {"id": element.get(name, "")}), around)

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
            flow = Flow(self.made)
            flow.anchor(child)
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
        floats = {"float": "yes"} if is_placed(element) else {}
        return Node("img", [], {"src": source, "alt": alt or title, **floats})

    def _heading(self, element: etree._Element) -> Iterator[Node]:
        found = self.made.inlines(element)
        self.anchor(element)
        found, self.run = [*self.run, *found], []
        if not inlines.is_blank(found):
            yield Node(str(element.tag), found)


def _list(element: etree._Element, made: Normaliser) -> Iterator[Node]:
    from book.sources._html.lists import listing

    return listing(element, made)


def _definitions(element: etree._Element, made: Normaliser) -> Iterator[Node]:
    from book.sources._html.lists import definitions

    return definitions(element, made)


def _quote(element: etree._Element, made: Normaliser) -> Iterator[Node]:
    blocks = made.blocks(element)
    if blocks:
        yield Node("blockquote", [*blocks])


def _rule(_: etree._Element, made: Normaliser) -> Iterator[Node]:
    yield Node("hr")


_HANDLERS: dict[str, Callable[[etree._Element, Normaliser], Iterator[Node]]] = {
    "ul": _list, "ol": _list, "dl": _definitions, "blockquote": _quote, "pre": code_block, "hr": _rule,
    "table": table, "figure": figure,
}  # fmt: skip


def _is_kept(node: Node) -> bool:
    return node.tag in _KEPT and (node.tag != "a" or "href" in node.attributes)
