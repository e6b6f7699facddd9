"""One function over many items, the work shared among processes where there is enough of it."""

from __future__ import annotations

import gc
import multiprocessing
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

from book.cores import cores

__all__ = ["shared"]

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")
_MOST = 8
"""Processes at most: each holds a copy of what it changes."""


def shared(
    function: Callable[[_Item], _Result],
    items: Sequence[_Item],
    *,
    enough: int = 100,
    jobs: int | None = None,
) -> list[_Result]:
    """Return `[function(item) for item in items]`, done by `jobs` processes from `enough` items on.

    There are as many processes as cores, unless `jobs` is given, and for each half of `enough` items at
    least. What `function` changes elsewhere may be lost, and what it returns must bear to be pickled.
    Whatever goes wrong in a share is done again here, so that an exception is raised as it would be alone.
    """
    jobs = min(jobs or cores(), _MOST, len(items) // max(1, enough // 2))
    if jobs < 2 or not _may_fork():
        return [function(item) for item in items]
    shares: list[_Share[_Item, _Result]] = []
    with _set_aside():
        try:
            shares += [_Share(function, items[first::jobs]) for first in range(1, jobs)]
            results: list[list[_Result]] = [[function(item) for item in items[::jobs]]]
            results += [share.results() for share in shares]
        finally:
            for share in shares:
                share.close()
    return [results[place % jobs][place // jobs] for place in range(len(items))]


@contextmanager
def _set_aside() -> Iterator[None]:
    """Keep the garbage collector from what is there: it marks what it looks at, and marks copy memory."""
    if gc.get_freeze_count():
        yield
        return
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _may_fork() -> bool:
    """Tell whether a fork is safe: no other thread may hold a lock, and no library mind it, as macOS's do."""
    return sys.platform == "linux" and threading.active_count() == 1


class _Share(Generic[_Item, _Result]):
    """Some of the items, in a process of their own."""

    def __init__(self, function: Callable[[_Item], _Result], items: Sequence[_Item]) -> None:
        self._function, self._items = function, items
        context = multiprocessing.get_context("fork")
        self._pipe, there = context.Pipe(duplex=False)
        self._process = context.Process(target=self._send, args=(there,), daemon=True)
        with there, suppress(OSError):  # a machine may have no process left: the share is done here then
            self._process.start()

    def _send(self, pipe: Connection) -> None:
        try:
            pipe.send(self._done())
        except BaseException:  # the parent meets it again, and raises it
            with suppress(OSError):
                pipe.send(None)

    def _done(self) -> list[_Result]:
        return [self._function(item) for item in self._items]

    def results(self) -> list[_Result]:
        """Return what the process found, or find it here if it could not."""
        try:
            results: list[_Result] | None = self._pipe.recv()
        except (EOFError, OSError):  # the process is gone
            results = None
        return self._done() if results is None else results

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self._pipe.close()
        if self._process.pid is not None:
            self._process.kill()
            self._process.join()
