"""What a press process has on its bench: WeasyPrint with the book's styles, ready for galleys."""

from __future__ import annotations

import gc
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar
from xml.etree.ElementTree import Element, SubElement

from book.errors import BookError
from book.model import Finding, Galley, Notice, Sheet
from book.omissions import begins, mark
from book.press import locators, proofs
from book.press.folios import Tally, count, running_counters
from book.press.gatherings import Gathering
from book.press.hearing import Fault, account, fault, listening, notices
from book.press.leaves import blocks, leaf
from book.press.marking import Unread, marked

if TYPE_CHECKING:
    from book.press.head import Head

Known = Mapping[str, tuple[int, str] | None]
"""Folio and text of targets; None for what is nowhere in the book."""

END = "octavo.end"
_HEAP = 150
"""Pages after which a process clears away what earlier gatherings left."""

_REGISTERS = re.compile(
    r"@(?:[\w-]*\\|font-face|counter-style|color-profile|import|layer|namespace)", re.IGNORECASE
)
"""What leaves more with an engine than rules, or may be an odd way to spell that."""


@dataclass(frozen=True, slots=True)
class Setup:
    """Everything that shapes pages besides the text in them."""

    LOADS: ClassVar[str] = "book.press.engine.ready"
    sheets: tuple[Sheet, ...]
    assets: Mapping[str, tuple[Path, str]]
    language: str
    foot: int = 900
    tagged: bool = False
    fit: bool = False
    fontconfig: Path | None = None

    def resembles(self, other: object) -> bool:
        """Tell whether what is set up like the other does for this, once it has the sheets of this."""
        return isinstance(other, Setup) and replace(other, sheets=self.sheets) == self

    def open(self) -> Bench:
        """Load WeasyPrint with the style sheets; raise BookError if it cannot be loaded."""
        if self.fontconfig:
            os.environ["FONTCONFIG_FILE"] = str(self.fontconfig)
        return Bench(self)

    def change(self, bench: Bench) -> Bench:
        """Put the style sheets of this on the bench of a setup that it resembles."""
        bench.dress(self.sheets)
        return bench


@dataclass(frozen=True, slots=True)
class Station:
    """Where in the book a gathering stands, as far as its layout depends on it."""

    first: bool = False
    recto: bool | None = None
    index: int = 0
    tally: Tally = field(default_factory=dict)
    counters: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HeadWork:
    """Heads that are made: where each text area begins, the pages as a PDF, and the fonts used.

    Heads that look alike are one page: `which` has the page of each. `slots` are places for folios,
    page by page; the pages `refused` show a folio that stands for others, and have no place for these.
    `grounds` has the backgrounds of the pages that have one, whose numbers are `grounded`.
    """

    x: Sequence[float]
    pdf: bytes
    fonts: Sequence[Mapping[str, Any]]
    which: Sequence[int]
    slots: Sequence[Sequence[proofs.Opening]]
    refused: Sequence[int]
    grounded: Sequence[int]
    grounds: bytes


@dataclass(frozen=True, slots=True)
class Whole:
    """A book set as one document: its PDF, the folio of each page, and how many pages are front matter."""

    pdf: bytes
    folios: Sequence[int]
    front: int
    notices: tuple[Notice, ...]


class Bench:
    """Sets galleys, heads and fonts."""

    def __init__(self, setup: Setup) -> None:
        engine = _weasyprint()
        from book.press.engine.fetcher import BookFetcher

        self._setup = setup
        self._fetcher = BookFetcher(setup.assets)
        self._engines = engine.Engine
        self._faults: dict[Sheet, list[Fault]] = {}
        self.dress(setup.sheets)
        self._pages = 0
        gc.freeze()
        gc.disable()

    def dress(self, sheets: Sequence[Sheet]) -> None:
        """Set what comes with these style sheets; those that it had before, and their fonts, are ready."""
        if not self._faults or any(_REGISTERS.search(one.text) for one in {*sheets} ^ {*self._faults}):
            self._engine, self._faults = self._engines(self._fetcher, fit=self._setup.fit), {}
        self._setup = replace(self._setup, sheets=tuple(sheets))
        self._faults = {one: self._faults.get(one) or self._load(one) for one in sheets}
        self._engine.wear([sheet.text for sheet in sheets])

    def _load(self, sheet: Sheet) -> list[Fault]:
        with listening() as records:
            self._engine.load(sheet.text)
        return [fault(record.getMessage(), sheet.name) for record in records]

    def sheet_faults(self) -> list[Fault]:
        """Return what WeasyPrint has to say about the style sheets."""
        return [one for told in self._faults.values() for one in told]

    def libraries(self) -> dict[str, str]:
        """Return the versions of the libraries that set type, and the paths of their files."""
        found: dict[str, str] = self._engine.libraries()
        return found

    def body(
        self, gathering: Gathering, known: Known, station: Station
    ) -> tuple[bytes, bytes, bytes] | tuple[str, ...]:
        """Set a gathering: its proof as JSON, its painted bodies as a PDF, and its lines as JSON.

        Where its text shows folios that are not in `known`, return their identifiers instead.
        """
        from book.press.engine.setlines import lines
        from book.press.engine.targets import Unknown
        from book.press.engine.words import lost
        from book.press.engine.writing import write

        index = station.index if self._engine.looks_at_page_index() else 0 if station.first else 1 << 20
        root = self._document(gathering, station.counters)
        listed = locators.listed(root)
        locators.settle(root, known)
        with listening() as records:
            try:
                laid = self._engine.lay_out(
                    root, known, recto=station.recto, index=index, tally=station.tally, listed=listed
                )
            except Unknown as unknown:
                return unknown.targets
            pages = self._engine.bodies(laid)
            hidden = account(gathering, lost(root, laid.boxes, laid.context.style_for))
            painter = laid.painter()
            pdf, fonts, slots = write(
                pages,
                self._engine,
                bodies_only=True,
                tagged=self._setup.tagged,
                dead=gathering.dead,
                prefix=gathering.galleys[0].ident,
                painter=painter,
            )
        proved = laid.proofs(pages, slots)
        proof = proofs.Proof(
            pages=proved,
            anchors={name: place for name, place in laid.anchors(pages).items() if name != END},
            opens=laid.opens,
            closes=laid.closes,
            needs=laid.needs(
                painter,
                proofs.shown(proved),
                exact=listed,
                index=self._engine.looks_at_page_index(),
                counters=bool(self._counters()),
            ),
            blank=laid.blank_step(),
            counters=self._end_counters(laid),
            fonts=fonts,
            notices=(*notices(records), *hidden),
        )
        self._tidy(len(pages))
        return proofs.to_json(proof), pdf, proofs.lines_to_json(lines(pages, laid.context))

    def heads(self, wanted: Sequence[Head]) -> HeadWork:
        """Make the heads and backgrounds of pages."""
        from book.press.engine.heads import heads
        from book.press.engine.writing import write

        made = heads(self._engine, self._setup.language, wanted)
        painter = made.painter()
        pdf, fonts, slots = write(made.heads, self._engine, bodies_only=True, painter=painter)
        grounds = write(list(made.grounds.values()), self._engine)[0] if made.grounds else b""
        self._tidy(len(made.heads))
        return HeadWork(
            x=[page._page_box.content_box_x() for page in made.heads],
            pdf=pdf,
            fonts=fonts,
            which=made.which,
            slots=[[slot.opening() for slot in own] for own in slots],
            refused=made.refused(painter),
            grounded=list(made.grounds),
            grounds=grounds,
        )

    def marks(self, book: Unread) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
        """Proofread a book that is set; see `marked`."""
        return marked(book)

    def embed(self, uses: Sequence[Mapping[str, Any]]) -> bytes:
        """Embed fonts, cut to what the whole book used of them."""
        from book.press.engine.embedding import embed

        return embed(self._engine, uses)

    def count(self, gathering: Gathering) -> dict[str, int]:
        """Return by how much a gathering moves the counters that run through the book."""
        values: dict[str, int] = self._engine.end_counters(self._document(gathering, {}), END)
        return {name: value for name, value in values.items() if name in self._counters()}

    def _document(self, gathering: Gathering, counters: Mapping[str, int]) -> Element:
        html = Element("html", {"lang": self._setup.language})
        # On the body itself: an element before the first section would hide how that opens.
        carried = " ".join(f"{name} {value}" for name, value in counters.items())
        body = SubElement(html, "body", {"style": f"counter-reset: {carried}"} if carried else {})
        for classes in gathering.before:
            SubElement(body, "section", {"class": classes, "style": "display: none"})
        for galley in gathering.galleys:
            body.append(self._leaf(galley, gathering.omitted))
        for classes in gathering.after:
            SubElement(body, "section", {"class": classes, "style": "display: none"})
        if self._counters():
            SubElement(body, "div", {"style": "position: absolute", "id": END})
        return html

    def blocks(self, galley: Galley, inside: str) -> list[tuple[str, str, str]]:
        """Return mark, name and first words of the blocks in a galley, or in the block with a mark."""
        return [(mark(block), _name(block), begins(block)) for block in blocks(galley.body, inside)]

    def _leaf(self, galley: Galley, omitted: frozenset[str]) -> Element:
        from xml.etree.ElementTree import ParseError

        try:
            return leaf(galley.body, foot=self._setup.foot, omitted=omitted)
        except ParseError as error:
            raise BookError(
                f"the galley `{galley.name}` is not well-formed: {error}",
                hint="a template of your own may leave an element open",
            ) from error

    def _counters(self) -> frozenset[str]:
        return running_counters(self._setup.sheets)

    def _end_counters(self, laid: Any) -> dict[str, int]:
        return {name: value for name, value in laid.counters_at(END).items() if name in self._counters()}

    def _tidy(self, pages: int) -> None:
        """Clear away, now and then, what the garbage collector would have."""
        self._pages += pages
        if self._pages >= _HEAP:
            self._pages = 0
            gc.collect()

    def whole(self, gathering: Gathering) -> Whole:
        """Set everything as one document, heads and all."""
        start = next((galley.ident for galley in gathering.galleys if galley.matter == "body"), None)
        known: dict[str, tuple[int, str] | None] = {}
        from book.press.engine.targets import Unknown
        from book.press.engine.words import lost

        with listening() as records:
            for _ in range(10):
                records.clear()
                root = self._document(gathering, {})
                listed = locators.listed(root)
                locators.settle(root, known)
                try:
                    laid = self._engine.lay_out(root, known, listed=listed)
                except Unknown as unknown:
                    known = dict.fromkeys(unknown.targets, (0, ""))
                    continue
                index = laid.first_pages()
                restarts = {index[start]: 1} if start in index else {}
                counting = count(laid.steps(), {"page": 0}, restarts)
                found = {name: (counting[index[name]]["page"], "") for name in known if name in index}
                if found == known:
                    break
                known = {name: found.get(name) for name in known}
            hidden = account(gathering, lost(root, laid.boxes, laid.context.style_for))
            pdf = self._engine.write_whole(laid, counting, self._setup.language, tagged=self._setup.tagged)
        front = index.get(start, 0) if start else 0
        return Whole(pdf, [tally["page"] for tally in counting], front, (*notices(records), *hidden))


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _weasyprint() -> Any:
    from book.press.engine import loading

    try:
        loading.load()
        from book.press.engine import engine
    except OSError as error:
        raise BookError(
            f"the typesetting library cannot be loaded: {str(error).splitlines()[0]}",
            hint="install Pango: `apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0`, "
            "`brew install pango` or `dnf install pango`; the EPUB does not need it",
        ) from error
    return engine
