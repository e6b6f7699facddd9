"""A clean book, and the means to plant one fault in a copy of it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

Change = Callable[[bytes], bytes]


def planted(
    clean: Path,
    to: Path,
    changes: Mapping[str, tuple[str, str] | bytes | None],
    *,
    added: Mapping[str, bytes] | None = None,
) -> Path:
    """Copy an EPUB with files changed: a text put for another, other bytes, or None for no file.

    A name may be the end of one; a text that is not there to be replaced is a mistake of the test.
    """
    left = dict(changes)
    with zipfile.ZipFile(clean) as source, zipfile.ZipFile(to, "w") as target:
        for entry in source.infolist():
            data: bytes | None = source.read(entry)
            for name in [name for name in left if entry.filename.endswith(name)]:
                change = left.pop(name)
                if isinstance(change, tuple):
                    old, new = (part.encode() for part in change)
                    assert data is not None and old in data, f"{old!r} is not in {entry.filename}"
                    data = data.replace(old, new)
                else:
                    data = change
            if data is not None:
                target.writestr(entry, data)
        for name, data in (added or {}).items():
            entry = zipfile.ZipInfo(name, source.infolist()[0].date_time)
            target.writestr(entry, data)
    assert not left, f"no such file: {left}"
    return to
