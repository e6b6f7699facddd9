"""What is not a text file is refused, with its line and a way out."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from book.errors import BookError
from book.textfile import is_inside, read_text


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


def test_a_ring_of_links_lies_nowhere_and_is_no_post(manuscript: Any, octavo: Any) -> None:
    root = manuscript()
    ring = root / "chapters" / "2018-01-02-ring.md"
    ring.symlink_to(ring.name)
    assert not is_inside(ring, root)
    assert is_inside(root / "chapters", root) and not is_inside(root, root / "chapters")
    assert not is_inside(root / "a\0b", root)
    ran = octavo("build", root, "--edition", "ebook")
    assert ran.code == 0 and "2018-01-02-ring.md: left out: leads out of the project" in ran.stderr


def test_a_folder_of_posts_elsewhere_is_told_and_not_read(
    manuscript: Any, octavo: Any, tmp_path: Path
) -> None:
    root = manuscript()
    (root / "chapters").rename(tmp_path / "elsewhere")
    (root / "chapters").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    ran = octavo("build", root)
    assert ran.code == 1
    assert "chapters: this link leads out of the project" in ran.stderr and "hint:" in ran.stderr


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir], ids=["pipe", "folder"])
def test_what_is_no_file_is_named_with_a_way_out(manuscript: Any, octavo: Any, make: Any) -> None:
    root = manuscript()
    make(root / "chapters" / "2018-01-02-x.md")
    ran = octavo("build", root, "--edition", "ebook")
    assert ran.code == 1
    assert "chapters/2018-01-02-x.md" in ran.stderr and "hint:" in ran.stderr


@pytest.mark.parametrize(
    "header",
    [
        "date: 9999-12-31T23:59:59-23:59", "date: 0001-01-01T00:00:00+14:00", "date: 2300-01-01",
        "date: 2018-01-02\nurl: 'http://[::1'",
    ],
)  # fmt: skip
def test_the_last_days_and_broken_addresses_are_set_as_others_are(
    manuscript: Any, octavo: Any, header: str
) -> None:
    text = f"---\ntitle: x\n{header}\n---\n\nWords [a](http://[x) <a href='//[/'>b</a>.\n"
    ran = octavo("build", manuscript({"x": text}), "--edition", "ebook")
    assert ran.code == 0, ran.stderr
