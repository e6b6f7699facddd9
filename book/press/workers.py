"""Press processes: children that lay out and paint, under limits, and may die without harm.

Untrusted text can make a typesetting library run away or crash by a signal, so
it never runs in the process that holds the book. A worker is a child Python
that answers calls one after the other over a pipe; what it cannot answer
becomes `Lost`, with the reason in words.
"""

from __future__ import annotations

import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from book.errors import BookError
from book.press.children import taken


@dataclass(frozen=True, slots=True)
class Limits:
    """What one call may take: seconds of processor time, and bytes of memory for the process."""

    seconds: int = 120
    memory: int = 2 << 30

    def granted(self, size: int) -> Limits:
        """Return what a call may take that sets `size` characters of markup."""
        return Limits(self.seconds + size // _PACE, self.memory + size * _SPREAD)


_PACE = 8_000
"""Characters of markup that may take a second more."""

_SPREAD = 400
"""Bytes of memory that a character of markup may take."""


_SLACK = 5
"""How much longer than its processor time a call may take by the clock, and longer while it works."""

_AT_WORK = 0.1
"""Seconds of the processor that tell one who waits for it from one who stands still."""


class Lost(Exception):
    """A worker died, or was ended, before it answered. The message says why, in lower case."""


class Killed(Lost):
    """A worker was killed from outside: what it did may be done again."""


class Failed(Exception):
    """The typesetting library raised an exception; the message is its kind and its words."""


class Worker:
    """One child process, with the object that `setup` describes on its bench.

    Where the setup says what it `LOADS`, a process that was started ahead for that is taken.
    """

    def __init__(self, setup: Any, limits: Limits) -> None:
        self._child = taken(getattr(setup, "LOADS", None))
        self._pipe = self._child.pipe
        self._limits = self._granted = limits
        self._until = self._spent = 0.0
        with suppress(OSError):  # a dead worker is noticed by its answer
            self._pipe.send(setup)

    def fileno(self) -> int:
        """The pipe's descriptor, so that several workers can be waited for at once."""
        return self._pipe.fileno()

    @property
    def alive(self) -> bool:
        """Tell whether the process is still there."""
        return self._child.alive

    def limit(self, limits: Limits | None) -> None:
        """Let later calls take what these limits say, if they are given."""
        self._limits = limits or self._limits

    def ask(self, name: str, *arguments: Any, size: int = 0) -> None:
        """Send a call that sets `size` characters; its answer is had with `answer`."""
        self._granted = self._limits.granted(size)
        self._until = time.monotonic() + self._granted.seconds * _SLACK
        self._spent = self._child.seconds or 0.0
        with suppress(OSError):  # a dead worker is noticed by its answer
            self._pipe.send((self._granted, name, arguments))

    def change(self, setup: Any) -> None:
        """Have what is on the bench changed to another setup; where that fails, the next call does."""
        with suppress(OSError):
            self._pipe.send((self._limits, None, (setup,)))

    def patience(self) -> float:
        """Return for how many seconds more the answer is worth waiting for.

        On a busy machine a process may wait long for the processor: as long as it has some of it, it is
        the limit on processor time that ends it.
        """
        left = self._until - time.monotonic()
        if left > 0:
            return left
        spent = self._child.seconds or 0.0
        if spent < self._spent + _AT_WORK:
            return left
        self._spent = spent
        self._until = time.monotonic() + self._granted.seconds * _SLACK
        return self._until - time.monotonic()

    def answer(self) -> Any:
        """Wait for the answer to the call sent before; raise Lost or Failed if there is none."""
        try:
            while not self._pipe.poll(max(0.0, patience := self.patience())):
                if patience <= 0:
                    raise Lost(f"it took more than {self._granted.seconds * _SLACK} seconds")
            good, value = self._pipe.recv()
        except (EOFError, OSError) as error:
            raise self._reason() from error
        if isinstance(value, BookError):
            raise value
        if not good:
            raise Failed(value)
        return value

    def call(self, name: str, *arguments: Any) -> Any:
        """Ask, and wait for the answer."""
        self.ask(name, *arguments)
        return self.answer()

    def _reason(self) -> Lost:
        try:
            code = self._child.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._child.process.kill()
            code = self._child.process.wait()
        self._child.errors.seek(0)
        words = self._child.errors.read()[-2000:].decode("utf-8", "replace")
        if code == -signal.SIGXCPU:
            return Lost(f"it took more than {self._granted.seconds} seconds")
        if "failed to allocate" in words or "MemoryError" in words:
            return Lost(f"it needed more than {self._granted.memory >> 20} MB of memory")
        if code == -signal.SIGKILL:
            return Killed("its process was killed, as a machine does that is short of memory")
        if code < 0:
            return Lost(f"the typesetting library crashed ({signal.Signals(-code).name})")
        last = words.strip().splitlines()[-1:] or ["no word of why"]
        return Lost(f"the press process ended with status {code}: {last[0]}")

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self._child.close()
