"""Anchors put into a body where terms stand: around the word with which each begins."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count, pairwise

from lxml import etree

from book.allowed import INLINE
from book.index.phrases import Lexicon, Path, Token, Tokens
from book.nesting import unwrap
from book.trees import Element, classes, inner, parse

MARK = "data-index"
"""The attribute of an empty span that stands for a mark of the author's."""

_INLINE = INLINE | {"ruby", "rb", "rt", "rp", "time", "img", "input", "wbr"}
_MANY, _OFTEN = 30, 100
"""A heading is crowded that stands this often, once in so many words, and in most posts."""

_APART = 60
"""Characters of one paragraph after which a term is noted again: two lines of a narrow page, or of Japanese.

No page has fewer of a paragraph that goes on before it and after it.
"""


@dataclass(slots=True)
class Tally:
    """How often headings stand in a book of so many `words` and `posts`; `crowded` are almost everywhere."""

    words: int
    posts: int
    places: Counter[Path] = field(default_factory=Counter)
    crowded: set[Path] = field(default_factory=set)
    _within: dict[Path, set[str]] = field(default_factory=dict)

    def count(self, path: Path, post: str, times: int = 1) -> None:
        """Count places of a heading in a post."""
        self.places[path] += times
        within = self._within.setdefault(path, set())
        within.add(post)
        often = self.places[path] >= _MANY and self.places[path] * _OFTEN > self.words
        if often and 2 * len(within) > self.posts:
            self.crowded.add(path)


@dataclass(frozen=True, slots=True)
class Found:
    """A heading, and the identifier of the place where it stands."""

    heading: Path
    ident: str


@dataclass(slots=True)
class _Run:
    """The text of one paragraph: its pieces, each with the element it is in or after, and marks in it."""

    pieces: list[tuple[Element, bool, str]] = field(default_factory=list)
    marks: list[tuple[int, Element]] = field(default_factory=list)
    length: int = 0

    def add(self, element: Element, tail: bool, text: str | None) -> None:
        if text:
            self.pieces.append((element, tail, text))
            self.length += len(text)


def mark(
    body: str,
    ident: str,
    lexicon: Lexicon,
    *,
    end: bool = False,
    tally: Tally | None = None,
) -> tuple[str, list[Found], str | None]:
    """Put anchors into a body; return it, what stands where, and with `end` the anchor of its last word.

    `ident` begins the identifiers of the anchors. `tally` counts, and of headings that are
    crowded in it only the first place is noted.
    """
    root = parse(f"<div>{body}</div>")
    anchors = _Anchors(root, ident)
    found: list[Found] = []
    last: tuple[_Run, Token] | None = None
    for run in list(_runs(root)):
        words = Tokens("".join(text for _, _, text in run.pieces))
        for path, at in _wanted(lexicon, words, tally, ident):
            if tally is None or path not in tally.crowded or all(one.heading != path for one in found):
                found.append(Found(path, anchors.at(run, words[at])))
        for offset, element in run.marks:
            near = next((word for word in words if word.start >= offset), words[-1] if words else None)
            name = anchors.at(run, near) if near else anchors.on(element)
            found += [Found(path, name) for path in headings(element.get(MARK, ""))]
            anchors.spent(element)
        if words:
            last = run, words[-1]
    closing = anchors.at(*last) if end and last else None
    anchors.write()
    return inner(root), found, closing


def headings(written: str) -> Iterator[Path]:
    """Read a mark: headings between semicolons, a heading's parts between `>`."""
    for one in written.split(";"):
        path = tuple(filter(None, (" ".join(part.split()) for part in one.split(">"))))
        if path:
            yield path


def _wanted(lexicon: Lexicon, words: Tokens, tally: Tally | None, ident: str) -> Iterator[tuple[Path, int]]:
    """Yield where each heading stands: first, last, and now and then between, in one paragraph."""
    places: dict[Path, list[int]] = {}
    for hit in lexicon.find(words):
        places.setdefault(hit.heading, []).append(hit.first)
    for path, found in places.items():
        if tally is not None:
            tally.count(path, ident.partition(".")[0], len(found))
        numbers = sorted(set(found))
        kept = numbers[:1]
        for number, after in pairwise(numbers[1:]):
            if words[after].start - words[kept[-1]].start > _APART:
                kept.append(number)
        yield from ((path, number) for number in dict.fromkeys([*kept, numbers[-1]]))


def _runs(root: Element) -> Iterator[_Run]:
    run, silent = _Run(), 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = str(element.tag)
        mute = tag.startswith("{") or "noteref" in classes(element)
        breaks = not mute and tag not in _INLINE
        if breaks and not silent:
            yield run
            run = _Run()
        silent += mute if event == "start" else -mute
        if silent:
            continue
        if event == "start":
            if element.get(MARK) is not None:
                run.marks.append((run.length, element))
            run.add(element, False, element.text)
        elif element is not root:
            run.add(element, True, element.tail)
    yield run


class _Anchors:
    """The anchors of one body: noted first, written at the end, the last in a text first."""

    def __init__(self, root: Element, ident: str) -> None:
        taken = {element.get("id") for element in root.iter() if element.get("id")}
        self._fresh = (n for number in count(1) if (n := f"{ident}.ix-{number}") not in taken)
        self._noted: dict[tuple[Element, bool], dict[int, tuple[int, str]]] = {}
        self._spent: list[Element] = []

    def at(self, run: _Run, word: Token) -> str:
        """Return the anchor at a word."""
        starts = [0]
        for _, _, text in run.pieces:
            starts.append(starts[-1] + len(text))
        number = bisect_right(starts, word.start) - 1
        element, tail, text = run.pieces[number]
        start = word.start - starts[number]
        noted = self._noted.setdefault((element, tail), {})
        if start not in noted:
            noted[start] = (min(word.end - starts[number], len(text)), next(self._fresh))
        return noted[start][1]

    def on(self, element: Element) -> str:
        """Return the anchor at an element that no word stands near."""
        name = element.get("id") or next(self._fresh)
        element.set("id", name)
        return name

    def spent(self, element: Element) -> None:
        """Forget a mark: what it said is noted."""
        self._spent.append(element)

    def write(self) -> None:
        """Put the anchors into the tree."""
        for (element, tail), noted in self._noted.items():
            for start, (end, name) in sorted(noted.items(), reverse=True):
                text = (element.tail if tail else element.text) or ""
                span = etree.Element("span", {"class": "ix", "id": name})
                span.text = text[start:end]
                if tail:
                    element.tail = None
                    parent = element.getparent()
                    if parent is not None:
                        parent.insert(parent.index(element) + 1, span)
                    element.tail, span.tail = text[:start] or None, text[end:] or None
                else:
                    element.text, span.tail = text[:start] or None, text[end:] or None
                    element.insert(0, span)
        for element in self._spent:
            del element.attrib[MARK]
            if not element.get("id"):
                unwrap(element)
