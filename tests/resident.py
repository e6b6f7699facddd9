"""Validators for tests that stay: each is one process that is asked again and again.

EPUBCheck takes ten seconds to load its schemas, and hundredths of one to check a small book. Where the
machine's Java cannot do this, and in commands that tests run as processes of their own, a validator runs
once a book, as it does for everybody.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from book.checks import epubcheck, nu
from book.checks._outside import answer as plain

SOURCE = Path(__file__).with_name("Resident.java")
PROGRAMS = {
    "epubcheck.jar": "com.adobe.epubcheck.tool.Checker",
    "vnu.jar": "nu.validator.client.SimpleCommandLineValidator",
}
"""The classes that begin what is in a jar."""


class Resident:
    """A process that runs one program again and again, started when it is first needed."""

    def __init__(self, command: Sequence[str], jar: Path) -> None:
        self._command = [*command, "-Djava.security.manager=allow", "-cp", str(jar), str(SOURCE)]
        self._program = PROGRAMS[jar.name]
        self._process: subprocess.Popen[str] | None = None
        self.serves = True

    def ask(self, arguments: Sequence[str]) -> bytes:
        """Return what the program prints; `serves` says whether it did."""
        process = self._process = self._process or self._start()
        with tempfile.NamedTemporaryFile() as printed:
            try:
                _end(process.stdin).write("\t".join([printed.name, *arguments]) + "\n")
                _end(process.stdin).flush()
                self.serves = _end(process.stdout).readline() == "done\n"
            except OSError:
                self.serves = False
            return Path(printed.name).read_bytes()

    def _start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*self._command, self._program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        )

    def close(self) -> None:
        """End it."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()


def _end(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe


class Residents:
    """The validators that stay, by the jars they are in."""

    def __init__(self) -> None:
        self._java = shutil.which("java")
        self._known: dict[Path, Resident] = {}

    def answer(
        self,
        name: str,
        command: Sequence[str],
        path: Path,
        report: Path | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> Any:
        """Stand for the `answer` of validators outside."""
        one = self._of(command)
        if one is not None:
            printed = one.ask(command[command.index("-jar") + 2 :])
            told = report.read_bytes() if report and report.is_file() else b"" if report else printed
            if one.serves and told:
                return json.loads(told)
        return plain(name, command, path, report, environment)

    def _of(self, command: Sequence[str]) -> Resident | None:
        """Return who stays for a command, if it is the machine's Java with a program that is known."""
        if command[0] != self._java or "-jar" not in command or "\t" in "".join(command):
            return None
        at = list(command).index("-jar")
        jar = Path(command[at + 1])
        if jar.name not in PROGRAMS or not jar.is_file():
            return None
        one = self._known.setdefault(jar, Resident(command[:at], jar))
        return one if one.serves else None

    def close(self) -> None:
        """End them."""
        for one in self._known.values():
            one.close()


@contextmanager
def residents() -> Iterator[None]:
    """Have validators stay for a while."""
    all_of_them = Residents()
    epubcheck.answer = nu.answer = all_of_them.answer
    try:
        yield
    finally:
        epubcheck.answer = nu.answer = plain
        all_of_them.close()
