"""What templates see of an index: entries under letters, with their places."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from book.index.letters import Heading, Letter, Locator

View = Mapping[str, Any]


def letters_of_index(letters: Sequence[Letter]) -> tuple[View, ...]:
    """Describe the entries of an index, or of another list, under their letters."""
    meant = frozenset(_meant(heading for letter in letters for heading in letter.headings))
    return tuple(_letter_view(letter, meant) for letter in letters)


def _meant(headings: Iterable[Heading]) -> Iterator[str]:
    """Yield the identifiers of the entries that others refer to."""
    for heading in headings:
        yield from (ident for _, ident in (*heading.see, *heading.also))
        yield from _meant(heading.children)


def _letter_view(letter: Letter, meant: Collection[str]) -> View:
    return {"name": letter.name, "headings": tuple(_heading_view(one, meant) for one in letter.headings)}


def _heading_view(heading: Heading, meant: Collection[str]) -> View:
    """Describe an entry of an index: all its places, and the first in each post, for screens.

    `meant` are the entries that others refer to.
    """
    in_posts = {place.post: place for place in reversed(heading.locators)}
    return {
        "ident": heading.ident,
        "meant": heading.ident in meant,
        "term": heading.term,
        "label": heading.label,
        "language": heading.language,
        "locators": tuple(map(_place_view, heading.locators)),
        "posts": tuple(map(_place_view, tuple(in_posts.values())[::-1])),
        "see": tuple({"term": term, "ident": ident} for term, ident in heading.see),
        "also": tuple({"term": term, "ident": ident} for term, ident in heading.also),
        "children": tuple(_heading_view(one, meant) for one in heading.children),
    }


def _place_view(place: Locator) -> View:
    return {"start": place.start, "end": place.end, "title": place.title, "front": place.front}
