"""Find the day headers of a text: lines that are dates, are written alike, and stand in an order.

A date inside a post's text is told apart by its form, by its place, or because the order of days does
not hold with it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from statistics import median

from book.almanac import Reading, readings
from book.errors import BookError
from book.model import Notice, When
from book.sources._dump.furniturewords import after_byline
from book.sources._dump.order import heaviest_run
from book.sources._dump.readings import settle
from book.sources._dump.shape import Line, ending, is_list_item, width

_TITLE_WIDTH = 200
_BYLINE = 12
"""Words in which a date ends that says when a post was published."""
_FAR = 3 * 366
_ALIKE, _UNLIKE = 10.0, 1.0


@dataclass(frozen=True, slots=True)
class DayHeader:
    """A day header: its place among the lines that are not blank, its line, and what it says."""

    place: int
    line: Line
    when: When

    @property
    def day(self) -> date:
        """The day on the author's wall clock."""
        return self.when.date() if isinstance(self.when, datetime) else self.when


@dataclass(frozen=True, slots=True)
class Days:
    """The day headers of a text in the order they stand, and what they tell of it."""

    headers: tuple[DayHeader, ...]
    newest_first: bool | None
    language: str | None
    warnings: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    place: int
    line: Line
    reading: Reading
    family: str
    apart: bool  # a blank line stands before it, or nothing
    listed: bool  # another date stands next to it
    titled: bool  # what follows looks like a title

    @property
    def likelihood(self) -> float:
        return (1.0 if self.apart else 0.4) * (0.2 if self.listed else 1.0) * (1.0 if self.titled else 0.6)


def looks_like_title(line: Line) -> bool:
    """Tell whether a line could be a title at all: short, not a sentence, not an item of a list."""
    return (
        width(line.text) <= _TITLE_WIDTH
        and ending(line.text) in ("word", "call")
        and not is_list_item(line.text)
    )


def dates_in(lines: Sequence[Line]) -> dict[int, tuple[Reading, ...]]:
    """Return the lines that are dates, by their places, with all the ways to read each.

    Where none is, those that tell who published what when: `Posted on May 3, 2016 by Ann`.
    """
    found = {place: ways for place, line in enumerate(lines) if (ways := readings(line.text))}
    return found or {place: ways for place, line in enumerate(lines) if (ways := _in_byline(line.text))}


def _in_byline(text: str) -> tuple[Reading, ...]:
    """Return the ways to read the date after the words that say that a post was published."""
    words = after_byline(text).split()[:_BYLINE]
    ways = (readings(" ".join(words[:end])) for end in range(len(words), 0, -1))
    return next((tuple(found) for found in ways if found), ())


def find_days(
    lines: Sequence[Line],
    path: Path,
    *,
    date_order: str | None = None,
    language: str | None = None,
    year: int | None = None,
    newest_first: bool | None = None,
) -> Days:
    """Find the day headers among the lines of a text."""
    settled = settle(dates_in(lines), lines, path, date_order=date_order, language=language, year=year)
    candidates = [_candidate(place, lines, settled.readings) for place in sorted(settled.readings)]
    if not candidates:
        return Days((), None, settled.language)
    family = _family(candidates)
    apart = _stand_apart([one for one in candidates if one.family == family])
    likely = [one for one in candidates if _may_be_header(one, family, apart)]
    _refuse_impossible([one for one in likely if one.family == family], path)
    likely = [one for one in likely if one.reading.date]
    chosen, falling = _in_order(likely, family, newest_first)
    chosen = _without_outlier(chosen)
    warnings = (*settled.warnings, *_warnings(chosen, candidates, family, path))
    headers = tuple(DayHeader(one.place, one.line, one.reading.when) for one in chosen if one.reading.when)
    return Days(headers, falling, settled.language, warnings)


def _candidate(place: int, lines: Sequence[Line], found: Mapping[int, Reading]) -> _Candidate:
    line = lines[place]
    following = lines[place + 1] if place + 1 < len(lines) else None
    titled = following is not None and place + 1 not in found and looks_like_title(following)
    listed = place - 1 in found or place + 1 in found
    apart = line.gap > 0 or place == 0
    return _Candidate(place, line, found[place], _family_of(found[place]), apart, listed, titled)


def _family_of(reading: Reading) -> str:
    """Reduce a form to what headers of one text share: `7th October` and `1 October,` are written alike."""
    before = re.match(r"[^\w]*", reading.form)
    parts = re.sub(r"[^EMNYT]" if reading.order == "words" else r"[^EMNYT/.-]", "", reading.form)
    return f"{before[0].strip() if before else ''} {parts.strip('.-')}"


def _family(candidates: Sequence[_Candidate]) -> str:
    """Return the form in which the day headers are written: the commonest, by places that suit a header."""
    scores: dict[str, float] = defaultdict(float)
    for one in candidates:
        scores[one.family] += one.likelihood
    scores[candidates[0].family] += 0.5
    return max(scores, key=lambda family: scores[family])


def _stand_apart(alike: Sequence[_Candidate]) -> bool:
    """Tell whether day headers have a blank line before them, by those that are surely such."""
    sure = [one for one in alike if one.titled] or alike
    return sum(one.apart for one in sure) >= 0.75 * len(sure)


def _may_be_header(one: _Candidate, family: str, apart: bool) -> bool:
    return (one.apart or not apart) and (one.family == family or (one.titled and not one.listed))


def _refuse_impossible(candidates: Sequence[_Candidate], path: Path) -> None:
    hint = "correct the day; if it is no day header, put it into a line with other words"
    wrong = tuple(
        Notice(f"there is no such day as `{one.line.text}`", path, one.line.number, hint)
        for one in candidates
        if one.reading.date is None
    )
    if wrong:
        raise BookError.of(wrong)


def _in_order(
    likely: Sequence[_Candidate], family: str, newest_first: bool | None
) -> tuple[list[_Candidate], bool | None]:
    """Choose the candidates in whose days there is an order, and find out which order it is."""
    days = _moments(likely)
    weights = [(_ALIKE if one.family == family else _UNLIKE) * one.likelihood for one in likely]
    runs = {falling: heaviest_run(days, weights, falling=falling) for falling in (True, False)}
    if newest_first is None:
        difference = runs[True][0] - runs[False][0]
        falling = difference > 0 if abs(difference) > 1e-9 else None
    else:
        falling = newest_first
    return [likely[place] for place in runs[falling is not False][1]], falling


def _moments(likely: Sequence[_Candidate]) -> list[date]:
    """Give what to compare: days, or moments of wall clock where all have a time."""
    whens = [one.reading.when for one in likely]
    if all(isinstance(when, datetime) for when in whens):
        return [when.replace(tzinfo=None) for when in whens if isinstance(when, datetime)]
    return [one.reading.date for one in likely if one.reading.date]


def _without_outlier(chosen: list[_Candidate]) -> list[_Candidate]:
    """Drop a last date that is years from all others and has no title: the last post's text holds it."""
    days = [one.reading.date for one in chosen if one.reading.date]
    if len(chosen) < 2 or chosen[-1].titled:
        return chosen
    gaps = [abs((b - a).days) for a, b in pairwise(days)]
    usual = median(gaps[:-1]) if len(gaps) > 1 else 0
    return chosen[:-1] if gaps[-1] > max(_FAR, 30 * usual) else chosen


def _warnings(
    chosen: Sequence[_Candidate], candidates: Sequence[_Candidate], family: str, path: Path
) -> list[Notice]:
    places = {one.place for one in chosen}
    return [
        Notice(message, path, one.line.number, hint)
        for one in candidates
        for message, hint in _remarks(one, one.place in places, family)
    ]


def _remarks(one: _Candidate, chosen: bool, family: str) -> list[tuple[str, str | None]]:
    found: list[tuple[str, str | None]] = []
    if chosen and one.reading.agrees is False and one.reading.date:
        found.append((f"`{one.line.text}` was a {one.reading.date:%A}", "correct the day or the weekday"))
    if chosen and one.family != family:
        found.append(
            (f"`{one.line.text}` was taken for a day header, though others are written otherwise", None)
        )
    if not chosen and one.family == family:
        message = f"`{one.line.text}` was taken for text: as a day header, it would stand in the wrong place"
        found.append((message, None))
    return found
