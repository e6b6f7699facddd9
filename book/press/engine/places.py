"""Places that an index lists: words whose pages are wanted, and nothing else of them.

An anchor around a word is a box of its own: its line is shaped in three pieces, may break elsewhere,
and takes longer to set than the word. So such anchors are taken out of the text before
it is set, and where their words came to stand is read off the laid-out lines, by counting letters.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any
from unicodedata import normalize
from xml.etree.ElementTree import Element

from weasyprint.formatting_structure import boxes

from book.press.engine.words import is_added, respelled

Wanted = list[tuple[int, str]]
"""The letters of an element's own text before each place, and the place's name."""

_STYLED = re.compile(r"\.ix(?![\w-])|\[\s*id\b")
"""What in a style sheet may mean these anchors: those must stay."""


@dataclass(slots=True)
class Places:
    """The places of a document, by the element whose own text holds them."""

    wanted: dict[Element, Wanted] = field(default_factory=dict)

    def found(self, pages: Iterable[Any]) -> dict[str, tuple[int, float, float]]:
        """Return where each place came to stand: index of its page, x and y in CSS pixels."""
        found: dict[str, tuple[int, float, float]] = {}
        if not self.wanted:
            return found
        passed = dict.fromkeys(self.wanted, 0)
        for index, page in enumerate(pages):
            for box in page.descendants(placeholders=True):
                held = self.wanted.get(box.element) if isinstance(box, boxes.TextBox) else None
                if held and not is_added(box):
                    passed[box.element] += _letters(box.text)
                    for before, name in held:
                        if before < passed[box.element]:
                            found.setdefault(name, (index, box.position_x, box.position_y))
        return found


def styled(sheet: str) -> bool:
    """Tell whether a style sheet may give these anchors a style of their own."""
    return bool(_STYLED.search(sheet))


def take(root: Element, listed: Collection[str]) -> Places:
    """Take anchors out of a document's text, but those that it lists or links to itself."""
    places = Places()
    if respelled(root):  # a line that divides a word changes how many letters it has
        return places
    linked = {*listed, *(element.get("href", "")[1:] for element in root.iter("a"))}
    for parent in list(root.iter()):
        if any(_is_place(child, linked) for child in parent):
            places.wanted[parent] = _take(parent, linked)
    return places


def _is_place(element: Element, linked: Collection[str]) -> bool:
    plain = element.tag == "span" and element.get("class") == "ix" and not len(element)
    return plain and bool(element.text) and element.get("id") not in linked


def _take(parent: Element, linked: Collection[str]) -> Wanted:
    """Make plain text of an element's places, in one pass: an index may list every word of a long text."""
    wanted: Wanted = []
    before = _letters(parent.text or "")
    kept: list[Element] = []
    texts = [[parent.text or ""]]  # of the element, and after each child that is kept
    for child in list(parent):
        said = child.tail or ""
        if _is_place(child, linked):
            wanted.append((before, child.get("id", "")))
            said = (child.text or "") + said
        else:
            kept.append(child)
            texts.append([])
        texts[-1].append(said)
        before += _letters(said)
    parent[:] = kept
    parent.text, *tails = ("".join(pieces) or None for pieces in texts)
    for child, tail in zip(kept, tails, strict=True):
        child.tail = tail
    return wanted


def _letters(text: str) -> int:
    """Count letters and figures, as many in capitals and with ligatures as without."""
    plain = text if text.isascii() else normalize("NFKD", normalize("NFKD", text).casefold())
    return sum(map(str.isalnum, plain))
