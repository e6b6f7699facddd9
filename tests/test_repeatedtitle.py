"""A title stands once in a book, though a post's text begins with it again."""

from __future__ import annotations

import pytest

from book.model import Draft, Gathered, Origin
from book.repeatedtitle import without_repeated_titles


def body_of(title: str, body: str) -> str:
    found = Gathered((Draft(title, None, body, Origin()),))
    return without_repeated_titles(found).drafts[0].body


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("A Title", "# A title"),
        ("A title", "## [A title](https://example.org/a) ##"),
        ("沉痛悼念", "# **沉痛悼念**"),
        ("عنوان", "### عنوان {#x}"),
        ("*A* title", "# A title"),
    ],
)
def test_a_first_heading_with_the_title_goes(title: str, heading: str) -> None:
    assert body_of(title, f"{heading}\n\nText.") == "Text."


@pytest.mark.parametrize(
    "body",
    [
        "# Another\n\nText.",
        "Text.\n\n# A title",
        "A title\n\nText.",
        "# A title",
        "# ![A title](a.png)\n\nText.",
    ],
)
def test_what_else_a_text_begins_with_stays(body: str) -> None:
    assert body_of("A title", body) == body
