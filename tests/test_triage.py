"""Triage tells what an author may want to look at: years, words, links alone, posts much alike."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from book.model import Draft, Gathered, Origin
from book.placement import place
from book.triage import triage

LONG = " ".join(f"word{number} stands here" for number in range(60))


def draft(title: str, body: str, year: int | None = 2017) -> Draft:
    day = date(year, 1, 2) if year else None
    return Draft(title, day, body, Origin(Path("x"), 1), source=title, kind="post" if year else "page")


def test_what_is_told(tmp_path: Path) -> None:
    posts = [
        draft("One", LONG),
        draft("Again", LONG.replace("word7 ", "another "), 2018),
        draft("Other", " ".join(f"quite another{number} text" for number in range(60)), 2018),
        draft("See", "Worth reading: [a long essay about many things](https://a.example/essay)"),
        draft("Short", "Nothing today."),
        draft("About", "Me.", None),
    ]
    told = place([Gathered(tuple(posts))], tmp_path / "chapters").triage
    assert told.json() == {
        "years": {"2017": 3, "2018": 2, "none": 1},
        "words": 180 + 180 + 180 + 8 + 2 + 1,
        "link-only": ["2017-01-02-see.md"],
        "alike": [["2017-01-02-one.md", "2018-01-02-again.md"]],
    }
    assert told.told()[0] == "by year: 2017: 3, 2018: 2, none: 1; words: 551"
    assert told.told()[2] == "2017-01-02-one.md: much like 2018-01-02-again.md"


def test_a_refrain_makes_no_posts_alike() -> None:
    refrain = "this blog is brought to you by nobody at all"
    posts = [
        (f"{number}.md", draft("T", " ".join(f"t{number}w{one}" for one in range(80)) + refrain))
        for number in range(100)
    ]
    assert triage(posts).alike == ()
