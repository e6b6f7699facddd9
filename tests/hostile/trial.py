"""Trials of hostile files: a fresh project each, the command in a child process, and what came of it."""

from __future__ import annotations

import os
import re
import resource
import signal
import socket
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
import pypdfium2

CANARY = b"CANARY-7f3a-SECRET"
CANARY_FILE = Path("/tmp/octavo-canary.txt")
PORTS = (38917, 38918)
SECONDS = 60
MEMORY = 2 << 30

_TOML = """\
format-version = 1
title = "Trial"
language = "en"
author = "A. Stranger"
identifier = "urn:uuid:3b6a27bc-6c3a-4d6e-9d7e-6d6b1f0c7a10"
"""
POST = """\
---
title: A first post
date: 2017-08-29
---

It was a *quiet* morning.
"""
_BAD_WORDS = ("Traceback (most recent call last)", "Fatal Python error", "core dumped")


@dataclass(frozen=True)
class Ran:
    """One command: how it ended, what it said, how long it took and how much memory its largest process."""

    words: tuple[str, ...]
    code: int
    said: str
    seconds: float
    memory: int


@dataclass
class Trial:
    """A project for one hostile file, in a folder of its own, with a home that nothing else has."""

    base: Path
    runs: list[Ran] = field(default_factory=list)

    def __post_init__(self) -> None:
        for name in ("home", "tmp", "a/b/book/chapters/media", "a/b/book/styles", "a/b/book/templates"):
            (self.base / name).mkdir(parents=True)
        self.write("book.toml", _TOML)
        self.write("chapters/2017-08-29-first.md", POST)
        self._around = self._files_around()

    @property
    def root(self) -> Path:
        return self.base / "a" / "b" / "book"

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)
        return path

    def book(self, *words: str | Path) -> Ran:
        """Run `book WORDS…` in the project, watched."""
        command = [sys.executable, "-m", "book", *map(str, words)]
        own = {"HOME": str(self.base / "home"), "TMPDIR": str(self.base / "tmp"), "NO_COLOR": "1"}
        own["XDG_CACHE_HOME"] = os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache"))
        with (self.base / "said").open("w+b") as said:
            process = subprocess.Popen(
                command, cwd=self.root, env={**os.environ, **own}, stdin=subprocess.DEVNULL,
                stdout=said, stderr=said, start_new_session=True,
            )  # fmt: skip
            guard = threading.Timer(SECONDS * 2, _end, (process.pid,))
            guard.start()
            try:
                _, status, usage = os.wait4(process.pid, 0)
            finally:
                guard.cancel()
            process.returncode = os.waitstatus_to_exitcode(status)
            said.seek(0)
            text = said.read().decode("utf-8", "replace")
        (self.base / "said").unlink()
        spent = usage.ru_utime + usage.ru_stime
        ran = Ran(tuple(map(str, words)), process.returncode, text, spent, usage.ru_maxrss << 10)
        self.runs.append(ran)
        return ran

    def chapters(self) -> list[str]:
        """Return the names of the posts, the first one aside."""
        found = (path.name for path in (self.root / "chapters").glob("*.md"))
        return sorted(name for name in found if name != "2017-08-29-first.md")

    @property
    def epub(self) -> Path:
        return self.root / "out" / "trial.epub"

    @property
    def pdf(self) -> Path:
        return self.root / "out" / "trial-paperback.pdf"

    def faults(self) -> list[str]:
        """Return every promise that was broken, whatever the file was."""
        found = []
        for ran in self.runs:
            name = " ".join(ran.words[:1])
            if any(bad in ran.said for bad in _BAD_WORDS):
                found.append(f"{name}: a traceback: {ran.said.strip().splitlines()[-1]}")
            if ran.code not in (0, 1):
                found.append(f"{name}: ended with {ran.code}")
            if ran.code == 1 and "hint:" not in ran.said and "finding" not in ran.said:
                found.append(f"{name}: refused without a hint")
            if ran.seconds > SECONDS:
                found.append(f"{name}: took {ran.seconds:.0f} s")
            if ran.memory > MEMORY:
                found.append(f"{name}: took {ran.memory >> 20} MB")
        found += [
            f"written outside the project: {name}" for name in sorted(self._files_around() - self._around)
        ]
        found += [f"the canary is in {name}" for name in self._with_canary()]
        found += [f"left behind: {path.name}" for path in (self.root / "out").glob(".*")]
        return found

    def _files_around(self) -> set[str]:
        inside = self.root.relative_to(self.base)
        found = (path.relative_to(self.base) for path in self.base.rglob("*"))
        return {str(path) for path in found if inside not in (path, *path.parents)}

    def _with_canary(self) -> Iterator[str]:
        for path in sorted((self.root / "out").glob("*")):
            if any(CANARY in part for part in contents(path)):
                yield path.name
        for path in sorted(self.root.joinpath("chapters").rglob("*")):
            if path.is_file() and CANARY in path.read_bytes():
                yield path.name


def _end(process: int) -> None:
    try:
        os.killpg(process, signal.SIGKILL)
    except ProcessLookupError:
        return


def contents(path: Path) -> Iterator[bytes]:
    """Yield everything that an edition holds, unpacked."""
    if path.suffix == ".epub":
        with zipfile.ZipFile(path) as archive:
            yield from (archive.read(name) for name in archive.namelist())
    elif path.suffix == ".pdf":
        with pikepdf.open(path) as pdf:
            for thing in pdf.objects:
                if isinstance(thing, pikepdf.Stream):
                    try:
                        yield thing.read_bytes()
                    except pikepdf.PdfError:
                        yield thing.read_raw_bytes()
                else:
                    yield bytes(thing.unparse())
        yield text(path).encode()


def text(path: Path) -> str:
    """Return the words of an edition."""
    if path.suffix == ".pdf":
        document = pypdfium2.PdfDocument(path)
        try:
            return "\n".join(page.get_textpage().get_text_range() for page in document)
        finally:
            document.close()
    from lxml import etree

    parser: etree.XMLParser = etree.XMLParser(huge_tree=True, no_network=True, resolve_entities=False)
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.endswith(".xhtml")]
        return "\n".join("".join(etree.fromstring(archive.read(n), parser).itertext()) for n in names)


class Watch:
    """Listens on the ports that hostile files name, and remembers who called."""

    def __init__(self, ports: Sequence[int] = PORTS) -> None:
        self.calls: list[int] = []
        self._sockets = [self._open(port) for port in ports]
        for one in self._sockets:
            threading.Thread(target=self._listen, args=(one,), daemon=True).start()

    @staticmethod
    def _open(port: int) -> socket.socket:
        made = socket.socket()
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)  # several test processes watch at once
        made.bind(("127.0.0.1", port))
        made.listen()
        return made

    def _listen(self, one: socket.socket) -> None:
        while True:
            try:
                caller, _ = one.accept()
            except OSError:
                return
            self.calls.append(one.getsockname()[1])
            caller.close()

    def close(self) -> None:
        for one in self._sockets:
            one.close()


@dataclass(frozen=True)
class Way:
    """One way in which a hostile file comes to a project: `lay` puts it there, and runs what there is."""

    name: str
    lay: Callable[[Trial, Path], None]


_HEADER = "---\ntitle: Hostile\ndate: 2018-01-02\n---\n\n"
_STYLE = re.compile(r"<style[^>]*>(.*?)(?:</style>|\Z)", re.DOTALL | re.IGNORECASE)


def _gathered(trial: Trial, file: Path) -> None:
    if trial.book("gather", file).code == 0:
        for name in trial.chapters():  # a post without a date is a draft, until somebody dates it
            path = trial.root / "chapters" / name
            path.write_text(
                path.read_text("utf-8").replace("\ndraft: true\n", "\ndate: 2018-01-02\n", 1), "utf-8"
            )
        _built(trial)


def _built(trial: Trial) -> None:
    trial.book("check")
    if trial.book("build").code == 0:
        trial.book("check", trial.epub, trial.pdf)


def _written(trial: Trial, file: Path) -> None:
    content = file.read_bytes()
    own = content.lstrip(b"\xef\xbb\xbf").startswith(b"---")
    trial.write("chapters/2018-01-02-hostile.md", content if own else _HEADER.encode() + content)
    _built(trial)


def _styled(trial: Trial, file: Path) -> None:
    whole = file.read_text("utf-8")
    css = "\n".join(_STYLE.findall(whole)) or '@import "hostile.css";'
    trial.write("styles/hostile.css", css)
    trial.write("book.toml", _TOML + '\n[style]\nstylesheets = ["styles/hostile.css"]\n')
    trial.write("chapters/2018-01-02-hostile.md", _HEADER + _STYLE.sub("", whole))
    _built(trial)


def _pictured(trial: Trial, file: Path) -> None:
    trial.write(f"chapters/media/{file.name}", file.read_bytes())
    trial.write("chapters/2018-01-02-hostile.md", f"{_HEADER}before\n\n![seen](media/{file.name})\n\nafter\n")
    _built(trial)


def _covered(trial: Trial, file: Path) -> None:
    trial.write(f"chapters/media/{file.name}", file.read_bytes())
    trial.write("book.toml", f'{_TOML}cover = "chapters/media/{file.name}"\n')
    _built(trial)


def _drawn(trial: Trial, file: Path) -> None:
    markup = re.sub(r"<\?.*?\?>", "", file.read_text("utf-8"))
    trial.write("chapters/2018-01-02-hostile.md", f"{_HEADER}before\n\n{markup}\n\nafter\n")
    _built(trial)


def _headed(trial: Trial, file: Path) -> None:
    trial.write(
        "chapters/2018-01-02-hostile.md", f"---\ntitle: H\ndate: 2018-01-02\n{file.read_text()}\n---\n\nx\n"
    )
    _built(trial)


def _configured(trial: Trial, file: Path) -> None:
    trial.write("book.toml", _TOML + file.read_text())
    _built(trial)


def _set(trial: Trial, file: Path) -> None:
    shown = '<section class="chapter" id="{{ chapter.ident }}" xmlns="http://www.w3.org/1999/xhtml">'
    trial.write("templates/chapter.xhtml", f"{shown}{file.read_text()}</section>")
    _built(trial)


_GATHERED, _WRITTEN = Way("gathered", _gathered), Way("written", _written)
_WAYS: dict[str, tuple[Way, ...]] = {
    "css": (_GATHERED, Way("styled", _styled)),
    "epub": (_GATHERED, _WRITTEN),
    "html": (_GATHERED, _WRITTEN),
    "img": (Way("pictured", _pictured), Way("covered", _covered)),
    "md": (_GATHERED, _WRITTEN),
    "svg": (Way("pictured", _pictured), Way("drawn", _drawn), Way("covered", _covered)),
    "theme": (Way("set", _set),),
    "xml": (_GATHERED,),
    "zip": (_GATHERED,),
}
_BY_SUFFIX = {
    ".json": (_GATHERED,), ".yaml": (_GATHERED, Way("headed", _headed)),
    ".toml": (Way("configured", _configured),),
    ".html": (_GATHERED, _WRITTEN), ".md": (_GATHERED, _WRITTEN),
}  # fmt: skip


def ways(file: Path) -> tuple[Way, ...]:
    """Return the ways in which a file of the corpus comes to a project, by the folder it stands in."""
    return _WAYS.get(file.parent.name) or _BY_SUFFIX[file.suffix]


def plant_canary() -> None:
    """Put the file that nothing may read where hostile files look for it."""
    if not CANARY_FILE.exists():
        CANARY_FILE.write_bytes(CANARY + b"\n")


def no_cores() -> None:
    """Let no crash leave a core file."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
