"""One build of a project at a time, in whatever process or thread."""

from __future__ import annotations

import fcntl
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from book.errors import BookError

_threads: dict[Path, Lock] = defaultdict(Lock)


@contextmanager
def held(folder: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold `folder` (made if it is missing) until the block ends; call `waiting` once if another holds it.

    The system lets go of what a dead process held.
    """
    try:
        folder.mkdir(exist_ok=True)
        file = (folder / "lock").open("w")
    except OSError as error:
        hint = "it remembers finished work, and needs a place beside the chapters"
        raise BookError(f"this folder cannot be written: {error.strerror}", path=folder, hint=hint) from error
    with file, _threads[folder]:
        # a record lock, not `flock`: worker processes would inherit that one, and outlive us with it
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            waiting()
            fcntl.lockf(file, fcntl.LOCK_EX)
        yield
