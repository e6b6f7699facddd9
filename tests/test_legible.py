"""Sources that no importer knows: what is wrong with them is said, with its line."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

from book.errors import BookError
from book.legible import archives_in, check, unopened


@pytest.mark.parametrize(
    ("name", "text", "line", "said"),
    [
        ("a.txt", " \n", None, "this file is empty"),
        ("a.toml", "x = 1\ny =\n", 2, "this is not TOML"),
        ("a.toml", "x = 1\ny = " + "[" * 5000, 2, "nested too deeply"),
        ("a.json", '{"a": 1,\n"b"}', 2, "this is not JSON"),
        ("a.yaml", "a: 1\nb: [1}", 2, "this file is not YAML"),
    ],
)
def test_what_cannot_be_read_says_why_and_where(
    tmp_path: Path, name: str, text: str, line: int | None, said: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(BookError, match=said) as caught:
        check(tmp_path / name)
    assert caught.value.notices[0].path == tmp_path / name
    assert caught.value.notices[0].line == line
    assert caught.value.notices[0].hint


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.tgz", gzip.compress(b"posts"), "this is a gzip archive, which is not opened here"),
        ("a.rar", b"Rar!\x1a\x07\x00", "this is a RAR archive"),
        ("a.pdf", b"%PDF-1.7\n1 0 obj\n", "this is a PDF"),
        ("a.tar", b"a.md".ljust(257, b"\0") + b"ustar", "this is a tar archive"),
        ("a.doc", b"\xd0\xcf\x11\xe0\0\0", "this is a document of an old word processor"),
        ("a.zip", b"no\0zip\0", "this is no zip, though its name says so"),
    ],
)
def test_files_that_are_taken_for_exports_are_called_what_they_are(
    tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(BookError, match=said) as caught:
        check(tmp_path / name)
    assert caught.value.notices[0].hint


@pytest.mark.parametrize(
    ("held", "said"),
    [
        ("META-INF/container.xml", "this is an EPUB"),
        ("[Content_Types].xml", "a document of a word processor"),
        ("META-INF/manifest.xml", "a document of a word processor"),
    ],
)
def test_zips_that_are_something_else_are_called_what_they_are(tmp_path: Path, held: str, said: str) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(held, "<x/>")
    with pytest.raises(BookError, match=said) as caught:
        check(tmp_path / "a.zip")
    assert caught.value.notices[0].hint


def test_text_that_can_be_read_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('x = "y"\n')
    check(tmp_path / "a.toml")


def test_archives_in_an_archive_are_named_and_stay_closed(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as inner:
        inner.writestr("post.md", "Hello.")
    with zipfile.ZipFile(tmp_path / "out.zip", "w") as outer:
        outer.write(tmp_path / "in.zip", "in.zip")
    names = archives_in(tmp_path / "out.zip")
    assert names == ("in.zip",)
    assert "`in.zip`" in unopened(names, tmp_path / "out.zip").message
    assert archives_in(tmp_path / "in.zip") == ()
