"""Galleys made ready for paper: notes go to the foot of the page, pictures get their addresses.

A galley holds each note in a list at its end. On paper a short note stands at
the foot of the page that calls it (`<span class="footnote">` in the text, which
the style sheets float there), so it may hold no block elements: they become
spans of the same name as a class. A note that is long, or that holds what a
foot cannot carry, stays where it is, an endnote of its chapter.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from book.omissions import HOLDERS, leave_out, mark
from book.press.formulas import draw_formulas

ASSETS = "book:"
"""The scheme of every address that the press can fetch."""

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = frozenset(
    (
        "p",
        "div",
        "blockquote",
        "pre",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "hr",
        "section",
        "aside",
        *_HEADINGS,
    )
)
_TOO_HEAVY = frozenset(("table", "img", "svg", "figure", "pre"))


def leaf(body: str, *, foot: int, omitted: Collection[str] = ()) -> Element:
    """Parse a galley's `body` and move its notes of at most `foot` characters to the foot.

    Blocks whose marks are in `omitted` are left out, and a sign of that put in their place.
    """
    section = ElementTree.fromstring(body)
    if omitted:
        list(leave_out(section, omitted))
    parents = {child: parent for parent in section.iter() for child in parent}
    for element in section.iter():
        _address(element)
    _NotesToFoot(section, parents, foot).move()
    draw_formulas(section)
    return section


def _address(element: Element) -> None:
    if element.tag == "img":
        source = element.get("src", "")
        if not source.startswith("data:"):
            element.set("src", ASSETS + source)
    if _XML_LANG in element.attrib and "lang" not in element.attrib:
        element.set("lang", element.attrib[_XML_LANG])


def blocks(body: str, inside: str) -> list[Element]:
    """Return the blocks in a galley's section, or in its block with a mark; none in what holds no blocks."""
    section = ElementTree.fromstring(body)
    holder = next((one for one in section.iter() if mark(one) == inside), None) if inside else section
    return list(holder) if holder is not None and holder.tag in HOLDERS else []


def has_class(element: Element, name: str) -> bool:
    """Tell whether `name` is one of the element's classes."""
    return name in element.get("class", "").split()


class _NotesToFoot:
    def __init__(self, section: Element, parents: dict[Element, Element], foot: int) -> None:
        self.section, self.parents, self.foot = section, parents, foot
        self.lists = [e for e in section.iter("section") if has_class(e, "footnotes")]
        self.notes = {
            item.get("id", ""): item for notes in self.lists for item in notes.iter("li") if item.get("id")
        }

    def move(self) -> None:
        numbers: dict[str, int] = {}
        counts: Counter[Element | None] = Counter()
        for call in list(self._calls()):
            note = call.get("href", "").removeprefix("#")
            first = note not in numbers
            series = self._series(note)
            if first:
                numbers[note] = 1 + counts[series]
                counts[series] += 1
            if first and series is None and self._fits(self.notes[note]):
                self._to_foot(call, self.notes[note])
            else:
                self._call_endnote(call, numbers[note], counted=first and series is None)
        for notes in self.lists:
            self._tidy(notes, numbers)

    def _series(self, note: str) -> Element | None:
        """Return the section of endnotes in which a note stands, None for one of the notes at feet.

        Each such section is numbered from 1. Notes at feet are numbered through the chapter, for two posts
        may share a page.
        """
        element = self.notes[note]
        while element not in self.lists:
            element = self.parents[element]
        return element if has_class(element, "endnotes") else None

    def _calls(self) -> Iterator[Element]:
        """Walk the references in the text; those inside notes stay ordinary links."""
        inside = {e for notes in self.lists for e in notes.iter()}
        for element in self.section.iter("a"):
            known = element.get("href", "").removeprefix("#") in self.notes
            if known and has_class(element, "noteref") and element not in inside:
                yield element

    def _fits(self, note: Element) -> bool:
        if any(isinstance(e.tag, str) and (e.tag in _TOO_HEAVY or "}" in e.tag) for e in note.iter()):
            return False
        if any(has_class(e, "noteref") for e in note.iter("a")):
            return False
        return len("".join(note.itertext())) <= self.foot

    def _to_foot(self, call: Element, note: Element) -> None:
        place = call
        above = self.parents.get(call)
        if above is not None and above.tag == "sup" and len(above) == 1 and not (above.text or "").strip():
            place = above
        parent = self.parents[place]
        holder = Element("span", {"class": "noteref"})
        if call.get("id"):
            holder.set("id", call.get("id", ""))
        holder.append(_inline(note))
        holder.tail = place.tail
        parent[list(parent).index(place)] = holder
        self.parents[holder] = parent
        items = self.parents[note]
        items.remove(note)

    def _call_endnote(self, call: Element, number: int, *, counted: bool) -> None:
        for child in list(call):
            call.remove(child)
        call.text = str(number)
        if counted:
            call.set("class", f"{call.get('class', '')} endnote-call".strip())

    def _tidy(self, notes: Element, numbers: dict[str, int]) -> None:
        items = [item for item in notes.iter("li") if item.get("id") in self.notes]
        for item in items:
            if item.get("id") in numbers:
                number = numbers[item.get("id", "")]  # `value` is a hint that WeasyPrint takes no notice of
                item.set("style", f"counter-reset: list-item {number}; counter-increment: none")
        if not items:
            parent = self.parents[notes]
            _close_up(parent, notes)


def _close_up(parent: Element, child: Element) -> None:
    """Remove `child`, keeping the text after it."""
    index = list(parent).index(child)
    if index:
        parent[index - 1].tail = (parent[index - 1].tail or "") + (child.tail or "")
    else:
        parent.text = (parent.text or "") + (child.tail or "")
    parent.remove(child)


def _inline(note: Element) -> Element:
    """Make a note's list item a span: block elements become spans, the way back is dropped."""
    for parent in list(note.iter()):
        for child in list(parent):
            if child.tag == "a" and has_class(child, "backlink"):
                _close_up(parent, child)
    span = Element("span", {"class": "footnote", "id": note.get("id", "")})
    span.text = note.text
    span.extend(list(note))
    for element in span.iter():
        if element.tag in _BLOCKS:
            element.set("class", f"{element.tag} {element.get('class', '')}".strip())
            element.tag = "span"
    _strip_ends(span)
    return span


def _strip_ends(span: Element) -> None:
    """Drop the white space at a note's ends: between spans it would show."""
    span.text = (span.text or "").lstrip() or None
    if len(span):
        last = span[-1]
        last.tail = re.sub(r"\s+$", "", last.tail or "") or None
    elif span.text:
        span.text = span.text.rstrip()
