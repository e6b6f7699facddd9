"""What is said of pictures while pages are set is told with the post that shows them, and its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from book.model import Galley, Notice, Origin, Post
from book.press.complaints import placed
from book.press.gatherings import Gathering


def post(folder: Path, slug: str, text: str, body: str) -> Post:
    path = folder / f"{slug}.md"
    path.write_text(text, "utf-8")
    return Post(slug=slug, title=slug, date=date(2020, 1, 1), body=body, origin=Origin(path, 1))


def gathering(*slugs: str) -> Gathering:
    return Gathering(tuple(Galley(slug, slug, "chapter", "body", slug, "en", "", (slug,)) for slug in slugs))


IMAGE = '<img src="media/red-plan-0a1b2c3d.svg" alt=""/>'


@pytest.mark.parametrize(
    ("message", "line"),
    [
        ("the drawing `media/red-plan-0a1b2c3d.svg` cannot be painted: odd", 3),
        ("the picture `media/red-plan-0a1b2c3d.svg` cannot be loaded: odd", 3),
        ("the drawing `in the text` cannot be painted: odd", 4),
    ],
)
def test_a_picture_is_told_with_its_line(tmp_path: Path, message: str, line: int) -> None:
    one = post(tmp_path, "one", "Words.\n", "<p>Words.</p>")
    two = post(tmp_path, "two", "A\n\n![x](a%20b/Red_Plan.svg)\n<svg></svg>\n", f"{IMAGE}<svg/>")
    [told] = placed([(gathering("one", "two"), Notice(message))], {"one": one, "two": two})
    assert (told.message, told.path, told.line) == (message, two.origin.path, line)
    assert told.hint


def test_what_could_be_in_several_posts_and_what_is_of_no_picture_has_no_place(tmp_path: Path) -> None:
    posts = {slug: post(tmp_path, slug, "<svg>\n", "<svg/>") for slug in ("one", "two")}
    for message in ("the drawing `in the text` cannot be painted: odd", "something else"):
        [told] = placed([(gathering("one", "two"), Notice(message))], posts)
        assert told.path is None
