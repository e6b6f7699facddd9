"""Child processes that stay when their work is done: a preview makes a book again and again."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from book.press.workers import Limits, Worker

SETUPS = 4
"""For how many setups processes stay: those that read, those that print, and these before the last change."""

_lock = Lock()


@dataclass(slots=True)
class Standby:
    """Idle processes that have the same setup."""

    setup: Any
    idle: list[Worker] = field(default_factory=list)

    def take(self, limits: Limits | None = None) -> Worker | None:
        """Return a process that lives, if there is one, under other limits if they are given."""
        while self.idle:
            with _lock:
                worker = self.idle.pop() if self.idle else None
            if worker is not None and worker.alive:
                worker.limit(limits)
                return worker
            if worker is not None:
                worker.close()
        return None

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
