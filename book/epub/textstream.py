"""The letters of a book's documents in one row, each with its place: for finding words in them."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from book.epub.markup import MATHML, SVG, XHTML, classes

_NAMES = {
    *("a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q"),
    *("ruby", "rb", "rt", "rp", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var"),
}
INLINE = {f"{{{XHTML}}}{name}" for name in _NAMES}
"""Elements in which a word may begin and another end."""
_APART = {f"{{{MATHML}}}math", f"{{{SVG}}}svg", f"{{{XHTML}}}img"}
_BREAKABLE = "-‐–—/\u200b"
_UNSAID = {"backlink", "note-number"}


@dataclass(frozen=True, slots=True)
class Run:
    """A text in a tree: an element's own beginning, or what follows it (`after`).

    `document` is the number of its document, `start` how many letters come before it, and
    `joined` tells that its first word may have begun in the run before.
    """

    document: int
    element: Any
    after: bool
    text: str
    start: int
    joined: bool


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a tree: in a run, before the character at `offset`; or before an element."""

    document: int
    element: Any
    after: bool = False
    offset: int = -1


@lru_cache(maxsize=1 << 14)
def _folded(sign: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFKD", sign).casefold() if part.isalnum())


def letters(text: str) -> str:
    """Return the letters and figures of a text without case, accents, ligatures, hyphens or spaces."""
    return "".join(map(_folded, text))


class TextStream:
    """The letters of documents, in reading order; pictures and formulas stand between them."""

    def __init__(self, roots: Iterable[Any]) -> None:
        self.runs: list[Run] = []
        self.pictures: list[tuple[int, Spot]] = []
        """What is no text, with the count of letters before it."""
        self.anchors: dict[str, int] = {}
        """The count of letters before each identifier that is not in a note."""
        self._pieces: list[str] = []
        self._length, self._joined = 0, False
        for number, root in enumerate(roots):
            self._joined = False
            self._walk(number, root[1], noted=False)
        self.letters = "".join(self._pieces)

    def _walk(self, number: int, element: Any, *, noted: bool) -> None:
        noted = noted or "footnotes" in classes(element)
        if element.get("id") and not noted:
            self.anchors.setdefault(element.get("id"), self._length)
        if element.tag in _APART:
            self.pictures.append((self._length, Spot(number, element)))
        elif not classes(element) & _UNSAID and element.get("hidden") is None:
            inline = element.tag in INLINE
            self._joined = self._joined and inline
            self._add(number, element, after=False)
            for child in element:
                self._walk(number, child, noted=noted)
                self._add(number, child, after=True)
            self._joined = self._joined and inline

    def _add(self, number: int, element: Any, *, after: bool) -> None:
        text = (element.tail if after else element.text) or ""
        if not text:
            return
        said = letters(text)
        self.runs.append(Run(number, element, after, text, self._length, self._joined))
        self._pieces.append(said)
        self._length += len(said)
        self._joined = not text[-1].isspace()

    @cached_property
    def _starts(self) -> list[int]:
        return [run.start for run in self.runs]

    @cached_property
    def plain(self) -> tuple[str, list[int]]:
        """The letters without figures, and the place of each among all."""
        places = [place for place, sign in enumerate(self.letters) if not sign.isdigit()]
        return "".join(self.letters[place] for place in places), places

    def spot(self, place: int, signs: str = "") -> Spot:
        """Return the place of a letter in its tree, or rather of the word that it belongs to.

        `signs`, without spaces, are what may stand before the letter and belongs to it.
        """
        at = bisect_right(self._starts, place) - 1
        offset = _offset(self.runs[at].text, place - self.runs[at].start)
        for sign in reversed(signs):
            found = self._back(at, offset, sign)
            if found is None:
                break
            at, offset = found
        while True:
            run = self.runs[at]
            offset = _word(run.text, offset)
            if offset or not run.joined:
                return Spot(run.document, run.element, run.after, offset)
            at, offset = at - 1, len(self.runs[at - 1].text)

    def _back(self, at: int, offset: int, sign: str) -> tuple[int, int] | None:
        """Find a sign right before a place, spaces passed over; return where it stands."""
        while True:
            before = self.runs[at].text[:offset].rstrip()
            if before:
                return (at, len(before) - 1) if before[-1] == sign else None
            if not at or self.runs[at - 1].document != self.runs[at].document:
                return None
            at, offset = at - 1, len(self.runs[at - 1].text)

    def before(self, place: int) -> Iterator[Spot]:
        """Yield the pictures that stand right before a letter, the nearest first."""
        return (spot for count, spot in reversed(self.pictures) if count == place)


def _offset(text: str, count: int) -> int:
    """Return where in a text the letter stands before which there are `count`."""
    for offset, sign in enumerate(text):
        folded = len(_folded(sign))
        if count < folded:
            return offset
        count -= folded
    return len(text)


def _word(text: str, offset: int) -> int:
    """Return where the word begins in which a place lies, and a line cannot be broken before it."""
    while offset and not text[offset - 1].isspace() and text[offset - 1] not in _BREAKABLE:
        if unicodedata.east_asian_width(text[offset - 1]) in "WF":
            break
        offset -= 1
    return offset
