"""One who looks on while a book is printed, and is shown the chapter they look at before the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from book.press.imposition import Placed, folios
from book.press.pool import Pool
from book.press.printing import PASSES, Job, Printing


@dataclass(frozen=True, slots=True)
class Glimpse:
    """Some pages of a book that is still being printed, as a PDF.

    They stand where those of the gathering that begins with the galley `ident` stood when the book
    was last printed: so many `pages`.
    """

    pdf: bytes
    ident: str
    pages: int


@dataclass(slots=True)
class Sight:
    """Looks at the chapter or post `ident`, and hears through `show` what it becomes.

    It keeps the last printing: pages are shown as they would stand if nothing but their own
    gathering had changed.
    """

    show: Callable[[Glimpse], None]
    ident: str | None = None
    last: tuple[str, Job, Printing] | None = None
    """The last printing, its job, and its values, a style sheet."""
    gutter: float = 0.0
    """What the pages of the last printing had of it."""
    alone: bool = False
    """Whether nothing is to be printed but what is looked at."""

    def glance(self, job: Job, pool: Pool, values: str) -> Glance | None:
        """Set the gathering that is looked at, if it has changed and the values have not."""
        if self.ident is None or self.last is None or self.last[0] != values:
            return None
        mark = f'id="{self.ident}"'
        found = (n for n, g in enumerate(job.gatherings) if any(mark in galley.body for galley in g.galleys))
        number = next(found, None)
        if number is None or job.stamps[number] in self.last[1].stamps:
            return None
        return _Alone(job, pool).take(number, self.last[2])


@dataclass(frozen=True, slots=True)
class Glance:
    """A gathering set alone: its place, its painted bodies, how many pages it had; the book's folios."""

    place: Placed
    part: bytes
    pages: int
    numbers: Mapping[str, int]


class _Alone(Printing):
    """One gathering set among the others as they were when the book was last printed."""

    def take(self, number: int, last: Printing) -> Glance | None:
        """Set a gathering until the numbers in it are true, as far as is known."""
        before = {sheet.gathering.name: sheet for sheet in last._sheets}
        mine = self._sheets[number]
        if mine.gathering.name not in before:
            return None
        for sheet in self._sheets:
            if old := before.get(sheet.gathering.name):
                sheet.known, sheet.station, sheet.proof = old.known, old.station, old.proof
        mine.proof, self._numbers = None, last._numbers
        self._count_ahead()
        self._set([mine])
        for _ in range(PASSES):
            if not self._unsettled(mine):
                break
            self._set([mine])
        was = before[mine.gathering.name].proof
        if mine.proof is None or was is None:
            return None
        placed = self._impose()
        return Glance(placed[number], self.part(number), len(was.pages), folios(placed))

    def _unsettled(self, mine: object) -> bool:
        """Tell whether a sheet has to be set again; the others stay as they are."""
        others = [(sheet, sheet.proof) for sheet in self._sheets if sheet is not mine]
        stale = self._stale()
        for sheet, proof in others:
            sheet.proof = proof
        return any(sheet is mine for sheet in stale)
