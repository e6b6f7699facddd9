"""Code, and other text whose lines and spaces are kept, in normal form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lxml import etree

from book.sources._html.nodes import Node
from book.sources._html.parsing import classes
from book.sources._html.presentation import language_of

if TYPE_CHECKING:
    from book.sources._html.blocks import Normaliser

_MARKED = frozenset(("a", "img", "strong", "em", "del", "sup", "sub", "mark", "u", "ins"))
_NUMBERS = frozenset(("linenos", "lineno", "line-numbers-rows", "gutter", "rouge-gutter", "crayon-num"))


def code_block(pre: etree._Element, made: Normaliser) -> Iterator[Node]:
    """Give the normal form of a `pre`: text, or inlines where something in it is linked or emphasised."""
    for numbers in [one for one in pre.iter() if _NUMBERS & set(classes(one))]:
        if numbers is not pre:
            numbers.text = None
            for child in list(numbers):
                numbers.remove(child)
    for line_break in list(pre.iter("br")):
        line_break.tag, line_break.text = "span", "\n"
    found = _joined(_marked(pre, made))
    if any(isinstance(item, Node) for item in found):
        yield Node("pre", _without_first_newline(found))
        return
    text = _framed("".join(map(str, pre.itertext())))
    if text.strip():
        language = language_of(pre)
        yield Node("pre", [text], {"language": language} if language else {})


def _is_marked(element: etree._Element) -> bool:
    return element.tag in _MARKED and (element.tag != "a" or bool(element.get("href")))


def _marked(element: etree._Element, made: Normaliser) -> Iterator[Node | str]:
    if element.text:
        yield element.text
    for child in element:
        if child.tag == "img":
            yield Node("img", [], {"src": made.address(child.get("src", "")), "alt": child.get("alt", "")})
        elif _is_marked(child):
            if inside := _joined(_marked(child, made)):
                yield Node(str(child.tag), inside, made.attributes(child))
        else:
            yield from _marked(child, made)
        if child.tail:
            yield child.tail


def _without_first_newline(run: list[Node | str]) -> list[Node | str]:
    """Leave out a newline that HTML would not show."""
    if not run or not isinstance(run[0], str):
        return run
    first = run[0].lstrip("\n")
    return [first, *run[1:]] if first else run[1:]


def _joined(run: Iterator[Node | str]) -> list[Node | str]:
    """Return a run with the texts that follow one another as one."""
    found: list[Node | str] = []
    for item in run:
        if isinstance(item, str) and found and isinstance(found[-1], str):
            found[-1] += item
        else:
            found.append(item)
    return found


def _framed(text: str) -> str:
    """Return code without the blank lines around it."""
    lines = text.split("\n")
    while lines and not lines[0].strip():
        lines.pop(0)
    while lines and not lines[-1].strip():
        lines.pop()
    return "\n".join(lines)
