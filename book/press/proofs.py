"""What a gathering shows of itself once it is set: enough to number, head and bind its pages.

Proofs are small, plain data: they cross process borders and lie in the store as
JSON, beside the painted bodies of the pages that they tell about.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from book.model import Notice
from book.press.folios import Step
from book.proofreading._lines import Line
from book.rows import by_field, of_row, row

Opening = tuple[str, tuple[str, ...], str, str]
"""A slot for a folio: its target, what the ten figures are written as, and what before and after them."""

Group = tuple[str, int]
"""A run of pages of one name, and a page's index in it (for `:nth(… of name)`)."""


@dataclass(frozen=True, slots=True)
class PageProof:
    """One page as its style rules see it, in the canonical position of its gathering."""

    recto: bool
    blank: bool
    name: str
    groups: tuple[Group, ...]
    x: float
    """Where the text area begins, in CSS pixels from the page's left edge."""
    step: Step
    strings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Values of the named strings set on this page, in order."""
    starts: tuple[str, ...] = ()
    """The named strings that the page's first elements set (for `string(…, start)`)."""
    bookmarks: tuple[tuple[int, str, float, float, str], ...] = ()
    """Level, label, x, y (PDF points from the lower left), and state, of each bookmark."""
    slots: tuple[Opening, ...] = ()
    """Where folios go in at binding."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What the layout of a gathering asks of the rest of the book, besides what is in its own hands."""

    targets: tuple[str, ...] = ()
    """Identifiers whose folios (or texts) stand in the text."""
    recto: bool = False
    """Whether its layout is another when its first page is on the other side."""
    index: bool = False
    """Whether its layout depends on how many pages precede it."""
    tally: bool = False
    """Whether its text shows page counters."""
    counters: bool = False
    """Whether its text shows counters that run through the book."""
    exact: tuple[str, ...] = ()
    """Those of the targets of which it must know more than how many figures their folios have."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A gathering that is set: its pages, and where everything in it stands."""

    pages: tuple[PageProof, ...]
    anchors: Mapping[str, tuple[int, float, float]]
    """For each identifier: the index of its page, and its place there in PDF points."""
    opens: str
    """How its first page must open: `page`, `recto` or `verso`."""
    closes: str
    """How the page after its last must open."""
    needs: Needs
    blank: Step
    """What a blank page before it does to the page counters."""
    counters: Mapping[str, int] = field(default_factory=dict)
    """The values, at its end, of the counters that run through the book."""
    fonts: tuple[Mapping[str, Any], ...] = ()
    notices: tuple[Notice, ...] = ()


def shown(pages: Iterable[PageProof]) -> Iterator[str]:
    """Yield the texts that heads and outline take from pages."""
    for page in pages:
        yield from (label for _, label, _, _, _ in page.bookmarks)
        for values in page.strings.values():
            yield from values


def to_json(proof: Proof) -> bytes:
    """Write a proof for the store."""
    data = {**by_field(proof), "notices": [row(notice) for notice in proof.notices]}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=by_field).encode()


def from_json(data: bytes) -> Proof:
    """Read a proof from the store; raise ValueError, KeyError or TypeError if it is none."""
    raw = json.loads(data)
    return Proof(
        pages=tuple(_page(page) for page in raw["pages"]),
        anchors={name: (place[0], place[1], place[2]) for name, place in raw["anchors"].items()},
        opens=raw["opens"],
        closes=raw["closes"],
        needs=Needs(**{**raw["needs"], **{name: tuple(raw["needs"][name]) for name in ("targets", "exact")}}),
        blank=_step(raw["blank"]),
        counters=raw["counters"],
        fonts=tuple(raw["fonts"]),
        notices=tuple(of_row(Notice, one) for one in raw["notices"]),
    )


def lines_to_json(lines: Sequence[Sequence[Line]]) -> bytes:
    """Write the lines of pages for the store, packed."""
    return zlib.compress(json.dumps(lines, ensure_ascii=False, separators=(",", ":")).encode(), 1)


class Numbers(dict[str, float]):
    """Numbers by how they are written, each made once: the lines of a book share nearly all of theirs."""

    def __missing__(self, written: str) -> float:
        made = self[written] = float(written)
        return made


def lines_from_json(data: bytes, numbers: Numbers) -> list[tuple[Line, ...]]:
    """Read the lines of pages from the store."""
    read = json.loads(zlib.decompress(data), parse_float=numbers.__getitem__)
    return [tuple(_line(*said) for said in page) for page in read]


def _line(text: str, x: float, end: float, baseline: float, size: float, spaces: Sequence[float]) -> Line:
    return Line(text, x, end, baseline, size, tuple(spaces))


def _page(raw: Mapping[str, Any]) -> PageProof:
    return PageProof(
        recto=raw["recto"],
        blank=raw["blank"],
        name=raw["name"],
        groups=tuple((name, index) for name, index in raw["groups"]),
        x=raw["x"],
        step=_step(raw["step"]),
        strings={name: tuple(values) for name, values in raw["strings"].items()},
        starts=tuple(raw["starts"]),
        bookmarks=tuple((level, label, x, y, state) for level, label, x, y, state in raw["bookmarks"]),
        slots=tuple(
            (target, tuple(figures), before, after) for target, figures, before, after in raw["slots"]
        ),
    )


def _step(raw: Mapping[str, Any]) -> Step:
    return Step(*(tuple((n, v) for n, v in raw[key]) for key in ("resets", "sets", "increments")))
