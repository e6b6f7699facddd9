"""What is not a text file is refused, with its line and a way out."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from book.errors import BookError
from book.textfile import read_text


def write(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "dump.txt"
    path.write_bytes(data)
    return path


def test_marks_and_line_ends_are_accepted(tmp_path: Path) -> None:
    assert read_text(write(tmp_path, b"\xef\xbb\xbfone\r\ntwo\rthree\n")) == "one\ntwo\nthree\n"


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"one\ntw\0o", 2, "NUL"),
        ("one\nUn été, le garçon a déjà mangé l’abricot".encode("cp1252"), 2, "windows-1252"),
        ("日本語のブログです。今日はいい天気。".encode("shift_jis"), 1, "cp932"),
        ("Hello".encode("utf-16"), 1, "utf-16"),
        (b"one\ntwo\nthree " + b"\xed\xa0\x80", 3, "not UTF-8"),
    ],
)
def test_other_bytes_are_refused(tmp_path: Path, data: bytes, line: int, words: str) -> None:
    path = write(tmp_path, data)
    with pytest.raises(BookError, match=words) as caught:
        read_text(path)
    assert (caught.value.notices[0].path, caught.value.notices[0].line) == (path, line)
    assert caught.value.notices[0].hint


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name, words in [("gone", "no such file"), (".", "a folder"), ("pipe", "neither")]:
        with pytest.raises(BookError, match=words):
            read_text(tmp_path / name)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = write(tmp_path, b"x")
    path.chmod(0)
    with pytest.raises(BookError, match="cannot be read"):
        read_text(path)
