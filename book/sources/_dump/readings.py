"""Settle how a text's date lines are read: in one language, in one order of day and month, with a year."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from book.almanac import ORDERS, Reading
from book.errors import BookError
from book.model import Notice
from book.sources._dump.order import heaviest_run
from book.sources._dump.shape import Line

Ways = Mapping[int, tuple[Reading, ...]]
"""The lines that are dates, by their places in the text, with all the ways to read each."""

_COMMON = tuple(re.findall(r"\w+", "en fr de es pt it nl sv nb da fi pl cs ru uk tr ar fa he zh ja ko"))
"""Of languages that write a date alike, the first of these is taken."""

_OWN = {"ja": re.compile("[\u3041-\u30fa]"), "fa": re.compile("[پچژگ]")}
"""Letters that a language does not share with those that write dates as it does."""


@dataclass(frozen=True, slots=True)
class Settled:
    """One reading of each date line, the language they are in, and what was guessed."""

    readings: Mapping[int, Reading]
    language: str | None
    warnings: tuple[Notice, ...] = ()


def settle(
    ways: Ways,
    lines: Sequence[Line],
    path: Path,
    *,
    date_order: str | None,
    language: str | None,
    year: int | None,
) -> Settled:
    """Choose one reading of each line by what the lines say together."""
    language = language or _language(ways, lines)
    ways = {place: _spoken(found, language) for place, found in ways.items()}
    order, warnings = _order(ways, lines, path, date_order)
    one = {place: _best(found, order) for place, found in ways.items()}
    return Settled(_with_years(one, lines, path, year), language, warnings)


def _language(ways: Ways, lines: Sequence[Line]) -> str | None:
    """Return the language that the most lines can be in; of those, one whose own letters the text has."""
    votes: Counter[str] = Counter()
    for found in ways.values():
        languages = {lang: 2 if way.agrees else 1 for way in found for lang in way.languages}
        votes.update(languages)
    if not votes:
        return None
    best = [language for language, count in votes.items() if count == max(votes.values())]
    own = [lang for lang in best if lang in _OWN and any(_OWN[lang].search(line.text) for line in lines)]
    ranks = {language: rank for rank, language in enumerate(_COMMON)}
    return min(own or best, key=lambda lang: (ranks.get(lang, len(ranks)), lang))


def _spoken(found: tuple[Reading, ...], language: str | None) -> tuple[Reading, ...]:
    """Keep the readings in the text's language, if the line has one; of those, such as fit their weekday."""
    kept = [way for way in found if language in way.languages or not way.languages] or list(found)
    return tuple([way for way in kept if way.agrees] or kept)


def _best(found: tuple[Reading, ...], order: str | None) -> Reading:
    return min(found, key=lambda way: (way.date is None, way.order not in ("words", order)))


def _order(
    ways: Ways, lines: Sequence[Line], path: Path, wanted: str | None
) -> tuple[str | None, tuple[Notice, ...]]:
    """Find out which number is the month's, where that is in question."""
    numeric = {place: found for place, found in ways.items() if found[0].order != "words"}
    doubtful = [place for place, found in numeric.items() if len({way.date for way in found}) > 1]
    if not doubtful or wanted:
        return wanted, ()
    fits = {
        order: sum(any(w.order == order for w in found) for found in numeric.values()) for order in ORDERS
    }
    best = [order for order in ORDERS if fits[order] == max(fits.values())]
    if len(best) == 1:
        return best[0], ()
    runs = {order: _run([_best(found, order) for found in numeric.values()]) for order in best}
    chosen = max(best, key=lambda order: runs[order])
    return chosen, (_doubt(lines[doubtful[0]], ways[doubtful[0]], chosen, path),)


def _run(found: Sequence[Reading]) -> float:
    days = [way.date for way in found if way.date]
    return max(heaviest_run(days, [1.0] * len(days), falling=falling)[0] for falling in (True, False))


def _doubt(line: Line, found: Sequence[Reading], chosen: str, path: Path) -> Notice:
    taken = _best(tuple(found), chosen)
    other = next(way for way in found if way.date != taken.date)
    return Notice(
        f"`{line.text}` could be {taken.date} or {other.date}: all such days are read like {taken.date}",
        path,
        line.number,
        f"say which it is with `--option date-order={chosen}` or `--option date-order={other.order}`",
    )


def _with_years(
    found: Mapping[int, Reading], lines: Sequence[Line], path: Path, year: int | None
) -> dict[int, Reading]:
    """Where no date has a year, count from that of the file's name; else keep the dates that have one."""
    dated = {place: way for place, way in found.items() if way.year is not None}
    if dated or not found:
        return dated
    places = sorted(found)
    first = year or _year_in(path.stem) or _year_in(" ".join(line.text for line in lines[: places[0]]))
    if first is None:
        hint = "begin the file's name with the year, or say it with `--option year=2017`"
        raise BookError("these days have no year", path=path, line=lines[places[0]].number, hint=hint)
    return _counted([found[place] for place in places], places, first)


def _counted(found: Sequence[Reading], places: Sequence[int], year: int) -> dict[int, Reading]:
    """Count years along days that fall or rise; the first day is in `year`."""
    rises = [(b.month, b.day) > (a.month, a.day) for a, b in pairwise(found)]
    falls = [(b.month, b.day) < (a.month, a.day) for a, b in pairwise(found)]
    falling = sum(falls) >= sum(rises)
    counted = {places[0]: replace(found[0], year=year)}
    for place, way, rises_here, falls_here in zip(places[1:], found[1:], rises, falls, strict=True):
        year += -int(rises_here) if falling else int(falls_here)
        counted[place] = replace(way, year=year)
    return counted


def _year_in(text: str) -> int | None:
    years = set(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", text))
    return int(years.pop()) if len(years) == 1 else None
