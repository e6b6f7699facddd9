"""Journal.TXT: a diary in one text file, a small header before each day, its text in Markdown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from book.almanac import Reading, readings
from book.dates import date_of
from book.errors import BookError
from book.model import Draft, Gathered, Notice, Origin, When
from book.sources._unknown import read

_KEYS = {"year": "year", "month": "month", "day": "day", "week": "week", "julian": "julian", "date": "date"}
_KEYS |= {key[0]: key for key in ("year", "month", "day", "week", "julian")}
_ROW = re.compile(rf"[ \t]*(?P<key>{'|'.join(_KEYS)})[ \t]*:[ \t]*(?P<value>.*?)[ \t]*", re.IGNORECASE)
_NAMED = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2}))?(?:[-_ ].*)?")
_HINT = "write the whole date once, as `year`, `month` and `day`, or as `date: 2017-07-19`"


@dataclass(frozen=True, slots=True)
class _Entry:
    """A day's header, what its keys say, and its text."""

    line: int
    keys: dict[str, str]
    body: str
    body_line: int


def recognises(source: Path) -> bool:
    """Tell whether a file begins with a header that says a day in Journal.TXT's manner, and nothing else."""
    if not source.is_file():
        return False
    try:
        rows = read(source)[0].split("\n")
    except BookError:
        return False
    first = next((number for number, row in enumerate(rows) if row.strip()), 0)
    head = _keys_at(rows, first)
    return head is not None and (set(head[0]) != {"date"} or len(list(_entries(rows))) > 1)


def gather(source: Path, *, encoding: str | None = None) -> Gathered:
    """Gather the days of a journal; a day takes over what it does not say from the one before it.

    `encoding` says how the file is written, where that is guessed wrongly.
    """
    known: dict[str, str] = {}
    if match := _NAMED.fullmatch(source.stem):
        known = {key: value for key, value in match.groupdict().items() if value}
    drafts: list[Draft] = []
    text, told = read(source, encoding)
    warnings = [*told]
    for entry in _entries(text.split("\n")):
        known = _carried(known, entry.keys)
        when, warning = _when(known, entry, source)
        warnings += [warning] if warning else []
        drafts.append(Draft("", when, entry.body, Origin(source, entry.body_line)))
    return Gathered(tuple(_named(drafts)), warnings=tuple(warnings))


def _entries(rows: list[str]) -> Iterator[_Entry]:
    heads = [(number, *found) for number in range(len(rows)) if (found := _keys_at(rows, number))]
    ends = [number for number, _, _ in heads[1:]] + [len(rows)]
    for (number, keys, after), end in zip(heads, ends, strict=True):
        start = next((place for place in range(after, end) if rows[place].strip()), end)
        yield _Entry(number + 1, keys, "\n".join(rows[start:end]).rstrip(), start + 1)


def _keys_at(rows: list[str], number: int) -> tuple[dict[str, str], int] | None:
    """Return what a header that begins at a row says, and the row after it; None if none begins there."""
    if rows[number].rstrip() != "---":
        return None
    keys: dict[str, str] = {}
    for place in range(number + 1, len(rows)):
        if rows[place].rstrip() == "---":
            return (keys, place + 1) if keys else None
        match = _ROW.fullmatch(rows[place])
        if match is None:
            return None
        keys[_KEYS[match["key"].lower()]] = match["value"]
    return None


def _carried(known: dict[str, str], keys: dict[str, str]) -> dict[str, str]:
    """Add what a header says to what was known: a month ends the day before it, a year the month."""
    order = ("year", "month", "week", "day", "julian", "date")
    first = min((order.index(key) for key in keys), default=len(order))
    kept = {key: value for key, value in known.items() if order.index(key) < first}
    return kept | keys


def _when(known: dict[str, str], entry: _Entry, source: Path) -> tuple[When, Notice | None]:
    try:
        found = _day(known)
    except (ValueError, KeyError, OverflowError) as error:
        raise BookError("this day has no whole date", path=source, line=entry.line, hint=_HINT) from error
    if not isinstance(found, Reading):
        return found, None
    if found.date is None:
        raise BookError("there is no such day", path=source, line=entry.line, hint=_HINT)
    wrong = Notice(f"{found.date} was a {found.date:%A}", source, entry.line)
    return found.date, wrong if found.agrees is False else None


def _day(known: dict[str, str]) -> When | Reading:
    """Work out a day from what is known of it; raise ValueError or KeyError if that is too little."""
    if "date" in known:
        return date_of(known["date"])
    if "julian" in known:
        return date(int(known["year"]), 1, 1) + timedelta(days=int(known["julian"]) - 1)
    if "week" in known:
        return date.fromisocalendar(int(known["year"]), int(known["week"]), 1)
    weekday, number = re.sub(r"\d+", "", known["day"]), "".join(re.findall(r"\d+", known["day"])[:1])
    numeric = known["month"].isdigit()
    date_words = (
        f"{known['year']}-{known['month']}-{number}"
        if numeric
        else f"{number} {known['month']} {known['year']}"
    )
    found = readings(f"{weekday} {date_words}")
    if not found:
        raise ValueError(date_words)
    return next((one for one in found if one.agrees), found[0])


def _named(drafts: list[Draft]) -> Iterator[Draft]:
    """Give each day an identity, and a number to those that share one."""
    days = [str(draft.date)[:10] for draft in drafts]
    shared, count = Counter(days), Counter[str]()
    for day, draft in zip(days, drafts, strict=True):
        count[day] += 1
        order = count[day] if shared[day] > 1 else None
        yield replace(draft, source=f"journal:{day}/{count[day]}", order=order)
