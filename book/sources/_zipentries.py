"""What a zip lists, and whether it may be unpacked: no paths that lead outside, no links, no bombs."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from book.errors import BookError
from book.sources._zipnames import spell

LARGEST = 1024 * 2**20
"""How many bytes one file of an export may have; no blog's text has more."""

ENTRIES = 200_000
_RATIO = 200
_ALLOWANCE = 100 * 2**20
"""An entry may pack better than `_RATIO` while it is smaller than this."""

_METHODS = frozenset((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2))
"""How entries may be packed: LZMA, which an entry may have take 4 GB of memory, is in no blog's export."""

_ARCHIVES = (".zip", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".tar", ".zst")
_CLUTTER = frozenset(("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini", ".git", "node_modules"))
_LINK = 0o120000
_AGAIN = "download the export again, and compare its size with what the platform says"
_SAFE = "only open exports that you downloaded from your own blog"
_UNPACK = "unpack it yourself, and name the folder"
_DEEPEST = 60
_SHOWN = 100
BROKEN = (zipfile.BadZipFile, OSError, ValueError, NotImplementedError)


@dataclass(frozen=True, slots=True)
class Entries:
    """The files of a zip by distinct names, those that stay packed, and names that stood more than once."""

    files: dict[str, zipfile.ZipInfo]
    ignored: dict[str, zipfile.ZipInfo]
    doubled: tuple[str, ...]


class Names:
    """Names that are given once: what is taken gets a number. `fold` tells which names are one."""

    def __init__(self, fold: Callable[[str], str] = str) -> None:
        self._fold = fold
        self._taken = Counter[str]()

    def own(self, name: str) -> str:
        """Return a name, with a number where it is taken."""
        key, path, found = self._fold(name), PurePosixPath(name), name
        while self._taken[self._fold(found)]:
            self._taken[key] += 1
            found = str(path.with_name(f"{path.stem} ({self._taken[key]}){path.suffix}"))
        self._taken[self._fold(found)] = 1
        return found


def entries_of(source: Path) -> Entries:
    """Return what a zip on the disk holds; raise BookError for one that is unsafe or broken."""
    known = source.stat()
    return _entries(source, (known.st_ino, known.st_size, known.st_mtime_ns))


@lru_cache(maxsize=1)
def _entries(source: Path, _: tuple[int, ...]) -> Entries:
    """Remember the last zip: every importer is asked whether it is one of its own."""
    with archive(source, source) as opened:
        return checked(opened, source)


def archive(file: Path | BinaryIO, source: Path) -> zipfile.ZipFile:
    """Open a zip, be it a file or bytes; raise BookError where it is none."""
    try:
        return zipfile.ZipFile(file)
    except UnicodeDecodeError as error:
        message = "this zip holds names that are not the UTF-8 they say they are"
        raise BookError(message, path=source, hint=_UNPACK) from error
    except BROKEN as error:
        raise BookError("this zip is broken, or not complete", path=source, hint=_AGAIN) from error


def checked(opened: zipfile.ZipFile, source: Path) -> Entries:
    """Return the files of a zip by distinct names, and what is ignored; refuse a zip that is unsafe."""
    entries = _files(opened)
    _refuse(source, entries[ENTRIES:], f"holds more than {ENTRIES} files")
    _refuse(source, [e for e in entries if _escapes(e.filename)], "would write outside its folder")
    _refuse(source, [e for e in entries if not e.filename], "holds files without a name", _UNPACK)
    deep = [e for e in entries if e.filename.count("/") > _DEEPEST]
    _refuse(source, deep, f"holds files in more than {_DEEPEST} folders", _UNPACK)
    _refuse(source, [e for e in entries if not e.filename.isprintable()], "holds names that cannot be read")
    _refuse(source, [e for e in entries if (e.external_attr >> 16) & 0o170000 == _LINK], "holds links")
    _refuse(source, [e for e in entries if e.flag_bits & 0x1], "is encrypted", "unpack it yourself first")
    _refuse(
        source,
        [e for e in entries if e.compress_type not in _METHODS],
        "is packed in a way that is not read",
        _UNPACK,
    )
    _refuse(source, _overlapping(entries), "holds entries that overlap, as only a zip bomb does")
    _refuse(source, [e for e in entries if _is_bomb(e)], "unpacks to an absurd size")
    _refuse(source, _together(entries), "unpacks to an absurd size, taken together")
    return _named(entries)


def _files(opened: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Return the entries that are no folders, under names as they are read."""
    entries = [entry for entry in opened.infolist() if not entry.filename.endswith("/")]
    spell(entries)
    for entry in entries:
        entry.filename = _plain(entry.filename)
    return entries


def _plain(name: str) -> str:
    """Return a name without the parts that lead nowhere: `./a//b` is `a/b`; one from the root stays so."""
    root = "/" if name.startswith("/") else ""
    return root + "/".join(part for part in name.split("/") if part not in ("", "."))


def _named(entries: list[zipfile.ZipInfo]) -> Entries:
    files: dict[str, zipfile.ZipInfo] = {}
    ignored: dict[str, zipfile.ZipInfo] = {}
    names = Names()
    for entry in sorted(entries, key=lambda one: one.filename):
        if not any(is_clutter(part) for part in entry.filename.split("/")):
            (ignored if is_archive(entry.filename) else files)[names.own(entry.filename)] = entry
    doubled = dict.fromkeys(entry.filename for name, entry in files.items() if name != entry.filename)
    return Entries(files, ignored, tuple(doubled))


def _refuse(source: Path, entries: list[zipfile.ZipInfo], what: str, hint: str = _SAFE) -> None:
    if entries:
        named = list(dict.fromkeys(f"`{_shown(entry.filename)}`" for entry in entries))
        more = f" and {len(named) - 20} more" if len(named) > 20 else ""
        raise BookError(f"this zip {what}: {', '.join(named[:20])}{more}", path=source, hint=hint)


def _shown(name: str) -> str:
    """Return a name as it can be read: whatever turns the line or hides something is spelt out."""
    short = name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…"
    return "".join(one if one.isprintable() else f"\\u{ord(one):04x}" for one in short)


def _escapes(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name[:2] or ".." in name.split("/")


def _overlapping(entries: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    found, end = [], 0
    for entry in sorted(entries, key=lambda one: one.header_offset):
        if entry.header_offset < end:
            found.append(entry)
        end = max(end, entry.header_offset + 30 + len(entry.orig_filename) + entry.compress_size)
    return found


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > LARGEST or (
        entry.file_size > _ALLOWANCE and entry.file_size > _RATIO * max(1, entry.compress_size)
    )


def _together(entries: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """Return the entries that pack too well where all of them do: none is a bomb alone."""
    size, packed = (
        sum(sizes) for sizes in ([e.file_size for e in entries], [e.compress_size for e in entries])
    )
    if size <= _ALLOWANCE or size <= _RATIO * max(1, packed):
        return []
    return [entry for entry in entries if entry.file_size > _RATIO * max(1, entry.compress_size)]


def is_archive(name: str) -> bool:
    """Tell by its name whether a file is an archive."""
    return name.lower().endswith(_ARCHIVES)


def is_clutter(name: str) -> bool:
    """Tell whether a file or a folder is one that systems leave behind."""
    return name in _CLUTTER or name.startswith("._")
