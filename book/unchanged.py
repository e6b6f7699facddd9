"""What was found out about a file, kept as long as the file stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, update_wrapper
from pathlib import Path
from typing import TypeVar, TypeVarTuple

__all__ = ["while_unchanged"]

_More = TypeVarTuple("_More")
_Found = TypeVar("_Found")


def while_unchanged(
    kept: int,
) -> Callable[[Callable[[Path, *_More], _Found]], Callable[[Path, *_More], _Found]]:
    """Have a function of a file, and of what can be a key, keep its last `kept` answers.

    A file that was changed, replaced or moved is asked anew: a preview outlives many versions of one.
    """

    def decorate(find: Callable[[Path, *_More], _Found]) -> Callable[[Path, *_More], _Found]:
        @lru_cache(maxsize=kept)
        def known(_: tuple[int, ...], path: Path, *more: *_More) -> _Found:
            return find(path, *more)

        def found(path: Path, *more: *_More) -> _Found:
            return known(_version(path), path, *more)

        update_wrapper(found, find)
        return found

    return decorate


def _version(path: Path) -> tuple[int, ...]:
    try:
        stat = path.stat()
    except OSError:
        return ()
    return stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns
