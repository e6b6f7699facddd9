"""Pictures prepared in child processes, since decoders may fail on what they are given; and remembered."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from itertools import repeat
from pathlib import Path

from book.errors import BookError
from book.media import Prepared, Unusable, prepare
from book.press.store import Store, key
from book.press.workers import Failed, Limits, Lost, Worker
from book.wholefile import write_whole

_LIMITS = Limits(seconds=30, memory=3 << 30)
_SHAPERS = ("pillow", "pikepdf", "lxml")
_OWN = ("media", "jpegscans", "stripping", "svg", "allowed", "withheld")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as editions use it, its bytes in the file `path`; the last four are those of `Prepared`."""

    path: Path
    media_type: str
    width: int
    height: int
    digest: str
    kind: str
    lost: tuple[str, ...]
    damaged: bool
    ended: bool


@dataclass(frozen=True, slots=True)
class Darkroom:
    """What a child process prepares pictures with."""

    def open(self) -> Darkroom:
        """Have nothing to load."""
        return self

    def prepare(self, data: bytes) -> Prepared | str:
        """Prepare a picture; return why where it cannot be."""
        try:
            return prepare(data)
        except Unusable as error:
            return str(error)


def prepared(pictures: Sequence[bytes], folder: Path, *, jobs: int, fresh: bool) -> list[Picture | str]:
    """Return each picture, ready in `folder`, or why it cannot be shown."""
    memory = Store(folder / "known")
    keys = [key(data, _shapers()) for data in pictures]
    known = (
        {} if fresh else {name: found for name in keys if (found := _remembered(memory.get(name), folder))}
    )
    todo = {name: data for name, data in zip(keys, pictures, strict=True) if name not in known}
    shares = [list(todo.items())[first::jobs] for first in range(min(jobs, len(todo)))]
    if shares:
        with ThreadPoolExecutor(len(shares)) as crew:
            for made in crew.map(_develop, shares, repeat(folder), repeat(memory)):
                known |= made
    return [known[name] for name in keys]


def _develop(share: Sequence[tuple[str, bytes]], folder: Path, memory: Store) -> Mapping[str, Picture | str]:
    """Prepare pictures in one child process, another after one that is lost."""
    made: dict[str, Picture | str] = {}
    worker: Worker | None = None
    for name, data in share:
        worker = worker or Worker(Darkroom(), _LIMITS)
        try:
            result: Prepared | str = worker.call("prepare", data)
        except (Lost, Failed) as error:
            worker.close()
            worker = None
            made[name] = f"it cannot be decoded: {error}"  # not remembered: the machine may be at fault
            continue
        made[name] = _kept(result, folder) if isinstance(result, Prepared) else result
        memory.put(name, _record(made[name]))
    if worker is not None:
        worker.close()
    return made


def _kept(picture: Prepared, folder: Path) -> Picture:
    """Write a picture under a name of its content, whole or not at all."""
    digest = hashlib.sha256(picture.data).hexdigest()
    path = folder / f"{digest[:32]}.{picture.suffix}"
    if not _holds(path, digest):
        try:
            write_whole(path, picture.data)
        except BookError as error:
            hint = "make room, or let the folder be written: prepared pictures are kept there"
            raise BookError("pictures cannot be kept here", path=folder, hint=hint) from error
    size, mended = (picture.width, picture.height), (picture.damaged, picture.ended)
    return Picture(path, picture.media_type, *size, digest, picture.kind, picture.lost, *mended)


def _holds(path: Path, digest: str) -> bool:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == digest
    except OSError:
        return False


def _record(picture: Picture | str) -> bytes:
    if isinstance(picture, str):
        return json.dumps(picture).encode()
    values = [picture.path.name, picture.media_type, picture.width, picture.height, picture.digest]
    values += [picture.kind, picture.lost, picture.damaged, picture.ended]
    return json.dumps(values).encode()


def _remembered(data: bytes | None, folder: Path) -> Picture | str | None:
    """Read a record; None where there is none, or the file it tells of is not as it was."""
    try:
        values = json.loads(data or b"null")
        if isinstance(values, str):
            return values
        name, media_type, width, height, digest, kind, lost, *mended = values
        path = folder / Path(name).name
        damaged, ended = map(bool, mended)
        seen = str(kind), tuple(map(str, lost)), damaged, ended
        made = Picture(path, media_type, width, height, digest, *seen)
        return made if _holds(path, digest) else None
    except (ValueError, TypeError):
        return None


@lru_cache
def _shapers() -> str:
    own = hashlib.sha256()
    for name in _OWN:
        own.update((Path(__file__).parent / f"{name}.py").read_bytes())
    return " ".join([*(f"{name} {version(name)}" for name in _SHAPERS), own.hexdigest()])
