"""What may be changed for a page's sake, and within what limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from book.press.engine.lines import Fitted
from book.press.engine.shrinking import Picture
from book.press.paragraphs import Ending, Wish, divides

_ROUNDS = 4
"""How many other divisions of words are avoided for one line's sake."""

Lines = Mapping[Fitted, tuple[Sequence[Ending], Wish | None]]


@dataclass(frozen=True, slots=True)
class Change:
    """Other lines for some paragraphs, pages a line short or long, a picture and how much smaller it is."""

    lines: Lines
    short: frozenset[int] = frozenset()
    long: frozenset[int] = frozenset()
    picture: tuple[Picture, float] | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What a style sheet allows."""

    lines: int
    spaces: float
    last_page: int
    picture: float = 1.0

    @classmethod
    def of(cls, style: Any) -> Limits | None:
        """Read the limits from the root element's style; None where there are none."""
        found = [token.value for token in style["__nudges"] if token.type == "number"]
        if len(found) not in (3, 4) or found[0] < 1:
            return None
        return cls(int(found[0]), float(found[1]), int(found[2]), *map(float, found[3:]))


def unbroken(fitted: Fitted, place: int, spaces: float) -> tuple[Sequence[Ending], Wish] | None:
    """Choose lines of which the one that ended at `place` ends with a whole word, None where none do."""
    number, whole = [ending.stop for ending in fitted.chosen].index(place), {place}
    for _ in range(_ROUNDS):
        wish = Wish(None, spaces, frozenset(whole))
        chosen = fitted.choose(wish)
        if chosen is None:
            return None
        if number >= len(chosen) or not divides(fitted.paragraph.text, chosen[number]):
            return chosen, wish
        whole.add(chosen[number].stop)
    return None


def others(fitted: Sequence[Fitted], lines: int, by: int, spaces: float) -> Iterator[Change]:
    """Give ways to set so many of these paragraphs in a line more or less, longest ones first."""
    able: list[tuple[Fitted, Sequence[Ending], Wish]] = []
    for one in sorted(fitted, key=lambda one: -len(one.chosen)):
        if len(one.chosen) < 2 or one.wish is not None:
            continue
        wish = Wish(len(one.chosen) + 1 + by, spaces)
        chosen = one.choose(wish)
        if chosen is not None:
            able.append((one, chosen, wish))
        if len(able) > lines:
            break
    for some in combinations(able, lines):
        yield Change({one: (chosen, wish) for one, chosen, wish in some})


def pairs(lines: int, most: int) -> Iterator[int]:
    """Give how many pages may be a line short to make up for so many lines: two and two, if they can."""
    yield from (count for count in range(lines + lines % 2, most + 1, 2))
    if lines <= most:
        yield most


def write(lines: Lines) -> None:
    """Set paragraphs in these lines."""
    for fitted, (chosen, wish) in lines.items():
        fitted.write(chosen, wish)
