"""Find where a page's furniture stands: under posts or under their titles; and keep it apart from text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from book.almanac.words import fold
from book.sources._dump.days import looks_like_title
from book.sources._dump.furniturewords import strength
from book.sources._dump.shape import Line

Run = tuple[int, int]
"""Lines of furniture that stand together, as places: from, up to."""


class Furniture:
    """Where the furniture stands in a text, learnt from all its days.

    Furniture in the midst of a day is such only where most days have it at their end or under their first
    title; then it also tells where posts begin.
    """

    def __init__(self, days: Sequence[Sequence[Line]]) -> None:
        days = [day for day in days if day]
        endings = Counter(fold(day[-1].text) for day in days if strength(day[-1].text))
        self._refrains = {text for text, count in endings.items() if count > 1 and count * 3 >= len(days)}
        runs = [(day, self._runs(day)) for day in days]
        footers = sum(any(_is_footer(run, day) for run in found) for day, found in runs)
        bylines = sum(any(_is_byline(run, day) for run in found) for day, found in runs)
        self.under_posts = footers * 2 >= len(days) > 0 and footers > 0
        self.under_titles = bylines * 2 >= len(days) > 0 and bylines > 0
        self.ends_posts = max(footers, bylines) * 5 >= len(days) * 4 > 0

    def _runs(self, day: Sequence[Line]) -> list[Run]:
        """Return the stretches of furniture that are surely such, or a refrain at the days' ends."""
        found: list[Run] = []
        for furnished, places in groupby(
            range(len(day)), key=lambda place: strength(day[place].text) is not None
        ):
            listed = list(places)
            run = (listed[0], listed[-1] + 1)
            if furnished and self._counts(day, run):
                found.append(run)
        return found

    def _counts(self, day: Sequence[Line], run: Run) -> bool:
        texts = [line.text for line in day[slice(*run)]]
        if any(strength(text) == "sure" for text in texts):
            return True
        return run[1] == len(day) and any(fold(text) in self._refrains for text in texts)

    def stretches(self, day: Sequence[Line]) -> list[tuple[tuple[Line, ...], tuple[Line, ...]]]:
        """Part a day where furniture says that a post begins; give text and furniture of each part."""
        runs, begins = self._judge(day)
        apart = {place for run in runs for place in range(*run)}
        found = []
        for begin, end in zip(begins, [*begins[1:], len(day)], strict=True):
            places = range(begin, end)
            text = tuple(day[place] for place in places if place not in apart)
            found.append((text, tuple(day[place] for place in places if place in apart)))
        return found

    def _judge(self, day: Sequence[Line]) -> tuple[list[Run], list[int]]:
        """Choose the runs that are furniture, and find the places where posts begin."""
        kept: list[Run] = []
        begins = [0]
        for run in self._runs(day):
            if _is_byline(run, day) or _is_footer(run, day) or run[0] - 1 == begins[-1]:
                kept.append(run)
            elif self.under_posts:
                kept.append(run)
                begins.append(run[1])
            elif self.under_titles and looks_like_title(day[run[0] - 1]):
                kept.append(run)
                begins.append(run[0] - 1)
        return kept, begins


def _is_footer(run: Run, day: Sequence[Line]) -> bool:
    return run[1] == len(day)


def _is_byline(run: Run, day: Sequence[Line]) -> bool:
    return run[0] <= 1 and run[1] < len(day)
