"""Lists of page numbers, as indexes have them: one number for a page, a run for pages in a row.

A galley holds such a list as links in an element of class `locators`, one for each
place. Which of them fall on one page is known when the book is set.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from xml.etree.ElementTree import Element

JOIN = ", "
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True, slots=True)
class _Place:
    """A page that is listed: whether its number is roman, the number, and what the link leads to."""

    body: bool
    folio: int
    href: str

    @property
    def number(self) -> str:
        return str(self.folio) if self.body else roman(self.folio)


def listed(root: Element) -> frozenset[str]:
    """Return the identifiers whose pages lists in `root` show."""
    links = [link for held in _lists(root) for link in _links(held)]
    return frozenset(map(_target, links)) | {end for link in links if (end := link.get("data-to"))}


def settle(root: Element, known: Mapping[str, tuple[int, str] | None]) -> None:
    """Write the pages into the lists in `root`; places that are nowhere in the book are left out."""
    for held in _lists(root):
        found = [place for link in _links(held) for place in _places(link, known)]
        _write(held, list(_runs(found)))


def roman(number: int) -> str:
    """Write a number in lower-case roman numerals."""
    written = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        written += sign * times
    return written


def _lists(root: Element) -> Iterator[Element]:
    return (element for element in root.iter() if "locators" in element.get("class", "").split())


def _links(held: Element) -> Iterator[Element]:
    return (link for link in held.iter("a") if link.get("href", "").startswith("#"))


def _target(link: Element) -> str:
    return link.get("href", "")[1:]


def _places(link: Element, known: Mapping[str, tuple[int, str] | None]) -> Iterator[_Place]:
    """Yield the pages that a link stands for: one, or all to that of another place."""
    first = known.get(_target(link))
    last = known.get(link.get("data-to", "")) or first
    if first and last:
        body = "front" not in link.get("class", "").split()
        end = max(first[0], last[0])
        for folio in range(first[0], end):
            yield _Place(body, folio, link.get("href", ""))
        yield _Place(body, end, link.get("href", "") if end == first[0] else f"#{link.get('data-to')}")


def _runs(places: Sequence[_Place]) -> Iterator[tuple[_Place, _Place]]:
    """Yield the first and last place of each run of pages, in order."""
    pages: dict[tuple[bool, int], _Place] = {}
    for place in places:
        pages.setdefault((place.body, place.folio), place)
    ordered = [pages[key] for key in sorted(pages)]
    run = ordered[:1]
    for before, place in pairwise(ordered):
        if (before.body, before.folio + 1) != (place.body, place.folio):
            yield run[0], run[-1]
            run = []
        run.append(place)
    if run:
        yield run[0], run[-1]


def _write(held: Element, runs: Sequence[tuple[_Place, _Place]]) -> None:
    pages = sum(1 if first is last else 2 for first, last in runs)
    pattern = held.get("data-one" if pages == 1 else "data-many", "{page}")
    before, _, after = pattern.partition("{page}")
    join = held.get("data-join", JOIN)
    held[:] = []
    held.text = before if runs else None
    for first, last in runs:
        held.append(_number(first) if first is last else _run(first, last))
        held[-1].tail = join
    if runs:
        held[-1].tail = after or None


def _run(first: _Place, last: _Place) -> Element:
    run = Element("span", {"class": "run"})
    run.extend([_number(first), _number(last)])
    run[0].tail = "–"
    return run


def _number(place: _Place) -> Element:
    link = Element("a", {"class": "locator" if place.body else "locator front", "href": place.href})
    link.text = place.number
    return link
