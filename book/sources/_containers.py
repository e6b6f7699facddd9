"""Open an export, be it a zip, a folder or one file, as a tree of names to read bytes from.

Zips are untrusted: one that would write outside its folder, holds links, is encrypted, or unpacks to
absurd sizes is refused, with the names at fault. Archives inside an archive are listed and left alone.
"""

from __future__ import annotations

import codecs
import os
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from book.errors import BookError
from book.textfile import read_bytes

LARGEST = 1024 * 2**20
"""How many bytes one file of an export may have; no blog's text has more."""

MOST = 4 * LARGEST
"""How many bytes may be read from one archive in all."""

ENTRIES = 200_000
_RATIO = 200
_ALLOWANCE = 100 * 2**20
"""An entry may pack better than `_RATIO` while it is smaller than this."""

_INNER = 256 * 2**20
"""How large a zip within an export may be: it is held in memory."""

_ARCHIVES = (".zip", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".tar", ".zst")
_CLUTTER = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini", ".git", "node_modules")
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError)
_LINK = 0o120000
_AGAIN = "download the export again, and compare its size with what the platform says"
_SAFE = "only open exports that you downloaded from your own blog"


@dataclass(frozen=True, slots=True)
class Container:
    """The files of an export, by their names: paths with slashes, in order.

    `ignored` names the archives inside it and the links, which are left alone.
    """

    source: Path
    names: tuple[str, ...]
    ignored: tuple[str, ...]
    _open: Callable[[str], BinaryIO] = field(repr=False)
    _read: Counter[str] = field(default_factory=Counter, repr=False)

    def open(self, name: str) -> BinaryIO:
        """Open a file of it for reading; close it after use."""
        return self._open(name)

    def read(self, name: str, limit: int = LARGEST) -> bytes:
        """Return the bytes of a file of it; raise BookError for a broken or an absurdly large one."""
        with self.open(name) as stream:
            pieces, total = [], 0
            try:
                while piece := stream.read(2**20):
                    pieces.append(piece)
                    total += len(piece)
                    self._count(name, len(piece), total, limit)
            except _UNREADABLE as error:
                raise self._broken(name, error) from error
        return b"".join(pieces)

    def head(self, name: str, size: int = 2**16) -> bytes:
        """Return how a file of it begins, to see what it is; raise BookError for a broken one.

        A text that is marked as UTF-16 is given as UTF-8, so that it looks as others do.
        """
        try:
            with self.open(name) as stream:
                begun = stream.read(size)
            if begun.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                return begun.decode("utf-16", "ignore").encode("utf-8", "replace")
            return begun
        except _UNREADABLE as error:
            raise self._broken(name, error) from error

    def _broken(self, name: str, error: Exception) -> BookError:
        said = f"this file cannot be unpacked: {str(error)[:1].lower()}{str(error)[1:]}"
        return BookError(said, path=self.place(name), hint="download the export again")

    def place(self, name: str) -> Path:
        """Return what to call a file of it in a message."""
        return self.source if name == self.source.name and self.source.is_file() else self.source / name

    def path(self, name: str) -> Path | None:
        """Return where a file of it stands on the disk; None if it is inside an archive."""
        place = self.place(name)
        return place if place.is_file() else None

    def media(self, name: str) -> Path | bytes:
        """Return a picture of it as `Gathered.media` holds pictures."""
        return self.path(name) or self.read(name)

    def _count(self, name: str, size: int, total: int, limit: int) -> None:
        self._read[""] += size
        if total > limit or self._read[""] > MOST:
            size_in_words = f"{(limit if total > limit else MOST) // 2**20} MB"
            raise BookError(f"this is more than {size_in_words} when it is unpacked", path=self.place(name))


@contextmanager
def opened(source: Path) -> Iterator[Container]:
    """Open a zip, a folder or a file; raise BookError for a zip that is refused."""
    if source.is_dir():
        yield _folder(source)
    elif is_zip(source):
        with _zip(source) as archive:
            yield _archived(archive, source)
    else:
        yield Container(source, (source.name,), (), lambda _: _file(source))


@contextmanager
def unpacked(container: Container, name: str) -> Iterator[Container]:
    """Open a zip that lies within an export, and is among what is `ignored` of it."""
    place = container.source / name
    data = container.read(name, _INNER)
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except _UNREADABLE as error:
        raise BookError("this zip is broken, or not complete", path=place, hint=_AGAIN) from error
    with archive:
        yield _archived(archive, place)


def _archived(archive: zipfile.ZipFile, source: Path) -> Container:
    names, ignored = _checked(archive, source)
    entries = {**names, **ignored}
    return Container(
        source, tuple(names), tuple(ignored), lambda name: _unpacked(archive, entries, source, name)
    )


def is_zip(source: Path) -> bool:
    """Tell whether a file is a zip, by how it begins."""
    if not source.is_file():
        return False
    with source.open("rb") as stream:
        return stream.read(4) in (b"PK\x03\x04", b"PK\x05\x06")


def _folder(source: Path) -> Container:
    names: list[str] = []
    ignored: list[str] = []
    for place, folders, files in os.walk(source):
        folder = Path(place)
        links = [name for name in folders if (folder / name).is_symlink()]
        folders[:] = sorted(name for name in folders if not _is_clutter(name) and name not in links)
        for name in [*files, *links]:
            path = folder / name
            if not _is_clutter(name):
                (ignored if path.is_symlink() or _is_archive(name) else names).append(_name(path, source))
    return Container(source, tuple(sorted(names)), tuple(sorted(ignored)), lambda name: _file(source / name))


def _name(path: Path, source: Path) -> str:
    return path.relative_to(source).as_posix()


def _file(path: Path) -> BinaryIO:
    if not path.is_file():
        read_bytes(path)  # which says what it is
    try:
        return path.open("rb")
    except OSError as error:
        raise BookError(f"this file cannot be read: {error.strerror}", path=path) from error


def _zip(source: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(source)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise BookError("this zip is broken, or not complete", path=source, hint=_AGAIN) from error


def _checked(
    archive: zipfile.ZipFile, source: Path
) -> tuple[dict[str, zipfile.ZipInfo], dict[str, zipfile.ZipInfo]]:
    """Return the files of a zip by distinct names, and what is ignored; refuse a zip that is unsafe."""
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    _refuse(source, entries[ENTRIES:], f"holds more than {ENTRIES} files")
    _refuse(source, [e for e in entries if _escapes(e.filename)], "would write outside its folder")
    _refuse(source, [e for e in entries if (e.external_attr >> 16) & 0o170000 == _LINK], "holds links")
    _refuse(source, [e for e in entries if e.flag_bits & 0x1], "is encrypted", "unpack it yourself first")
    _refuse(source, _overlapping(entries), "holds entries that overlap, as only a zip bomb does")
    _refuse(source, [e for e in entries if _is_bomb(e)], "unpacks to an absurd size")
    _refuse(source, _together(entries), "unpacks to an absurd size, taken together")
    names: dict[str, zipfile.ZipInfo] = {}
    ignored: dict[str, zipfile.ZipInfo] = {}
    for entry in sorted(entries, key=lambda one: one.filename):
        if any(_is_clutter(part) for part in PurePosixPath(entry.filename).parts):
            continue
        if _is_archive(entry.filename):
            ignored[_distinct(entry.filename, ignored)] = entry
        else:
            names[_distinct(entry.filename, names)] = entry
    return names, ignored


def _refuse(source: Path, entries: list[zipfile.ZipInfo], what: str, hint: str = _SAFE) -> None:
    if entries:
        named = list(dict.fromkeys(f"`{entry.filename}`" for entry in entries))
        more = f" and {len(named) - 20} more" if len(named) > 20 else ""
        raise BookError(f"this zip {what}: {', '.join(named[:20])}{more}", path=source, hint=hint)


def _escapes(name: str) -> bool:
    path = PurePosixPath(name)
    return (
        path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name[:2] or not name.isprintable()
    )


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


def _distinct(name: str, names: dict[str, zipfile.ZipInfo]) -> str:
    path, number, found = PurePosixPath(name), 1, name
    while found in names:
        number += 1
        found = str(path.with_name(f"{path.stem} ({number}){path.suffix}"))
    return found


def _unpacked(
    archive: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo], source: Path, name: str
) -> BinaryIO:
    try:
        return cast(BinaryIO, archive.open(names[name]))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
        raise BookError(f"this file cannot be unpacked: {error}", path=source / name) from error


def _is_archive(name: str) -> bool:
    return name.lower().endswith(_ARCHIVES)


def _is_clutter(name: str) -> bool:
    return name in _CLUTTER or name.startswith("._")
