"""Sections that begin where a place is: a page that begins there has their identifiers on it too.

Who follows a link to a post, or cites it, is on the page of the last break before.
"""

from __future__ import annotations

from typing import Any

from book.epub.markup import tag
from book.epub.textstream import Spot

_SEEN = {tag("img"), tag("svg"), tag("math"), tag("hr"), tag("audio"), tag("video")}


def section_begun(spot: Spot) -> Any | None:
    """Return the outermost section of which a place is the very beginning."""
    element, begun = spot.element, None
    if spot.after or (element.text or "")[: max(0, spot.offset)].strip():
        return None
    while (parent := element.getparent()) is not None and _is_first(element, parent):
        element = parent
        if element.tag == tag("section"):
            begun = element
    return begun


def _is_first(element: Any, parent: Any) -> bool:
    """Tell whether nothing that a reader would see, and no break, stands in `parent` before an element."""
    if (parent.text or "").strip():
        return False
    return not any(
        (sibling.tail or "").strip() or _shows(sibling) for sibling in element.itersiblings(preceding=True)
    )


def _shows(element: Any) -> bool:
    pieces = (one for one in element.iter() if one.tag in _SEEN or one.get("role") == "doc-pagebreak")
    return next(pieces, None) is not None or bool("".join(map(str, element.itertext())).strip())
