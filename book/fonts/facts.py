"""What font files say of themselves, remembered so that a build need not open them again."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from book.fonts.store import store

_RECIPE = 1
"""To be raised when what is remembered of a font, or how it is written, changes."""


def remembered(path: Path, what: str, find: Callable[[], str]) -> str:
    """Return the fact `what` of the font file `path`: as remembered, else as `find` finds it.

    A file that was changed, replaced or moved is asked anew, and so is one whose fact was
    harmed in the store; where nothing can be remembered, nothing is.
    """
    stat = path.stat()
    identity = (_RECIPE, str(path.absolute()), stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)
    entry = store() / "facts" / f"{sha256(repr(identity).encode()).hexdigest()[:24]}-{what}"
    with suppress(OSError):
        seal, _, data = entry.read_bytes().partition(b"\n")
        if seal == _seal(data):
            return data.decode("utf-8", "surrogatepass")
    fact = find()
    with suppress(OSError):
        _write(entry, fact.encode("utf-8", "surrogatepass"))
    return fact


def _seal(data: bytes) -> bytes:
    return sha256(data).hexdigest().encode()


def _write(entry: Path, data: bytes) -> None:
    entry.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=entry.parent, prefix=".fact-", delete=False) as file:
        beside = Path(file.name)
        file.write(_seal(data) + b"\n" + data)
    try:
        beside.replace(entry)
    finally:
        beside.unlink(missing_ok=True)
