"""The pictures in `chapters/media/`: one copy of each by content, under a name that every system can hold."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from book.chapterfiles import Memory, digest, hash_of
from book.slug import slug
from book.textfile import read_bytes
from book.urls import urlsplit
from book.wholefile import write_whole

FOLDER = "media"


class MediaFiles:
    """Decides under which name a picture's bytes stand in `media/`, and writes those that do not yet."""

    def __init__(self, folder: Path, memory: Memory) -> None:
        self.folder = folder / FOLDER
        self.names = {sha256: name for name, sha256 in memory.media.items() if self._holds(name, sha256)}
        self.taken = {path.name.lower() for path in self.folder.iterdir()} if self.folder.is_dir() else set()
        self.memory = memory
        self.waiting: dict[str, Path | bytes] = {}

    def _holds(self, name: str, sha256: str) -> bool:
        return hash_of(self.folder / name) == sha256

    def addresses(self, media: Mapping[str, Path | bytes | None]) -> dict[str, str]:
        """Return, for each reference whose bytes are at hand, what to write in its place."""
        found: dict[str, str] = {}
        for reference, source in media.items():
            if source is not None:
                data = source if isinstance(source, bytes) else read_bytes(source)
                found[reference] = f"{FOLDER}/{self._name(reference, data, source)}"
        return found

    def _name(self, reference: str, data: bytes, source: Path | bytes) -> str:
        sha256 = digest(data)
        if sha256 not in self.names:
            name = _safe(reference)
            if name in self.taken and not self._holds(name, sha256):
                stem, dot, suffix = name.rpartition(".")
                name = f"{stem}-{sha256[:8]}.{suffix}" if dot else f"{name}-{sha256[:8]}"
            self.names[sha256] = name
            self.taken.add(name)
            self.memory.media[name] = sha256
            if not self._holds(name, sha256):
                self.waiting[name] = source
        return self.names[sha256]

    def write(self) -> None:
        """Write the pictures that were named and are not there."""
        for name, source in self.waiting.items():
            data = source if isinstance(source, bytes) else read_bytes(source)
            write_whole(self.folder / name, data)
        self.waiting.clear()


def _safe(reference: str) -> str:
    path = PurePosixPath(unquote(urlsplit(reference).path) or reference)
    suffix = slug(path.suffix)
    stem = slug(path.stem) or "picture"
    return f"{stem}.{suffix}" if suffix else stem
