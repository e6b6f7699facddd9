"""What is kept of a file is asked anew when the file is another."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from book.unchanged import while_unchanged


def test_a_file_that_stays_is_asked_once_and_a_changed_one_again(tmp_path: Path) -> None:
    asked = []

    @while_unchanged(8)
    def first(path: Path, count: int) -> str:
        asked.append(path.name)
        return path.read_text()[:count]

    path = tmp_path / "a"
    path.write_text("one")
    assert [first(path, 2), first(path, 2), first(path, 1)] == ["on", "on", "o"]
    assert asked == ["a", "a"]
    beside = tmp_path / "b"
    beside.write_text("two")
    stat = path.stat()
    os.utime(beside, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    beside.replace(path)  # as many bytes, of the same time
    assert first(path, 2) == "tw"


def test_what_fails_is_not_kept_and_no_file_is_no_fault(tmp_path: Path) -> None:
    there = while_unchanged(8)(lambda path: path.read_bytes())
    with pytest.raises(FileNotFoundError):
        there(tmp_path / "a")
    (tmp_path / "a").write_bytes(b"x")
    assert there(tmp_path / "a") == b"x"
