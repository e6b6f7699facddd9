"""Where gatherings stand in the book: sides, blanks, folios, and what is carried from one to the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from book.press.folios import Counting, Tally, count
from book.press.gatherings import Gathering
from book.press.proofs import PageProof, Proof

_START: Tally = {"page": 0}


@dataclass(frozen=True, slots=True)
class Placed:
    """A gathering in its place.

    `index` counts the pages before its first, a `blank` one that makes it open on
    the right side included; `fill` counts blank pages after its last. `before`,
    `strings` and `counters` are what the gatherings before it left behind.
    """

    gathering: Gathering
    proof: Proof
    index: int
    recto: bool
    blank: bool
    fill: int
    on_blank: Tally
    before: Tally
    counting: Counting
    strings: Mapping[str, str]
    counters: Mapping[str, int]

    def folio(self, identifier: str) -> int:
        """Return the folio of the page on which something in it begins."""
        return self.counting[self.proof.anchors[identifier][0]]["page"]


def impose(
    gatherings: Sequence[Gathering], proofs: Sequence[Proof], least: Sequence[int]
) -> tuple[Placed, ...]:
    """Put gatherings in their places; `least` is the number of pages that each keeps at the least."""
    placed: list[Placed] = []
    index, tally = 0, _START
    strings: dict[str, str] = {}
    counters: dict[str, int] = {}
    closes, matter = "page", "front"
    for gathering, proof, pages in zip(gatherings, proofs, least, strict=True):
        opens = proof.opens if proof.opens != "page" else closes
        blank = (opens == "recto" and index % 2 == 1) or (opens == "verso" and index % 2 == 0)
        on_blank = proof.blank.after(tally) if blank else tally
        tally = on_blank
        if gathering.matter == "body" and matter == "front":
            tally = {**tally, **_START}
        counting = count((page.step for page in proof.pages), tally)
        fill = max(0, pages - len(proof.pages))
        place = Placed(
            gathering,
            proof,
            index + blank,
            (index + blank) % 2 == 0,
            blank,
            fill,
            on_blank,
            tally,
            counting,
            dict(strings),
            dict(counters),
        )
        placed.append(place)
        index += blank + len(proof.pages) + fill
        tally = counting[-1] if counting else tally
        for _ in range(fill):
            tally = proof.blank.after(tally)
        for page in proof.pages:
            strings |= {name: values[-1] for name, values in page.strings.items()}
        counters |= proof.counters
        closes, matter = proof.closes, gathering.matter
    return tuple(placed)


def folios(placed: Sequence[Placed]) -> dict[str, int]:
    """Return the folio of every identifier in the book."""
    return {
        name: place.counting[page]["page"]
        for place in reversed(placed)
        for name, (page, _, _) in place.proof.anchors.items()
    }


@dataclass(frozen=True, slots=True)
class Leafage:
    """One page of the book in its place; without `proof` it is blank."""

    place: Placed
    at: int
    index: int
    recto: bool
    tally: Tally
    proof: PageProof | None
    strings: Mapping[str, str]
    """The named strings at the end of the page before."""


def pages(placed: Sequence[Placed]) -> Iterator[Leafage]:
    """Walk all pages of the book in order."""
    for place in placed:
        strings = dict(place.strings)
        index = place.index - place.blank
        if place.blank:
            yield Leafage(place, -1, index, index % 2 == 0, place.on_blank, None, dict(strings))
        for at, page in enumerate(place.proof.pages):
            index = place.index + at
            yield Leafage(place, at, index, index % 2 == 0, place.counting[at], page, dict(strings))
            strings |= {name: values[-1] for name, values in page.strings.items()}
        tally = place.counting[-1] if place.counting else place.before
        for at in range(place.fill):
            tally = place.proof.blank.after(tally)
            index = place.index + len(place.proof.pages) + at
            yield Leafage(place, -1, index, index % 2 == 0, tally, None, dict(strings))
