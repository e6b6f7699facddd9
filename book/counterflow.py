"""What runs against the text around it: code, addresses and Latin words in a post read from the right.

Reading systems order the letters of mixed lines by rules of Unicode that see letters and no sense:
brackets, full stops and slashes at the edge of such words go to the wrong end. Where an element has
letters of one direction only, and another than what stands around it, it is told so with `dir`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from lxml import etree

from book.allowed import INLINE
from book.direction import direction

_CODE = {"code", "kbd", "samp"}
_PLACED = {"li", "td", "th", "dt", "dd", "figcaption", "caption", "aside"}
"""What keeps to the side that its neighbours keep to, whatever it holds."""
_DRAWN = {"math", "svg"}
_LEFTWARD = {"R", "AL"}
_SOME = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
_AGAINST = re.compile(
    r"(?:https?://|www\.|mailto:)[!-~]*[/\w]"
    r"|[\w.+-]{1,64}@[\w-]+\.[\w.]*\w"
    r"|\+\d[\d() \u00a0-]{5,}\d"  # the number of a telephone
)


def set_counterflow(root: etree._Element, language: str) -> None:
    """Tell of each element that runs the other way than the text around it, in a post in `language`."""
    if direction(language) == "ltr" and not _SOME.search(
        etree.tostring(root, encoding="unicode", method="text")
    ):
        return
    for element in list(root.iterdescendants(etree.Element)):
        if _name(element) in _DRAWN or any(_name(above) in _DRAWN for above in element.iterancestors()):
            continue
        parent = element.getparent()
        assert parent is not None
        if element.get("lang") is None and element.get("dir") is None:
            around = _around(parent, language)
            if (own := _own(element, around)) not in (None, around):
                element.set("dir", str(own))
        if _name(element) not in _CODE | {"pre"} and _around(element, language) == "rtl":
            _set_apart(element, element.text, None)
        if _around(parent, language) == "rtl" and not _in_code(parent):
            _set_apart(parent, element.tail, element)
    if direction(language) == "rtl":
        _set_apart(root, root.text, None)


def _own(element: etree._Element, around: str) -> str | None:
    """Return which way an element runs by itself; None for one that takes no side."""
    name, text = _name(element), "".join(map(str, element.itertext()))
    if name == "pre":
        return "ltr"
    if name in _CODE:
        return None if _in_code(element.getparent()) else _first(text) or "ltr"
    if name in INLINE - {"bdi", "bdo"} and around == "rtl":
        return _only(text)
    if (
        name == "p"
        and not _is_one_link(element)
        and not any(_name(above) in _PLACED for above in element.iterancestors())
    ):
        return _only(text)
    return None


def _is_one_link(element: etree._Element) -> bool:
    """Tell whether a paragraph is a link and nothing else: a label, which stands where its neighbours do."""
    alone = len(element) == 1 and _name(element[0]) == "a"
    return alone and not ((element.text or "") + (element[0].tail or "")).strip()


def _ways(text: str) -> Iterator[str]:
    """Give the direction of each letter."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind == "L":
            yield "ltr"
        elif kind in _LEFTWARD:
            yield "rtl"


def _first(text: str) -> str | None:
    return next(_ways(text), None)


def _only(text: str) -> str | None:
    found = set(_ways(text))
    return found.pop() if len(found) == 1 else None


def _around(element: etree._Element | None, language: str) -> str:
    """Return which way the text of an element runs."""
    while element is not None:
        if element.get("dir") in ("ltr", "rtl"):
            return str(element.get("dir"))
        if said := element.get("lang"):
            return direction(said)
        element = element.getparent()
    return direction(language)


def _in_code(element: etree._Element | None) -> bool:
    while element is not None:
        if _name(element) in _CODE | {"pre"}:
            return True
        element = element.getparent()
    return False


def _set_apart(parent: etree._Element, text: str | None, after: etree._Element | None) -> None:
    """Put addresses and telephone numbers in a text, which stands after a child or first, into a `bdi`."""
    found = list(_AGAINST.finditer(text or ""))
    if not text or not found:
        return
    place = 0 if after is None else parent.index(after) + 1
    start = found[0].start()
    if after is None:
        parent.text = text[:start]
    else:
        after.tail = text[:start]
    for number, match in enumerate(found):
        end = found[number + 1].start() if number + 1 < len(found) else len(text)
        apart = etree.Element("bdi", dir="ltr")
        apart.text, apart.tail = match[0], text[match.end() : end]
        parent.insert(place + number, apart)


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]
