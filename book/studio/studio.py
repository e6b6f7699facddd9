"""The studio itself: it watches a project, has it built, and knows what there is to look at."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from book import config
from book.studio.child import Child, Gone
from book.studio.events import Events
from book.studio.gallery import Gallery
from book.studio.order import Order
from book.studio.settings import Settings
from book.studio.shelf import Kept, Shelf
from book.studio.watching import watch

COMPARED = "=compared"
"""What the edition is called that is built in another theme: no edition of an author's has such a name."""


class Studio:
    """What is known of a project's book, and the work that keeps it true."""

    def __init__(self, root: Path) -> None:
        self.root = config.load(root).root
        self.shelf = Shelf(self.root, self.root / ".book")
        self.gallery, self.events, self.settings = Gallery(), Events(), Settings(self.root)
        self.revision = 0
        self._builder = Child("book.studio.builder")
        self._stale = asyncio.Event()
        self.theme: str | None = None
        self._compared: Kept | None = None
        self._building = False
        self._changed: set[str] = set()
        self._looking: tuple[str | None, str | None] = (None, None)
        self._outline: dict[str, Any] = {}
        self._glimpses: dict[str, Mapping[str, Any]] = {}
        self._status: dict[str, Any] = {"doing": "beginning", "errors": [], "skipped": []}

    async def run(self) -> None:
        """Build the book, and again whenever something of it changes, until cancelled."""
        self._stale.set()
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(watch(self.root, self.build))
                tasks.create_task(self._work())
        finally:
            self.events.close()
            self._builder.close()
            self.gallery.close()

    def build(self, changed: Collection[str] = ()) -> None:
        """Have the book built: now, or once the build that is going on is done.

        `changed` are files of the project that have changed, by their paths in it.
        """
        self._changed.update(changed)
        self._stale.set()
        if self._building:
            self._builder.nudge("make haste")

    def compare(self, theme: str | None) -> None:
        """Have the book built in another theme too, or no longer."""
        self.theme, self._compared = theme, None
        if theme is not None:
            self.build()

    def look(self, edition: str, ident: str | None) -> None:
        """Note what is being looked at: it is built first."""
        self._looking = (edition, ident)

    async def _work(self) -> None:
        while True:
            await self._stale.wait()
            self._stale.clear()
            self._building = True
            try:
                try:
                    await self._build()
                except Gone:  # it may have been gone before: once more, in a new process
                    await self._build()
            except Gone as gone:
                self._say(doing=None, errors=[_error(f"the build broke off: {gone}")])
            except Exception as error:  # a fault of ours ends this build, and not the studio
                traceback.print_exc()
                self._say(doing=None, errors=[_error(f"Octavo has a fault of its own: {error}")])
            finally:
                self._building = False

    async def _build(self) -> None:
        edition, ident = self._looking
        first = (edition,) if edition else ()
        order = Order(self.root, self.shelf.out, first, ident, frozenset(self._changed), self.theme)
        self._changed.clear()
        self._builder.tell(order)
        while True:
            match await self._builder.hear():
                case ("told", words):
                    self._say(doing=words)
                case ("glimpse", facts):
                    self._glimpse(facts)
                case ("compared", facts):
                    self._compared = self.shelf.put({**facts, "name": COMPARED})
                    self.events.tell("book", self.book())
                case ("incomparable", words):
                    self.theme = None
                    self.events.tell("incomparable", words)
                case ("bound", facts):
                    self._take(facts)
                case ("failed", notices):
                    self._glimpses.clear()
                    self._say(doing=None, errors=[self._placed(one) for one in notices])
                    return self.events.tell("book", self.book())
                case ("crashed", words):
                    return self._say(doing=None, errors=[_error(f"Octavo has a fault of its own: {words}")])
                case ("done",):
                    return self._say(doing=None, errors=[])

    def _take(self, facts: dict[str, Any]) -> None:
        """Take over editions that were bound, and tell everyone."""
        for one in facts.pop("editions"):
            self.shelf.put(one)
            self._glimpses.pop(one["name"], None)
        self.shelf.only([*facts.pop("names"), COMPARED])
        self._status |= {"skipped": [self._placed(one) for one in facts.pop("skipped")]}
        self._outline = facts
        self.revision += 1
        self.events.tell("book", self.book())

    def _glimpse(self, facts: Mapping[str, Any]) -> None:
        """Show pages of an edition before the rest of it is bound."""
        name, last = facts["name"], self.shelf.find(facts["name"])
        found = self.shelf.glimpse(facts)
        if found is None or last is None:
            return
        kept, whole = found
        shown = self._glimpses.get(name, last.facts)
        olds = [page for page, _ in shown["pages"][shown["at"].get(facts["of"], 0) :]]
        self.gallery.ahead(kept.file, [page for page, _ in facts["pages"]], olds)
        self._glimpses[name] = whole
        self.revision += 1
        self.events.tell("book", self.book())

    def _say(self, **news: Any) -> None:
        self._status |= news
        self.events.tell("status", self._status)

    def book(self) -> dict[str, Any]:
        """Describe everything that there is to look at."""
        return {
            "revision": self.revision,
            **{name: value for name, value in self._outline.items() if name != "posts"},
            "editions": [self._edition(kept) for kept in self.shelf.newest() if kept.name != COMPARED],
            "compared": self._edition(self._compared) if self.theme and self._compared else None,
            "settings": self.settings.described(),
            "status": self._status,
        }

    def _edition(self, kept: Kept) -> dict[str, Any]:
        seen = self._glimpses.get(kept.name, kept.facts)
        facts = {name: value for name, value in seen.items() if name not in ("path", "warnings")}
        return {**facts, "findings": [self._placed(one) for one in kept.facts["warnings"]]}

    def _placed(self, notice: Mapping[str, Any]) -> dict[str, Any]:
        """Write a notice's path as it stands in the project."""
        path = notice.get("path")
        if path is not None:
            with suppress(ValueError):
                path = Path(path).relative_to(self.root).as_posix()
        return {**notice, "path": path}


def _error(message: str) -> dict[str, Any]:
    return {
        "message": message,
        "path": None,
        "line": None,
        "hint": "save the file again to have it built anew",
    }
