"""Galleys as trees, for what is put into them after their templates: parsed, changed in place, written."""

from __future__ import annotations

from lxml import etree

Element = etree._Element


def parse(markup: str) -> Element:
    """Parse a galley, or any piece of one that is a single element."""
    parser = etree.XMLParser(huge_tree=True, resolve_entities=False, no_network=True)
    return etree.fromstring(markup, parser)


def write(root: Element) -> str:
    """Write a tree as XHTML."""
    return etree.tostring(root, encoding="unicode", with_tail=False)


def classes(element: Element) -> set[str]:
    """Return an element's class names."""
    return set((element.get("class") or "").split())


def insert_after(element: Element, new: Element, keeping: str = "") -> None:
    """Put `new` after an element and the text `keeping` with which its tail begins."""
    parent = element.getparent()
    if parent is None:
        raise ValueError("nothing stands after a root")
    tail = element.tail or ""
    parent.insert(parent.index(element) + 1, new)
    element.tail, new.tail = keeping or None, tail[len(keeping) :] or None


def replace_with(element: Element, new: Element) -> None:
    """Put `new` in an element's place, before the text that follows it."""
    parent = element.getparent()
    if parent is None:
        raise ValueError("nothing can take the place of a root")
    new.tail = element.tail
    parent.replace(element, new)


def inner(root: Element) -> str:
    """Write what is in an element, without the element itself."""
    text = write(root)
    return "" if text.endswith("/>") and not len(root) else text[text.index(">") + 1 : text.rindex("<")]
