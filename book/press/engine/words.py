"""The words of laid-out pages, held against the document that they were made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.formatting_structure import boxes

from book.accounting import unshown

_DRAWN = ("svg", "math")
_RESPELLING = ("af", "ca", "es", "hu")
"""Languages that may write a word otherwise where a line divides it."""


def lost(root: Element, pages: Iterable[Any], style_for: Any) -> tuple[Counter[str], Counter[str]]:
    """Return the words of a document that are not on its pages: those that vanished, and those hidden.

    Hidden is what a style sheet gives no box, but for the ways back from notes, which lead nowhere on paper.
    """
    said: list[str] = []
    hidden: list[str] = []
    _said(root, style_for, said, hidden)
    laid = "".join(_laid(pages))
    divided = sum(1 for _ in _divided(root, laid))
    vanished = unshown("".join(said), laid, divided)
    return vanished, unshown("".join(hidden), laid) if hidden else Counter()


def _said(element: Element, style_for: Any, said: list[str], hidden: list[str]) -> None:
    """Gather the text of an element, but not what follows it."""
    style = style_for(element)
    if style is not None and style["display"] == ("none",):
        if "backlink" not in element.get("class", "").split():
            hidden.extend(element.itertext())
        return
    if not isinstance(element.tag, str) or element.tag.rpartition("}")[2] in _DRAWN:
        return
    if _runs(style):  # a head shows the first or the last of them, of as many as there may be
        if style["position"][0] == "running()":
            hidden.extend(element.itertext())
        return
    if element.text:
        said.append(element.text)
    for child in element:
        _said(child, style_for, said, hidden)
        if child.tail:
            said.append(child.tail)
    if style is not None and style["display"] != ("inline", "flow"):
        said.append("\n")


def _runs(style: Any) -> bool:
    """Tell whether an element is taken out of the pages, to stand in their heads."""
    position = style["position"] if style is not None else ""
    return isinstance(position, tuple) and position[0] in ("running()", "note()")


def _laid(pages: Iterable[Any]) -> Iterator[str]:
    """Yield the texts of pages, but for what style sheets add; words that lines divide are whole again."""
    for page in pages:
        for box in page.descendants(placeholders=True):
            if isinstance(box, boxes.TextBox) and not is_added(box):
                yield box.text
            elif isinstance(box, boxes.LineBox | boxes.BlockLevelBox):
                yield "\n"


def is_added(box: Any) -> bool:
    """Tell whether a style sheet added a box's text."""
    kind = box.element_tag.partition("::")[2]
    return bool(kind) and kind not in ("first-letter", "first-line")


def _divided(root: Element, laid: str) -> Iterator[int]:
    """Yield the places where words may be written otherwise, since a line divides them."""
    if respelled(root):
        yield from (at for at, sign in enumerate(laid) if sign in "-\u2010")


def respelled(root: Element) -> bool:
    """Tell whether lines may write words of a document otherwise where they divide them."""
    languages = {element.get("lang", "").partition("-")[0].lower() for element in root.iter()}
    return not languages.isdisjoint(_RESPELLING)
