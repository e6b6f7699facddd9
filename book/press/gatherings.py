"""Gatherings: runs of galleys that are typeset together, and what each of them is made of."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from book.model import Galley

FULL = 14_000
"""Characters of markup after which a gathering takes no more chapters: some five pages."""

_KEPT = 4096
"""Texts of which the last answers are kept: a preview asks again for those that have not changed."""
_ID = re.compile(r'id="([^"]+)"')
_LINK = re.compile(r'<a\s[^>]*?href="#([^"]+)"')
_LISTED = re.compile(r'<a class="locator[^"]*" href="#([^"]+)"(?: data-to="([^"]+)")?')
_MEDIA = re.compile(r'src="media/([^"]+)"')
_PLACE = re.compile(r'<span class="ix" id="[^"]*">([^<]*)</span>')
"""The anchor of a place that an index lists: it is taken out before pages are set."""
_CLASS = re.compile(r'\s*<section\b[^>]*?\sclass="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Gathering:
    """Galleys that are set together.

    `before` and `after` are the classes of the sections around them in the book,
    for style rules that look at neighbours. `dead` are identifiers that its links
    mean and that nothing in the book has. `omitted` are marks of blocks that are set aside while
    one that cannot be set is looked for.
    """

    galleys: tuple[Galley, ...]
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    dead: frozenset[str] = frozenset()
    omitted: frozenset[str] = frozenset()

    @property
    def matter(self) -> str:
        """Which part of the book it belongs to: `front`, `body` or `back`."""
        return self.galleys[0].matter

    @property
    def name(self) -> str:
        """What to call it: its first galley."""
        return self.galleys[0].name

    @property
    def size(self) -> int:
        """How many characters of markup it has."""
        return sum(len(to_be_set(galley.body)) for galley in self.galleys)

    def links(self) -> tuple[str, ...]:
        """Return the identifiers that its links mean, sorted."""
        return tuple(sorted({name for galley in self.galleys for name in _links(galley.body)}))

    def listed(self) -> frozenset[str]:
        """Return the identifiers whose pages an index at the book's end lists: numbers shape its lines."""
        if self.matter != "back":
            return frozenset()
        found = (name for galley in self.galleys for pair in _LISTED.findall(galley.body) for name in pair)
        return frozenset(html.unescape(name) for name in found if name)

    def media(self) -> tuple[str, ...]:
        """Return the names of the pictures in it, sorted."""
        found = (match[1] for galley in self.galleys for match in attributes(_MEDIA, galley.body))
        return tuple(sorted({html.unescape(name) for name in found}))


def gather(galleys: Sequence[Galley], *, openings: str, full: int = FULL) -> tuple[Gathering, ...]:
    """Divide a book into gatherings.

    A leaf that is no chapter is a gathering of its own. Chapters that open a page
    are gathered until they are many enough; where one is cut depends on the
    chapters themselves, so that an edit moves no cut further on. Chapters that run
    on (`any`) are set together from part to part, and where each opens a recto
    every chapter stands alone.
    """
    known = frozenset(name for galley in galleys for name in identifiers(galley.body))
    classes = [_classes(galley) for galley in galleys]
    made = []
    at = 0
    for run in _runs(galleys, openings, full):
        dead = frozenset(name for galley in run for name in _links(galley.body)) - known
        end = at + len(run)
        before, after = _distinct(classes[:at]), _distinct(reversed(classes[end:]))[::-1]
        made.append(Gathering(tuple(run), before, after, dead))
        at = end
    return tuple(made)


def _runs(galleys: Sequence[Galley], openings: str, full: int) -> Iterator[list[Galley]]:
    run: list[Galley] = []
    for galley in galleys:
        if run and not (_runs_on(run[-1], galley) and _has_room(run, galley, openings, full)):
            yield run
            run = []
        run.append(galley)
    if run:
        yield run


def _runs_on(one: Galley, other: Galley) -> bool:
    return one.role == other.role == "chapter" and one.matter == other.matter


def _has_room(run: Sequence[Galley], galley: Galley, openings: str, full: int) -> bool:
    if openings != "page":
        return openings == "any"
    size = sum(len(to_be_set(one.body)) for one in (*run, galley))
    begins = hashlib.sha256(galley.ident.encode()).digest()[0] % 4 == 0
    return size <= (full // 2 if begins else full)


@lru_cache(maxsize=_KEPT)
def to_be_set(body: str) -> str:
    """Return a galley's markup without the anchors of places."""
    return _PLACE.sub(r"\1", body)


def _classes(galley: Galley) -> str:
    match = _CLASS.match(galley.body)
    return html.unescape(match[1]) if match else ""


def _distinct(classes: Iterable[str]) -> tuple[str, ...]:
    """Keep the last of equal ones."""
    return tuple(dict.fromkeys(reversed(list(classes))))[::-1]


@lru_cache(maxsize=_KEPT)
def identifiers(body: str) -> tuple[str, ...]:
    """Find the identifiers in a galley."""
    return tuple(html.unescape(match[1]) for match in attributes(_ID, body))


def positions(body: str) -> Iterator[tuple[str, int]]:
    """Find the identifiers in a galley, and where in its markup each stands."""
    return ((html.unescape(match[1]), match.start() - 1) for match in attributes(_ID, body))


def attributes(written: re.Pattern[str], body: str) -> Iterator[re.Match[str]]:
    """Find attributes in markup, as a pattern that begins with their name has them.

    The space before them is looked at last: a search for letters is many times as fast as one for spaces.
    """
    return (match for match in written.finditer(body) if body[match.start() - 1].isspace())


def _links(body: str) -> Iterator[str]:
    return (unquote(html.unescape(name)) for name in _LINK.findall(body))


def texts(titles: Mapping[str, str], targets: Iterable[str]) -> dict[str, str]:
    """Return what `target-text()` says of targets: the title of what begins there, or nothing."""
    return {name: titles.get(name, "") for name in targets}
