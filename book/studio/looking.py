"""The builder's eyes: what an edition is made of as it is typeset, and pages before the rest is bound."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from book import theme
from book.build import Onlooker
from book.config import Project, Style
from book.errors import BookError
from book.model import Book, Composition, Reading
from book.press.sight import Glimpse, Sight
from book.studio.baselines import grid
from book.studio.facts import of_composition, of_pdf
from book.studio.frames import frame
from book.studio.glancing import Left, glance


class Eyes(Onlooker):
    """Looks at one chapter of one edition, in build after build."""

    def __init__(self, tell: Callable[[str, Mapping[str, Any]], None]) -> None:
        self.outline: dict[str, Any] = {}
        self._tell = tell
        self._sights: dict[tuple[str, str | None], Sight] = {}
        self._at: tuple[str | None, str | None] = (None, None)
        self._into = Path()
        self._theme: str | None = None
        self._project: Project | None = None
        self._read: tuple[Reading, Book] | None = None
        self._left: dict[str, Left] = {}
        self._shown = False

    def in_theme(self, theme: str | None) -> None:
        """See the book in another theme than its own from now on, or in its own."""
        self._theme = theme

    def project(self, project: Project) -> Project:
        """Return the project in the theme it is looked at in, with those settings that this theme has."""
        project = project if self._theme is None else restyled(project, self._theme)
        self._project, self._read = project, None
        return project

    def reads(self, reading: Reading, book: Book) -> None:
        """Note what was read of the project that was seen last."""
        self._read = reading, book

    def turn(self, edition: str | None, ident: str | None, into: Path) -> None:
        """Look at a chapter of an edition from now on; what is seen before it is bound goes to `into`."""
        self._at, self._into, self.outline = (edition, ident), into, {}

    def composed(self, name: str, composition: Composition) -> None:
        """Note what stands in the book."""
        self.outline = of_composition(composition)
        if self._project and self._read and self._theme is None and _has_pages(self._project, name):
            self._left[name] = Left(self._project, *self._read, composition)

    def ahead(self, project: Project, changed: Collection[str]) -> None:
        """Look at the chapter before the book is built, where that can be, and not again while it is."""
        edition, ident = self._at
        left = self._left.get(edition or "")
        if edition is None or ident is None or left is None:
            return
        sight, self._shown = self.sight(edition), False
        with suppress(BookError):  # which the build will tell
            glance(left, project, changed, edition, sight)
        if self._shown:
            self._at = (None, None)

    def sight(self, name: str) -> Sight:
        """Return what an edition shows its pages to."""
        sight = self._sights.setdefault((name, self._theme), Sight(lambda _: None))
        edition, ident = self._at
        sight.ident = ident if name == edition else None
        sight.show = lambda glimpse: self._show(name, glimpse)
        return sight

    def frame(self, name: str, path: Path) -> Mapping[str, Any] | None:
        """Return the margins of an edition's pages and the grid of its lines, where it has pages."""
        sight = self._sights.get((name, self._theme))
        last = sight.last if sight is not None else None
        if last is None:
            return None
        margins = frame(last[1].setup.sheets)
        return {"margins": margins, "grid": grid(path, margins["top"] if margins else 0)}

    def _show(self, name: str, glimpse: Glimpse) -> None:
        self._shown = True
        path = self._into / f".{name}.glimpse.pdf"
        path.unlink(missing_ok=True)  # the last one may be kept under another name
        path.write_bytes(glimpse.pdf)
        facts = of_pdf(path)
        self._tell(
            "glimpse", {**facts, "name": name, "path": str(path), "of": glimpse.ident, "for": glimpse.pages}
        )


def _has_pages(project: Project, name: str) -> bool:
    return any(plan.name == name and plan.format == "pdf" for plan in project.config.editions)


def restyled(project: Project, name: str) -> Project:
    """Return a project in another theme, each edition too."""
    known = theme.load(name, project).settings

    def restyle(style: Style) -> Style:
        kept = {key: value for key, value in style.settings.items() if key in known}
        return replace(style, theme=name, settings=kept)

    editions = tuple(replace(plan, style=restyle(plan.style)) for plan in project.config.editions)
    return replace(
        project, config=replace(project.config, style=restyle(project.config.style), editions=editions)
    )
