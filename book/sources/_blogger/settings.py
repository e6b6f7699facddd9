"""What a blog's settings tell of its posts: its zone, its addresses, its language. Nothing else is read."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from io import StringIO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from book.sources._decoding import decoded
from book.urls import urlsplit

_WANTED = ("name", "time_zone", "locale", "subdomain", "custom_domain", "convert_line_breaks")


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings that matter here; empty where the export does not tell."""

    name: str = ""
    time_zone: str = ""
    locale: str = ""
    subdomain: str = ""
    custom_domain: str = ""
    convert_line_breaks: str = ""

    @property
    def home(self) -> str:
        """The blog's address, if it can be told."""
        if self.custom_domain:
            return (
                f"https://{self.custom_domain.removeprefix('https://').removeprefix('http://').rstrip('/')}"
            )
        if not self.subdomain:
            return ""
        host = self.subdomain if "." in self.subdomain else f"{self.subdomain}.blogspot.com"
        return f"https://{host}"

    def on_own_clock(self, when: datetime | None) -> datetime | None:
        """Return a date that is in universal time as the author's clock showed it."""
        if when is None or when.tzinfo is None or when.utcoffset():
            return when
        try:
            zone = ZoneInfo(self.time_zone) if self.time_zone else None
            local = when.astimezone(zone) if zone else when
            return local.replace(tzinfo=timezone(local.utcoffset() or timedelta()))
        except (ZoneInfoNotFoundError, ValueError, OverflowError, OSError):
            return when

    def knows_its_zone(self) -> bool:
        """Tell whether the zone is named, and there is one of that name."""
        try:
            return bool(self.time_zone) and ZoneInfo(self.time_zone) is not None
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return False


def settings_of(values: Mapping[str, str]) -> Settings:
    """Take what matters from settings by their names, `blog_time_zone` or `BLOG_TIME_ZONE`."""
    known = {name.lower().removeprefix("blog_"): value.strip() for name, value in values.items()}
    return Settings(**{name: known.get(name, "") for name in _WANTED})


def settings_in(data: bytes) -> Settings:
    """Read the `settings.csv` of a Takeout."""
    text, _ = decoded(data)
    try:
        row = next(csv.DictReader(StringIO(text)), {})
    except csv.Error:
        row = {}
    return settings_of({str(name): value for name, value in row.items() if isinstance(value, str)})


def is_home(host: str | None, home: str) -> bool:
    """Tell whether a host is the blog's: its own, or Blogger's for it in any country."""
    own = (urlsplit(home).hostname or "").removeprefix("www.")
    name = (host or "").lower().removeprefix("www.")
    if not own or not name:
        return False
    return name == own or (
        ".blogspot." in own and name.split(".blogspot.")[0] == own.split(".blogspot.")[0] != name
    )
