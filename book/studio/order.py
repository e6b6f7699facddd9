"""What the builder is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Order:
    """What to build: the project in `root` into the folder `out`, the editions `first` before all others."""

    root: Path
    out: Path
    first: tuple[str, ...] = ()
    at: str | None = None
    """What is being looked at, by its identifier."""
    changed: frozenset[str] = frozenset()
    """What has changed since the last order, as paths in the project; nothing where that is not known."""
    theme: str | None = None
    """Another theme to compare with: what is built first is built in it too, last."""
