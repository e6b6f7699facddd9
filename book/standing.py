"""Editions that stand as they were made: a build of a project in which no file has changed finds them so.

Everything that can shape an edition is part of what a build is known by: all files of the project, the
program with its templates and styles, the installed packages, and what was asked for. Where that
cannot be told for certain, nothing is remembered, and the stages do their work.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from time import monotonic
from typing import Any

from book.model import Edition, Finding, Notice, Skipped
from book.press.store import Store, key
from book.report import BuildReport
from book.resources import builtin
from book.rows import of_row, row
from book.textfile import is_inside

_MOST = 50_000
"""Files past which a project is not looked through."""
_SHORT = 1 << 20
"""Bytes up to which a file is read; a longer one is known by its size and the times of its change."""
_ROOM = 16 << 20
_INSTALLED = frozenset({"site-packages", "dist-packages"})
"""What folders of packages are called; one that comes or goes changes their time."""
_HISTORIES = frozenset({".git", ".hg", ".svn", ".jj"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What a build was asked for, and by which name it is remembered."""

    root: Path
    out: Path | None
    editions: tuple[str, ...]
    strict: bool
    name: str = ""

    def recall(self) -> BuildReport | None:
        """Return the report of the build that made the same, if all that it made still stands."""
        begun = monotonic()
        data = self._store().get(self.name)
        if data is None:
            return None
        said = json.loads(data)
        if any(_digest(Path(path)) != digest for path, digest in said["files"].items()):
            return None
        self._store().touch([self.name])
        return _report(said["report"], monotonic() - begun)

    def keep(self, report: BuildReport, made: Iterable[Path]) -> None:
        """Remember what a build made, unless a file was changed meanwhile."""
        again = asked(self.root, self.out, self.editions, self.strict)
        if again is None or again.name != self.name or _extended() or _named_aside(self.root):
            return
        files = {str(path): _digest(path) for one in made for path in _below(one)}
        said = {"files": files, "report": _rows(report)}
        self._store().put(self.name, json.dumps(said).encode())
        self._store().prune()

    def _store(self) -> Store:
        return Store(self.root / ".book" / "standing", limit=_ROOM)


def asked(root: Path, out: Path | None, editions: Sequence[str], strict: bool) -> Asked | None:
    """Return what a build is known by; None where that cannot be told."""
    root = root.resolve()
    out = None if out is None else out.absolute()
    if out is not None and (out.is_relative_to(root) or root.is_relative_to(out)):
        return None  # what is made would be among what it is made of
    this = Asked(root, out, tuple(editions), strict)
    try:
        manuscript = _contents(root)
        program = [
            _looks(folder) for folder in (Path(__file__).parent, builtin("styles"), builtin("templates"))
        ]
    except (OSError, OverflowError):
        return None
    folders = [Path(folder) for folder in sys.path if Path(folder).name in _INSTALLED]
    packages = [(str(folder), _look(folder.stat())) for folder in folders if folder.is_dir()]
    moment = os.environ.get("SOURCE_DATE_EPOCH")
    return replace(this, name=key(astuple(this), manuscript, program, packages, sys.version, moment))


def _contents(root: Path) -> bytes:
    digest = hashlib.blake2b()
    for count, entry in enumerate(_walk(root, root)):
        if count >= _MOST:
            raise OverflowError
        leads = str(Path(entry).readlink()) if entry.is_symlink() else None
        told = _told(entry) if leads is None or is_inside(Path(entry), root) else None
        digest.update(repr((os.path.relpath(entry, root), leads, told)).encode())
    return digest.digest()


def _told(entry: os.DirEntry[str]) -> object:
    """Return what tells one file from another: what stands in it, or for a long one how it looks."""
    if not entry.is_file():
        return None
    stat = entry.stat()
    if stat.st_size > _SHORT:
        return _look(stat)
    return stat.st_mode, hashlib.blake2b(Path(entry).read_bytes()).digest()


def _walk(folder: Path | str, root: Path) -> Iterator[os.DirEntry[str]]:
    """Yield files and links below a folder, without those that no book is made of."""
    for entry in sorted(os.scandir(str(folder)), key=lambda entry: entry.name):
        if entry.is_symlink() or entry.is_file():
            yield entry
        elif entry.is_dir() and not _aside(Path(entry.path), root):
            yield from _walk(entry.path, root)


def _aside(folder: Path, root: Path) -> bool:
    """Tell whether a folder is a history, a cache, an environment, or where builds put what they make."""
    if folder.name in _HISTORIES or folder in (root / "out", root / ".book"):
        return True
    return any((folder / sign).exists() for sign in ("CACHEDIR.TAG", "pyvenv.cfg"))


def _named_aside(root: Path) -> bool:
    """Tell whether `book.toml` names a file in a folder that is not looked through."""
    file = root / "book.toml"
    if not file.exists():
        return False
    for text in _texts(tomllib.loads(file.read_text(encoding="utf-8"))):
        with suppress(OSError, ValueError):
            path = (root / text).absolute()
            if any(_aside(parent, root) for parent in path.parents if parent.is_relative_to(root)):
                return True
    return False


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def _extended() -> bool:
    """Tell whether packages extend the program: their files may lie anywhere."""
    from importlib.metadata import entry_points

    return any(group.startswith("octavo.") for group in entry_points().groups)


def _looks(folder: Path) -> list[tuple[str, tuple[int, ...]]]:
    files = (entry for entry in _walk(folder, folder) if not entry.name.endswith(".pyc"))
    return [(entry.path, _look(entry.stat())) for entry in files]


def _look(stat: os.stat_result) -> tuple[int, ...]:
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns


def _below(path: Path) -> list[Path]:
    return [one for one in sorted(path.rglob("*")) if one.is_file()] if path.is_dir() else [path]


def _digest(path: Path) -> str | None:
    if not path.is_file():
        return None
    try:
        return hashlib.blake2b(path.read_bytes(), digest_size=20).hexdigest()
    except OSError:
        return None


def _rows(report: BuildReport) -> dict[str, Any]:
    editions = [
        {
            **{name: getattr(one, name) for name in _PLAIN},
            "path": str(one.path),
            "warnings": [row(notice) for notice in one.warnings],
            "marks": [row(mark) for mark in one.marks],
        }
        for one in report.editions
    ]
    return {"editions": editions, "posts": report.posts, "skipped": [row(one) for one in report.skipped]}


_PLAIN = ("name", "format", "pages", "posts", "chapters", "words")


def _report(said: Mapping[str, Any], seconds: float) -> BuildReport:
    editions = tuple(
        Edition(
            **{name: one[name] for name in _PLAIN},
            path=Path(one["path"]),
            warnings=tuple(of_row(Notice, told) for told in one["warnings"]),
            marks=tuple(of_row(Finding, told) for told in one["marks"]),
            seconds=seconds,
        )
        for one in said["editions"]
    )
    return BuildReport(editions, said["posts"], tuple(of_row(Skipped, told) for told in said["skipped"]))
