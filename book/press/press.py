"""The press: a composition goes in, a bound PDF comes out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from book.desk import Desk
from book.errors import BookError
from book.model import Composition, Entry, Finding, Notice, Sheet
from book.press import complaints, libraries, standby
from book.press.bench import Setup
from book.press.children import waits
from book.press.direction import directed
from book.press.faces import Fount, figures, fontconfig, fount, rules, texts
from book.press.gatherings import Gathering, gather
from book.press.imposition import Leafage, Placed, pages
from book.press.leaves import ASSETS
from book.press.margins import Heads, heads
from book.press.pool import Pool
from book.press.printing import Job, Printing
from book.press.sight import Glimpse, Sight
from book.press.stamps import Stamper
from book.press.store import Store, key, packed, unpacked
from book.press.workers import Failed, Limits, Lost, Worker
from book.rows import of_row, row

if TYPE_CHECKING:
    from book.press.binding import Volume

_HANGS_TOGETHER = re.compile(r"position\s*:\s*(?:running|note)\(|content\s*:[^;}]*\belement\(")
"""What joins a book's pages so closely that they are set as one document: running elements."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What came off the press: the PDF, its page count, what to say about it, what is marked on its pages.

    `texts` are the words of pages that cannot be read from the PDF, as `marked` has them.
    """

    pdf: bytes
    pages: int
    notices: tuple[Notice, ...]
    marks: tuple[Finding, ...] = ()
    texts: tuple[str, ...] = ()


class Press:
    """A composition, made ready for printing.

    `values` is the generated style sheet that comes after the theme's. `tagged` asks for
    a structure tree, and `foot` says how many characters a note at the foot may have.
    """

    def __init__(
        self,
        composition: Composition,
        desk: Desk,
        values: Sheet,
        *,
        tagged: bool = False,
        foot: int = 900,
        limits: Limits | None = None,
        fit: bool = False,
    ) -> None:
        self._composition, self._desk, self._values = composition, desk, values
        self._tagged, self._fit, self._foot = tagged, fit, foot
        self._limits = limits or Limits()
        self._store = Store(desk.store / "press", fresh=desk.fresh)
        self._key: str | None = None

    def print(self) -> Printed:
        """Typeset and bind the book, or take it from the store if nothing has changed."""
        with Pool(self._worker, self._desk.jobs, standby=standby.of(self.setup)) as pool:
            if waits(Setup.LOADS):
                pool.hire()  # it loads the style sheets while it is found out what has changed
            stamps = self._stamper(pool).stamps(self.gatherings, self._composition.book.media)
            whole = key("book", stamps, self._composition.book.metadata, self._titles)
            printed = self._finished(whole)
            if printed is None or (self._sight is not None and self._sight.last is None):
                one_piece = any(_HANGS_TOGETHER.search(sheet.text) for sheet in self.setup.sheets)
                printed = self._print_whole(pool) if one_piece else self._print(pool, stamps)
                self._store.put(whole, _pack(printed))
                self._store.prune()
        return printed

    def glance(self) -> None:
        """Show the chapter that is looked at to who looks on, where it has changed, and set nothing else."""
        sight = self._sight
        if sight is None or sight.last is None:
            return
        with Pool(self._worker, self._desk.jobs, standby=standby.of(self.setup)) as pool:
            pool.hire()
            stamps = self._stamper(pool).stamps(self.gatherings, self._composition.book.media)
            self._show(sight, self._job(stamps), pool)

    @property
    def _sight(self) -> Sight | None:
        return self._desk.sight if isinstance(self._desk.sight, Sight) else None

    def _print(self, pool: Pool, stamps: tuple[str, ...]) -> Printed:
        from book.press.bindery import bound

        tell, job = self._desk.tell, self._job(stamps)
        if self._sight is not None:
            self._show(self._sight, job, pool)
        printing = Printing(job, pool)
        placed = printing.run()
        if self._sight is not None:
            self._sight.last = (self._values.text, job, printing)
        leaves = list(pages(placed))
        tell("binding pages")
        volume = self._volume(placed, leaves, printing.part, pool, tagged=self._tagged)
        pdf, (found, texts) = bound(volume, len(leaves), printing.lines, pool)
        said = [(place.gathering, notice) for place in placed for notice in place.proof.notices]
        return Printed(pdf, len(leaves), self._notices(said, pool), found, texts)

    def _job(self, stamps: tuple[str, ...]) -> Job:
        origins = {post.slug: post.origin.path for post in self._composition.book.posts if post.origin.path}
        return Job(self.gatherings, stamps, self._titles, self.setup, self._store, origins, self._desk.tell)

    def _volume(
        self,
        placed: Sequence[Placed],
        leaves: Sequence[Leafage],
        part: Callable[[int], bytes],
        pool: Pool,
        *,
        tagged: bool = False,
        numbers: Mapping[str, int] | None = None,
    ) -> Volume:
        """Put heads and fonts to gatherings."""
        from book.press.binding import Volume

        stamp = self._setting(pool)
        margins = Heads(self._store, stamp, pool).make(heads(leaves, self.setup.sheets))
        uses = [use for place in placed for use in place.proof.fonts]
        uses += [use for work in margins.works for use in work.fonts]
        fonts = self._fonts(uses, stamp, pool)
        metadata = self._composition.book.metadata
        return Volume(placed, part, margins, fonts, metadata, tagged, numbers)

    def _show(self, sight: Sight, job: Job, pool: Pool) -> None:
        """Show the gathering that is looked at, before the rest is set."""
        from book.press.binding import bind

        seen = sight.glance(job, pool, self._values.text)
        if seen is None:
            return
        place = replace(seen.place, blank=False, fill=0)
        leaves = list(pages([place]))
        first = replace(place, index=0)  # of a PDF of its own
        volume = self._volume([first], leaves, lambda _: seen.part, pool, numbers=seen.numbers)
        sight.show(Glimpse(bind(volume), place.gathering.galleys[0].ident, seen.pages))

    def print_whole(self) -> Printed:
        """Typeset the book as one document, without dividing or remembering it."""
        with Pool(self._worker, 1) as pool:
            return self._print_whole(pool)

    def _print_whole(self, pool: Pool) -> Printed:
        from book.press.binding import finish

        everything = Gathering(self._composition.galleys, dead=self._dead())
        whole = self._ask(pool, "whole", everything, size=everything.size)
        metadata = self._composition.book.metadata
        pdf = finish(whole.pdf, whole.front, whole.folios, metadata, tagged=self._tagged)
        return Printed(
            pdf, len(whole.folios), self._notices([(everything, one) for one in whole.notices], pool)
        )

    def _dead(self) -> frozenset[str]:
        return frozenset().union(*(gathering.dead for gathering in self.gatherings))

    def _notices(self, found: Iterable[tuple[Gathering, Notice]], pool: Pool) -> tuple[Notice, ...]:
        """Gather what there is to say: of sheets, of fonts, of links, and what was `found`."""
        lacking = (Notice(message, hint=hint) for message, hint in self._fount.lacking)
        dead = (
            Notice(f"a link means `#{name}`, which is nowhere in the book") for name in sorted(self._dead())
        )
        sheets = self._sheet_notices(self._setting(pool), pool)
        posts = {post.slug: post for post in self._composition.book.posts}
        return tuple(dict.fromkeys((*sheets, *lacking, *dead, *complaints.placed(found, posts))))

    @cached_property
    def gatherings(self) -> tuple[Gathering, ...]:
        """The book, divided into what is typeset together."""
        openings = str(self._composition.settings.get("openings", "page"))
        return gather(self._composition.galleys, openings=openings)

    @cached_property
    def setup(self) -> Setup:
        """Everything that shapes pages besides the text in them."""
        composition = self._composition
        assets = {cut.address: (Path(cut.path), "font/ttf") for cut in self._fount.cuts}
        for media in composition.book.media:
            assets[f"{ASSETS}media/{media.name}"] = (media.path, media.media_type)
        return Setup(
            sheets=directed(
                (
                    Sheet("faces", rules(self._fount.cuts)),
                    *composition.sheets,
                    self._values,
                    Sheet("figures", figures(composition.faces)),
                ),
                composition.book.metadata.language,
                (galley.body for galley in composition.galleys),
            ),
            assets=assets,
            language=composition.book.metadata.language,
            foot=self._foot,
            tagged=self._tagged,
            fit=self._fit,
            fontconfig=fontconfig(self._desk.store / "press", self._families),
        )

    @cached_property
    def _fount(self) -> Fount:
        composition = self._composition
        return fount(composition.faces, composition.sheets, texts(composition), self._store)

    @cached_property
    def _titles(self) -> dict[str, str]:
        composition = self._composition
        titles = {galley.ident: galley.title for galley in composition.galleys}
        return titles | {entry.ident: entry.title for entry in _in_order(composition.contents)}

    def _stamper(self, pool: Pool) -> Stamper:
        """Return what makes keys of gatherings."""
        machine = libraries.machine(self._store, lambda: self._ask(pool, "libraries"))
        return Stamper(self.setup, (*self._composition.sheets, self._values), self._fount, machine)

    def _setting(self, pool: Pool) -> str:
        """Return the key of all that shapes pages besides the text in them."""
        if self._key is None:
            self._key = self._stamper(pool).setting()
        return self._key

    def _fonts(self, uses: Sequence[Mapping[str, Any]], stamp: str, pool: Pool) -> bytes:
        """Return the fonts, cut to what the book used."""
        from book.press.fontuse import together

        whole = together(uses)
        name = key("fonts", stamp, [cut.digest for cut in self._fount.cuts], whole)
        data = self._store.get(name)
        if data is None:
            data = bytes(self._ask(pool, "embed", whole))
            self._store.put(name, data)
        return data

    def _sheet_notices(self, stamp: str, pool: Pool) -> tuple[Notice, ...]:
        """Return what WeasyPrint has to say about the style sheets."""
        sheets = self._composition.sheets
        name = key("sheets", stamp)
        data = self._store.get(name)
        if data is None:
            found = self._ask(pool, "sheet_faults")
            data = json.dumps(found).encode()
            self._store.put(name, data)
        paths = {sheet.name: sheet.path for sheet in sheets}
        return tuple(Notice(message, paths.get(sheet), line) for sheet, message, line in json.loads(data))

    def _ask(self, pool: Pool, name: str, *arguments: Any, size: int = 0) -> Any:
        """Have one worker do one thing."""
        answer = pool.ask(name, *arguments, size=size)
        if isinstance(answer, Lost | Failed):
            raise BookError(f"the press cannot work: {answer}") from answer
        return answer

    @property
    def _families(self) -> Sequence[str]:
        families: Sequence[str] = self._composition.settings.get("families") or ()
        return families or [cut.family for cut in self._fount.cuts]

    def _worker(self, limits: Limits | None = None) -> Worker:
        """Start a press process."""
        return Worker(self.setup, limits or self._limits)

    def _finished(self, name: str) -> Printed | None:
        data = self._store.get(name)
        if data is None:
            return None
        said, pdf = unpacked(data)
        notices = tuple(of_row(Notice, one) for one in said["notices"])
        marks = tuple(of_row(Finding, one) for one in said["marks"])
        return Printed(pdf, said["pages"], notices, marks, tuple(said["texts"]))


def _in_order(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Walk contents entries depth first, as they are printed."""
    for entry in entries:
        yield entry
        yield from _in_order(entry.children)


def _pack(printed: Printed) -> bytes:
    notices, marks = map(row, printed.notices), map(row, printed.marks)
    said = {"pages": printed.pages, "notices": list(notices), "marks": list(marks), "texts": printed.texts}
    return packed(said, printed.pdf)
