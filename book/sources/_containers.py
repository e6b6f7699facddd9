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
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import IO, BinaryIO, Self, cast

from book.errors import BookError
from book.sources._zipentries import (
    BROKEN,
    LARGEST,
    Entries,
    archive,
    checked,
    entries_of,
    is_archive,
    is_clutter,
)
from book.textfile import read_bytes

MOST = 4 * LARGEST
"""How many bytes may be read from one archive in all."""

_INNER = 256 * 2**20
"""How large a zip within an export may be: it is held in memory."""

_UNREADABLE = (zlib.error, EOFError, *BROKEN)


@dataclass(frozen=True, slots=True)
class Container:
    """The files of an export, by their names: paths with slashes, in order.

    `ignored` names the archives inside it and the links, which are left alone; `doubled` what stood in it
    more than once.
    """

    source: Path
    names: tuple[str, ...]
    ignored: tuple[str, ...]
    _open: Callable[[str], BinaryIO] = field(repr=False)
    _read: Counter[str] = field(default_factory=Counter, repr=False)
    doubled: tuple[str, ...] = ()

    def open(self, name: str) -> BinaryIO:
        """Open a file of it for reading; close it after use."""
        return self._open(name)

    def read(self, name: str, limit: int = LARGEST) -> bytes:
        """Return the bytes of a file of it; raise BookError for a broken or an absurdly large one."""
        return b"".join(self.pieces(name, limit))

    def pieces(self, name: str, limit: int = LARGEST) -> Iterator[bytes]:
        """Give the bytes of a file of it one after the other, as `read` does."""
        with self.open(name) as stream:
            total = 0
            try:
                while piece := stream.read(2**20):
                    total += len(piece)
                    self._count(name, len(piece), total, limit)
                    yield piece
            except _UNREADABLE as error:
                raise self._broken(name, error) from error

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
        return _broken(self.place(name), error)

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
            message = f"this is more than {size_in_words} when it is unpacked"
            raise BookError(message, path=self.place(name), hint="unpack it yourself, and look what it is")


@contextmanager
def opened(source: Path) -> Iterator[Container]:
    """Open a zip, a folder or a file; raise BookError for a zip that is refused."""
    if source.is_dir():
        yield _folder(source)
    elif is_zip(source):
        with ExitStack() as held:
            unpack = cache(lambda: held.enter_context(archive(source, source)))  # many ask for names alone
            yield _archived(unpack, entries_of(source), source)
    else:
        yield Container(source, (source.name,), (), lambda _: _file(source))


@contextmanager
def unpacked(container: Container, name: str) -> Iterator[Container]:
    """Open a zip that lies within an export, and is among what is `ignored` of it."""
    place = container.source / name
    with archive(BytesIO(container.read(name, _INNER)), place) as inner:
        yield _archived(lambda: inner, checked(inner, place), place)


def _archived(unpack: Callable[[], zipfile.ZipFile], entries: Entries, source: Path) -> Container:
    every = {**entries.files, **entries.ignored}
    return Container(
        source,
        tuple(entries.files),
        tuple(entries.ignored),
        lambda name: _unpacked(unpack(), every[name], source / name),
        doubled=entries.doubled,
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
        folders[:] = sorted(name for name in folders if not is_clutter(name) and name not in links)
        inside = folder.relative_to(source).as_posix()
        before = "" if inside == "." else f"{inside}/"
        for name in [*files, *links]:
            if not is_clutter(name):
                stays = is_archive(name) or (folder / name).is_symlink()
                (ignored if stays else names).append(before + name)
    return Container(source, tuple(sorted(names)), tuple(sorted(ignored)), lambda name: _file(source / name))


def _file(path: Path) -> BinaryIO:
    if not path.is_file():
        read_bytes(path)  # which says what it is
    try:
        return path.open("rb")
    except OSError as error:
        raise BookError(f"this file cannot be read: {error.strerror}", path=path) from error


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, place: Path) -> BinaryIO:
    try:
        return cast(BinaryIO, _Entry(archive.open(entry), place))
    except (*_UNREADABLE, RuntimeError) as error:
        raise _broken(place, error) from error


@dataclass(frozen=True, slots=True)
class _Entry:
    """A file within a zip, open for reading in pieces: each may turn out to be damaged."""

    stream: IO[bytes]
    place: Path

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes; raise BookError where they cannot be had."""
        try:
            return self.stream.read(size)
        except (*_UNREADABLE, RuntimeError) as error:
            raise _broken(self.place, error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stream.close()


def _broken(place: Path, error: Exception) -> BookError:
    why = str(error).rstrip(".") or "it ends too early"
    said = f"this file cannot be unpacked: {why[:1].lower()}{why[1:]}"
    return BookError(said, path=place, hint="download the export again")
