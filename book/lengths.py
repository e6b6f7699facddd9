"""Lengths as people write them, and in points."""

from __future__ import annotations

import re
from typing import Any

from book.kinds import Kind

_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(mm|cm|in|pt|pc|px|q)\s*", re.IGNORECASE)
_POINTS = {"mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "pt": 1.0, "pc": 12.0, "px": 0.75, "q": 72 / 101.6}


def written(value: str) -> str | None:
    """Return a length as CSS writes it, or None where it is none."""
    match = _LENGTH.fullmatch(str(value))
    return match[1] + match[2].lower() if match else None


def points(length: str) -> float:
    """Return a length in points; raise ValueError where it is none."""
    match = _LENGTH.fullmatch(str(length))
    if match is None:
        raise ValueError(f"is not a length: `{length}`", 'lengths carry a unit: "12mm", "0.5in"')
    return round(float(match[1]) * _POINTS[match[2].lower()], 6)


def parts(trim: str) -> tuple[str, str] | None:
    """Return width and height of a size such as `140mm x 216mm` or `6 x 9in`, or None where it is none."""
    found = re.split(r"\s*[x×]\s*|\s+by\s+", trim.strip())
    if len(found) == 2 and re.fullmatch(r"[\d.]+", found[0]):
        found[0] += re.sub(r"[\d.\s]+", "", found[1])
    if len(found) != 2:
        return None
    width, height = (written(part) for part in found)
    return (width, height) if width and height else None


def pair(size: Any) -> tuple[float, float]:
    """Return a size in points; raise ValueError where it is none."""
    found = parts(size) if isinstance(size, str) else None
    if found is None:
        raise ValueError(f"holds what is no size: `{size}`", 'write it as "6in x 9in"')
    return points(found[0]), points(found[1])


def _length(value: Any) -> float:
    return 0.0 if value == 0 and not isinstance(value, bool) else points(value)


LENGTH = Kind("length", _length)
