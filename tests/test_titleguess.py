"""A title is guessed of what says something of the blog, and never of what a program called its file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from book.config import load
from book.model import Draft, Gathered, Origin
from book.new import new
from book.titleguess import guessed

DUMP = "7 October 2017\n\nClosing Gaps\n\nA text that is long enough to be one.\n"


def of(*authors: str, url: str | None = None) -> Gathered:
    drafts = (
        Draft("T", date(2020, 1, 1), "x", Origin(), authors=(name,) if name else ()) for name in authors
    )
    return Gathered(tuple(drafts), url=url)


@pytest.mark.parametrize(
    ("name", "found", "title"),
    [
        ("my-blog.txt", of("Ann Salt"), "My blog"),
        ("annas_salt.wordpress.2025-01-19.000.xml", of(), "Annas salt"),
        ("medium-export.posts-only.zip", of("Ann Salt", "Ann Salt"), "Ann Salt"),
        ("kX3yZ9w2Qa-2021-03-04.zip", of("ann", url="https://salt.example.com"), "Salt"),
        ("export.xml", of("Ann Salt", "Bo Sea", url="https://www.sea-salt.example/"), "Sea salt"),
        ("wp.xml", of("ann"), None),
        ("2017-10.txt", of(), None),
    ],
)
def test_what_says_something_is_taken(tmp_path: Path, name: str, found: Gathered, title: str | None) -> None:
    (tmp_path / name).write_text("x")
    guess = guessed(found, tmp_path / name)
    assert (guess and guess[0]) == title


def test_a_folder_that_every_website_has_says_what_those_above_say(tmp_path: Path) -> None:
    folder = tmp_path / "salt-and-sea" / "content" / "posts"
    folder.mkdir(parents=True)
    assert guessed(of(), folder) == ("Salt and sea", "the name of what was gathered")


@pytest.mark.parametrize(
    ("name", "title", "made_of"),
    [
        ("my-blog.txt", "My blog", "the name of what was gathered"),
        ("export.txt", "New one", "the project's name"),
    ],
)
def test_a_guess_is_said_to_be_one(tmp_path: Path, name: str, title: str, made_of: str) -> None:
    (tmp_path / name).write_text(DUMP)
    made = new(tmp_path / "new-one", tmp_path / name)
    assert load(tmp_path / "new-one").config.title == title
    assert made.gathered
    assert f"no title of the blog was found; `{title}` is made of {made_of}" in [
        notice.message for notice in made.gathered.warnings
    ]
    again = new(tmp_path / "another", tmp_path / name, title="Said")
    assert again.gathered
    assert not [notice for notice in again.gathered.warnings if "title of the blog" in notice.message]
