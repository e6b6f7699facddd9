"""What to tell someone who waits for pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

Tell = Callable[[str], None]
"""Hears, in a few words, what is being done."""

_SURE = 3.0
"""Seconds after which it can be said how long the rest will take."""


@dataclass(slots=True)
class Meter:
    """Tells how far a stage is, and how long it may still take."""

    tell: Tell
    doing: str
    total: int
    begun: float = field(default_factory=monotonic)

    def at(self, done: int, pages: int = 0) -> None:
        """Say that `done` of the stage's steps are done, and how many pages there are by now."""
        parts = [f"{self.doing}: {done} of {self.total}"]
        if pages:
            parts.append(f"{pages} pages")
        spent = monotonic() - self.begun
        if done and spent > _SURE and done < self.total:
            parts.append(f"about {_length(spent / done * (self.total - done))} left")
        self.tell(", ".join(parts))


def _length(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / 60)} min"
