"""Know titles by the habits that a text itself shows.

What follows a day header is almost surely a title; from all such lines the text's habits are learnt (how
long titles are, how they end, whether a blank line follows them), and a line further down is taken for
another post's title only where it keeps to those habits and the lines around it look like text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from book.almanac import readings
from book.almanac.words import fold
from book.sources._dump.days import looks_like_title
from book.sources._dump.shape import (
    Line,
    begins_small,
    ending,
    is_address,
    is_capitalised,
    is_list_item,
    width,
)

Stretch = Sequence[Line]
"""Lines that begin with what should be a title: after a day header, or after another post's furniture."""

_SENTENCES = re.compile(r"[.!?…] \S|[。！？؟۔]\s*\w")
_SHORT = 40
_LONG = 100


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
    capital: bool
    capitalised: bool  # in all titles, the long words are
    refrains: frozenset[str]  # lines that stand in several stretches: signatures, subheadings


def learn(stretches: Sequence[Stretch], header_gap: int) -> Habits:
    """Learn a text's habits from the lines that are almost surely titles.

    `header_gap` is how many blank lines stand before a day header.
    """
    stretches = [stretch for stretch in stretches if stretch]
    strict = [stretch for stretch in stretches if looks_like_title(stretch[0])]
    short = [stretch for stretch in stretches if len(stretch) > 1 and _is_short_beside(stretch)]
    enough = [stretch for stretch in strict if len(stretch) > 1 or len(strict) < len(stretches)]
    titled = (
        enough if len(strict) * 2 >= len(stretches) else short if len(short) * 3 >= len(stretches) * 2 else []
    )
    titles = [stretch[0].text for stretch in titled]
    widths = [width(title) for title in titles]
    usual = median(widths) if widths else 0
    return Habits(
        titled=bool(titles),
        limit=int(max(80, 2 * usual)),
        likely=max(_SHORT, int(1.3 * max((w for w in widths if w <= max(80, 2 * usual)), default=0))),
        blank_after=_same([stretch[1].gap > 0 for stretch in titled if len(stretch) > 1]),
        gap=_gap([line.gap for stretch in stretches for line in stretch[2:]], header_gap),
        calls=_share(ending(title) == "call" for title in titles) >= 0.3,
        stops=_share(ending(title) == "stop" for title in titles) >= 0.5,
        capital=not any(begins_small(title) for title in titles),
        capitalised=len(titles) > 2 and all(is_capitalised(title) for title in titles),
        refrains=_refrains(stretches) - {fold(title) for title in titles},
    )


def _is_short_beside(stretch: Stretch) -> bool:
    first, second = width(stretch[0].text), width(stretch[1].text)
    return first <= 80 and first * 2 <= second and not is_list_item(stretch[0].text)


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


def _refrains(stretches: Sequence[Stretch]) -> frozenset[str]:
    seen: Counter[str] = Counter()
    for stretch in stretches:
        seen.update({fold(line.text) for line in stretch[1:] if width(line.text) <= _LONG})
    return frozenset(text for text, count in seen.items() if count > 1)


def begins_with_title(stretch: Stretch, habits: Habits) -> bool:
    """Tell whether the first line after a day header is a title."""
    if not stretch or not habits.titled:
        return False
    first = stretch[0]
    if width(first.text) > habits.limit:
        return False
    if looks_like_title(first):
        return True
    one_sentence = ending(first.text) == "stop" and not _SENTENCES.search(first.text)
    narrow = width(first.text) <= habits.likely or habits.stops
    return one_sentence and narrow and len(stretch) > 1 and _is_short_beside(stretch)


def titles_within(stretch: Stretch, habits: Habits) -> list[int]:
    """Return the places of lines that are the titles of further posts, by their looks alone."""
    if not habits.titled:
        return []
    return [
        place
        for place in range(2 if begins_with_title(stretch, habits) else 1, len(stretch) - 1)
        if _could_be_title(stretch[place], habits)
        and _stands_like_title(stretch[place], stretch[place + 1], habits)
        and _is_finished(stretch[place - 1], habits)
        and _is_text(stretch[place + 1], habits)
    ]


def _could_be_title(line: Line, habits: Habits) -> bool:
    text = line.text
    calls = habits.calls or (habits.capitalised and is_capitalised(text))
    ends = {"word": True, "call": calls, "stop": habits.stops}
    return (
        width(text) <= min(habits.likely, habits.limit)
        and ends.get(ending(text), False)
        and any(char.isalnum() for char in text)
        and not (is_list_item(text) or is_address(text) or readings(text))
        and not (habits.capital and begins_small(text))
        and fold(text) not in habits.refrains
    )


def _stands_like_title(line: Line, following: Line, habits: Habits) -> bool:
    if habits.blank_after is not None and habits.blank_after != (following.gap > 0):
        return False
    return line.gap >= habits.gap


def _is_finished(line: Line, habits: Habits) -> bool:
    """Tell whether the text may be at its end with this line."""
    return (
        ending(line.text) in ("stop", "call")
        or is_list_item(line.text)
        or is_address(line.text)
        or fold(line.text) in habits.refrains
        or (ending(line.text) == "word" and width(line.text) > max(_LONG, habits.likely))
    )


def _is_text(line: Line, habits: Habits) -> bool:
    """Tell whether a line looks like the beginning of a post's text."""
    return ending(line.text) != "word" or is_list_item(line.text) or width(line.text) > habits.likely
