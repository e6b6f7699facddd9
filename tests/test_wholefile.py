"""A file is there whole or not at all."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from book.errors import BookError
from book.wholefile import write_each, write_whole


def test_a_file_and_its_folder_are_made(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.md"
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert path.read_bytes() == b"two"
    assert [entry.name for entry in path.parent.iterdir()] == ["b.md"]
    assert path.stat().st_mode & 0o777 == 0o666 & ~current_mask()


def current_mask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def test_what_was_there_stays_if_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "b.md"
    path.write_bytes(b"before")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BookError, match="no space left on device") as caught:
        write_whole(path, b"after")
    assert caught.value.notices[0].path == path
    assert [(entry.name, entry.read_bytes()) for entry in tmp_path.iterdir()] == [("b.md", b"before")]


def test_a_folder_in_the_way_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "b.md").mkdir()
    with pytest.raises(BookError):
        write_whole(tmp_path / "b.md", b"x")
    assert len(list(tmp_path.iterdir())) == 1


def test_a_file_where_the_folder_should_be_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    with pytest.raises(BookError, match="this file cannot be written"):
        write_whole(tmp_path / "a" / "b.md", b"y")
    assert (tmp_path / "a").read_bytes() == b"x"


def test_many_files_are_written_under_the_mask_of_the_user(tmp_path: Path) -> None:
    files = {tmp_path / "a" / f"{number}.md": b"%d" % number for number in range(60)}
    before = os.umask(0o027)
    try:
        write_each(files)
        assert current_mask() == 0o027
    finally:
        os.umask(before)
    assert {path: path.read_bytes() for path in (tmp_path / "a").iterdir()} == files
    assert {path.stat().st_mode & 0o777 for path in files} == {0o640}


def test_the_first_of_many_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "3.md").mkdir()
    with pytest.raises(BookError) as caught:
        write_each({tmp_path / f"{number}.md": b"x" for number in range(9)})
    assert caught.value.notices[0].path == tmp_path / "3.md"
    assert not list(tmp_path.glob(".*"))


def test_what_a_dead_process_left_is_in_nobodys_way(tmp_path: Path) -> None:
    left = tmp_path / f".b.md.{os.getpid()}-{threading.get_native_id()}"
    left.symlink_to(tmp_path / "elsewhere")
    write_whole(tmp_path / "b.md", b"x")
    assert [(entry.name, entry.read_bytes()) for entry in tmp_path.iterdir()] == [("b.md", b"x")]
