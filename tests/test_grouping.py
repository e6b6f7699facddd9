from __future__ import annotations

from datetime import date

import pytest
from making import config, post, reading

from book.arrange import arrange
from book.errors import BookError
from book.model import Book

POSTS = [
    post("a", date(2016, 12, 31), tags=("Work",)),
    post("b", date(2017, 1, 1), tags=("Home", "Work")),
    post("c", date(2017, 1, 1)),
    post("d", date(2017, 4, 2), tags=("work",)),
]


def made(**rules: str) -> Book:
    return arrange(reading(*POSTS), config(language="en-GB", **rules))


def shape(book: Book) -> list[tuple[str, list[str]]]:
    return [(chapter.title, [post.slug for post in chapter.posts]) for chapter in book.chapters]


def test_a_chapter_is_a_post_by_default() -> None:
    book = made()
    assert [chapter.title for chapter in book.chapters] == ["A", "B", "C", "D"]
    first = next(book.chapters)
    assert (first.ident, first.name, first.label, first.single) == (
        "post-a",
        "2016-12-31-a",
        "31 December 2016",
        True,
    )


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("day", [("31 December 2016", ["a"]), ("1 January 2017", ["b", "c"]), ("2 April 2017", ["d"])]),
        ("month", [("December 2016", ["a"]), ("January 2017", ["b", "c"]), ("April 2017", ["d"])]),
        (
            "quarter",
            [("4th quarter 2016", ["a"]), ("1st quarter 2017", ["b", "c"]), ("2nd quarter 2017", ["d"])],
        ),
        ("year", [("2016", ["a"]), ("2017", ["b", "c", "d"])]),
        ("tag", [("Work", ["a", "d"]), ("Home", ["b"]), ("Untagged", ["c"])]),
    ],
)
def test_chapters_by_period_or_tag(by: str, expected: list[tuple[str, list[str]]]) -> None:
    assert shape(made(by=by)) == expected


def test_parts_by_year_hold_months_without_the_year() -> None:
    book = made(by="month", parts="year")
    assert [(part.title, [c.title for c in part.chapters]) for part in book.parts] == [
        ("2016", ["December"]),
        ("2017", ["January", "April"]),
    ]


def test_without_parts_there_is_one_that_opens_no_leaf() -> None:
    assert [part.title for part in made().parts] == [None]


@pytest.mark.parametrize("by", ["quarter", "year", "tag"])
def test_chapters_that_do_not_fit_into_parts_are_an_error(by: str) -> None:
    with pytest.raises(BookError, match=f"chapters by {by} do not fit into parts by month"):
        made(by=by, parts="month")


def test_names_of_chapters_are_unique_even_where_tags_look_alike() -> None:
    tags = ("C++", "C#", "日本", "中国")
    posts = [post(f"p{n}", date(2017, 1, n), tags=(tag,)) for n, tag in enumerate(tags, 1)]
    names = [chapter.name for chapter in arrange(reading(*posts), config(by="tag")).chapters]
    assert len(set(names)) == 4
    assert all(name.isascii() for name in names)
