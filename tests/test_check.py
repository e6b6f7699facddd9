"""Checking a project, and the report of `book check`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from book.build import build
from book.check import check, check_project
from book.errors import BookError


def test_a_sound_project_has_no_findings(manuscript: Any) -> None:
    assert check([manuscript(toml='title = "A"\nlanguage = "en"\n')]).findings == ()


def test_what_a_build_would_stop_at_is_an_error(manuscript: Any) -> None:
    root = manuscript({"a": "---\ntitle: A\ndate: 2017-02-31\n---\n\nx\n"}, toml='title = "A"\n')
    found = check_project(root)
    assert found and found[0].path == root / "chapters/a.md"
    assert found[0].line == 3


def test_what_a_build_would_warn_of_is_a_warning(manuscript: Any) -> None:
    posts = {"a": "---\ntitle: A\ndate: 2017-02-03\n---\n\n![words](gone.png)\n"}
    found = check_project(manuscript(posts, toml='title = "A"\n'))
    assert [f.severity for f in found] == ["warning"]
    assert "gone.png" in found[0].message


def test_a_setting_misspelt_is_an_error_in_its_place(manuscript: Any) -> None:
    root = manuscript(toml='title = "A"\nlanguag = "en"\n')
    (finding,) = check([root]).findings
    assert (finding.severity, finding.path, finding.line) == ("error", Path(root / "book.toml"), 2)
    assert check([root]).errors == (finding,)


@pytest.mark.parametrize("name", ["pipe.pdf", "pipe.epub"])
def test_a_pipe_is_not_waited_for(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)
    with pytest.raises(BookError, match="neither a file nor a folder") as caught:
        check([tmp_path / name])
    assert caught.value.notices[0].hint


def test_a_theme_and_settings_that_would_stop_a_build_are_errors_beside_the_rest(manuscript: Any) -> None:
    toml = 'title = "A"\nlanguage = "en"\n[style.settings]\nsize = "1e9pt"\n'
    found = check_project(manuscript({"2020-01-01-a.md": "---\ntitle: A\n---\n"}, toml=toml))
    assert [one.severity for one in found][:2] == ["error", "warning"]
    assert "`size`" in found[0].message and found[0].line == 4
    assert len([one for one in found if one.severity == "error"]) == 1


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ('trim = "1in x 1in"', "not a page that a book can have"),
        ('margin-inside = "400mm"', "margin"),
        ('profile = "nobody"', "nobody"),
    ],
)
def test_options_that_would_stop_a_build_are_errors_in_their_place(
    manuscript: Any, option: str, words: str
) -> None:
    head = 'title = "A"\nlanguage = "en"\n[editions.paperback]\nformat = "pdf"\n'
    root = manuscript(toml=f"{head}{option}\n")
    [found] = check([root]).errors
    assert words in found.message and found.path == root / "book.toml"
    with pytest.raises(BookError) as stopped:
        build(root)
    [notice] = stopped.value.notices
    assert (notice.message, notice.line, notice.hint) == (found.message, found.line, found.hint)


@pytest.mark.parametrize("option", ['page-list = "hardcover"', 'profile = "nobody"'])
def test_options_of_an_epub_that_would_stop_a_build_are_errors(manuscript: Any, option: str) -> None:
    head = 'title = "A"\nlanguage = "en"\n[editions.epub]\nformat = "epub"\n'
    [found] = check([manuscript(toml=f"{head}{option}\n")]).errors
    assert option.split('"')[1] in found.message and found.hint
