"""Folders that browsers send: whole, held to their place, and refused where they are neither."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import pytest
from starlette.exceptions import HTTPException

from book.studio import folders


def body(*files: tuple[str, bytes]) -> bytes:
    listed = json.dumps([[path, len(data)] for path, data in files]).encode()
    return listed + b"\n" + b"".join(data for _, data in files)


def unpacked(folder: Path, *chunks: bytes) -> dict[str, bytes]:
    async def stream() -> AsyncIterator[bytes]:
        for chunk in chunks:
            yield chunk

    asyncio.run(folders.unpack(stream(), folder))
    paths: Iterable[Path] = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


FILES = {"a.md": b"one", "empty.md": b"", "posts/b/c.md": b"three\nlines\n", "posts/b/d.png": b"\x00\xff"}


@pytest.mark.parametrize("size", [1, 3, 7, 10_000])
def test_files_come_out_as_they_went_in_however_the_bytes_are_cut(tmp_path: Path, size: int) -> None:
    whole = body(*FILES.items())
    chunks = [whole[at : at + size] for at in range(0, len(whole), size)]
    assert unpacked(tmp_path / "in", *chunks) == FILES


def test_a_folder_with_nothing_in_it_is_a_folder(tmp_path: Path) -> None:
    assert unpacked(tmp_path / "in", b"[]\n") == {}
    assert unpacked(tmp_path / "only", body(("a.md", b""))) == {"a.md": b""}


@pytest.mark.parametrize(
    "path",
    [
        *("../a.md", "a/../../b.md", "/etc/passwd", "a//b.md", "", ".", "a/."),
        *("a\0b.md", "x" * 251, "\ud800.md", "/".join(["deep"] * 25)),
    ],
)
def test_a_path_leads_nowhere_else(tmp_path: Path, path: str) -> None:
    with pytest.raises(HTTPException) as refused:
        unpacked(tmp_path / "in", body(("first.md", b"1"), (path, b"2")))
    assert refused.value.status_code == 400
    assert not list(tmp_path.iterdir()), "nothing is written before all paths are known"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no list\n",
        b"[[[[\n",
        b'{"a.md": 1}\n',
        b'[["a.md"]]\nx',
        b'[["a.md", -1]]\nx',
        b'[["a.md", true]]\nx',
        b'[["a.md", 1.0]]\nx',
        b'[["a.md", "1"]]\nx',
        b"[[1, 1]]\nx",
        b"[" * 100_000 + b"\n",
        b'[["a.md", 2]]\nx',
        b'[["a.md", 2]]\nxyz',
        b'[["a.md", 1], ["a.md", 1]]\nxy',
        b'[["a", 1], ["a/b", 1]]\nxy',
        b'[["a", 99999999999999999999]]\nxy',
    ],
)
def test_what_is_no_whole_folder_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(HTTPException) as refused:
        unpacked(tmp_path / "in", data)
    assert refused.value.status_code == 400


def test_too_many_files_and_too_long_a_list_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "MOST", 2)
    monkeypatch.setattr(folders, "LIST", 60)
    assert len(unpacked(tmp_path / "two", body(("a", b""), ("b", b"")))) == 2
    for data in (body(("a", b""), ("b", b""), ("c", b"")), body(("x" * 90, b"")), b" " * 61):
        with pytest.raises(HTTPException) as refused:
            unpacked(tmp_path / "in", data)
        assert refused.value.status_code == 413
