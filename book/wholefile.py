"""Write files so that each is there whole or not at all."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from book.errors import BookError

_AT_ONCE = 8


def write_each(files: Mapping[Path, bytes]) -> None:
    """Write many files as `write_whole` does, several at once: most of the time is the disk's.

    Raise BookError for the first that cannot be written; others may be there by then.
    """
    with ThreadPoolExecutor(_AT_ONCE) as crew:
        try:
            for _ in crew.map(write_whole, files, files.values()):
                pass
        finally:
            crew.shutdown(cancel_futures=True)


def write_whole(path: Path, data: bytes) -> None:
    """Write beside `path`, bring it to the disk, and rename; what was there stays if anything fails."""
    part = path.with_name(f".{path.name[:50]}.{os.getpid()}-{threading.get_native_id()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)  # what a process of the same number left that was ended
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        hint = "check that there is room on the disk, and that you may write there"
        said = (error.strerror or str(error)).lower()
        raise BookError(f"this file cannot be written: {said}", path=path, hint=hint) from error
    finally:
        with suppress(OSError):  # it is gone, or where it should have been is no folder
            part.unlink()
