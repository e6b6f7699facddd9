"""A content-addressed store of finished work: entries by key, whole and unharmed or not there."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from hmac import compare_digest
from pathlib import Path
from typing import Any

from book.press.seal import SIZE, seal

LIMIT = 2 << 30
"""Bytes the store may grow to before the entries that were used longest ago are dropped."""

_MARK = b"octavo\n"
_COUNT = 8
"""Bytes that say how long the first part of an entry is."""


def key(*parts: object) -> str:
    """Return the key of work that these parts shape."""
    digest = hashlib.blake2b(digest_size=20)
    for part in parts:
        data = part if isinstance(part, bytes) else repr(part).encode("utf-8", "surrogatepass")
        digest.update((len(data) << 1 | isinstance(part, bytes)).to_bytes(9, "big"))
        digest.update(data)
    return digest.hexdigest()


def packed(said: object, data: bytes) -> bytes:
    """Put what is said of some bytes, as JSON, and the bytes into one entry."""
    head = json.dumps(said).encode()
    return len(head).to_bytes(_COUNT, "big") + head + data


def unpacked(entry: bytes) -> tuple[Any, bytes]:
    """Part an entry into what is said, and the bytes."""
    end = _COUNT + int.from_bytes(entry[:_COUNT], "big")
    return json.loads(entry[_COUNT:end]), entry[end:]


class Store:
    """Entries in a folder. Several processes may use it at once.

    Reading never fails: what cannot be read, or was not written by this user, is not there.
    A `fresh` store forgets what it did not remember itself. Entries that cannot be
    written are kept in memory.
    """

    def __init__(self, folder: Path, *, fresh: bool = False, limit: int = LIMIT) -> None:
        self._folder, self._fresh, self._limit = folder, fresh, limit
        self._own: set[str] = set()
        self._kept: dict[str, bytes] = {}

    def get(self, name: str) -> bytes | None:
        """Return the entry `name`, or None."""
        if self._fresh and name not in self._own:
            return None
        try:
            data = self._path(name).read_bytes()
        except OSError:
            return self._kept.get(name)
        start = len(_MARK) + SIZE
        if not data.startswith(_MARK) or not compare_digest(data[len(_MARK) : start], seal(data[start:])):
            return self._kept.get(name)
        return data[start:]

    def has(self, name: str) -> bool:
        """Tell whether there is an entry `name`, without reading it."""
        if self._fresh and name not in self._own:
            return False
        return name in self._kept or self._path(name).is_file()

    def put(self, name: str, data: bytes) -> None:
        """Remember an entry."""
        self._own.add(name)
        path = self._path(name)
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with beside.open("wb") as file:
                file.writelines((_MARK, seal(data), data))
            beside.replace(path)
        except OSError:
            self._kept[name] = data
            with suppress(OSError):
                beside.unlink(missing_ok=True)

    def touch(self, names: list[str]) -> None:
        """Note that entries were used."""
        for name in names:
            with suppress(OSError):
                os.utime(self._path(name))

    def prune(self) -> None:
        """Drop the entries that were used longest ago, past the size limit, and what dead processes left."""
        entries = []
        for folder in self._folder.glob("??"):
            with suppress(OSError), os.scandir(folder) as found:
                for entry in found:
                    with suppress(OSError):
                        stat = entry.stat()
                        entries.append((stat.st_mtime_ns, stat.st_size, entry.path))
        room = self._limit
        for _, size, path in sorted(entries, reverse=True):
            room -= size
            if room < 0:
                with suppress(OSError):
                    Path(path).unlink()

    def _path(self, name: str) -> Path:
        return self._folder / f"{name[:2]}/{name[2:]}"
