"""Which layer a rule comes from."""

from __future__ import annotations

from typing import Any

import pytest

from book.build import composed
from book.errors import BookError
from book.explaining import explained

TOML = 'title = "A"\nauthor = "B"\n[style]\nstylesheets = ["styles/mine.css"]\n'
POST = {"2017-01-02-first": "---\ntitle: First\ndate: 2017-01-02\n---\n\n> Said.\n\n*Once* more.\n"}


@pytest.fixture
def root(manuscript: Any) -> Any:
    return manuscript(
        POST, toml=TOML, files={"styles/mine.css": "\n.chapter blockquote { margin: 1em 2em }\n"}
    )


def test_what_wins_stands_before_what_loses_each_with_its_place(root: Any) -> None:
    lines = explained(composed(root, "print"), "first", "blockquote").splitlines()
    assert lines[0] == "blockquote in `2017-01-02-first`"
    margins = [line for line in lines if "margin:" in line]
    assert margins[0].split()[:4] == ["margin:", "1em", "2em", "styles/mine.css:2"]
    assert all(line.startswith("×") for line in margins[1:])
    assert any("print.css:" in line for line in margins[1:])
    assert any("base.css:" in line for line in margins[1:])


def test_a_screen_has_its_own_layers(root: Any) -> None:
    assert "print.css" not in explained(composed(root, "screen"), "first", "blockquote")


def test_a_leaf_is_found_by_its_role(root: Any) -> None:
    assert explained(composed(root, "print"), "titlepage", "h1").startswith("h1.title in `titlepage`")


def test_what_no_rule_dresses_is_said(root: Any) -> None:
    assert "no rule dresses it" in explained(composed(root, "screen"), "first", "time")


@pytest.mark.parametrize(
    ("chapter", "selector", "message"),
    [
        ("frist", "p", "there is no chapter `frist`"),
        ("first", "p[", "is not a CSS selector: expected "),
        ("first", "table", "nothing in `2017-01-02-first` is found by `table`"),
    ],
)
def test_what_cannot_be_explained_is_said(root: Any, chapter: str, selector: str, message: str) -> None:
    with pytest.raises(BookError) as caught:
        explained(composed(root, "print"), chapter, selector)
    assert message in str(caught.value)
