"""Whole builds: what they report, and that the same manuscript always gives the same bytes."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

import book
from book.errors import BookError

POSTS = {
    "2017-08-29-first": """\
---
title: First
date: 2017-08-29
tags: [a, b]
---

One *two* three.[^1] See [the next](second).

[^1]: A note.

![A dot](media/dot.png)
""",
    "2017-08-30-second": "---\ntitle: Second\ndate: 2017-08-30\ntags: [b]\n---\n\nFour five.\n",
    "2018-01-01-third": "---\ntitle: Third\ndate: 2018-01-01\ntags: [c]\ndraft: true\n---\n\nSix.\n",
    "2018-02-02-fourth": "---\ntitle: Fourth\ndate: 2018-02-02\n---\n\nSeven eight nine ten.\n",
}
TOML = 'title = "Numbers"\nauthor = "A. Counter"\nidentifier = "urn:x:numbers"\n[chapters]\nparts = "year"\n'
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c63f80f00010101001bb6ee560000000049454e44ae426082"
)


@pytest.fixture
def project(manuscript: Any) -> Any:
    """Give a function that makes one and the same project under any name."""
    return lambda name="numbers": manuscript(
        POSTS, toml=TOML, files={"chapters/media/dot.png": PNG}, name=name
    )


def test_a_build_reports_what_it_made(project: Any) -> None:
    root = project()
    report = book.build(root)
    assert [(one.name, one.format, one.path) for one in report.editions] == [
        ("ebook", "epub", root / "out" / "numbers.epub"),
        ("paperback", "pdf", root / "out" / "numbers-paperback.pdf"),
    ]
    ebook, paperback = report.editions
    assert ebook.pages is None
    assert paperback.pages is not None and paperback.pages > 5
    assert (ebook.posts, ebook.chapters, report.posts) == (3, 3, 3)
    assert ebook.words == paperback.words > 8
    assert [(one.path, one.reason) for one in report.skipped] == [
        (root / "chapters" / "2018-01-01-third.md", "draft")
    ]
    assert report.warnings == ()


def test_the_report_as_json(project: Any, octavo: Any) -> None:
    root = project()
    ran = octavo("build", root, "--json")
    assert ran.code == 0
    report = ran.json
    assert report.keys() == {"editions", "posts", "skipped"}
    assert report["skipped"] == [{"path": str(root / "chapters" / "2018-01-01-third.md"), "reason": "draft"}]
    for edition in report["editions"]:
        assert edition.keys() == {
            "name", "format", "path", "pages", "posts", "chapters", "words", "seconds", "warnings", "marks",
        }  # fmt: skip
        assert Path(edition["path"]).is_file()
        assert edition["warnings"] == []
        assert edition["seconds"] > 0
    assert ran.stderr == "" or "left out: draft" in ran.stderr


def test_what_people_read(project: Any, octavo: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    root = project()
    monkeypatch.chdir(root)
    ran = octavo("build", "--edition", "ebook")
    assert ran.code == 0
    assert ran.stdout.startswith("out/numbers.epub: 3 posts, ")
    assert ran.stderr == "chapters/2018-01-01-third.md: left out: draft\n"


def test_only_the_edition_named_is_made(project: Any) -> None:
    root = project()
    report = book.build(str(root), editions=["ebook"])
    assert [edition.name for edition in report.editions] == ["ebook"]
    assert [path.name for path in (root / "out").iterdir()] == ["numbers.epub"]


def test_an_edition_that_is_not_there(project: Any) -> None:
    with pytest.raises(BookError) as caught:
        book.build(project(), editions=["ebok"])
    assert caught.value.notices[0].hint == "did you mean `ebook`?"


def test_another_folder_for_editions(project: Any, tmp_path: Path) -> None:
    report = book.build(project(), editions=["ebook"], out=tmp_path / "shelf")
    assert report.editions[0].path == tmp_path / "shelf" / "numbers.epub"
    assert report.editions[0].path.is_file()


def test_nothing_is_written_but_editions_and_what_is_remembered(project: Any) -> None:
    root = project()

    def files() -> set[Path]:
        return {path.relative_to(root) for path in root.rglob("*") if path.is_file()}

    before = files()
    book.build(root)
    assert {path.parts[0] for path in files() - before} == {"out", ".book"}


def test_a_project_without_book_toml(manuscript: Any) -> None:
    report = book.build(manuscript())
    assert [edition.path.name for edition in report.editions] == ["untitled.epub", "untitled-paperback.pdf"]
    assert [notice.message for notice in report.warnings] == ["the book has no title"]


def test_a_folder_that_is_no_project_is_left_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="there is no book here"):
        book.build(tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_build_that_fails_leaves_no_empty_folder(manuscript: Any) -> None:
    root = manuscript({}, toml=TOML)
    with pytest.raises(BookError, match="there are no posts"):
        book.build(root)
    assert not (root / "out").exists()


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def built(root: Path, *arguments: str, **environment: str) -> dict[str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "book", "build", str(root), *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return digests(root / "out")


def test_two_builds_give_the_same_bytes(project: Any) -> None:
    """Whatever the folder, the time zone, the locale, the hash seed, the workers, and what is remembered."""
    first = built(project("a"), "--jobs", "1", TZ="Asia/Tokyo", PYTHONHASHSEED="0", LC_ALL="C.UTF-8")
    other = project("another folder")
    for path in sorted(other.rglob("*")):
        os.utime(path, (2_000_000_000, 2_000_000_000))
    second = built(other, "--jobs", "2", TZ="America/Caracas", PYTHONHASHSEED="1", LC_ALL="C")
    assert first == second
    assert built(other) == first  # with what the first build remembered
    assert built(other, "--fresh") == first


def test_source_date_epoch_is_the_date_of_the_book(project: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1600000000")
    report = book.build(project(), editions=["ebook"])
    with zipfile.ZipFile(report.editions[0].path) as epub:
        [package] = [name for name in epub.namelist() if name.endswith(".opf")]
        assert "2020-09-13T12:26:40Z" in epub.read(package).decode()


@pytest.mark.parametrize("said", ["yesterday", "1e9", "99999999999999999999"])
def test_a_source_date_epoch_that_is_none(project: Any, monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", said)
    with pytest.raises(BookError, match="SOURCE_DATE_EPOCH"):
        book.build(project())


def test_builds_at_once_wait_for_each_other(project: Any) -> None:
    root = project()
    one = [sys.executable, "-m", "book", "build", str(root), "--edition", "ebook"]
    builds = [subprocess.Popen(one, stderr=subprocess.PIPE, stdout=subprocess.PIPE) for _ in range(3)]
    assert [(build.communicate()[0] != b"", build.returncode) for build in builds] == [(True, 0)] * 3
    assert [path.name for path in (root / "out").iterdir()] == ["numbers.epub"]
    assert zipfile.ZipFile(root / "out" / "numbers.epub").testzip() is None


def test_the_stages_are_told_to_those_who_wait(project: Any) -> None:
    told: list[str] = []
    book.build(project(), editions=["ebook"], tell=told.append)
    assert told == ["reading posts", "setting ebook"]


@pytest.mark.slow
def test_a_killed_build_leaves_the_old_editions_and_the_next_one_succeeds(project: Any) -> None:
    root = project()
    first = built(root)
    for moment in range(20):
        process = subprocess.Popen([sys.executable, "-m", "book", "build", str(root), "--fresh"])
        try:
            process.wait(0.15 * (moment + 1))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        assert {name: digest for name, digest in digests(root / "out").items() if name in first} == first
    assert built(root) == first
