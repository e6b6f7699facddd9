"""Dates as headers and file names write them: the author's own wall clock, with a zone if one is written."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from book.errors import BookError
from book.model import When

HINT = "write it as `2017-08-30`, or with a time as `2017-08-30 12:30`"

_MOMENT = re.compile(
    r"""(?P<year>\d{4}) (?P<mark>[-/.]) (?P<month>\d{1,2}) (?P=mark) (?P<day>\d{1,2})
        (?: (?:[Tt]|\s+) (?P<hour>\d{1,2}) [:.] (?P<minute>\d{2})
            (?: [:.] (?P<second>\d{2}) (?: [.,] (?P<fraction>\d+) )? )?
            (?: \s* (?P<half>[AaPp]\.?[Mm]\.?) )?
            \s* (?P<zone> [Zz] | UTC | GMT | (?:UTC|GMT)?[-+]\d{1,2}(?::?\d{2}(?::\d{2})?)? )?
        )?""",
    re.VERBOSE,
)
_OFFSET = re.compile(r"([-+])(\d{1,2})(?::?(\d{2}))?(?::(\d{2}))?$")
_DATED_PATH = re.compile(r"(?:^|/)((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})(?=/|$)")
_DATED_NAME = re.compile(
    r"(\d{4})(?P<mark>[-_.]?)(\d{2})(?P=mark)(\d{2})(?!\d)(?:[-_. ]+|$)(?P<rest>.*)", re.DOTALL
)


def date_of(value: Any) -> When:
    """Read a date from a header's value; raise ValueError, with words for the author, where it is none."""
    if isinstance(value, date):
        return value
    text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if match := _MOMENT.fullmatch(text):
        return _moment(match, text)
    found = _post_date(text) or _in_words(text)
    if found is None:
        raise ValueError(f"`{text or value}` is not a date")
    return found


def _post_date(text: str) -> datetime | None:
    """Read a date as e-mail and feeds write it."""
    try:
        return parsedate_to_datetime(text) if "," in text and ":" in text else None
    except ValueError:
        return None


def _in_words(text: str) -> When | None:
    """Read a date whose month is a word, in any language, or one with points, which has the day first.

    Where languages disagree on the month (`May` is another in Duala), those that most agree with win,
    by far or not at all.
    """
    from book.almanac import readings

    spoken: dict[When, set[str]] = {}
    for reading in readings(text):
        if reading.when and (reading.order == "words" or reading.form.startswith("N.N.Y")):
            spoken.setdefault(reading.when, set()).update(reading.languages)
    most = max(spoken, key=lambda when: len(spoken[when]), default=None)
    others = sum(len(languages) for when, languages in spoken.items() if when != most)
    return most if most and (not others or len(spoken[most]) > 2 * others) else None


def _moment(match: re.Match[str], text: str) -> When:
    year, month, day = (int(match[part]) for part in ("year", "month", "day"))
    try:
        if match["hour"] is None:
            return date(year, month, day)
        micro = int((match["fraction"] or "0")[:6].ljust(6, "0"))
        clock = (_hour(match), int(match["minute"]), int(match["second"] or 0), micro)
        return datetime(year, month, day, *clock, tzinfo=_zone(match["zone"]))
    except ValueError as error:
        raise ValueError(f"`{text}` is not a date that exists") from error


def _hour(match: re.Match[str]) -> int:
    hour = int(match["hour"])
    if not match["half"]:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError("no such hour")
    return hour % 12 + (12 if match["half"][0] in "Pp" else 0)


def _zone(text: str | None) -> timezone | None:
    if text is None:
        return None
    offset = _OFFSET.search(text)
    if offset is None:
        return timezone.utc  # noqa: UP017 (one name for it here, beside timezone(…) below)
    sign, hours, minutes, seconds = offset.groups()
    delta = timedelta(hours=int(hours), minutes=int(minutes or 0), seconds=int(seconds or 0))
    return timezone(-delta if sign == "-" else delta)


def split_name(path: Path) -> tuple[date | None, str]:
    """Part a file's name into the date it begins with, if it does, and the rest without its suffix.

    `2017-08-30-closing-gaps.md` is 30 August 2017 and `closing-gaps`. An impossible date is a BookError.
    """
    match = _DATED_NAME.fullmatch(path.stem)
    if match is None:
        return None, path.stem
    try:
        day = date(int(match[1]), int(match[3]), int(match[4]))
    except ValueError as error:
        if not match["mark"]:  # a plain number that happens to have eight digits
            return None, path.stem
        raise BookError(
            f"the name of this file begins with a date that does not exist: `{path.stem[:10]}`",
            path=path,
            hint="rename it, so that it begins with the day of the post",
        ) from error
    return day, match["rest"]


def day_in_address(address: str) -> date | None:
    """Return the day that an address names, like `/2017/10/07/`."""
    try:
        match = _DATED_PATH.search(urlsplit(address).path)
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None
