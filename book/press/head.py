"""What a page's margins need to know of the page and of the book."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from book.press.folios import Tally
from book.press.proofs import Group


@dataclass(frozen=True, slots=True)
class Head:
    """A page, as far as its margins are concerned.

    `strings` gives each named string's values set on this page; `before` its value
    at the end of the page before; `starts` the strings that its first elements set.
    """

    recto: bool
    blank: bool
    name: str
    index: int
    groups: tuple[Group, ...]
    tally: Tally
    total: int
    strings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    before: Mapping[str, str] = field(default_factory=dict)
    starts: tuple[str, ...] = ()
    takes_folio: bool = False
    """Whether its folio stands for all with as many figures, and is written when the book is bound."""

    def string(self, name: str, keyword: str) -> tuple[str, ...]:
        """Return the value of `string(name, keyword)` on this page."""
        here = self.strings.get(name, ())
        if keyword == "all-once":
            return here
        if here:
            if keyword == "first" or (keyword == "start" and name in self.starts):
                return (here[0],)
            if keyword == "last":
                return (here[-1],)
            if keyword == "first-except":
                return ()
        return (self.before[name],) if name in self.before else ()
