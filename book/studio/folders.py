"""Folders that browsers send: a line that lists the files, then their bytes, one file after another.

The line is JSON, `[["drafts/first.md", 1204], …]`. Every path is held to the folder, and every byte
that is promised has to come.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import BinaryIO

from starlette.exceptions import HTTPException

KIND = "application/vnd.octavo.folder"
"""The content type of a folder's body."""

LIST = 4 << 20
"""Bytes that the list may have."""

MOST, DEEPEST, LONGEST = 20_000, 24, 250
"""Files in a folder, folders inside each other, bytes of one name."""


async def unpack(stream: AsyncIterator[bytes], folder: Path) -> None:
    """Write the files that a body holds into `folder`; refuse a body that is not whole or leads elsewhere."""
    listed, rest = await _line(stream)
    files = _Files([(_inside(folder, path), size) for path, size in _entries(listed)])
    folder.mkdir()
    with files:
        files.write(rest)
        async for chunk in stream:
            files.write(chunk)
        files.require_whole()


async def _line(stream: AsyncIterator[bytes]) -> tuple[bytes, bytes]:
    data = b""
    async for chunk in stream:
        data += chunk
        line, end, rest = data.partition(b"\n")
        if len(line) > LIST:
            raise HTTPException(413, "these are too many files")
        if end:
            return line, rest
    raise HTTPException(400, "this is no folder")


def _entries(listed: bytes) -> list[tuple[str, int]]:
    try:
        entries = json.loads(listed)
    except (ValueError, RecursionError) as error:
        raise HTTPException(400, "this is no list of files") from error
    if not isinstance(entries, list) or not all(map(_is_entry, entries)):
        raise HTTPException(400, "this is no list of files")
    if len(entries) > MOST:
        raise HTTPException(413, "these are too many files")
    return [(path, size) for path, size in entries]


def _is_entry(entry: object) -> bool:
    match entry:
        case [str(), int() as size]:
            return not isinstance(size, bool) and size >= 0
    return False


def _inside(folder: Path, path: str) -> Path:
    """Return where a file of that path belongs; refuse a path that could lead out, or that no disk takes."""
    parts = path.split("/")
    if len(parts) > DEEPEST or not all(map(_is_name, parts)):
        raise HTTPException(400, "this file has no name that could be kept")
    return folder.joinpath(*parts)


def _is_name(part: str) -> bool:
    try:
        size = len(part.encode())
    except UnicodeEncodeError:  # half of a character
        return False
    return part not in ("", ".", "..") and "\0" not in part and size <= LONGEST


class _Files:
    """Files of known sizes, written one after another from bytes as they come."""

    def __init__(self, files: list[tuple[Path, int]]) -> None:
        self._files = iter(files)
        self._open: BinaryIO | None = None
        self._left = 0

    def __enter__(self) -> _Files:
        self._next()
        return self

    def __exit__(self, *_: object) -> None:
        if self._open is not None:
            self._open.close()

    def write(self, data: bytes) -> None:
        """Write what has come to the file, or the files, that it belongs to."""
        view = memoryview(data)
        while view:
            if self._open is None:
                raise HTTPException(400, "this is more than was promised")
            self._open.write(view[: self._left])
            taken = min(self._left, len(view))
            view, self._left = view[taken:], self._left - taken
            self._next()

    def require_whole(self) -> None:
        """Refuse files whose bytes have not all come."""
        if self._open is not None:
            raise HTTPException(400, "this broke off")

    def _next(self) -> None:
        """Go on to the first file that still wants bytes; make those on the way that want none."""
        while not self._left:
            if self._open is not None:
                self._open.close()
                self._open = None
            try:
                path, self._left = next(self._files)
            except StopIteration:
                return
            self._open = _made(path)


def _made(path: Path) -> BinaryIO:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("xb")
    except OSError as error:  # a name twice, or a file and a folder of one name
        raise HTTPException(400, "two of these files have one name") from error
