"""The habits of a text: how its titles look and how its lines are set apart, learnt from what is certain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from book.almanac.words import fold
from book.sources._dump.days import looks_like_title
from book.sources._dump.shape import (
    Line,
    begins_small,
    ending,
    is_capitalised,
    is_list_item,
    odd_signs,
    width,
)

Stretch = Sequence[Line]
"""Lines that begin with what should be a title: after a day header, or after another post's furniture."""

SHORT = 40
LONG = 100
_WIDEST_SURE = 80


@dataclass(frozen=True, slots=True)
class Habits:
    """How titles look in one text, and how its lines are set apart."""

    titled: bool
    limit: int  # no title is wider
    likely: int  # few titles are wider
    blank_after: bool | None  # None: it varies
    gap: int  # blank lines that stand before a post, at the least
    calls: bool  # titles may be questions
    stops: bool  # titles may end with a full stop
    capital: bool  # titles begin with a capital
    capitalised: bool  # so do their long words
    odd: frozenset[str]  # signs in titles that are rare in titles elsewhere
    refrains: frozenset[str]  # lines that stand in several stretches: signatures, subheadings


def learn(stretches: Sequence[Stretch], header_gap: int) -> Habits:
    """Learn a text's habits from the lines that are almost surely titles.

    `header_gap` is how many blank lines stand before a day header.
    """
    stretches = [stretch for stretch in stretches if stretch]
    titled = _titled(stretches)
    titles = [stretch[0].text for stretch in titled]
    widths = [width(title) for title in titles]
    limit = int(max(_WIDEST_SURE, 2 * median(widths or [0])))
    return Habits(
        titled=bool(titles),
        limit=limit,
        likely=max(SHORT, int(1.3 * max((w for w in widths if w <= limit), default=0))),
        blank_after=_same([stretch[1].gap > 0 for stretch in titled if len(stretch) > 1]),
        gap=_gap([line.gap for stretch in stretches for line in stretch[2:]], header_gap),
        calls=_share(ending(title) == "call" for title in titles) >= 0.3,
        stops=_share(ending(title) == "stop" for title in titles) >= 0.5,
        capital=_share(begins_small(title) for title in titles) < 0.05,
        capitalised=len(titles) > 2 and all(is_capitalised(title) for title in titles),
        odd=_frequent([odd_signs(title) for title in titles]),
        refrains=_refrains(stretches) - {fold(title) for title in titles},
    )


def _titled(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Return the stretches that surely begin with a title; none, if that is not the rule in this text."""
    strict = [stretch for stretch in stretches if looks_like_title(stretch[0])]
    if len(strict) * 2 >= len(stretches):
        return [stretch for stretch in strict if len(stretch) > 1 or len(strict) < len(stretches)]
    short = [stretch for stretch in stretches if is_short_beside(stretch)]
    return short if len(short) * 3 >= len(stretches) * 2 else []


def is_short_beside(stretch: Stretch) -> bool:
    """Tell whether a stretch begins with a line much shorter than the next, as a title is."""
    if len(stretch) < 2 or is_list_item(stretch[0].text):
        return False
    first, second = width(stretch[0].text), width(stretch[1].text)
    return first <= _WIDEST_SURE and first * 2 <= second


def _same(values: Sequence[bool]) -> bool | None:
    share = _share(values)
    return True if share >= 0.9 else False if share <= 0.1 else None


def _share(values: Iterable[bool]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0


def _gap(gaps: Sequence[int], header_gap: int) -> int:
    """Return how many blank lines stand before a post: as many as before a paragraph, at the least."""
    usual = commonest(gaps)
    return max(usual, min(header_gap, 1)) if any(gaps) else usual


def commonest(values: Iterable[int]) -> int:
    """Return the number that is met most often; 0 if there is none."""
    counted = Counter(values).most_common(1)
    return counted[0][0] if counted else 0


def _frequent(found: Sequence[frozenset[str]]) -> frozenset[str]:
    """Return the signs that one title in twenty has."""
    counted = Counter(sign for signs in found for sign in signs)
    return frozenset(sign for sign, count in counted.items() if count * 20 >= len(found))


def _refrains(stretches: Sequence[Stretch]) -> frozenset[str]:
    seen: Counter[str] = Counter()
    for stretch in stretches:
        seen.update({fold(line.text) for line in stretch[1:] if width(line.text) <= LONG})
    return frozenset(text for text, count in seen.items() if count > 1)
