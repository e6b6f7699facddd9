"""Lists of page numbers, as indexes have them: one number for a page, a run for pages in a row.

A galley holds such a list as links in an element of class `locators`, one for each
place. Which of them fall on one page is known when the book is set. In a set of volumes each
says its volume, and those in others bring their pages along: `1: 12, 14–16; 2: 33`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from xml.etree.ElementTree import Element

JOIN = ", "
_NEXT = "; "
"""What stands between the pages of one volume and those of the next."""
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True, slots=True)
class _Place:
    """A page that is listed: whether its number is roman, the number, and what the link leads to.

    `volume` is 0 in a book that is not in volumes; in another volume nothing can be linked to.
    """

    body: bool
    folio: int
    href: str | None
    volume: int = 0

    @property
    def key(self) -> tuple[int, bool, int]:
        return self.volume, self.body, self.folio

    @property
    def number(self) -> str:
        return str(self.folio) if self.body else roman(self.folio)


def listed(root: Element) -> frozenset[str]:
    """Return the identifiers whose pages lists in `root` show."""
    links = [link for held in _lists(root) for link in _links(held) if link.get("href")]
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
    return (link for link in held.iter("a") if link.get("href", "").startswith("#") or link.get("data-folio"))


def _target(link: Element) -> str:
    return link.get("href", "")[1:]


def _places(link: Element, known: Mapping[str, tuple[int, str] | None]) -> Iterator[_Place]:
    """Yield the pages that a link stands for: one, or all to that of another place."""
    volume = int(link.get("data-volume", "0"))
    if told := link.get("data-folio"):
        body, first = _read(told)
        end = max(first, _read(link.get("data-last", told))[1])
        yield from (_Place(body, folio, None, volume) for folio in range(first, end + 1))
        return
    begins = known.get(_target(link))
    ends = known.get(link.get("data-to", "")) or begins
    if begins and ends:
        body = "front" not in link.get("class", "").split()
        last = max(begins[0], ends[0])
        for folio in range(begins[0], last):
            yield _Place(body, folio, link.get("href"), volume)
        yield _Place(body, last, link.get("href") if last == begins[0] else f"#{link.get('data-to')}", volume)


def _read(folio: str) -> tuple[bool, int]:
    """Read a folio as it is printed: whether it is arabic, and its number."""
    if folio.isdecimal():
        return True, int(folio)
    number = 0
    for value, sign in _ROMAN:
        while folio.startswith(sign):
            number, folio = number + value, folio[len(sign) :]
    return False, number


def _runs(places: Sequence[_Place]) -> Iterator[tuple[_Place, _Place]]:
    """Yield the first and last place of each run of pages, in order."""
    pages: dict[tuple[int, bool, int], _Place] = {}
    for place in places:
        pages.setdefault(place.key, place)
    ordered = [pages[key] for key in sorted(pages)]
    run = ordered[:1]
    for before, place in pairwise(ordered):
        if (before.volume, before.body, before.folio + 1) != place.key:
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
    volumes = groupby(runs, key=lambda run: run[0].volume)
    for nth, (volume, some) in enumerate(volumes):
        if nth:
            held[-1].tail = _NEXT
        for number, (first, last) in enumerate(some):
            if number:
                held[-1].tail = join
            elif volume:
                held.append(_volume(volume))
                held[-1].tail = " "
            held.append(_number(first) if first is last else _run(first, last))
    if runs:
        held[-1].tail = after or None


def _volume(number: int) -> Element:
    volume = Element("span", {"class": "volume"})
    volume.text = f"{number}:"
    return volume


def _run(first: _Place, last: _Place) -> Element:
    run = Element("span", {"class": "run"})
    run.extend([_number(first), _number(last)])
    run[0].tail = "–"
    return run


def _number(place: _Place) -> Element:
    attributes = {"class": "locator" if place.body else "locator front"}
    link = Element("a", attributes | {"href": place.href}) if place.href else Element("span", attributes)
    link.text = place.number
    return link
