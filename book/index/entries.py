"""The headings of an index, gathered from the book and put in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count, groupby

from book.index.collation import Collation
from book.index.letters import Heading, Letter, Locator
from book.index.phrases import Path
from book.index.terms import Term, named


@dataclass(slots=True)
class _Node:
    """A heading in work."""

    term: str
    ident: str
    sort: str | None = None
    locators: list[Locator] = field(default_factory=list)
    see: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    children: dict[str, _Node] = field(default_factory=dict)


class Entries:
    """The headings of an index, by their words in whatever case."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._root = _Node("", "index")
        self._numbers = count(1)
        for term in terms:
            node = self._node(term.path)
            node.sort, node.see, node.also = term.sort, term.see, term.also

    def add(self, path: Path, locator: Locator) -> None:
        """Add a place to a heading."""
        self._node(path).locators.append(locator)

    def letters(self, collation: Collation) -> tuple[Letter, ...]:
        """Return the headings that have something to say, in the order of the language."""
        return grouped(self._headings(self._root, collation), collation)

    def _node(self, path: Path) -> _Node:
        node = self._root
        for name in path:
            if name.casefold() not in node.children:
                node.children[name.casefold()] = _Node(name, f"index.{next(self._numbers)}")
            node = node.children[name.casefold()]
        return node

    def _find(self, written: str) -> tuple[str, _Node] | None:
        node, names = self._root, []
        for name in named(written):
            if name not in node.children:
                return None
            node = node.children[name]
            names.append(node.term)
        return ": ".join(names), node

    def _headings(self, node: _Node, collation: Collation) -> list[tuple[str, Heading]]:
        made = []
        for child in node.children.values():
            heading = Heading(
                ident=child.ident,
                term=child.term,
                locators=tuple(child.locators),
                see=tuple(self._referred(child.see)),
                also=tuple(self._referred(child.also)),
                children=tuple(one for _, one in self._headings(child, collation)),
            )
            if heading.locators or heading.see or heading.also or heading.children:
                made.append((child.sort or child.term, heading))
        return sorted(made, key=lambda pair: (collation.key(pair[0]), pair[1].term))

    def _referred(self, names: Sequence[str]) -> Iterator[tuple[str, str]]:
        for name in names:
            if (found := self._find(name)) and _says(found[1]):
                yield found[0], found[1].ident


def _says(node: _Node) -> bool:
    """Tell whether a heading will stand in the index."""
    return bool(node.locators or node.also) or any(map(_says, node.children.values()))


def grouped(ordered: Sequence[tuple[str, Heading]], collation: Collation) -> tuple[Letter, ...]:
    """Put headings, each with what it sorts by, under their letters."""
    runs = groupby(ordered, key=lambda pair: collation.letter(pair[0]))
    return tuple(Letter(letter, tuple(heading for _, heading in run)) for letter, run in runs)
