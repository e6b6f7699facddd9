"""The editions that can be looked at: kept by what is in them, so that old pages outlive a new build."""

from __future__ import annotations

import io
import os
import zipfile
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile, rmtree
from typing import Any

from book.errors import BookError
from book.studio.splicing import spliced

KEPT = 4
"""How many states of an edition are kept to look at."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An edition as it was bound once: what is known of it, and the file that holds it."""

    name: str
    digest: str
    file: Path
    facts: Mapping[str, Any]

    def page(self, digest: str) -> int | None:
        """Return the index of the page whose digest is given, if it has it."""
        found = (index for index, (page, _) in enumerate(self.facts.get("pages", ())) if page == digest)
        return next(found, None)


class Shelf:
    """Finished editions, found by name and digest and never by a path."""

    def __init__(self, root: Path, store: Path) -> None:
        self.out, self._folder = store / "studio" / "out", store / "studio" / "kept"
        for folder in (store, store / "studio", self.out, store / "studio" / "compared", self._folder):
            _require_inside(folder, root)
        rmtree(self._folder, ignore_errors=True)
        self._states: dict[str, OrderedDict[str, Kept]] = {}
        self._glimpses: dict[str, Kept] = {}

    def put(self, facts: Mapping[str, Any]) -> Kept:
        """Keep an edition that was just built; the oldest of its states gives way."""
        name, digest, path = facts["name"], facts["digest"], Path(facts["path"])
        states = self._states.setdefault(name, OrderedDict())
        if digest not in states:
            states[digest] = Kept(name, digest, self._link(path, digest), facts)
        states.move_to_end(digest)
        while len(states) > KEPT:
            _, old = states.popitem(last=False)
            with suppress(OSError):
                if old.file.parent == self._folder:
                    old.file.unlink()
        states[digest] = Kept(name, digest, states[digest].file, facts)
        return states[digest]

    def glimpse(self, facts: Mapping[str, Any]) -> tuple[Kept, dict[str, Any]] | None:
        """Keep some new pages of an edition; return them, and what is known of it with them in place."""
        name, path = facts["name"], Path(facts["path"])
        if (last := self.find(name)) is None or (whole := spliced(last.facts, facts)) is None:
            return None
        digest = "glimpse-" + "-".join(page for page, _ in facts["pages"])[:80]
        kept = self._glimpses[name] = Kept(name, digest, self._link(path, digest), facts)
        return kept, whole

    def find(self, name: str, digest: str | None = None) -> Kept | None:
        """Return a state of an edition, the newest where no digest is given."""
        states = self._states.get(name)
        if not states:
            return None
        return next(reversed(states.values())) if digest is None else states.get(digest)

    def page(self, name: str, digest: str) -> tuple[Kept, int] | None:
        """Return the newest state of an edition that has a page of this digest, and its index there."""
        glimpsed = [self._glimpses[name]] if name in self._glimpses else []
        for kept in [*glimpsed, *reversed(self._states.get(name, OrderedDict()).values())]:
            if (index := kept.page(digest)) is not None:
                return kept, index
        return None

    def newest(self) -> list[Kept]:
        """Return the newest state of every edition."""
        return [next(reversed(states.values())) for states in self._states.values() if states]

    def only(self, names: list[str]) -> None:
        """Forget editions that are in the project no longer."""
        for name in [one for one in self._states if one not in names]:
            del self._states[name]
        self._states = {name: self._states[name] for name in names if name in self._states}

    def _link(self, path: Path, digest: str) -> Path:
        """Give a file a second name: the first gets another file with the next build."""
        if path.is_dir():
            return path
        kept = self._folder / f"{digest}{path.suffix}"
        self._folder.mkdir(parents=True, exist_ok=True)
        if not kept.exists():
            try:
                os.link(path, kept, follow_symlinks=False)
            except OSError:  # not every file system has links
                copyfile(path, kept, follow_symlinks=False)
        return kept


def read(file: Path) -> bytes | None:
    """Return the bytes of a file of ours, a folder as a zip; None where it is a link or not there."""
    if file.is_dir() and not file.is_symlink():
        return _packed(file)
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        return None
    with os.fdopen(descriptor, "rb") as opened:
        return opened.read()


def _packed(folder: Path) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink() and not path.name.startswith("."):
                archive.write(path, f"{folder.name}/{path.relative_to(folder).as_posix()}")
    return out.getvalue()


def _require_inside(folder: Path, root: Path) -> None:
    """Refuse to work in a folder that is a link out of the project."""
    if folder.is_symlink() or not folder.resolve().is_relative_to(root.resolve()):
        raise BookError(
            "this folder leads out of the project, and the studio keeps its pages in it",
            path=folder,
            hint="remove the link; Octavo makes the folder itself",
        )
