"""The builder's eyes: what an edition is made of as it is typeset, and pages before the rest is bound."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from book.build import Onlooker
from book.model import Composition
from book.press.sight import Glimpse, Sight
from book.studio.baselines import grid
from book.studio.facts import of_composition, of_pdf
from book.studio.frames import frame


class Eyes(Onlooker):
    """Looks at one chapter of one edition, in build after build."""

    def __init__(self, tell: Callable[[str, Mapping[str, Any]], None]) -> None:
        self.outline: dict[str, Any] = {}
        self._tell = tell
        self._sights: dict[str, Sight] = {}
        self._at: tuple[str | None, str | None] = (None, None)
        self._into = Path()

    def turn(self, edition: str | None, ident: str | None, into: Path) -> None:
        """Look at a chapter of an edition from now on; what is seen before it is bound goes to `into`."""
        self._at, self._into, self.outline = (edition, ident), into, {}

    def composed(self, name: str, composition: Composition) -> None:
        """Note what stands in the book."""
        self.outline = of_composition(composition)

    def sight(self, name: str) -> Sight:
        """Return what an edition shows its pages to."""
        sight = self._sights.setdefault(name, Sight(lambda _: None))
        edition, ident = self._at
        sight.ident = ident if name == edition else None
        sight.show = lambda glimpse: self._show(name, glimpse)
        return sight

    def frame(self, name: str, path: Path) -> Mapping[str, Any] | None:
        """Return the margins of an edition's pages and the grid of its lines, where it has pages."""
        last = self._sights[name].last if name in self._sights else None
        if last is None:
            return None
        return {"margins": frame(last[1].setup.sheets), "grid": grid(path)}

    def _show(self, name: str, glimpse: Glimpse) -> None:
        path = self._into / f".{name}.glimpse.pdf"
        path.write_bytes(glimpse.pdf)
        facts = of_pdf(path)
        self._tell(
            "glimpse", {**facts, "name": name, "path": str(path), "of": glimpse.ident, "for": glimpse.pages}
        )
