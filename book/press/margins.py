"""Heads and folios of the whole book: each head is made once, and takes its folio at binding.

A head is made with a number that stands for all with as many figures, as the folios of other places are.
So pages that move keep their heads. Where a head cannot take another folio, since its figures are not of one
width or are no plain figures, it is made with its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from book.errors import BookError
from book.model import Sheet
from book.press.bench import HeadWork
from book.press.folios import like
from book.press.head import Head
from book.press.imposition import Leafage
from book.press.pool import Call, Pool
from book.press.store import Store, key, packed, unpacked
from book.press.workers import Failed, Lost

_SHEET = 16
"""Heads that are made and remembered together, on average: the head that ends a sheet says so itself."""

_MOST = 48
"""Heads that are made together at most: where one of them is another, all are made anew."""

_TOLD = ("x", "fonts", "which", "slots", "refused", "grounded")
"""What is told of a work, besides its pages."""

_INDEX = re.compile(r"@page[^{]*:nth\((?![^)]*\bof\b)")
_TOTAL = re.compile(r"counters?\(\s*pages\b")


@dataclass(frozen=True, slots=True)
class Top:
    """The margins of one page: their work, the page of it that they are made on, and the folio they take."""

    work: int
    page: int
    folio: int


@dataclass(frozen=True, slots=True)
class Margins:
    """The margins of a book's pages, in order, and the works that they are made on."""

    works: Sequence[HeadWork]
    tops: Sequence[Top]


def heads(leaves: Sequence[Leafage], sheets: Sequence[Sheet]) -> list[Head]:
    """Say of every page what its margins need to know.

    What no style rule asks (how many pages there are, a page's place among them)
    is left out, so that a page added early changes no more than it must.
    """
    counts = any(_INDEX.search(sheet.text) for sheet in sheets)
    total = len(leaves) if any(_TOTAL.search(sheet.text) for sheet in sheets) else 0
    return [_head(leaf, leaf.index if counts else min(leaf.index, 1), total) for leaf in leaves]


def _head(leaf: Leafage, index: int, total: int) -> Head:
    proof = leaf.proof
    if proof is None:
        return Head(leaf.recto, True, "", index, (), leaf.tally, total, before=leaf.strings)
    return Head(
        leaf.recto,
        proof.blank,
        proof.name,
        index,
        proof.groups,
        leaf.tally,
        total,
        strings=proof.strings,
        before={name: value for name, value in leaf.strings.items() if name not in proof.strings},
        starts=proof.starts,
    )


class Heads:
    """Makes heads, or takes them from the store."""

    def __init__(self, store: Store, stamp: str, pool: Pool) -> None:
        self._store, self._stamp, self._pool = store, stamp, pool

    def make(self, wanted: Sequence[Head]) -> Margins:
        """Return the margins of pages."""
        works: list[HeadWork] = []
        open_ones = self._made([_open(head) for head in wanted], works)
        closed = [at for at, (work, page) in enumerate(open_ones) if page in works[work].refused]
        places = dict(zip(closed, self._made([wanted[at] for at in closed], works), strict=True))
        tops = (Top(*places.get(at, open_ones[at]), wanted[at].tally["page"]) for at in range(len(wanted)))
        return Margins(works, tuple(tops))

    def _made(self, wanted: Sequence[Head], works: list[HeadWork]) -> list[tuple[int, int]]:
        """Make heads, each kind once; add to the works, and return the work and the page of each."""
        names = [key(head) for head in wanted]
        sheets = list(_sheets(dict(zip(names, wanted, strict=True))))
        place: dict[str, tuple[int, int]] = {}
        for work in self._works([tuple(sheet.values()) for sheet in sheets]):
            place |= zip(sheets.pop(0), ((len(works), page) for page in work.which), strict=True)
            works.append(work)
        return [place[name] for name in names]

    def _works(self, sheets: Sequence[tuple[Head, ...]]) -> list[HeadWork]:
        names = [key("heads", self._stamp, sheet) for sheet in sheets]
        known = {name: data for name in names if (data := self._store.get(name)) is not None}
        calls = [
            Call(name, "heads", (sheet,))
            for name, sheet in zip(names, sheets, strict=True)
            if name not in known
        ]
        for call, answer in self._pool.run(calls):
            if isinstance(answer, Lost | Failed):
                raise BookError(f"heads and folios cannot be set: {answer}") from answer
            known[call.about] = _pack(answer)
            self._store.put(call.about, known[call.about])
        return [_unpack(known[name]) for name in names]


def _open(head: Head) -> Head:
    """Return a head that may take any folio with as many figures."""
    return replace(head, tally={**head.tally, "page": like(head.tally["page"])}, takes_folio=True)


def _sheets(heads: Mapping[str, Head]) -> Iterator[dict[str, Head]]:
    """Divide heads, each under its name, into sheets, whose ends no head further on moves."""
    sheet: dict[str, Head] = {}
    for name, head in heads.items():
        sheet[name] = head
        if int(name[:4], 16) % _SHEET == 0 or len(sheet) == _MOST:
            yield sheet
            sheet = {}
    if sheet:
        yield sheet


def _pack(work: HeadWork) -> bytes:
    told = {name: getattr(work, name) for name in _TOLD}
    return packed([told, len(work.pdf)], work.pdf + work.grounds)


def _unpack(data: bytes) -> HeadWork:
    (told, half), both = unpacked(data)
    return HeadWork(pdf=both[:half], grounds=both[half:], **told)
