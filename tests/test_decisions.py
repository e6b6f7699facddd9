"""Decisions stand in a file of their own: they shape the book, and the posts' files stay as they are."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from book import config
from book.arrange import arrange
from book.build import build
from book.decisions.decisions import left_out
from book.errors import BookError
from book.model import Book
from book.read import read

ONE = "# One\n\nIt begins.[^1] See [two](2017-02-01-two.md), [far](2017-02-01-two.md#far).\n\n[^1]: A note.\n"
TWO = (
    "---\ntags: [b]\nurl: https://e.org/two\n---\n# Two\n\nIt goes on.[^1] And again.[^2]\n\n"
    "## Far {#far}\n\nThere.\n\n[^1]: A second note.\n[^2]: A third.\n"
)
THREE = "# Three\n\nBack to [two](https://e.org/two).\n"
POSTS = {"2017-01-01-one": ONE, "2017-02-01-two": TWO, "2017-03-01-three": THREE}


@pytest.fixture
def project(manuscript: Any) -> Path:
    return Path(manuscript(POSTS, toml='title = "T"\nlanguage = "en"\n'))


def decide(project: Path, text: str) -> None:
    (project / "chapters" / "decisions.toml").write_text(text, encoding="utf-8")


def book(project: Path) -> Book:
    loaded = config.load(project)
    return arrange(read(loaded), loaded.config)


def test_a_post_left_out_is_named_and_its_file_stays(project: Path) -> None:
    decide(project, 'leave-out = ["2017-02-01-two"]\n')
    made = book(project)
    assert [post.slug for post in made.posts] == ["one", "three"]
    [skipped] = made.skipped
    assert (skipped.path, "decisions.toml" in skipped.reason) == (
        project / "chapters" / "2017-02-01-two.md",
        True,
    )
    assert 'href="https://e.org/two"' in list(made.posts)[1].body
    assert left_out(project / "chapters") == {"2017-02-01-two"}


@pytest.mark.parametrize("name", ["2017-02-01-two", "2017-02-01-two.md", "chapters/2017-02-01-two.md", "two",
                                  "https://e.org/two"])  # fmt: skip
def test_a_post_is_named_by_file_slug_or_address_and_takes_another_title(project: Path, name: str) -> None:
    decide(project, f'[rename]\n"{name}" = "Its \\"other\\" name"\n')
    assert [post.title for post in book(project).posts] == ["One", "Its “other” name", "Three"]


def test_an_empty_title_takes_the_title_away(project: Path) -> None:
    decide(project, '[rename]\ntwo = ""\n')
    two = list(book(project).posts)[1]
    assert (two.title, two.untitled) == ("February 1, 2017", True)


def test_posts_are_merged_with_their_notes_and_links_lead_into_them(project: Path) -> None:
    decide(project, 'merge = [["one", "two"]]\n')
    made = book(project)
    one, three = made.posts
    assert '<h2 id="post-one.two">Two</h2>' in one.body
    assert 'href="#post-one.two"' in one.body
    assert '<h3 id="post-one.two.far">' in one.body
    assert 'href="#post-one.two.far"' in one.body
    assert 'href="#post-one.two"' in three.body
    assert [(note.number, note.ident) for note in one.notes] == [
        (1, "post-one.note-1"),
        (2, "post-one.two.note-1"),
        (3, "post-one.two.note-2"),
    ]
    assert 'href="#post-one.two.note-2">3</a>' in one.body
    assert (one.tags, one.words) == (
        ("b",),
        sum(post.words for post in read(config.load(project)).posts) - three.words,
    )


def test_merged_posts_make_both_editions_without_a_warning(project: Path) -> None:
    decide(project, 'merge = [["one", "two", "three"]]\n[rename]\nthree = ""\n')
    report = build(project, jobs=1)
    assert (report.posts, report.warnings) == (1, ())
    assert [edition.path.is_file() for edition in report.editions] == [True, True]


@pytest.mark.parametrize(
    ("rules", "slugs"),
    [("", ["two", "three", "one"]), ('[chapters]\norder = "newest-first"\n', ["three", "one", "two"])],
)
def test_posts_stand_after_another_whatever_their_dates(
    manuscript: Any, rules: str, slugs: list[str]
) -> None:
    root = manuscript(POSTS, toml=f'title = "T"\nlanguage = "en"\n{rules}')
    decide(root, 'order = [["three", "one"]]\n')
    made = book(root)
    assert [post.slug for post in made.posts] == slugs
    assert [str(post.day) for post in made.posts if post.slug == "one"] == ["2017-01-01"]


def test_a_post_put_after_another_stands_in_its_month(manuscript: Any) -> None:
    root = manuscript(POSTS, toml='title = "T"\nlanguage = "en"\n[chapters]\nby = "month"\nparts = "year"\n')
    decide(root, 'order = [["one", "three"]]\n')
    made = book(root)
    assert [(chapter.ident, [post.slug for post in chapter.posts]) for chapter in made.chapters] == [
        ("chapter-2017-01", ["one", "three"]),
        ("chapter-2017-02", ["two"]),
    ]


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        ('\nleave-out = [\n  "one",\n  "2017-2-1-two",\n]\n', 4, "no post `2017-2-1-two`", "-02-01-"),
        ('leave-out = "one"\n', 1, "`leave-out` is not a list", "write"),
        ("leave-out = [3]\n", 1, "`3` in `leave-out` is not the name", "quotes"),
        ('merge = ["one", "two"]\n', 1, "`merge` is not a list of lists", "write"),
        ('merge = [["one"]]\n', 1, "fewer than two", None),
        ('merge = [["one", "two"], ["two", "three"]]\n', 1, "`two` stands twice in `merge`", "one place"),
        ('leave-out = ["two"]\norder = [["one", "two"]]\n', 2, "is left out, and stands in", "take it"),
        ('merge = [["one", "two"]]\n\norder = [["three", "two"]]\n', 3, "is merged into `one`", "name `one`"),
        ('rename = ["one"]\n', 1, "`rename` is not a table", "rename"),
        ("[rename]\none = 3\n", 2, "is not text", None),
        ('leave_out = ["one"]\n', 1, "unknown key `leave_out`", "leave-out"),
        ("leave-out = [\n", 1, "this is not TOML", "quotes"),
    ],
)  # fmt: skip
def test_faults_have_their_place_and_a_hint(
    project: Path, text: str, line: int, message: str, hint: str | None
) -> None:
    decide(project, text)
    with pytest.raises(BookError) as caught:
        book(project)
    notice = caught.value.notices[0]
    assert (notice.path, notice.line) == (project / "chapters" / "decisions.toml", line)
    assert message in notice.message
    assert hint is None or hint in (notice.hint or "")


def test_the_example_of_the_manual_is_read(manuscript: Any) -> None:
    manual = (Path(__file__).parents[1] / "docs" / "gathering.md").read_text(encoding="utf-8")
    [example] = re.findall(r"```text\n(leave-out.*?)```", manual, re.DOTALL)
    named = dict.fromkeys(re.findall(r'"([\d-]{11}[\w-]+)"', example), "Text.\n")
    root = manuscript(named, toml='title = "T"\nlanguage = "en"\n')
    decide(root, example)
    found = [(post.slug, len(post.absorbed), post.title) for post in book(root).posts]
    assert [one[0] for one in found] == ["gaps", "the-crossing", "the-way-there", "the-way-back"]
    assert (found[0][2], found[1][1]) == ("Closing Gaps", 1)
