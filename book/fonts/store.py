"""Where cut fonts are remembered: one folder for each user, safe for many processes at once."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from book import userstore
from book.errors import BookError


def store() -> Path:
    """Return the user's folder for cut fonts: `$XDG_CACHE_HOME/octavo/fonts`."""
    return userstore.folder("fonts")


def remember(path: Path, make: Callable[[Path], None]) -> Path:
    """Return `path`, having `make` write it first where it is not there yet: whole, or not at all."""
    if path.is_file():
        return path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".cutting-")
        os.close(handle)
    except OSError as error:
        raise BookError(
            f"the store for cut fonts cannot be written: {error.strerror}",
            path=path.parent,
            hint="set XDG_CACHE_HOME to a folder that can be written",
        ) from error
    beside = Path(name)
    try:
        make(beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return path
