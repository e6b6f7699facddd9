"""Press processes: children that lay out and paint, under limits, and may die without harm.

Untrusted text can make a typesetting library run away or crash by a signal, so
it never runs in the process that holds the book. A worker is a child Python
that answers calls one after the other over a pipe; what it cannot answer
becomes `Lost`, with the reason in words.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe
from typing import Any

from book.errors import BookError


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
"""How much longer than its processor time a call may take by the clock."""


class Lost(Exception):
    """A worker died, or was ended, before it answered. The message says why, in lower case."""


class Failed(Exception):
    """The typesetting library raised an exception; the message is its kind and its words."""


class Worker:
    """One child process, with the object that `setup` describes on its bench."""

    def __init__(self, setup: Any, limits: Limits, environment: Mapping[str, str]) -> None:
        here, there = Pipe()
        self._pipe: Connection = here
        try:
            self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the process
            self._scratch = tempfile.TemporaryDirectory(prefix="octavo-", ignore_cleanup_errors=True)
        except OSError as error:
            message = f"nothing can be written for the time being: {(error.strerror or str(error)).lower()}"
            hint = "the disk may be full: make room, or name a folder with room as `TMPDIR`"
            raise BookError(message, hint=hint) from error
        self._limits = self._granted = limits
        self._until = 0.0
        with there:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "book.press.worker", str(there.fileno()), self._scratch.name],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=self._errors,
                pass_fds=[there.fileno()],
                env=_environment({"TMPDIR": self._scratch.name, **environment}),
                process_group=0,  # the parent hears the keyboard, and ends its children
            )
        self._pipe.send(setup)

    def fileno(self) -> int:
        """The pipe's descriptor, so that several workers can be waited for at once."""
        return self._pipe.fileno()

    @property
    def alive(self) -> bool:
        """Tell whether the process is still there."""
        return self._process.poll() is None

    def limit(self, limits: Limits | None) -> None:
        """Let later calls take what these limits say, if they are given."""
        self._limits = limits or self._limits

    def ask(self, name: str, *arguments: Any, size: int = 0) -> None:
        """Send a call that sets `size` characters; its answer is had with `answer`."""
        self._granted = self._limits.granted(size)
        self._until = time.monotonic() + self._granted.seconds * _SLACK
        with suppress(OSError):  # a dead worker is noticed by its answer
            self._pipe.send((self._granted, name, arguments))

    def patience(self) -> float:
        """Return for how many seconds more the answer is worth waiting for."""
        return self._until - time.monotonic()

    def answer(self) -> Any:
        """Wait for the answer to the call sent before; raise Lost or Failed if there is none."""
        try:
            if not self._pipe.poll(max(0.0, self.patience())):
                raise Lost(f"it took more than {self._granted.seconds * _SLACK} seconds")
            good, value = self._pipe.recv()
        except (EOFError, OSError) as error:
            raise Lost(self._reason()) from error
        if isinstance(value, BookError):
            raise value
        if not good:
            raise Failed(value)
        return value

    def call(self, name: str, *arguments: Any) -> Any:
        """Ask, and wait for the answer."""
        self.ask(name, *arguments)
        return self.answer()

    def _reason(self) -> str:
        try:
            code = self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        self._errors.seek(0)
        words = self._errors.read()[-2000:].decode("utf-8", "replace")
        if code == -signal.SIGXCPU:
            return f"it took more than {self._granted.seconds} seconds"
        if "failed to allocate" in words or "MemoryError" in words or code == -signal.SIGKILL:
            return f"it needed more than {self._granted.memory >> 20} MB of memory"
        if code < 0:
            return f"the typesetting library crashed ({signal.Signals(-code).name})"
        last = words.strip().splitlines()[-1:] or ["no word of why"]
        return f"the press process ended with status {code}: {last[0]}"

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self._pipe.close()
        if self._process.stdin:
            self._process.stdin.close()
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        self._errors.close()
        self._scratch.cleanup()  # what libraries put there; a worker that is killed leaves it


_KEPT = frozenset(("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "PYTHONPATH", "VIRTUAL_ENV"))


def _environment(given: Mapping[str, str]) -> dict[str, str]:
    """The child's environment: nothing that could make two machines set two books."""
    kept = {name: value for name, value in os.environ.items() if name in _KEPT or name.startswith("DYLD_")}
    fixed = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}
    return kept | fixed | {"SOURCE_DATE_EPOCH": "0"} | dict(given)
