"""Page counters, carried from page to page and from gathering to gathering."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from book.model import Sheet

Tally = Mapping[str, int]
"""The values of the page counters on one page: `page`, and any that a theme counts pages with."""

Counting = tuple[Tally, ...]
"""A tally for each page of a gathering."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one page does to the page counters: reset, set, then count on."""

    resets: tuple[tuple[str, int], ...] = ()
    sets: tuple[tuple[str, int], ...] = ()
    increments: tuple[tuple[str, int], ...] = (("page", 1),)

    def after(self, tally: Tally) -> Tally:
        """Return the counters of the page that follows one with `tally`."""
        values = dict(tally) | dict(self.resets) | dict(self.sets)
        for name, by in self.increments:
            values[name] = values.get(name, 0) + by
        return values


def count(steps: Iterable[Step], before: Tally, restarts: Mapping[int, int] | None = None) -> Counting:
    """Number pages: `before` is the tally of the page before the first.

    `restarts` gives the number with which numbering begins anew on the page of that index.
    """
    tallies: list[Tally] = []
    tally = before
    for index, step in enumerate(steps):
        if restarts and index in restarts:
            tally = dict(tally) | {"page": restarts[index] - 1}
        tally = step.after(tally)
        tallies.append(tally)
    return tuple(tallies)


def like(folio: int) -> int:
    """Return the number that stands for all with as many figures."""
    return int("8" * len(str(folio)))


def running_counters(sheets: Sequence[Sheet]) -> frozenset[str]:
    """Return the names of counters that style sheets count with, besides WeasyPrint's own."""
    found: set[str] = set()
    for sheet in sheets:
        for declared in re.findall(r"counter-(?:increment|reset|set)\s*:\s*([^;}]*)", sheet.text):
            found |= {
                word for word in declared.replace("!important", "").split() if not re.match(r"[-+]?\d", word)
            }
    return frozenset(found - {"page", "pages", "footnote", "note", "list-item", "none", "inherit", "initial"})
