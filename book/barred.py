"""What templates of strangers may not bring into a book: whatever runs, or reaches out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from book.allowed import DRAWING, MATH, TEXT

_ELEMENTS = TEXT | DRAWING | MATH | {"svg", "math"}
_LEADING = frozenset(
    ("href", "src", "data", "action", "formaction", "poster", "background", "srcset", "cite")
)
_SCHEME = re.compile(r"[\s\0]*(?:javascript|vbscript|livescript|file|data:(?!image/))", re.IGNORECASE)
_REACHING = re.compile(r"url\s*\(|image-set|expression|@import|\\", re.IGNORECASE)


def barred(root: etree._Element) -> Iterator[str]:
    """Yield the names of elements, attributes and addresses in a tree that have no place in a book."""
    for element in root.iter():
        if isinstance(element, etree._ProcessingInstruction):
            yield f"<?{element.target}?>"
        if not isinstance(element.tag, str):
            continue
        name = etree.QName(element).localname
        if name not in _ELEMENTS:
            yield f"<{name}>"
        for attribute, value in element.attrib.items():
            if _is_barred(etree.QName(attribute).localname.lower(), str(value)):
                yield f'{etree.QName(attribute).localname}="{value[:40]}"'


def _is_barred(name: str, value: str) -> bool:
    if name.startswith("on"):
        return True
    if name == "style":
        return _REACHING.search(value) is not None
    return name in _LEADING and _SCHEME.match(value) is not None
