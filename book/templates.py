"""The templates of a composition: built-in ones here, anybody else's in a child process, under limits.

What a project or a theme brings may come from strangers. Where there is any template of theirs, all are
rendered in a process of their own, which has copies of plain values and nothing else of the book's.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from book import resources
from book.labels import Labels
from book.press.workers import Failed, Killed, Limits, Lost, Worker
from book.rendering import Renderer, fault
from book.renderings import Renderings, Watched

LIMITS = Limits(seconds=8, memory=1 << 30)
"""What one template may take, besides what the size of its text allows."""

_REMEMBERED = frozenset(("chapter.xhtml", "reference.xhtml"))
"""Templates that are rendered again and again, for each chapter and each link."""

_RECURSION = 3_000
_PLAIN = (str, int, float, date, type(None))


@dataclass(frozen=True, slots=True)
class Bench:
    """What a child process renders with."""

    project: Path
    labels: Labels
    medium: str
    theme: Path | None
    shared: Mapping[str, Any]

    def open(self) -> Renderer:
        """Make the templates ready in the child, where calls go less deep than in typesetting."""
        from book import barred  # noqa: F401 - with lxml, while there is memory

        sys.setrecursionlimit(_RECURSION)
        return self.renderer(trusted=False)

    def renderer(self, *, trusted: bool) -> Renderer:
        """Make the templates ready."""
        return Renderer(self.project, self.labels, self.medium, self.theme, self.shared, trusted=trusted)


class Templates:
    """The templates of one composition, with what all of them see."""

    def __init__(
        self,
        project: Path,
        labels: Labels,
        medium: str,
        theme: Path | None = None,
        store: Path | None = None,
        **shared: Any,
    ) -> None:
        seen = plain(shared)
        self._renderings: Renderings | None = None
        self._here: Renderer | None = None
        if not _are_foreign(project, theme):
            others = {name: value for name, value in seen.items() if name != "book"}
            seen["book"] = book = Watched(seen.get("book", {}))
            if store is not None:
                self._renderings = Renderings(store, book, labels, medium, others)
            self._here = Bench(project, labels, medium, theme, seen).renderer(trusted=True)
        self._bench = Bench(project, labels, medium, theme, seen)
        self._worker: Worker | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def has(self, name: str) -> bool:
        """Tell whether there is a template of that name."""
        return self._locate(name) is not None

    def _locate(self, name: str) -> Path | None:
        return resources.locate("templates", name, self._bench.project, self._bench.theme)

    def render(self, name: str, **values: Any) -> str:
        """Render a template to XHTML; raise BookError for an error in it, and for one that runs away."""
        seen = plain(values)
        if self._here:
            return self._rendered(self._here, name, seen)
        try:
            try:
                return self._ask(name, seen)
            except Killed:  # from outside, which is not the template's doing: once more, then
                self.close()
                return self._ask(name, seen)
        except (Lost, Failed) as error:
            self.close()
            raise fault(self._locate(name), str(error)) from error

    def _rendered(self, renderer: Renderer, name: str, seen: Mapping[str, Any]) -> str:
        if self._renderings is None or name not in _REMEMBERED:
            return renderer.render(name, seen)
        called, known = self._renderings.of(name, seen)
        if known is None:
            known = renderer.render(name, seen)
            self._renderings.note(called, known)
        return known

    def _ask(self, name: str, values: Mapping[str, Any]) -> str:
        self._worker = self._worker or Worker(self._bench, LIMITS)
        self._worker.ask("render", name, values, size=_size(values))
        return str(self._worker.answer())

    def close(self) -> None:
        """Keep what was rendered; end the child process, if there is one."""
        if self._renderings:
            self._renderings.keep()
        if self._worker:
            self._worker.close()
            self._worker = None


def _are_foreign(project: Path, theme: Path | None) -> bool:
    """Tell whether any template could be one that is not built in."""
    ours = resources.builtin("templates").resolve()
    folders = [folder for folder in (project / "templates", theme) if folder and folder.resolve() != ours]
    return any(True for folder in folders if folder.is_dir() for _ in folder.iterdir())


def plain(value: Any) -> Any:
    """Return a value as copies of plain ones, all that templates see; raise TypeError for any other."""
    if isinstance(value, _PLAIN):  # most are; whether one is a mapping takes longer to tell
        return value
    if isinstance(value, list | tuple):
        return tuple(map(plain, value))
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    raise TypeError(f"templates see plain values, and no {type(value).__name__}")


def _size(value: Any) -> int:
    """Return how many characters there are in a plain value."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, Mapping):
        return sum(map(_size, value.values()))
    return sum(map(_size, value)) if isinstance(value, tuple) else 1
