"""Heads and folios of the whole book, made in sheets of so many pages, each remembered."""

from __future__ import annotations

import re
from collections.abc import Sequence

from book.errors import BookError
from book.model import Sheet
from book.press.bench import HeadWork
from book.press.head import Head
from book.press.imposition import Leafage
from book.press.pool import Call, Pool
from book.press.store import Store, key, packed, unpacked
from book.press.workers import Failed, Lost

SHEET = 64
"""Pages whose heads are made and remembered together."""

_INDEX = re.compile(r"@page[^{]*:nth\((?![^)]*\bof\b)")
_TOTAL = re.compile(r"counters?\(\s*pages\b")


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


class Margins:
    """Makes head sheets, or takes them from the store."""

    def __init__(self, store: Store, stamp: str, pool: Pool) -> None:
        self._store, self._stamp, self._pool = store, stamp, pool

    def make(self, wanted: Sequence[Head]) -> list[HeadWork]:
        """Return the heads of a book."""
        runs = [tuple(wanted[at : at + SHEET]) for at in range(0, len(wanted), SHEET)]
        names = [key("heads", self._stamp, run) for run in runs]
        known = {name: data for name in names if (data := self._store.get(name)) is not None}
        calls = [
            Call(name, "heads", (run,)) for name, run in zip(names, runs, strict=True) if name not in known
        ]
        for call, answer in self._pool.run(calls):
            if isinstance(answer, Lost | Failed):
                raise BookError(f"heads and folios cannot be set: {answer}") from answer
            known[call.about] = _pack(answer)
            self._store.put(call.about, known[call.about])
        return [_unpack(known[name]) for name in names]


def _pack(work: HeadWork) -> bytes:
    told = {"x": work.x, "fonts": work.fonts, "grounded": work.grounded, "length": len(work.pdf)}
    return packed(told, work.pdf + work.grounds)


def _unpack(data: bytes) -> HeadWork:
    told, both = unpacked(data)
    half = told["length"]
    return HeadWork(told["x"], both[:half], told["fonts"], told["grounded"], both[half:])
