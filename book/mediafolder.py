"""Find pictures that an export only names, in a folder that the author points at."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from book.chapterfiles import digest
from book.errors import BookError
from book.textfile import read_bytes

_VARIANT = re.compile(
    r"(?:-\d{2,5}x\d{2,5}|-scaled|-rotated|-e\d{10,13}|@[23]x|[-_](?:large|medium|small|thumb))$"
)
_MOST_FILES = 500_000


class MediaFolders:
    """The files of some folders, by their names; links are not followed, so nothing outside is read."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self.folders = tuple(folders)
        self.exact: dict[str, list[Path]] = {}
        self.near: dict[str, list[Path]] = {}
        for folder in self.folders:
            if folder.is_symlink() or not folder.is_dir():
                message = "this is a link" if folder.is_symlink() else "there is no such folder"
                raise BookError(message, path=folder, hint="name the folder itself that holds the pictures")
            for path in _files(folder):
                self.exact.setdefault(plain(path.name), []).append(path)
                self.near.setdefault(_trunk(path.name), []).append(path)

    def find(self, address: str) -> tuple[Path | None, str]:
        """Return the file that an address means; or None, and what was tried."""
        parts = _segments(address)
        if not parts:
            return None, "it names no file"
        named = self.exact.get(plain(parts[-1]), [])
        near = self.near.get(_trunk(parts[-1]), [])
        for paths in (_nearest(named, parts), _nearest(near, parts, largest=True)):
            if len(paths) == 1 or (paths and len({digest(read_bytes(path)) for path in paths}) == 1):
                return paths[0], ""
            if paths:
                return None, f"{len(paths)} different pictures there are called `{paths[0].name}`"
        return None, f"nothing called `{parts[-1]}` is in `{'`, `'.join(one.name for one in self.folders)}`"


def _files(folder: Path) -> Iterator[Path]:
    count = 0
    for where, folders, names in os.walk(folder, followlinks=False):
        folders.sort()
        for name in sorted(names):
            path = Path(where, name)
            if not path.is_symlink() and path.is_file():
                count += 1
                if count > _MOST_FILES:
                    hint = "name the folder that holds the blog's pictures alone"
                    raise BookError(
                        f"this folder holds more than {_MOST_FILES} files", path=folder, hint=hint
                    )
                yield path


def _segments(address: str) -> list[str]:
    try:
        path = urlsplit(address).path
    except ValueError:
        return []
    return [one for one in unquote(unquote(path)).replace("\\", "/").split("/") if one not in ("", ".", "..")]


def plain(name: str) -> str:
    """Return a name without what file systems and addresses change in it: encoding, composition, case."""
    return unicodedata.normalize("NFC", unquote(name)).casefold().replace("+", " ").replace("_", " ")


def _trunk(name: str) -> str:
    """Return what the names of the sizes of one picture have in common."""
    stem, dot, suffix = plain(name).rpartition(".")
    stem, suffix = (stem, suffix) if dot else (suffix, "")
    while shorter := _VARIANT.sub("", stem):
        if shorter == stem:
            break
        stem = shorter
    return f"{stem}.{'jpg' if suffix == 'jpeg' else suffix}"


def _nearest(paths: list[Path], parts: list[str], *, largest: bool = False) -> list[Path]:
    """Return the files whose folders are most like those of an address; of these, one if `largest`."""
    if not paths:
        return []
    scores = {path: _agreement(path, parts) for path in paths}
    best = [path for path in paths if scores[path] == max(scores.values())]
    folders = {path.parent for path in best}
    return [max(best, key=lambda path: path.stat().st_size)] if largest and len(folders) == 1 else best


def _agreement(path: Path, parts: list[str]) -> int:
    """Count the folders above a file that an address names too, from the file upwards."""
    count = 0
    for mine, theirs in zip(reversed(path.parts[:-1]), reversed(parts[:-1]), strict=False):
        if plain(mine) != plain(theirs):
            break
        count += 1
    return count
