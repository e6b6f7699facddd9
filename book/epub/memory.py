"""Finished EPUBs, remembered by all that shaped them."""

from __future__ import annotations

import hashlib
import platform
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from pathlib import Path

from book.desk import Desk
from book.model import Composition, Finding, Notice
from book.press.store import Store, key, packed, unpacked
from book.rows import of_row, row

_LIBRARIES = ("ebooklib", "fonttools", "lxml", "pillow", "tinycss2", "uharfbuzz")
_LARGEST = 64 << 20
"""Bytes past which an EPUB is no longer remembered: its pictures lie beside it already."""
_ROOM = 256 << 20


class Memory:
    """What is remembered of one EPUB: its file, and what there was to say of it."""

    def __init__(self, desk: Desk, composition: Composition, *options: object) -> None:
        self._to = desk.to
        self._store = Store(desk.store / "epub", fresh=desk.fresh, limit=_ROOM)
        self._shapers = _program(), _files(composition)
        self._name = key("epub", *self._shapers, options, *_pieces(composition))

    def recall(self) -> tuple[tuple[Notice, ...], tuple[Finding, ...]] | None:
        """Write the EPUB as it was made before, and return what was said and found; None if it was not."""
        data = self._store.get(self._name)
        if data is None:
            return None
        said, file = unpacked(data)
        self._to.write_bytes(file)
        self._store.touch([self._name])
        notices = tuple(of_row(Notice, one) for one in said["notices"])
        return notices, tuple(of_row(Finding, one) for one in said["findings"])

    def keep(self, notices: Sequence[Notice], findings: Sequence[Finding]) -> None:
        """Remember the EPUB that was written, unless it is very large."""
        if self._to.stat().st_size > _LARGEST:
            return
        said = {"notices": list(map(row, notices)), "findings": list(map(row, findings))}
        self._store.put(self._name, packed(said, self._to.read_bytes()))
        self._store.prune()

    def piece(self, make: Callable[[], bytes], *of: object) -> bytes:
        """Return a part that is made of these and of fonts, or make it."""
        name = key("piece", *self._shapers, of)
        data = self._store.get(name)
        if data is None:
            data = make()
            self._store.put(name, data)
        self._store.touch([name])
        return data

    @property
    def store(self) -> Store:
        """Where else findings about documents may be kept."""
        return self._store


@cache
def _program() -> str:
    """Return a digest of the program and of the libraries that it makes EPUBs with."""
    digest = hashlib.blake2b(digest_size=16)
    folder = Path(__file__).parents[1]
    for path in sorted(folder.rglob("*.*")):
        if path.suffix != ".pyc" and path.is_file():
            digest.update(path.read_bytes())
    libraries = [(name, version(name)) for name in _LIBRARIES]
    digest.update(repr((libraries, zlib.ZLIB_RUNTIME_VERSION, platform.python_version())).encode())
    return digest.hexdigest()


def _pieces(composition: Composition) -> Iterator[object]:
    """Take a composition apart for its key: in one piece, a long book would be written out twice at once."""
    book = composition.book
    yield replace(composition, book=replace(book, parts=()), galleys=())
    for part in book.parts:
        yield replace(part, chapters=())
        yield from part.chapters
    yield from composition.galleys


def _files(composition: Composition) -> list[tuple[str, int, int]]:
    """Return what tells that a font or its licence was changed; pictures have digests of their own."""
    paths = {path for face in composition.faces for path in (face.path, face.licence) if path}
    return [(str(path), stat.st_size, stat.st_mtime_ns) for path in sorted(paths) for stat in [path.stat()]]
