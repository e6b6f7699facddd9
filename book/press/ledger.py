"""Many small findings in one entry of a store: a file for each would take longer than finding them again."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar

from book.press.store import Store, key

T = TypeVar("T")

MOST = 40_000
"""Findings that are kept at the most: those of the last use first."""


class Ledger:
    """What was found out before, by what it was found of; values are what JSON holds.

    `name` tells the ledger from others, `shapers` all that shapes findings besides what they
    are found of. Nothing is kept before `save`.
    """

    def __init__(self, store: Store, name: str, *shapers: object) -> None:
        self._store, self._name = store, key("ledger", name, shapers)
        self._known = self._read()
        self._used: dict[str, Any] = {}

    def _read(self) -> dict[str, Any]:
        try:
            known = json.loads(self._store.get(self._name) or b"{}")
        except ValueError:
            return {}
        return known if isinstance(known, dict) else {}

    def found(self, find: Callable[[], T], *of: object) -> T:
        """Return what was found of these, or find it."""
        name = key(*of)
        value: Any = self._known[name] if name in self._known else find()
        self._used[name] = value
        return value  # type: ignore[no-any-return]

    def save(self) -> None:
        """Remember what was used now, and of the rest what there is room for."""
        kept = dict(list((self._used | self._known).items())[:MOST]) | self._used
        if kept.keys() != self._known.keys():
            self._store.put(self._name, json.dumps(kept, separators=(",", ":")).encode())
