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
