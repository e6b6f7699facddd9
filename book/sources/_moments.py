"""Dates as exports write them, to the second; and the author's own clock, where only Greenwich's is told."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from book.dates import date_of
from book.errors import BookError
from book.model import When

_FRACTION = re.compile(r"(?<=:\d\d)[.,]\d+")
_OLDEST, _LATEST = 1000, 2200


def moment(text: str) -> When | None:
    """Read a date in any of the manners of exports and feeds; None where it is none."""
    text = _FRACTION.sub("", " ".join(text.split()))
    if not text:
        return None
    try:
        found = date_of(text)
    except ValueError:
        return _posted(text)
    return found.replace(microsecond=0) if isinstance(found, datetime) else found


def _posted(text: str) -> datetime | None:
    """Read a date as e-mail writes it, without the comma or with a zone by its letters."""
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.year > 1 else None


def since_epoch(milliseconds: float) -> datetime | None:
    """Return the moment so many milliseconds after the first of 1970."""
    try:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=milliseconds // 1000)
    except (OverflowError, ValueError):
        return None


def zone_named(name: str | None) -> ZoneInfo | None:
    """Return a time zone by its name; None where there is none of that name."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def zone_wanted(name: str | None) -> ZoneInfo | None:
    """Return the zone that an author asks for; raise BookError where there is none of that name."""
    zone = zone_named(name)
    if name and zone is None:
        raise BookError(f"there is no time zone named `{name}`", hint="it is like `Europe/Berlin`")
    return zone


def on_clock(when: When | None, zone: ZoneInfo | None) -> When | None:
    """Return a date that is in universal time as a clock in `zone` showed it; others as they are."""
    if zone is None or not isinstance(when, datetime) or when.tzinfo is None or when.utcoffset():
        return when
    try:
        local = when.astimezone(zone)
        return local.replace(tzinfo=timezone(local.utcoffset() or timedelta()))
    except (ValueError, OverflowError):
        return when


def is_doubtful(when: When) -> bool:
    """Tell whether no blog can have a post of that date."""
    return not _OLDEST <= when.year < _LATEST


def if_later(updated: When | None, published: When | None) -> When | None:
    """Return when a post was changed, if that was a minute or more after it was published."""
    if not isinstance(updated, datetime) or not isinstance(published, datetime):
        return None
    if (updated.tzinfo is None) != (published.tzinfo is None):
        return None
    return updated if updated - published >= timedelta(minutes=1) else None


def with_offset(local: When | None, universal: When | None) -> When | None:
    """Return a time on the author's clock with its zone, where the same time in Greenwich tells it."""
    if not isinstance(local, datetime) or not isinstance(universal, datetime):
        return local or universal
    offset = local.replace(tzinfo=None) - universal.replace(tzinfo=None)
    if abs(offset) > timedelta(hours=14) or offset % timedelta(minutes=15):
        return local
    return local.replace(tzinfo=timezone(offset))
