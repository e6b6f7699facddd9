"""Pictures without words are listed where words can be put; those said to be decoration are none."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from binding import drawn

import book
from book.check import check
from book.wordless import lines


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("![](a.png)", [("a.png", 1)]),
        ("![IMG_1234](a.png) ![a.png](x/a.png) ![salt](salt.png)", [("a.png", 1), ("x/a.png", 1)]),
        ("<img src='dsc-1.jpg' alt='dsc-1'>", [("dsc-1.jpg", 1)]),
        ("words\n\n![ ](<a b.png>)", [("a b.png", 3)]),
        ("![A heap](a.png) and [](a.png)", []),
        ("`![](a.png)`\n\n```\n![](a.png)\n```", []),
        ("![](a.png){role=presentation}", []),
        ("![](a.png){.wide}", [("a.png", 1)]),
        ('<img src="a.png">', [("a.png", 1)]),
        ("<img class=x src=a.png alt=''>", [("a.png", 1)]),
        ('<img alt="A heap" src="a.png"> <img src="b.png" alt="B">', []),
        ('<img src="a.png" role="presentation" alt="">', []),
    ],
)
def test_pictures_without_words_are_found(text: str, found: list[tuple[str, int]]) -> None:
    assert list(lines(text)) == found


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("wordless")
    (root / "chapters" / "media").mkdir(parents=True)
    (root / "chapters" / "media" / "a.png").write_bytes(drawn())
    text = "![](media/a.png)\n\n![](media/a.png){role=presentation}\n\nSee [here](https://example.org).\n"
    (root / "chapters" / "2020-01-01-x.md").write_text(f"---\ntitle: X\n---\n{text}")
    (root / "book.toml").write_text('title = "T"\n[editions.ebook]\nformat = "epub"\n')
    return root


def test_a_check_of_the_project_says_where(project: Path) -> None:
    (one,) = (one for one in check([project]).findings if one.rule == "alt-text")
    assert (one.path, one.line) == (project / "chapters" / "2020-01-01-x.md", 4)
    assert one.hint and "role=presentation" in one.hint


def test_many_pictures_without_words_are_told_once_with_their_number(tmp_path: Path) -> None:
    (tmp_path / "chapters" / "media").mkdir(parents=True)
    (tmp_path / "chapters" / "media" / "a.png").write_bytes(drawn())
    text = "Words.\n\n![said](media/a.png)\n\n" + "![](media/a.png)\n\n" * 40
    (tmp_path / "chapters" / "2020-01-01-x.md").write_text(f"---\ntitle: X\n---\n{text}")
    (tmp_path / "book.toml").write_text('title = "T"\n[editions.ebook]\nformat = "epub"\n')
    (one,) = (one for one in check([tmp_path]).findings if one.rule == "alt-text")
    assert (one.line, " 40 have no words" in one.message) == (8, True)
    (edition,) = book.build(tmp_path, out=tmp_path / "out").editions
    (one,) = (one for one in check([edition.path]).findings if one.rule == "alt-text")
    assert one.message.endswith("is empty, and so are those of 39 pictures more in this document")


def test_a_finding_names_its_rule_and_the_clause_it_comes_from(project: Path, octavo: Any) -> None:
    said = octavo("check", str(project)).stdout
    assert "for those who do not see it [alt-text; WCAG 2.2, 1.1.1]" in said


def test_decoration_is_said_to_be_one_in_the_epub(project: Path, tmp_path: Path) -> None:
    (edition,) = book.build(project, out=tmp_path / "out").editions
    found = [one for one in check([edition.path]).findings if one.rule == "alt-text"]
    assert len(found) == 1
    with zipfile.ZipFile(edition.path) as packed:
        text = packed.read("EPUB/text/2020-01-01-x.xhtml").decode()
    tags = re.findall(r'<img [^>]*alt=""[^>]*>', text)
    assert [('aria-hidden="true"' in tag, "role" in tag) for tag in tags] == [(False, False), (True, False)]


def test_a_build_tells_what_the_checks_of_its_epub_find(project: Path, tmp_path: Path, octavo: Any) -> None:
    for fresh in ([], ["--fresh"], []):  # made, made again, and remembered
        ran = octavo("build", str(project), "--out", str(tmp_path / "out"), *fresh)
        assert "its checks found 1 link-words, 1 alt-text: `book check" in ran.stderr
        assert ran.code == 0
    (edition,) = book.build(project, out=tmp_path / "out").editions
    assert [mark.rule for mark in edition.marks] == ["link-words", "alt-text"]
    assert edition.marks[0].message.startswith("`EPUB/text/2020-01-01-x.xhtml`: ")
    assert not edition.warnings
