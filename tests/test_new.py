"""`book new` makes a project that builds, or nothing at all."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from book import config
from book.errors import BookError
from book.new import BOOK_TOML, new

DUMP = """\
30 August 2017

Second thoughts

On the whole it was right.

29 August 2017

First thoughts

It began with a word.
"""


def tree(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_project_without_a_source_has_one_post_to_change(tmp_path: Path) -> None:
    made = new(tmp_path / "small-corrections", author="A. Writer")
    assert made.file == tmp_path / "small-corrections" / "book.toml"
    assert tree(tmp_path / "small-corrections") == {
        ".gitignore",
        "book.toml",
        "chapters/2024-01-01-a-first-post.md",
    }
    project = config.load(tmp_path / "small-corrections")
    assert project.config.title == "Small corrections"
    assert project.config.authors == ("A. Writer",)
    assert project.config.language == "en"
    assert [(plan.name, plan.format) for plan in project.config.editions] == [
        ("ebook", "epub"),
        ("paperback", "pdf"),
    ]


def test_two_projects_have_two_identifiers_that_stay(tmp_path: Path) -> None:
    texts = [new(tmp_path / name, title="T").file.read_text() for name in "ab"]
    found = [re.findall(r'^identifier = "(urn:uuid:[-0-9a-f]{36})"', text, re.M) for text in texts]
    assert len(found[0]) == len(found[1]) == 1
    assert found[0] != found[1]
    assert config.load(tmp_path / "a").config.identifier == found[0][0]


@pytest.mark.parametrize("title", ['A "quoted" \\ title', "日本語 # 1", "It’s {braced}", "$x = 'y'"])
def test_what_is_said_reaches_book_toml_unharmed(tmp_path: Path, title: str) -> None:
    new(tmp_path / "p", title=title, author=title, language="fr-ca")
    read = config.load(tmp_path / "p").config
    assert (read.title, read.authors, read.language) == (title, (title,), "fr-CA")


def test_every_key_shown_as_a_comment_is_one(tmp_path: Path) -> None:
    new(tmp_path / "p", title="T")
    file = tmp_path / "p" / "book.toml"
    shown = re.sub(r"^# (\w+ = )", r"\1", file.read_text(), flags=re.M)
    assert shown.count("\n# ") < file.read_text().count("\n# ")
    shown = shown.replace('"978-…"', '"978-3-16-148410-0"').replace('"https://…"', '"https://example.org"')
    file.write_text(shown)
    (tmp_path / "p" / "pictures").mkdir()
    (tmp_path / "p" / "pictures" / "cover.jpg").touch()
    (tmp_path / "p" / "styles").mkdir()
    (tmp_path / "p" / "styles" / "mine.css").touch()
    read = config.load(tmp_path / "p").config
    assert read.rights == "All rights reserved."
    assert read.chapters.since == "2017"
    assert len(BOOK_TOML.splitlines()) < 60


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "p" / ".git").mkdir(parents=True)
    new(tmp_path / "p")
    assert config.load(tmp_path / "p").file


def test_folders_above_are_made(tmp_path: Path) -> None:
    new(tmp_path / "a" / "b" / "c")
    assert config.load(tmp_path / "a" / "b" / "c").file


def test_a_folder_with_something_in_it_is_refused(manuscript: Any) -> None:
    root = manuscript()
    before = tree(root)
    with pytest.raises(BookError) as caught:
        new(root)
    assert caught.value.notices[0].message == "this folder is not empty: it holds `chapters`"
    assert caught.value.notices[0].path == root
    assert tree(root) == before


def test_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "p").write_text("mine")
    with pytest.raises(BookError, match="this is a file, and a project is a folder"):
        new(tmp_path / "p")
    assert (tmp_path / "p").read_text() == "mine"


@pytest.mark.parametrize("there", [True, False])
def test_a_source_at_fault_leaves_nothing(tmp_path: Path, there: bool) -> None:
    folder = tmp_path / "p"
    if there:
        folder.mkdir()
    with pytest.raises(BookError, match="there is no such file"):
        new(folder, tmp_path / "gone.txt")
    assert folder.exists() is there
    assert not there or not list(folder.iterdir())


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"language": "english"}, "`--language` is not a language tag: `english`"),
        ({"language": "xx-YY"}, "`xx-YY` is not a language tag"),
        ({"title": "a\0b"}, "`--title` holds a character that cannot be printed, U+0000"),
    ],
)
def test_a_word_that_cannot_be_is_refused_before_anything_is_made(
    tmp_path: Path, said: dict[str, str], message: str
) -> None:
    with pytest.raises(BookError) as caught:
        new(tmp_path / "p", **said)  # type: ignore[arg-type]
    assert caught.value.notices[0].message.startswith(message)
    assert not (tmp_path / "p").exists()


def test_posts_are_gathered_from_a_source(tmp_path: Path) -> None:
    source = tmp_path / "my_old-blog.txt"
    source.write_text(DUMP)
    made = new(tmp_path / "p", source)
    assert made.gathered is not None and len(made.gathered.added) == 2
    assert tree(tmp_path / "p" / "chapters") == {
        "2017-08-29-first-thoughts.md",
        "2017-08-30-second-thoughts.md",
        "gathered.json",
    }
    assert config.load(tmp_path / "p").config.title == "My old blog"


def test_a_real_blog_becomes_a_project(tmp_path: Path, shared: Any) -> None:
    made = new(tmp_path / "p", shared("input/blog-2017.txt"), title="T")
    assert made.gathered is not None
    assert len(made.gathered.added) == 7
    assert len(list((tmp_path / "p" / "chapters").glob("*.md"))) == 7
