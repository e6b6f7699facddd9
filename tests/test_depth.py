"""What is nested without end is made shallow, and nothing else is touched."""

from __future__ import annotations

import pytest

from book.clean import clean
from book.depth import DEEPEST, shallow
from book.sources._html_to_markdown import to_markdown

MANY = DEEPEST + 500


def made(html: str) -> tuple[str, list[str]]:
    said: list[str] = []
    return shallow(html, said.append), said


@pytest.mark.parametrize("form", ["<div>", "<DIV class='a'>", "<div/>", "<b>", "<blockquote><p>"])
def test_elements_deeper_than_any_pages_are_unwrapped_and_told(form: str) -> None:
    html, said = made(f"before {form * MANY}within</div> after")
    name = form.split(">")[0].rstrip("/")
    assert html.startswith(f"before {form}") and "within" in html and html.endswith("after")
    assert html.count(name) == DEEPEST
    assert said == [f"elements nested more than {DEEPEST} deep were unwrapped, and their text kept: 500"]


def test_ends_go_with_their_beginnings() -> None:
    html, _ = made("<div>" * MANY + "within" + "</div>" * MANY + "<p>after</p>")
    deep = "\n" * 500
    assert html == "<div>" * DEEPEST + f"{deep}within{deep}" + "</div>" * DEEPEST + "<p>after</p>"


def test_words_that_elements_parted_stay_apart() -> None:
    html, _ = made("<div>" * DEEPEST + "<div>one<div>two<b>three")
    assert html.endswith("<div>\none\ntwothree")


@pytest.mark.parametrize(
    "html",
    [
        "<p>one" * MANY,
        "<ul>" + "<li>one" * MANY + "</ul>",
        "<table>" + "<tr><td>one<td>two" * MANY + "</table>",
        "one<br>" * MANY,
        "one<img src='a.png'/>" * MANY,
        "<svg>" + "<path d='M0 0'/>" * MANY + "</svg>",
        "<b>one</b>" * MANY,
        "<!-- <div> -->" * MANY,
        "</div>one" * MANY,
        "<a" * 100_000,
        "<div>" * DEEPEST + "one",
    ],
)
def test_what_is_long_and_not_deep_stays_as_it_is(html: str) -> None:
    assert made(html) == (html, [])


def test_both_ways_into_a_book_bear_a_bomb() -> None:
    bomb = "<div>" * 60_000 + "within"
    assert to_markdown(bomb).markdown == "within"
    said: list[str] = []
    assert "".join(map(str, clean(bomb, said.append).itertext())).strip() == "within"
    assert said[0].endswith("text kept: 59000")
