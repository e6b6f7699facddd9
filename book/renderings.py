"""What built-in templates gave in earlier builds, remembered by all that they were given and asked for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from book import resources
from book.press.store import Store, key

ROOM = 8 << 20
"""Characters that are remembered: of a book that is longer, nothing is."""

_LIMIT = 64 << 20
_OWN = ("sandbox", "rendering", "renderings")


class Watched(dict[str, Any]):
    """Values that all templates see, and which of them one has asked for: `*` where it asked for all."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        super().__init__(values)
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        self.asked.add(name)
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None) -> Any:
        """Return a value, or another where there is none."""
        self.asked.add(name)
        return super().get(name, default)

    def __contains__(self, name: object) -> bool:
        self.asked.add(str(name))
        return super().__contains__(name)

    def __iter__(self) -> Iterator[str]:
        self.asked.add("*")
        return super().__iter__()

    def __len__(self) -> int:
        self.asked.add("*")
        return super().__len__()

    def keys(self) -> Any:
        """Return the names of all values."""
        self.asked.add("*")
        return super().keys()

    def values(self) -> Any:
        """Return all values."""
        self.asked.add("*")
        return super().values()

    def items(self) -> Any:
        """Return all values with their names."""
        self.asked.add("*")
        return super().items()

    def told(self, names: Any) -> dict[str, str]:
        """Say what values are, without asking for them."""
        return {name: repr(super(Watched, self).get(name)) for name in sorted(names)}


class Renderings:
    """What templates gave, for one kind of composition: `shaped` is what all of these see besides `book`."""

    def __init__(self, store: Path, book: Watched, *shaped: object) -> None:
        self._book = book
        self._store = Store(store / "renderings", limit=_LIMIT)
        self._name = key("renderings", shaped, _shapers())
        found = self._store.get(self._name)
        self._known: dict[str, tuple[dict[str, str], str]] = json.loads(found) if found else {}
        self._used: dict[str, tuple[dict[str, str], str]] = {}
        self._room = ROOM
        self._new = False

    def of(self, template: str, seen: Mapping[str, Any]) -> tuple[str, str | None]:
        """Return by which name a rendering is known, and what it gave if that is remembered."""
        name = key(template, seen)
        known = self._known.get(name)
        if known is not None and self._book.told(known[0]) == known[0]:
            self._use(name, known)
            return name, known[1]
        self._book.asked.clear()
        return name, None

    def note(self, name: str, text: str) -> None:
        """Remember what was just rendered."""
        if "*" not in self._book.asked:
            self._use(name, (self._book.told(self._book.asked), text))
            self._new = True

    def _use(self, name: str, known: tuple[dict[str, str], str]) -> None:
        """Hold on to a rendering, and to none once they are too many."""
        self._room -= len(known[1])
        if self._room < 0:
            self._used.clear()
        else:
            self._used[name] = known

    def keep(self) -> None:
        """Write down what is new, and of what was there before as much as there is room for."""
        room = self._room
        if not self._new or room < 0:
            return
        kept = dict(self._used)
        for name, known in self._known.items():
            room -= len(known[1])
            if room > 0:
                kept.setdefault(name, known)
        self._store.put(self._name, json.dumps(kept).encode())
        self._store.prune()


@lru_cache
def _shapers() -> str:
    """Name all that has a say in what built-in templates give."""
    here = Path(__file__).parent
    files = [here / f"{name}.py" for name in _OWN]
    files += [here / "labels" / "__init__.py", *sorted(resources.builtin("templates").glob("*"))]
    own = b"".join(path.read_bytes() for path in files if path.is_file())
    return f"{version('jinja2')} {version('babel')} {hashlib.sha256(own).hexdigest()}"
