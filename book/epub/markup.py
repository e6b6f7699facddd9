"""XHTML read and written: well-formed fragments in, documents out, not a character of text changed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from lxml import etree

from book.errors import BookError

XHTML = "http://www.w3.org/1999/xhtml"
OPS = "http://www.idpf.org/2007/ops"
MATHML = "http://www.w3.org/1998/Math/MathML"
SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
EPUB_TYPE = f"{{{OPS}}}type"

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


def tag(name: str) -> str:
    """Return an XHTML element's full name."""
    return f"{{{XHTML}}}{name}"


def parse(body: str) -> Any:
    """Parse a fragment into the `body` of a fresh document; raise BookError where it is not well-formed."""
    opening = f'<html xmlns="{XHTML}" xmlns:epub="{OPS}"><head/><body>'
    try:
        return etree.fromstring(f"{opening}{body}</body></html>", _parser())
    except etree.XMLSyntaxError as error:
        raise BookError(f"this text is not well-formed XHTML: {error.msg}") from error


@lru_cache
def _parser() -> Any:
    """Return the one parser of fragments: trees that share one share their names, a tenth of their room."""
    return etree.XMLParser(
        huge_tree=True, resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )


def serialise(root: Any) -> bytes:
    """Write a document as XHTML that old parsers of HTML read alike: no `<p/>`."""
    for element in elements(root):
        local = etree.QName(element).localname
        if element.tag.startswith(f"{{{XHTML}}}") and local not in _VOID and not len(element):
            element.text = element.text or ""
    text: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=False)
    return b'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n' + text + b"\n"


def elements(root: Any, *names: str) -> Iterator[Any]:
    """Walk the elements (of these XHTML names, or all) in document order."""
    return iter(list(root.iter(*map(tag, names)) if names else root.iter(etree.Element)))


def having(root: Any, *attributes: str) -> list[Any]:
    """Return the elements that have any of these attributes (`src`, `epub:type`, `xlink:href`), in order."""
    return list(_path(" or ".join(f"@{name}" for name in attributes))(root))


@lru_cache
def _path(condition: str) -> etree.XPath:
    return etree.XPath(f"descendant-or-self::*[{condition}]", namespaces={"epub": OPS, "xlink": XLINK})


def classes(element: Any) -> set[str]:
    """Return an element's class names."""
    return set((element.get("class") or "").split())


def text_of(element: Any) -> str:
    """Return the text in an element, spaces made single."""
    return " ".join("".join(element.itertext()).split())


def is_decoration(image: Any) -> bool:
    """Tell whether a picture is said to mean nothing."""
    return image.get("role") in {"presentation", "none"} or image.get("aria-hidden") == "true"


def is_wordless(link: Any) -> bool:
    """Tell whether nobody who hears a link knows that it is there, and it is not hidden from them."""
    if link.get("aria-hidden") == "true":
        return False
    words = [text_of(link), link.get("aria-label") or "", link.get("title") or ""]
    words += [image.get("alt") or "" for image in elements(link, "img")]
    return not any(word.strip() for word in words)


def unwrap(element: Any) -> None:
    """Take an element away and leave what is in it."""
    parent = element.getparent()
    place = parent.index(element)
    _add_text(parent, place, element.text)
    for child in list(element):
        parent.insert(place, child)
        place += 1
    _add_text(parent, place, element.tail)
    element.tail = None
    parent.remove(element)


def _add_text(parent: Any, place: int, text: str | None) -> None:
    """Add text before the child at `place`."""
    if not text:
        return
    if place:
        parent[place - 1].tail = (parent[place - 1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
