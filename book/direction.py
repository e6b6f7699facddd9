"""Which way a language is written."""

from __future__ import annotations

from functools import lru_cache


@lru_cache
def direction(language: str) -> str:
    """Return `rtl` for a language written from right to left, else `ltr`."""
    from babel import Locale, UnknownLocaleError

    parts = language.split("-")
    for count in range(len(parts), 0, -1):
        try:
            return str(Locale.parse("-".join(parts[:count]), sep="-").text_direction)
        except (UnknownLocaleError, ValueError):
            continue
    return "ltr"
