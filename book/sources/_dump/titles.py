"""Know titles by the habits of their text.

What follows a day header is almost surely a title. A line further down is taken for another post's title
only where it keeps to the habits of those, and the lines around it look like text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from book.almanac import readings
from book.almanac.words import fold
from book.sources._dump.days import looks_like_title
from book.sources._dump.habits import LONG, Habits, Stretch, is_short_beside
from book.sources._dump.shape import (
    Line,
    begins_small,
    ending,
    is_address,
    is_capitalised,
    is_list_item,
    odd_signs,
    width,
)

_SENTENCES = re.compile(r"[.!?…] \S|[。！？؟۔]\s*\w")
_FEWEST_HEADINGS = 3


def begins_with_title(stretch: Stretch, habits: Habits) -> bool:
    """Tell whether the first line after a day header is a title."""
    if not stretch or not habits.titled:
        return False
    text = stretch[0].text
    if looks_like_title(stretch[0]):
        return width(text) <= habits.limit or (len(stretch) > 1 and width(text) < width(stretch[1].text))
    one_sentence = ending(text) == "stop" and not _SENTENCES.search(text)
    return one_sentence and (width(text) <= habits.likely or habits.stops) and is_short_beside(stretch)


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


def has_headings(stretches: Sequence[Stretch], habits: Habits) -> bool:
    """Tell whether posts of this text have headings within: lines like titles, that come again and again."""
    anything = replace(habits, refrains=frozenset())
    found = [stretch[place] for stretch in stretches for place in titles_within(stretch, anything)]
    again = sum(fold(line.text) in habits.refrains for line in found)
    return again >= max(_FEWEST_HEADINGS, 0.15 * len(found))


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
        and odd_signs(text) <= habits.odd
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
        or (ending(line.text) == "word" and width(line.text) > max(LONG, habits.likely))
    )


def _is_text(line: Line, habits: Habits) -> bool:
    """Tell whether a line looks like the beginning of a post's text."""
    return ending(line.text) != "word" or is_list_item(line.text) or width(line.text) > habits.likely
