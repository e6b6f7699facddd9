"""Posts read in child processes, under limits of time and memory, and remembered."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import ClassVar, cast

from book.errors import BookError
from book.manner import Manner
from book.manuscript import Source
from book.model import Notice
from book.postrecord import Record, decoded, encoded
from book.press import standby
from book.press.store import Store, key
from book.press.workers import Failed, Killed, Limits, Lost, Worker

_MEMORY = 2 << 30
_SECONDS = 5
"""How long reading may take on the processor: a batch, or one post of less than a megabyte."""
_BATCH = 60_000  # bytes of Markdown that one call reads: calls cost little, but not nothing
_SHAPERS = ("markdown", "pymdown-extensions", "pygments", "nh3", "lxml", "latex2mathml", "babel")

_last: dict[tuple[str, Path], Record] = {}
"""What was read last, in a process that stays."""


def records(
    sources: Sequence[Source], manner: Manner, store: Path, *, jobs: int, fresh: bool, some: bool = False
) -> list[Record]:
    """Read posts, or remember them, in the order given; raise one BookError for all their faults.

    Where these are but `some` of a manuscript's posts, the others stay at hand in a process that stays.
    """
    memory = Store(store)
    keys = [key(source.data, source.path.name, manner, _shapers()) for source in sources]
    known: dict[int, Record] = {}
    for number, (source, name) in enumerate(zip(sources, keys, strict=True)):
        record = None if fresh else _last.get((name, source.path)) or _recalled(memory, name, source.path)
        if record is not None:
            known[number] = record
    faults: list[Notice] = []
    for number, result in _read([(n, s) for n, s in enumerate(sources) if n not in known], manner, jobs):
        if isinstance(result, BookError):
            faults += result.notices
        else:
            known[number] = result
            memory.put(keys[number], encoded(result))
    if faults:
        raise BookError.of(tuple(sorted(faults, key=lambda notice: (str(notice.path), notice.line or 0))))
    if not some:
        _last.clear()
    if standby.stays():
        _last.update({(keys[number], sources[number].path): record for number, record in known.items()})
    return [known[number] for number in range(len(sources))]


def _recalled(memory: Store, name: str, path: Path) -> Record | None:
    data = memory.get(name)
    return decoded(data, path) if data is not None else None


@lru_cache
def _shapers() -> str:
    """Name the versions of all that shapes a body, our own code among them."""
    own = hashlib.sha256()
    here = Path(__file__).parent
    for path in sorted(
        path for folder in ("", "copyedit", "dialect") for path in (here / folder).glob("*.py")
    ):
        own.update(path.read_bytes())
    return " ".join([*(f"{name} {version(name)}" for name in _SHAPERS), own.hexdigest()])


Result = Record | BookError
Numbered = tuple[int, Source]


@dataclass(frozen=True, slots=True)
class Room:
    """What a child process reads with."""

    LOADS: ClassVar[str] = "book.posts"
    manner: Manner

    def open(self) -> Room:
        """Have nothing to load."""
        return self

    def read(self, batch: Sequence[Numbered], plainly: str | None = None) -> list[tuple[int, Result]]:
        """Read posts one after the other; a post at fault gives its BookError."""
        from book.posts import read_post

        results: list[tuple[int, Result]] = []
        for number, source in batch:
            try:
                results.append((number, read_post(source.data, source.path, self.manner, plainly=plainly)))
            except BookError as error:
                results.append((number, error))
        return results


def _read(sources: Sequence[Numbered], manner: Manner, jobs: int) -> list[tuple[int, Result]]:
    batches = deque(_batches(sources))
    readers = min(jobs, len(batches))
    if not readers:
        return []
    with ThreadPoolExecutor(readers) as crew:
        shares = [crew.submit(_read_some, batches, manner) for _ in range(readers)]
        return [one for share in shares for one in share.result()]


def _batches(sources: Sequence[Numbered]) -> Iterator[list[Numbered]]:
    batch: list[Numbered] = []
    size = 0
    for one in sources:
        batch.append(one)
        size += len(one[1].data)
        if size > _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _read_some(batches: deque[list[Numbered]], manner: Manner) -> list[tuple[int, Result]]:
    """Read batches in one child process, as long as there are any that no other has taken.

    Where a batch loses the process, its posts go alone, each in another.
    """
    results: list[tuple[int, Result]] = []
    waiting = standby.of(Room(manner))
    worker: Worker | None = None
    while batch := _next(batches):
        try:
            worker = worker or (waiting.take() if waiting else None)
            worker = worker or Worker(Room(manner), _limits(batch))
            worker.limit(_limits(batch))
            results += worker.call("read", batch)
        except (Lost, Failed) as error:
            if worker is not None:
                worker.close()
            worker = None
            guilty = str(error) if len(batch) == 1 and not isinstance(error, Killed) else None
            results += [(one[0], _read_alone(one, manner, guilty)) for one in batch]
    if worker is not None and waiting is not None:
        waiting.leave(worker)
    elif worker is not None:
        worker.close()
    return results


def _next(batches: deque[list[Numbered]]) -> list[Numbered] | None:
    try:
        return batches.popleft()
    except IndexError:
        return None


def _limits(batch: Sequence[Numbered]) -> Limits:
    return Limits(_SECONDS + sum(len(source.data) for _, source in batch) // 200_000, _MEMORY)


def _read_alone(one: Numbered, manner: Manner, why: str | None) -> Result:
    """Read a post that may be the guilty one; where Markdown fails (`why`), its bare text stands."""
    for _ in range(1 if why else 2):
        worker = Worker(Room(manner), _limits([one]))
        said = f"this post cannot be read as Markdown: {why}" if why else None
        try:
            return cast(Result, worker.call("read", [one], said)[0][1])
        except (Lost, Failed) as error:
            why = str(error)
        finally:
            worker.close()
    hint = "leave it out with `draft: true`, or look for what is unusual in it"
    return BookError(f"this post cannot be read: {why}", path=one[1].path, hint=hint)
