"""Press processes for tests, forked from one that has loaded its libraries.

A child Python of the press spends most of a second on loading what sets type, and the tests start more than
a thousand. Those that tests start in this process are forked, where the system is Linux, from one that has
loaded everything once: from there on they run as they would, each with its own memory, limits and end.
Commands that tests run as processes of their own start theirs as anybody's.
"""

from __future__ import annotations

import gc
import os
import pickle
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import IO, Any

LOADED = ("book.press.engine.ready", "book.posts", "book.preparing", "book.press.worker")
"""What is loaded before anything is forked."""

OF_EACH = frozenset(("TMPDIR", "FONTCONFIG_FILE"))
"""What the environments of two children differ in."""

_ROOM = 1 << 20


class Forked:
    """A process that the nursery has forked, as `subprocess.Popen` would give it."""

    def __init__(self, pid: int, stdin: IO[bytes], end: IO[bytes]) -> None:
        self.pid, self.stdin, self._end = pid, stdin, end
        self.returncode: int | None = None

    def poll(self) -> int | None:
        with suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        if self.returncode is None:
            if not select.select([self._end], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired("a forked process", timeout or 0)
            told = self._end.read()
            self._end.close()
            self.returncode = int(told) if told else -signal.SIGKILL
        return self.returncode

    def kill(self) -> None:
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)


class Nursery:
    """The process that is forked, started when it is first needed."""

    def __init__(self, otherwise: Any, environment: Mapping[str, str]) -> None:
        self._otherwise = otherwise
        self._environment = _of_all(environment)
        self._lock = threading.Lock()
        self._plug: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def start(
        self, served: Sequence[str], pipe: int, errors: IO[bytes], environment: Mapping[str, str]
    ) -> Forked | subprocess.Popen[bytes]:
        """Start a press process; where its environment is not the nursery's, as the press does."""
        if _of_all(environment) != self._environment:
            started: subprocess.Popen[bytes] = self._otherwise(served, pipe, errors, environment)
            return started
        with self._lock:
            if self._plug is None:
                self._open(environment)
            return self._fork((list(served), dict(environment)), pipe, errors.fileno())

    def _open(self, environment: Mapping[str, str]) -> None:
        here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with there:
            self._process = subprocess.Popen(
                [sys.executable, "-P", __file__, str(there.fileno())],
                stdin=subprocess.DEVNULL,
                pass_fds=[there.fileno()],
                env=environment,
            )
        self._plug = here

    def _fork(self, wanted: Any, pipe: int, errors: int) -> Forked:
        assert self._plug is not None
        theirs, ours = os.pipe()
        end, told = os.pipe()
        socket.send_fds(self._plug, [pickle.dumps(wanted)], [pipe, errors, theirs, told])
        os.close(theirs)
        os.close(told)
        pid = int(self._plug.recv(_ROOM))
        return Forked(pid, os.fdopen(ours, "wb", buffering=0), os.fdopen(end, "rb"))

    def close(self) -> None:
        if self._plug is not None and self._process is not None:
            self._plug.close()
            self._process.wait(20)


def _of_all(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if name not in OF_EACH}


@contextmanager
def press_processes() -> Iterator[None]:
    """Have the press of this process fork its children, until the block ends."""
    if sys.platform != "linux":
        yield
        return
    import pytest

    from book.press import children

    nursery = Nursery(children._started, children._environment("", Path()))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(children, "_started", nursery.start)
        yield
    nursery.close()


def _serve(plug: socket.socket) -> None:
    """Fork for whoever is at the other end, and tell how children ended, until nobody is there."""
    for module in LOADED:
        with suppress(Exception):  # who needs it hears what is wrong
            import_module(module)
    gc.freeze()
    gone, bell = os.pipe()
    os.set_blocking(bell, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(bell, warn_on_full_buffer=False)
    living: dict[int, int] = {}
    while True:
        ready, _, _ = select.select([plug, gone], [], [])
        if gone in ready:
            os.read(gone, _ROOM)
            _bury(living)
        if plug in ready:
            message, passed, _, _ = socket.recv_fds(plug, _ROOM, 4)
            if not message:
                return
            pipe, errors, stdin, told = passed
            pid = os.fork()
            if not pid:
                _become(pickle.loads(message), pipe, errors, stdin)
            living[pid] = told
            plug.send(str(pid).encode())
            for one in (pipe, errors, stdin):
                os.close(one)


def _bury(living: dict[int, int]) -> None:
    with suppress(ChildProcessError):
        while (found := os.waitpid(-1, os.WNOHANG))[0]:
            told = living.pop(found[0])
            with suppress(BrokenPipeError):  # nobody asks any more
                os.write(told, str(os.waitstatus_to_exitcode(found[1])).encode())
            os.close(told)


def _become(wanted: tuple[list[str], dict[str, str]], pipe: int, errors: int, stdin: int) -> None:
    """Be a press process from here on."""
    (_, *served), environment = wanted
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setpgid(0, 0)
        os.dup2(stdin, 0)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(errors, 2)
        pipe = os.dup2(pipe, 3, inheritable=False)
        os.closerange(4, 1024)
        os.environ.clear()
        os.environ.update(environment)
        sys.argv = ["book.press.worker", str(pipe), *served]
        if LOADED[0] not in served:
            gc.enable()  # which that module ends
        import_module("book.press.worker").main()
    finally:
        os._exit(1)


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
