"""What a typesetter would mark on the pages of a book that is set, before it is bound."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from book.model import Finding
from book.press.imposition import Placed, pages
from book.proofread import findings
from book.proofreading._lines import Line, merged, together


def marked(placed: Sequence[Placed], lines: Callable[[int], list[list[Line]]]) -> tuple[Finding, ...]:
    """Proofread a book's pages; `lines` gives those of the pages of a gathering, by its number."""
    numbers = {id(place): number for number, place in enumerate(placed)}
    read: dict[int, list[list[Line]]] = {}
    found = []
    for leaf in pages(placed):
        number = numbers[id(leaf.place)]
        if number not in read:
            read = {number: lines(number)}
        found.append(merged(read[number][leaf.at]) if leaf.proof is not None else ())
    return tuple(findings(together(found, sorted(_chapters(placed)))))


def _chapters(placed: Sequence[Placed]) -> Iterator[tuple[int, str]]:
    """Give the page on which each galley begins, from 1, and its title."""
    for place in placed:
        for galley in place.gathering.galleys:
            at = place.proof.anchors.get(galley.ident)
            if at is not None:
                yield place.index + at[0] + 1, galley.title
