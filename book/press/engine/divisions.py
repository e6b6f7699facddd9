"""Patterns by which words are divided, read once for a user: Pyphen parses those of German for a second."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyphen
from pyphen import HyphDict

from book import userstore
from book.press.store import Store, key

_LIMIT = 32 << 20
"""Bytes of patterns: those of a dozen languages."""


class Patterns(HyphDict):  # type: ignore[misc]
    """Pyphen's dictionary of a language, parsed or remembered."""

    def __init__(self, path: Path) -> None:
        store = Store(userstore.folder("hyphenation"), limit=_LIMIT)
        name = key(*_shapers(), path.read_bytes())
        if data := store.get(name):
            self.patterns, changing, self.maxlen = json.loads(data)
            self.patterns |= {
                letters: (start, _read(values)) for letters, (start, values) in changing.items()
            }
            self.cache: dict[str, list[int]] = {}
            return
        super().__init__(path)
        changing = {letters: (start, _told(values)) for letters, (start, values) in self._changing()}
        plain = {letters: found for letters, found in self.patterns.items() if letters not in changing}
        store.put(name, json.dumps([plain, changing, self.maxlen], separators=(",", ":")).encode())
        store.prune()

    def _changing(self) -> Iterator[tuple[str, tuple[int, Sequence[int]]]]:
        """Yield the patterns that change letters where they divide: Hungarian *asszony* is *asz-szony*."""
        for letters, (start, values) in self.patterns.items():
            if any(type(value) is not int for value in values):
                yield letters, (start, values)


@cache
def _shapers() -> tuple[bytes, str]:
    """Return what has a say in how patterns are written down: our own code, and Pyphen's."""
    return Path(__file__).read_bytes(), version("pyphen")


def _told(values: Sequence[int]) -> list[tuple[int, Any]]:
    return [(int(value), getattr(value, "data", None)) for value in values]


def _read(values: Sequence[tuple[int, Any]]) -> list[int]:
    return [pyphen.DataInt(value, data and tuple(data)) for value, data in values]


def remember() -> None:
    """Have Pyphen take what was parsed before, whoever asks it."""
    pyphen.HyphDict = Patterns
