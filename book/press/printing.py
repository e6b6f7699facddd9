"""A book through the press: gatherings set in worker processes until every printed number is true.

Every build makes the same passes in the same order, whatever is remembered: the
store only saves it from waiting for answers. So pages cannot depend on it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from book.press import faults, proofs, sheetfaults
from book.press.bench import Known, Setup, Station
from book.press.folios import Step, like, running_counters
from book.press.gatherings import Gathering, positions, to_be_set
from book.press.imposition import Placed, folios, impose
from book.press.pool import Call, Pool
from book.press.progress import Meter, Tell
from book.press.proofs import Needs, PageProof, Proof
from book.press.store import Store, key
from book.press.workers import Failed, Limits, Lost

PASSES = 5
"""Passes after which gatherings no longer give pages back, so that numbers must settle."""

PROBE = Limits(seconds=15)
"""What setting a gathering may take while it is searched for the block that is to blame."""

_PAGE = 2500
"""Characters of markup that make about a page, as long as no page is set."""

_SAMPLE = 12
"""Gatherings that are set first, to see how much a page holds: folios of the rest are then guessed well."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is set, by what means, and where it is remembered.

    `stamps` has a key for each gathering: everything that shapes its pages, but for the
    rest of the book. `titles` gives the text of what identifiers stand for, `origins` the
    file of each post.
    """

    gatherings: tuple[Gathering, ...]
    stamps: tuple[str, ...]
    titles: Mapping[str, str]
    setup: Setup
    store: Store
    origins: Mapping[str, Path] = field(default_factory=dict)
    tell: Tell = lambda _: None


@dataclass(slots=True)
class _Sheet:
    """A gathering in work: what it is set with, and what came of it."""

    gathering: Gathering
    stamp: str
    station: Station
    known: Known = field(default_factory=dict)
    asks: tuple[str, ...] | None = None
    """The targets whose folios it shows, as far as that is known."""
    exact: frozenset[str] = frozenset()
    """Those that once had to be known exactly: they stay so, for else passes might take turns for ever."""
    proof: Proof | None = None
    part: str = ""
    lines: str = ""


class Printing:
    """The passes over a book's gatherings."""

    def __init__(self, job: Job, pool: Pool) -> None:
        self._job, self._pool = job, pool
        self._sheets = [
            _Sheet(gathering, stamp, Station(first=number == 0), exact=gathering.listed())
            for number, (gathering, stamp) in enumerate(zip(job.gatherings, job.stamps, strict=True))
        ]
        self._least = [0] * len(self._sheets)
        self._numbers: Mapping[str, int] = {}

    def run(self) -> tuple[Placed, ...]:
        """Set everything, again where numbers changed; return the gatherings in their places."""
        self._numbers = folios(self._impose())
        self._count_ahead()
        late = {id(sheet) for sheet in self._sheets if _waits(sheet.gathering)}
        last = {id(s) for s in self._sheets if _waits(s.gathering) and s.gathering.matter == "back"}
        first = [sheet for sheet in self._sheets if id(sheet) not in late]
        alone = [sheet for sheet in first if not sheet.gathering.links()]
        some = alone if len(alone) >= _SAMPLE else first  # a guess of numbers shapes none of these
        self._set_next(some[:: max(1, len(some) // _SAMPLE)])
        self._set_next(alone)
        self._set_next(first)
        passes = 0
        while stale := self._stale():
            passes += 1
            if passes > PASSES:
                self._keep_pages()
            waiting = late if passes == 1 else last  # what follows the contents must know how long they are
            self._set([sheet for sheet in stale if id(sheet) not in waiting] or stale)
        return self._impose()

    def _set_next(self, sheets: Iterable[_Sheet]) -> None:
        """Set those that are not set yet, with the numbers that are known by now, and take theirs."""
        self._set([sheet for sheet in sheets if sheet.proof is None])
        self._numbers = folios(self._impose())

    def _impose(self) -> tuple[Placed, ...]:
        page = self._page_holds()
        guess = [sheet.proof or _guess(sheet.gathering, page) for sheet in self._sheets]
        return impose(self._job.gatherings, guess, self._least)

    def _page_holds(self) -> float:
        """Return how many characters of markup make a page, as far as pages are set."""
        found = [(sheet.gathering.size, _pages(sheet)) for sheet in self._sheets if _pages(sheet)]
        return max(1.0, sum(size for size, _ in found) / sum(pages for _, pages in found)) if found else _PAGE

    def _keep_pages(self) -> None:
        for number, sheet in enumerate(self._sheets):
            if sheet.proof is not None:
                self._least[number] = max(self._least[number], len(sheet.proof.pages))

    def _stale(self) -> list[_Sheet]:
        """Find what was set with numbers that are no longer true, and give it the new ones."""
        placed = self._impose()
        numbers = self._numbers = folios(placed)
        stale = []
        for sheet, place in zip(self._sheets, placed, strict=True):
            needs = sheet.proof.needs if sheet.proof else Needs(targets=sheet.asks or ())
            sheet.exact |= frozenset(needs.exact)
            known = self._known(needs.targets, numbers, sheet.exact)
            station = _station(place, needs)
            if sheet.proof is None or known != sheet.known or station != _as_needed(sheet.station, needs):
                sheet.known, sheet.station, sheet.proof = known, station, None
                stale.append(sheet)
        return stale

    def _known(
        self, targets: Iterable[str], numbers: Mapping[str, int], exact: Collection[str] = ()
    ) -> Known:
        """Tell the folios of targets: those that are `exact`, of others one with as many figures."""
        titles = self._job.titles
        known: dict[str, tuple[int, str] | None] = dict.fromkeys(sorted(targets))
        for name in known.keys() & numbers.keys():
            folio = numbers[name] if name in exact else like(numbers[name])
            known[name] = (folio, titles.get(name, ""))
        return known

    def _begin(self, sheets: Sequence[_Sheet]) -> None:
        """Tell sheets that know nothing yet what folios their links lead to, by guess."""
        new = [sheet for sheet in sheets if sheet.asks is None]
        for sheet in new:
            data = self._job.store.get(key("asks", sheet.stamp))
            sheet.asks = tuple(json.loads(data)) if data else None
            links = sheet.gathering.links() if sheet.asks is None else sheet.asks
            sheet.known = self._known(links, self._numbers, sheet.exact)

    def _set(self, sheets: Sequence[_Sheet]) -> None:
        """Give each sheet its proof, from the store or from the press."""
        self._begin(sheets)
        calls = [_call(sheet) for sheet in sheets if not self._remembered(sheet)]
        done, pages = len(sheets) - len(calls), sum(_pages(sheet) for sheet in self._sheets)
        meter = Meter(self._job.tell, "setting pages, chapters done", len(sheets))
        while calls:
            asking = []
            for call, answer in self._pool.run(calls):
                sheet = call.about
                if self._take(sheet, answer):
                    done, pages = done + 1, pages + _pages(sheet)
                    meter.at(done, pages)
                else:
                    asking.append(_call(sheet))
            calls = asking

    def _again(self, sheet: _Sheet, fault: Lost | Failed) -> Any:
        """Try once more in a process of its own, then say which block is to blame."""
        with self._pool.alone() as pool:
            for _, answer in pool.run([_call(sheet)]):
                if not isinstance(answer, Lost | Failed):
                    return answer
        with self._pool.alone(PROBE) as pool:
            search = faults.Search(pool, lambda part: _call(replace(sheet, gathering=part)))
            galley, block = search.guilty(sheet.gathering)
            suspect = replace(sheet.gathering, galleys=(galley,)) if galley else sheet.gathering
            rule = sheetfaults.guilty(pool, self._job.setup.sheets, _call(replace(sheet, gathering=suspect)))
        raise faults.error(sheet.gathering, fault, galley, block, self._job.origins, rule)

    def _take(self, sheet: _Sheet, answer: Any) -> bool:
        """Note what a call found out, and remember it; tell whether the sheet is set or asks for folios."""
        store = self._job.store
        if isinstance(answer, Lost | Failed):
            answer = self._again(sheet, answer)
        if isinstance(answer[0], str):
            sheet.known = {**self._known(answer, self._numbers, sheet.exact), **sheet.known}
            return False
        data, pdf, lines = answer
        sheet.proof = proofs.from_json(data)
        needs = sheet.proof.needs
        sheet.asks = needs.targets
        sheet.known = {name: sheet.known[name] for name in needs.targets}
        store.put(key("asks", sheet.stamp), json.dumps(sheet.asks).encode())
        sheet.part, sheet.lines = _key("part", sheet, needs), _key("lines", sheet, needs)
        store.put(sheet.part, pdf)
        store.put(sheet.lines, lines)
        store.put(_key("proof", sheet, needs), data)
        # Also where this station is the usual one: the next may not be.
        if replace(needs, targets=(), exact=()) != Needs():
            store.put(_key("needs", sheet, Needs()), json.dumps(asdict(needs)).encode())
        return True

    def _remembered(self, sheet: _Sheet) -> bool:
        """Take from the store what an earlier build found out; tell whether it was there."""
        store = self._job.store
        told = store.get(_key("needs", sheet, Needs()))
        needs = Needs(**{**json.loads(told), "targets": (), "exact": ()}) if told else Needs()
        data = store.get(_key("proof", sheet, needs))
        part, lines = _key("part", sheet, needs), _key("lines", sheet, needs)
        if data is None or not store.has(part) or not store.has(lines):
            return False
        sheet.proof, sheet.part, sheet.lines = proofs.from_json(data), part, lines
        return True

    def part(self, number: int) -> bytes:
        """Return the painted bodies of a gathering, setting it again if the store has lost them."""
        return self._kept(self._sheets[number], lambda sheet: sheet.part)

    def lines(self, number: int) -> bytes:
        """Return the lines on each page of a gathering, as JSON."""
        return self._kept(self._sheets[number], lambda sheet: sheet.lines)

    def _kept(self, sheet: _Sheet, name: Callable[[_Sheet], str]) -> bytes:
        while (data := self._job.store.get(name(sheet))) is None:
            for _, answer in self._pool.run([_call(sheet)]):
                self._take(sheet, answer)
        return data

    def _count_ahead(self) -> None:
        """Count figures and the like through the book before anything is laid out, if a theme counts them."""
        if not running_counters(self._job.setup.sheets):
            return
        moved: dict[str, Mapping[str, int]] = {}
        store = self._job.store
        for sheet in self._sheets:
            if data := store.get(key("count", sheet.stamp)):
                moved[sheet.stamp] = json.loads(data)
        calls = [Call(s, "count", (s.gathering,)) for s in self._sheets if s.stamp not in moved]
        for call, answer in self._pool.run(calls):
            if isinstance(answer, Lost | Failed):
                answer = {}  # it will be said when it is laid out
            moved[call.about.stamp] = answer
            store.put(key("count", call.about.stamp), json.dumps(answer).encode())
        total: dict[str, int] = {}
        for sheet in self._sheets:
            sheet.station = replace(sheet.station, counters=dict(total))
            for name, by in moved[sheet.stamp].items():
                total[name] = total.get(name, 0) + by


def _waits(gathering: Gathering) -> bool:
    """Tell whether it is set when all else stands: a table of contents, an index, a list of pictures."""
    return gathering.matter != "body" and bool(gathering.links())


def _pages(sheet: _Sheet) -> int:
    return len(sheet.proof.pages) if sheet.proof else 0


def _call(sheet: _Sheet) -> Call:
    return Call(sheet, "body", (sheet.gathering, sheet.known, sheet.station), sheet.gathering.size)


def _key(kind: str, sheet: _Sheet, needs: Needs) -> str:
    known = sorted(sheet.known.items())
    return key(kind, sheet.stamp, known, _as_needed(sheet.station, needs))


def _station(place: Placed, needs: Needs) -> Station:
    """Describe where a gathering stands, as far as it needs to know."""
    usual = place.proof.opens != "verso"
    return _as_needed(
        Station(
            first=place.index - place.blank == 0,
            recto=None if place.recto is usual else place.recto,
            index=place.index,
            tally=dict(place.before),
            counters=dict(place.counters),
        ),
        needs,
    )


def _as_needed(station: Station, needs: Needs) -> Station:
    return Station(
        first=station.first,
        recto=station.recto if needs.recto else None,
        index=station.index if needs.index else 0,
        tally=dict(station.tally) if needs.tally else {},
        counters=dict(station.counters) if needs.counters else {},
    )


def _guess(gathering: Gathering, holds: float) -> Proof:
    """Guess what a gathering that is not set yet will come to: pages by its length, chapters in them."""
    anchors = {}
    length = 0
    for galley in gathering.galleys:
        body = to_be_set(galley.body)
        for name, at in positions(body):
            anchors[name] = (int((length + at) / holds), 0.0, 0.0)
        length += len(body)
    page = PageProof(recto=True, blank=False, name="", groups=(), x=0.0, step=Step())
    return Proof(
        pages=(page,) * max(1, round(length / holds), *(at + 1 for at, _, _ in anchors.values())),
        anchors=anchors,
        opens="page",
        closes="page",
        needs=Needs(),
        blank=Step(),
    )
