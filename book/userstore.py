"""Where things are remembered that belong to a person and not to a book: one folder for each user."""

from __future__ import annotations

import os
import tempfile
from functools import cache
from pathlib import Path


def folder(kind: str) -> Path:
    """Return the user's folder for things of a kind: `$XDG_CACHE_HOME/octavo/fonts`.

    A user without a home, as containers have, has one for as long as this process lives.
    """
    return _folder(kind, *map(os.environ.get, ("XDG_CACHE_HOME", "HOME", "USERPROFILE")))


@cache
def _folder(kind: str, base: str | None, *_: str | None) -> Path:
    return (Path(base) if base else _cache()) / "octavo" / kind


def _cache() -> Path:
    try:
        return Path.home() / ".cache"
    except RuntimeError:
        return Path(_passing().name)


@cache
def _passing() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="octavo-")
