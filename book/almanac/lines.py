"""Read a line that is a date and nothing else, in any language and any usual form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timezone
from functools import lru_cache
from itertools import pairwise

from book.almanac import tokens
from book.almanac.tokens import Token
from book.model import When

ORDERS = ("dmy", "mdy", "ymd")
"""The orders in which a date may be written with numbers alone."""

_WIDEST = 80
_UNITS = {"年": "year", "月": "month", "日": "day", "년": "year", "월": "month", "일": "day"}
_BETWEEN_NUMBERS = set("-–—/.")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a date line.

    `languages` are those in which it reads so (none: it has no words). `form` tells lines apart that
    are written differently: N(umber), Y(ear), M(onth), E (weekday) and T(ime), and all else as it is.
    `order` is one of `ORDERS` where the month is a number, else `words`. `year` may be unknown, and
    the day need not exist.
    """

    year: int | None
    month: int
    day: int
    form: str
    order: str
    languages: frozenset[str] = frozenset()
    weekday: int | None = None
    clock: time | None = None
    zone: timezone | None = None

    @property
    def date(self) -> date | None:
        """The day, if there is such a day."""
        try:
            return date(self.year, self.month, self.day) if self.year else None
        except ValueError:
            return None

    @property
    def when(self) -> When | None:
        """The day, with the time if one is written."""
        day = self.date
        return datetime.combine(day, self.clock, self.zone) if day and self.clock else day

    @property
    def agrees(self) -> bool | None:
        """Whether the weekday is that of the day; None where none is written."""
        day = self.date
        return None if self.weekday is None or day is None else day.weekday() == self.weekday


def readings(line: str) -> tuple[Reading, ...]:
    """Return every way in which a line is a date and nothing else; none for any other line."""
    line = line.strip()
    return _readings(line) if len(line) <= _WIDEST and tokens.has_number(line) else ()


@lru_cache(maxsize=65536)
def _readings(line: str) -> tuple[Reading, ...]:
    text, zone = tokens.normalised(line)
    languages: dict[Reading, frozenset[str]] = {}
    for sense, spoken in (sense for parts in tokens.partings(text) for sense in tokens.senses(parts)):
        for rest, clock in tokens.clocks(sense):
            for reading in _dates(rest):
                whole = replace(reading, clock=clock, zone=zone if clock else None)
                languages[whole] = languages.get(whole, frozenset()) | spoken
    return tuple(replace(reading, languages=spoken) for reading, spoken in languages.items())


def _dates(parts: list[Token]) -> Iterator[Reading]:
    """Read what is left when the time of day is cut out."""
    months = [part.meaning for part in parts if part.meaning and part.letter == "M"]
    weekdays = {part.meaning.value for part in parts if part.meaning and part.letter == "E"}
    if len(months) > 1 or len(weekdays) > 1 or any(part.letter in "hmp" for part in parts):
        return
    weekday = next(iter(weekdays), None)
    numbers = [part.text for part in parts if part.kind == "number"]
    form = "".join(_form(part) for part in parts)
    if months:
        for year, day in _year_and_day(numbers):
            yield _reading(year, months[0].value, day, form, "words", weekday, months[0].kind == "jalali")
    elif units := _by_units(parts):
        yield _reading(*units, form, "words", weekday)
    elif len(numbers) == 3 and _joined(parts) and not any(part.text in _UNITS for part in parts):
        for order, (year, month, day) in _numeric(numbers):
            yield _reading(year, month, day, form, order, weekday)


def _form(part: Token) -> str:
    if part.kind == "number":
        return "Y" if len(part.text) == 4 else "N"
    if part.kind == "space":
        return " "
    return part.letter if part.letter in "ME" else part.text


def _by_units(parts: list[Token]) -> tuple[int | None, int, int] | None:
    """Read numbers that name their own units, as 2017年10月7日 does."""
    found: dict[str, int] = {}
    for number, unit in pairwise(parts):
        if number.kind == "number" and unit.letter == "f" and unit.text in _UNITS:
            found[_UNITS[unit.text]] = int(number.text)
    if "month" not in found or "day" not in found or len(found) != sum(p.kind == "number" for p in parts):
        return None
    return found.get("year"), found["month"], found["day"]


def _year_and_day(numbers: list[str]) -> Iterator[tuple[int | None, int]]:
    if len(numbers) == 1 and len(numbers[0]) <= 2:
        yield None, int(numbers[0])
    elif len(numbers) == 2 and len(numbers[0]) == 4 and len(numbers[1]) <= 2:
        yield int(numbers[0]), int(numbers[1])
    elif len(numbers) == 2 and len(numbers[0]) <= 2 and len(numbers[1]) in (2, 4):
        yield _century(numbers[1]), int(numbers[0])


def _joined(parts: list[Token]) -> bool:
    """Tell whether something better than a space stands between each two of three numbers."""
    places = [index for index, part in enumerate(parts) if part.kind == "number"]
    between = (parts[first + 1 : last] for first, last in pairwise(places))
    return all(any(p.text in _BETWEEN_NUMBERS or p.letter == "f" for p in gap) for gap in between)


def _numeric(numbers: list[str]) -> Iterator[tuple[str, tuple[int, int, int]]]:
    """Give the orders in which three numbers may be a date: the possible ones, else an impossible one."""
    first, second, third = numbers
    lengths = [len(number) for number in numbers]
    if max(lengths[1:]) > 4 or sorted(lengths)[1] > 2:
        return
    found = []
    if lengths[0] == 4 or (max(lengths) == 2 and lengths == [2, 2, 2]):
        found.append(("ymd", (_century(first), int(second), int(third))))
    if lengths[0] <= 2 and lengths[2] in (2, 4):
        found.append(("dmy", (_century(third), int(second), int(first))))
        found.append(("mdy", (_century(third), int(first), int(second))))
    possible = [item for item in found if 1 <= item[1][1] <= 12 and 1 <= item[1][2] <= 31]
    yield from possible or found[:1]


def _century(number: str) -> int:
    year = int(number)
    return year if len(number) == 4 else year + (1900 if year >= 70 else 2000)


def _reading(
    year: int | None, month: int, day: int, form: str, order: str, weekday: int | None, jalali: bool = False
) -> Reading:
    """Make a reading, its year, month and day turned into those of the common calendar."""
    if year and 2400 <= year < 2700:  # the Thai calendar counts from the Buddha
        year -= 543
    elif year and (jalali or 1300 <= year < 1500):
        year, month, day = _from_jalali(year, month, day)
    return Reading(year, month, day, form, order, weekday=weekday)


def _from_jalali(year: int, month: int, day: int) -> tuple[int, int, int]:
    from persiantools.jdatetime import JalaliDate

    try:
        common: date = JalaliDate(year, month, day).to_gregorian()  # type: ignore[no-untyped-call]
    except ValueError:
        return year + 621, month, 0
    return common.year, common.month, common.day
