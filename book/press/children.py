"""Child processes that workers talk to, some of them started before it is known what they will be asked.

A process takes longer to load its libraries than to set a chapter. Started `ahead`, it does so on
another core while this one reads what has changed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from typing import IO

from book.errors import BookError

_NO_FONTS = '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n<fontconfig/>\n'
"""What fontconfig reads until a worker is told which fonts there are: never the machine's own."""


class Child:
    """A child Python that serves a pipe. It loads `modules` at once; who needs them hears what fails."""

    def __init__(self, modules: Sequence[str] = ()) -> None:
        here, there = Pipe()
        self.pipe: Connection = here
        try:
            self.errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the process
            self._scratch = tempfile.TemporaryDirectory(prefix="octavo-", ignore_cleanup_errors=True)
            fonts = Path(self._scratch.name) / "fonts.conf"
            fonts.write_text(_NO_FONTS, encoding="utf-8")
        except OSError as error:
            message = f"nothing can be written for the time being: {(error.strerror or str(error)).lower()}"
            hint = "the disk may be full: make room, or name a folder with room as `TMPDIR`"
            raise BookError(message, hint=hint) from error
        served = [str(there.fileno()), self._scratch.name, *modules]
        with there:
            self.process = _started(
                served, there.fileno(), self.errors, _environment(self._scratch.name, fonts)
            )

    @property
    def alive(self) -> bool:
        """Tell whether the process is still there."""
        return self.process.poll() is None

    @property
    def seconds(self) -> float | None:
        """The processor time that the process has used, where the system tells it as Linux does."""
        try:
            told = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
            return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")
        except (OSError, ValueError, IndexError):
            return None

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self.pipe.close()
        if self.process.stdin:
            self.process.stdin.close()
        if self.alive:
            self.process.kill()
        self.process.wait()
        self.errors.close()
        self._scratch.cleanup()  # what libraries put there; a worker that is killed leaves it


def _started(
    served: Sequence[str], pipe: int, errors: IO[bytes], environment: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "book.press.worker", *served],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=errors,
        pass_fds=[pipe],
        env=environment,
        process_group=0,  # the parent hears the keyboard, and ends its children
    )


_waiting: dict[str, Child] = {}


@contextmanager
def ahead(*modules: str) -> Iterator[None]:
    """Start a process for each module, that loads it and waits to be taken; end those that nobody took."""
    started = {module: Child([module]) for module in modules if module not in _waiting}
    _waiting.update(started)
    try:
        yield
    finally:
        for module, child in started.items():
            if _waiting.get(module) is child:
                del _waiting[module]
                child.close()


def spare(module: str) -> None:
    """Have a process wait that has loaded `module`, as long as this one lives or until it is taken."""
    child = _waiting.get(module)
    if child is not None and not child.alive:
        _waiting.pop(module).close()
    if module not in _waiting:
        _waiting[module] = Child([module])


def waits(module: str) -> bool:
    """Tell whether a process that was started ahead for `module` waits to be taken."""
    return module in _waiting


def taken(module: str | None) -> Child:
    """Return a process that has loaded `module`, or is about to, or a new one."""
    child = _waiting.pop(module, None) if module else None
    if child is not None and child.alive:
        return child
    if child is not None:
        child.close()
    return Child()


_KEPT = frozenset(("PATH", "HOME", "XDG_CACHE_HOME", "LD_LIBRARY_PATH", "PYTHONPATH", "VIRTUAL_ENV"))


def _environment(scratch: str, fonts: Path) -> dict[str, str]:
    """The child's environment: nothing that could make two machines set two books."""
    kept = {name: value for name, value in os.environ.items() if name in _KEPT or name.startswith("DYLD_")}
    fixed = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}
    return kept | fixed | {"SOURCE_DATE_EPOCH": "0", "TMPDIR": scratch, "FONTCONFIG_FILE": str(fonts)}
