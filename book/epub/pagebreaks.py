"""Breaks where the pages of the printed book begin, found by the words that they begin with."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from book.epub.markup import EPUB_TYPE, tag
from book.epub.printedpages import PrintedPage
from book.epub.sectionstarts import section_begun
from book.epub.textstream import INLINE, Spot, TextStream, letters

_KEYS = (40, 24, 14, 8)
"""How many letters are looked for; fewer where more are not found together."""
_SURE = 14
_SHORTEST = 2
_SKIPPED = 16
"""Words that a page may begin with and the EPUB lacks: the head of a table that goes on, a number."""


_NUMBERS = 4
"""How many figures may differ, as numbers of notes do."""
_MARKER = re.compile(r"\w{1,4}[.)]")
"""The number of a line in a list, which is nowhere in the text."""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A break that was set: the page's label, its identifier, and the number of its document."""

    label: str
    ident: str
    document: int


@dataclass(frozen=True, slots=True)
class Paging:
    """The breaks of a book, in order, and the pages for which no place was found."""

    breaks: tuple[PageBreak, ...]
    lost: tuple[str, ...]


@dataclass(slots=True)
class _Page:
    """A page on its way to its place: the count of letters before it, and its spot."""

    page: PrintedPage
    begin: int | None = None
    spot: Spot | None = None


def set_breaks(roots: Sequence[Any], pages: Sequence[PrintedPage], taken: set[str]) -> Paging:
    """Put a break into the trees of the documents where each page begins.

    `taken` are the identifiers that there are; breaks get others.
    """
    stream = TextStream(roots)
    found = [_Page(page) for page in pages]
    _find(found, stream)
    _find_pictures(found, stream)
    idents = _idents(found, taken)
    breaks = []
    for one, ident in reversed(list(zip(found, idents, strict=True))):
        if one.spot is not None:
            _set(one.spot, one.page.label, ident)
            breaks.append(PageBreak(one.page.label, ident, one.spot.document))
    lost = tuple(one.page.label for one in found if one.spot is None)
    return Paging(tuple(reversed(breaks)), lost)


def _find(found: list[_Page], stream: TextStream) -> None:
    """Find the pages that begin with words, each after the one before it."""
    limits = _limits([one.page for one in found], stream)
    least, expected = 0, 0
    for one, (low, high) in zip(found, limits, strict=True):
        place = _place(one.page.words, stream, max(least, low), high, expected)
        if place is not None:
            one.begin, signs = place
            spot = stream.spot(one.begin, signs)
            above = next(stream.before(one.begin), None) if one.page.low else None
            one.spot = above if above is not None and above.document == spot.document else spot
            least = one.begin + 1
            expected = one.begin
        expected += len(letters(one.page.words))


def _limits(pages: Sequence[PrintedPage], stream: TextStream) -> list[tuple[int, int]]:
    """Return between which letters each page must begin, as far as identifiers tell."""
    places = [[stream.anchors[name] for name in page.anchors if name in stream.anchors] for page in pages]
    low, lows = 0, []
    for own in places:
        lows.append(low)
        low = max([low, *own])
    high, highs = len(stream.letters), []
    for own in reversed(places):
        high = min([high, *own])
        highs.append(high)
    return list(zip(lows, reversed(highs), strict=True))


def _place(words: str, stream: TextStream, low: int, high: int, expected: int) -> tuple[int, str] | None:
    """Find the words in the stream; return the letters before them, and the signs that they begin with."""
    if high < low:
        high = len(stream.letters)
    tokens = words.split()
    starts = [at for at in range(min(len(tokens), _SKIPPED)) if letters(tokens[at])]
    free = starts[: 2 if tokens and _MARKER.fullmatch(tokens[0]) else 1]
    for length in _KEYS:
        for start in starts if length >= _SURE else free:
            said = letters("".join(tokens[start : start + length]))[:length]
            if start not in free and len(said) < _SURE:
                break
            place = _nearest(said, stream, low, high, expected)
            if place is not None:
                return _back(place, tokens[:start], stream, low), _signs(tokens[: start + 1])
    return _opening(tokens, starts, stream, low, high)


def _opening(
    tokens: Sequence[str], starts: Sequence[int], stream: TextStream, low: int, high: int
) -> tuple[int, str] | None:
    """Find a page by its first word alone, where something that stands on it tells how far it can be.

    A heading of two signs, as in Japanese, may be all that its page and the EPUB have in common.
    """
    said = letters(tokens[starts[0]]) if starts else ""
    if len(said) < _SHORTEST or high == len(stream.letters):
        return None
    place = next(_places(stream.letters, said, low, high), None)
    return None if place is None else (place, _signs(tokens[: starts[0] + 1]))


def _nearest(said: str, stream: TextStream, low: int, high: int, expected: int) -> int | None:
    """Return the place of `said` that is nearest to where it is expected, or of its letters alone."""
    found = list(_places(stream.letters, said, low, high))
    if not found:
        bare = "".join(sign for sign in said if not sign.isdigit())
        if len(bare) < _SURE or len(said) - len(bare) > _NUMBERS:
            return None
        text, places = stream.plain
        near = _index(places, low), _index(places, high)
        found = [places[at] for at in _places(text, bare, *near)]
    return min(found, key=lambda place: (abs(place - expected), place), default=None)


def _places(text: str, said: str, low: int, high: int) -> Iterator[int]:
    at = text.find(said, low) if said else -1
    while 0 <= at <= high:
        yield at
        at = text.find(said, at + 1)


def _index(places: Sequence[int], place: int) -> int:
    return bisect_left(places, place)


def _back(place: int, skipped: Sequence[str], stream: TextStream, low: int) -> int:
    """Go back over those of the words skipped that stand in the stream, figures not minded.

    Words may be between that are printed alone, as those that tell the page of another post.
    """
    first = place
    for number in range(len(skipped), 0, -1):
        before = stream.letters[low:place]
        first = min(first, place - _first(skipped[:number], before))
        said = letters(skipped[number - 1])
        bare = said.rstrip("0123456789") or said
        trimmed = before if before.endswith(said) else before.rstrip("0123456789")
        ending = said if before.endswith(said) else bare
        if not ending or not trimmed.endswith(ending):
            break
        place = low + len(trimmed) - len(ending)
    return min(first, place)


def _first(skipped: Sequence[str], before: str) -> int:
    """Return how many letters `before` ends with that are the first of the words skipped."""
    for count in range(len(skipped), 0, -1):
        said = letters("".join(skipped[:count]))
        if len(said) >= _SHORTEST and not said.isdigit() and before.endswith(said):
            return len(said)
    return 0


def _signs(tokens: Sequence[str]) -> str:
    """Return the signs before the first letter of the words."""
    text = "".join(tokens)
    return next((text[:at] for at, sign in enumerate(text) if letters(sign)), "")


def _find_pictures(found: list[_Page], stream: TextStream) -> None:
    """Find the pages that are pictures alone: from the last, each before the page that follows it."""
    pictures = stream.pictures
    after = len(pictures)
    for number in range(len(found) - 1, -1, -1):
        one = found[number]
        if one.spot is not None:
            begin = one.begin or 0
            after = next(
                (at for at, (place, spot) in enumerate(pictures) if spot is one.spot or place > begin),
                len(pictures),
            )
            continue
        if one.page.words.strip() and not one.page.low:
            continue
        least = max((before.begin for before in found[:number] if before.begin is not None), default=0)
        if after and pictures[after - 1][0] >= least:
            after -= 1
            one.begin, one.spot = pictures[after]


def _idents(found: Sequence[_Page], taken: set[str]) -> list[str]:
    idents = []
    for one in found:
        name = "page-" + (re.sub(r"[^\w.-]+", "-", one.page.label) or "x")
        ident, nth = name, 1
        while ident in taken:
            nth += 1
            ident = f"{name}-{nth}"
        taken.add(ident)
        idents.append(ident)
    return idents


def _set(spot: Spot, label: str, ident: str) -> None:
    """Put one break into its tree. Later places in the same text must have theirs already."""
    mark = spot.element.makeelement(
        tag("span"), {EPUB_TYPE: "pagebreak", "role": "doc-pagebreak", "id": ident, "aria-label": label}
    )
    element = spot.element
    section = section_begun(spot)
    if section is not None:
        section.addprevious(mark)
    elif spot.offset < 0:
        _before(element, mark)
    elif spot.after:
        text = element.tail
        element.tail, mark.tail = text[: spot.offset], text[spot.offset :]
        element.getparent().insert(element.getparent().index(element) + 1, mark)
    elif not spot.offset and element.tag in INLINE and not _listed(element):
        _before(element, mark)
    else:
        text = element.text
        element.text, mark.tail = text[: spot.offset], text[spot.offset :]
        element.insert(0, mark)


def _before(element: Any, mark: Any) -> None:
    """Put a break before an element, and before those that it begins."""
    parent = element.getparent()
    while parent.tag in INLINE and parent[0] is element and not parent.text and not _listed(parent):
        element, parent = parent, parent.getparent()
    parent.insert(parent.index(element), mark)


def _listed(element: Any) -> bool:
    """Tell whether an element is a line of the contents, which holds nothing but its link."""
    return any(above.tag == tag("nav") for above in element.iterancestors())
