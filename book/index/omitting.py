"""Indexes without the places of what an edition leaves out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from book.index.letters import Heading, Letter
from book.model import Leaf


def without(leaves: Sequence[Leaf], omitted: Collection[str]) -> tuple[Leaf, ...]:
    """Return leaves whose indexes name no place in what is `omitted`; an index of nothing else goes."""
    changed = [(leaf, replace(leaf, letters=tuple(_letters(leaf.letters, omitted)))) for leaf in leaves]
    kept = [after for before, after in changed if after.letters or not before.letters]
    there = {name for leaf in kept for letter in leaf.letters for name in _idents(letter.headings)}
    return tuple(
        replace(leaf, letters=tuple(_referring(letter, there) for letter in leaf.letters)) for leaf in kept
    )


def _letters(letters: Sequence[Letter], omitted: Collection[str]) -> Iterator[Letter]:
    for letter in letters:
        if headings := tuple(_headings(letter.headings, omitted)):
            yield replace(letter, headings=headings)


def _headings(headings: Sequence[Heading], omitted: Collection[str]) -> Iterator[Heading]:
    for heading in headings:
        places = tuple(place for place in heading.locators if place.post not in omitted)
        kept = replace(heading, locators=places, children=tuple(_headings(heading.children, omitted)))
        if kept.locators or kept.children or kept.see or kept.also:
            yield kept


def _idents(headings: Sequence[Heading]) -> Iterator[str]:
    for heading in headings:
        yield heading.ident
        yield from _idents(heading.children)


def _referring(letter: Letter, there: Collection[str]) -> Letter:
    return replace(letter, headings=tuple(_led(heading, there) for heading in letter.headings))


def _led(heading: Heading, there: Collection[str]) -> Heading:
    return replace(
        heading,
        see=tuple(pair for pair in heading.see if pair[1] in there),
        also=tuple(pair for pair in heading.also if pair[1] in there),
        children=tuple(_led(child, there) for child in heading.children),
    )
