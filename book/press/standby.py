"""Child processes that stay when their work is done: a preview makes a book again and again."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from book.press.workers import Worker

SETUPS = 4
"""For how many setups processes stay: those that read, those that print, and these before the last change."""

_lock = Lock()


@dataclass(slots=True)
class Standby:
    """Idle processes that have the same setup."""

    setup: Any
    idle: list[Worker] = field(default_factory=list)

    def take(self) -> Worker | None:
        """Return a process that lives, if there is one; it may change from a setup that this resembles."""
        while (worker := self._next()) is not None:
            if worker.alive:
                return worker
            worker.close()
        return None

    def _next(self) -> Worker | None:
        with _lock:
            if self.idle:
                return self.idle.pop()
            if (near := self._near()) is None:
                return None
            worker = near.idle.pop()
        worker.change(self.setup)
        return worker

    def _near(self) -> Standby | None:
        resembles = getattr(self.setup, "resembles", lambda _: False)
        return next((one for one in reversed(_kept or ()) if one.idle and resembles(one.setup)), None)

    def leave(self, worker: Worker) -> None:
        """Keep a process that is done with its work."""
        with _lock:
            self.idle.append(worker)

    def close(self) -> None:
        """End all processes."""
        while self.idle:
            self.idle.pop().close()


_kept: deque[Standby] | None = None


def stay() -> None:
    """Have processes stay from now on, as long as this one lives."""
    global _kept
    _kept = deque() if _kept is None else _kept


def stays() -> bool:
    """Tell whether processes stay in this one, and with them what is worth keeping from build to build."""
    return _kept is not None


def of(setup: Any) -> Standby | None:
    """Return what stands by for a setup, or None where processes do not stay."""
    if _kept is None:
        return None
    with _lock:
        found = next((one for one in _kept if one.setup == setup), None)
        if found is not None:
            _kept.remove(found)
        found = found or Standby(setup)
        _kept.append(found)
        old = [_kept.popleft() for _ in range(len(_kept) - SETUPS)]
    for one in old:
        one.close()
    return found
