"""What is remembered, as JSON: values by their fields; notices, findings, what was left out, as rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

from book.model import Finding, Notice, Skipped

T = TypeVar("T", Notice, Finding, Skipped)


def by_field(value: Any) -> dict[str, Any]:
    """Return the fields of a dataclass: as `default` of `json.dumps`, those of all that it holds too."""
    return {field.name: getattr(value, field.name) for field in fields(value)}


def row(one: Notice | Finding | Skipped) -> list[object]:
    """Write one as a row, its fields in their order."""
    values = (getattr(one, field.name) for field in fields(one))
    return [str(value) if isinstance(value, Path) else value for value in values]


def of_row(kind: type[T], row: Sequence[Any]) -> T:
    """Read one of a kind from its row; raise ValueError for a row that has not its fields."""
    values = {field.name: value for field, value in zip(fields(kind), row, strict=True)}
    return kind(**{**values, "path": None if values["path"] is None else Path(values["path"])})
