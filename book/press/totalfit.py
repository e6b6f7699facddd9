"""Lines broken for the paragraph as a whole, not one by one (Knuth and Plass, 1981).

A paragraph is given by its breakpoints: every place where a line may end, with
what has been set up to there. The choice with the fewest demerits is returned:
even spaces first, then few hyphens, no ladders of them, no abrupt change from a
loose line to a tight one, no last line too short to carry the paragraph.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import NamedTuple


class Breakpoint(NamedTuple):
    """A place where a line may end; the paragraph's end is the last of them.

    `before` is the natural width of all that stands up to here, a hyphen that a
    break would show included; `after` the width that the next line does not have
    to set, a space that the break swallows included. `spaces_before` and
    `spaces_after` count stretchable spaces in the same way. `first` is `before`
    as the first line sets it, if that has a style of its own. Where `forced`, a line ends
    whatever its length.
    """

    before: float
    after: float
    spaces_before: int
    spaces_after: int
    hyphen: bool = False
    first: float | None = None
    forced: bool = False


@dataclass(frozen=True, slots=True)
class Manner:
    """How lines may be set. Stretch and shrink are shares of a space's width."""

    space: float
    stretch: float = 0.5
    shrink: float = 0.22
    tolerances: tuple[float, ...] = (2.0, 4.5, 9.0, inf)
    hyphen: float = 60.0
    ladder: int = 2
    shortest_last: float = 0.0
    scraps: bool = True
    """Whether a last line may be shorter than that, where it must."""


@dataclass(slots=True)
class _Node:
    """A way to have ended a line at `index`, the best of its kind so far.

    The next line begins after so much width, and after so many spaces.
    """

    index: int
    after: float
    spaces: int
    line: int
    fitness: int
    hyphens: int
    demerits: float
    previous: _Node | None


HAIR = 1e-6  # of a pixel: what sums of widths may differ by
_CONSECUTIVE = 3000.0
_ABRUPT = 3000.0
_RUNT = 10000.0
LOOSEST, _SHORTER = 30.0, 1e-3
"""How loose a line counts that nothing fills, as one before a long address: the others are to be even.

Of two such lines the fuller one is better.
"""


def lines(
    breakpoints: Sequence[Breakpoint], widths: Sequence[float], manner: Manner, count: int | None = None
) -> list[int] | None:
    """Return the indices of the breakpoints at which lines end, the last one's included.

    `widths` are the measures of the first lines; the last of them serves all
    lines after. `count` is how many lines there must be. Returns None where no
    tolerance gives lines that fit: such a paragraph is better set greedily.
    """
    for tolerance in manner.tolerances if breakpoints else ():
        end = _search(breakpoints, widths, manner, tolerance, count)
        if end is not None:
            return _indices(end)
    return None


def _indices(end: _Node) -> list[int]:
    found: list[int] = []
    node: _Node | None = end
    while node is not None and node.previous is not None:
        found.append(node.index)
        node = node.previous
    return found[::-1]


def _search(
    breakpoints: Sequence[Breakpoint],
    widths: Sequence[float],
    manner: Manner,
    tolerance: float,
    count: int | None,
) -> _Node | None:
    last, rest = len(breakpoints) - 1, len(widths) - 1
    active = [_Node(-1, 0.0, 0, 0, 1, 0, 0.0, None)]
    for index, here in enumerate(breakpoints):
        best: dict[tuple[int, int, int], _Node] = {}
        open_ones = []
        ends = here.forced or index == last
        for node in active:
            measure = widths[min(node.line, rest)]
            natural = here.before - node.after if node.line or here.first is None else here.first
            spaces = here.spaces_before - node.spaces
            if natural - spaces * manner.space * manner.shrink <= measure + HAIR:
                open_ones.append(node)  # a longer line may still fit
            if not ends and _is_short(measure - natural, spaces, manner, tolerance):
                continue  # which most are, since lines are tried at every place
            found = _set(node, index, here, measure, natural, spaces, manner, tolerance, index == last)
            if found is not None:
                # What comes after is the same whichever line this is, once all have the same measure.
                line = min(found.line, len(widths)) if count is None else found.line
                key = (line, found.fitness, found.hyphens)
                if key not in best or _better(found, best[key]):
                    best[key] = found
        active = [*best.values()] if here.forced else [*open_ones, *best.values()]
        if not active:
            return None
    found_ends = [node for node in active if node.index == last and count in (None, node.line)]
    return min(found_ends, key=lambda node: (node.demerits, node.line), default=None)


def _is_short(short: float, spaces: int, manner: Manner, tolerance: float) -> bool:
    """Tell whether a line is so short that no space may stretch to fill it."""
    if short < HAIR or tolerance > LOOSEST:
        return False
    give = spaces * manner.space * manner.stretch
    return give <= 0 or short / give > tolerance


def _better(one: _Node, other: _Node) -> bool:
    return (one.demerits, one.line) < (other.demerits, other.line)


def _set(
    node: _Node,
    index: int,
    here: Breakpoint,
    measure: float,
    natural: float,
    spaces: int,
    manner: Manner,
    tolerance: float,
    final: bool,
) -> _Node | None:
    """Set the line from `node` to the breakpoint `here`; None where it does not fit."""
    ratio = _ratio(measure - natural, spaces, manner)
    if ratio is None or ratio < -1.0:
        return None
    if (final or here.forced) and ratio > 0:
        ratio = 0.0
    if ratio > tolerance:
        return None
    hyphens = node.hyphens + 1 if here.hyphen else 0
    if hyphens > manner.ladder:
        return None
    badness = 100.0 * abs(ratio) ** 3
    demerits = (10.0 + badness + (manner.hyphen if here.hyphen else 0.0)) ** 2
    if hyphens > 1:
        demerits += _CONSECUTIVE
    fitness = _fitness(ratio)
    if abs(fitness - node.fitness) > 1:
        demerits += _ABRUPT
    if final:
        if natural < manner.shortest_last and not manner.scraps and node.line:
            return None
        demerits += _RUNT if natural < manner.shortest_last else 0.0
        demerits += _CONSECUTIVE if node.hyphens else 0.0
    return _Node(
        index,
        here.after,
        here.spaces_after,
        node.line + 1,
        fitness,
        hyphens,
        node.demerits + demerits,
        node,
    )


def _ratio(short: float, spaces: int, manner: Manner) -> float | None:
    """Return how far spaces stretch (positive) or shrink (to -1), in units of what they may."""
    if abs(short) < HAIR:
        return 0.0
    give = spaces * manner.space * (manner.stretch if short > 0 else manner.shrink)
    if give <= 0:
        return None if short < 0 else LOOSEST + short * _SHORTER
    ratio = short / give
    return ratio if ratio <= LOOSEST else LOOSEST + short * _SHORTER


def _fitness(ratio: float) -> int:
    if ratio < -0.5:
        return 0
    if ratio <= 0.5:
        return 1
    return 2 if ratio <= 1.0 else 3
