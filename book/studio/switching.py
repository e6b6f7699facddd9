"""Another theme for a book: settings that it cannot have are put aside, and come back when they can."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from book.studio.amending import Value, amended, brought_back, put_aside
from book.tables import Keys
from book.theme import Theme

THEME: Keys = ("style", "theme")
SETTINGS: Keys = ("style", "settings")


@dataclass(frozen=True, slots=True)
class Aside:
    """A setting of `book.toml` that a theme cannot have, and why not."""

    keys: Keys
    value: Any
    why: str

    def json(self) -> dict[str, str]:
        """Describe it for the page."""
        of = "" if self.keys[:-1] == SETTINGS else f" of the edition {self.keys[1]}"
        return {"name": f"{self.keys[-1]}{of}", "value": str(self.value), "why": self.why}


def switched(text: str, name: Value | None, theme: Theme) -> tuple[str, Value | None, tuple[Aside, ...]]:
    """Return a `book.toml` whose theme is another, the name of the old one, and what was put aside for it.

    Lines that were put aside for an earlier theme, and that this one can have, are settings again.
    """
    text, was = amended(text, THEME, name)
    text = _restored(text, theme)
    aside = tuple(_unfit(text, theme))
    for one in aside:
        text = put_aside(text, one.keys)
    return text, was, aside


def switched_back(text: str, name: Value | None, theme: Theme, aside: tuple[Aside, ...]) -> str:
    """Return a `book.toml` in its old theme, and with what was put aside for the other."""
    text = switched(text, name, theme)[0]
    for one in aside:
        if theme.refusal(one.keys[-1], one.value) is None and not _holds(tomllib.loads(text), one.keys):
            text = amended(text, one.keys, one.value)[0]
    return text


def _unfit(text: str, theme: Theme) -> Iterator[Aside]:
    """Yield each setting that a theme cannot have, of the book and of the editions that have its theme."""
    values = tomllib.loads(text)
    tables = [(SETTINGS, _table(values, *SETTINGS))]
    for name, edition in _table(values, "editions").items():
        if isinstance(edition, dict) and "theme" not in edition:
            tables.append((("editions", name, "settings"), _table(edition, "settings")))
    for keys, table in tables:
        for key, value in table.items():
            if (why := theme.refusal(key, value)) is not None:
                yield Aside((*keys, key), value, why)


def _restored(text: str, theme: Theme) -> str:
    """Make settings of the lines that were put aside and that a theme can have."""
    many = len(brought_back(text))
    for at in reversed(range(many)):
        made = brought_back(text)[at]
        with suppress(tomllib.TOMLDecodeError):
            if len(list(_unfit(made, theme))) == len(list(_unfit(text, theme))):
                text = made
    return text


def _table(values: Any, *keys: str) -> dict[str, Any]:
    for key in keys:
        values = values.get(key, {})
        if not isinstance(values, dict):
            return {}
    return dict(values)


def _holds(values: dict[str, Any], keys: Keys) -> bool:
    return keys[-1] in _table(values, *keys[:-1])
