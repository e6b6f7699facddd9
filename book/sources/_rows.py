"""Read what JSON holds as what it should be: an export that somebody edited may hold anything anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Row = Mapping[str, Any]


def text_in(row: Row, *names: str) -> str:
    """Return the first of these values that is text and not blank; empty if none is."""
    found = (row.get(name) for name in names)
    return next((value.strip() for value in found if isinstance(value, str) and value.strip()), "")


def row_in(row: Row, name: str) -> Row:
    """Return a value that is an object; an empty one if it is not."""
    value = row.get(name)
    return value if isinstance(value, Mapping) else {}


def rows_in(row: Row, name: str) -> list[Row]:
    """Return the objects in a value that is a list."""
    value = row.get(name)
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def list_in(row: Row, name: str) -> list[Any]:
    """Return a value that is a list; an empty one if it is not."""
    value = row.get(name)
    return value if isinstance(value, list) else []


def number_in(row: Row, name: str) -> float:
    """Return a value that is a number; 0 if it is not."""
    value = row.get(name)
    return value if isinstance(value, int | float) else 0
