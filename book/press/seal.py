"""The seal on what is remembered: only what this user's own programs wrote is believed.

A project's folder may come from a stranger, with a `.book/` in it. What they put there would be taken
for bodies that were cleaned and pages that were set. So entries are sealed with a secret of the user's,
which lies in no project.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from book import userstore

SIZE = 20
"""Bytes of a seal."""

_SECRET = 32


def seal(data: bytes) -> bytes:
    """Return the seal of an entry."""
    return hashlib.blake2b(data, key=_secret(userstore.folder("seal")), digest_size=SIZE).digest()


@lru_cache
def _secret(folder: Path) -> bytes:
    """Return the user's secret, made when there is none; where it cannot be kept, one for this process."""
    path = folder / "secret"
    made = secrets.token_bytes(_SECRET)
    beside = path.with_name(f".secret.{os.getpid()}")
    try:
        if len(found := _bytes(path)) == _SECRET:
            return found
        folder.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(made)
        _name(beside, path, cut_short=bool(found))
        return _bytes(path) or made
    except OSError:
        return made


def _name(beside: Path, path: Path, *, cut_short: bool) -> None:
    """Give a file its name, unless another process was first; a file that is cut short gives way."""
    try:
        if cut_short:
            beside.replace(path)
        else:
            os.link(beside, path)
    except FileExistsError:
        pass
    except OSError:  # a file system without links
        beside.replace(path)
    with suppress(OSError):
        beside.unlink()


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""
