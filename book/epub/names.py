"""File names that every system takes: lowercase ASCII, short, no two alike."""

from __future__ import annotations

import re
import unicodedata

_LONGEST = 100


def stem(name: str) -> str:
    """Return what is left of a name in lowercase ASCII letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST].strip("-") or "text"


def unique(name: str, taken: set[str], pattern: str = "{}-{}", suffix: str = "") -> str:
    """Return the name with its suffix, numbered if it is taken, and take it."""
    candidate, count = name + suffix, 1
    while candidate in taken:
        count += 1
        candidate = pattern.format(name, count) + suffix
    taken.add(candidate)
    return candidate
