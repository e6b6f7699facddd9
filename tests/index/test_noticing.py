from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from book.index.noticing import name, names_of_days, noticed
from book.index.proposing import proposals
from book.model import Origin, Post


def posts(texts: Sequence[str]) -> list[Post]:
    return [
        Post(
            slug=f"day-{n}",
            title=f"Day {n}",
            date=date(2017, 1, n),
            body=f"<p>{text}</p>",
            origin=Origin(Path(f"2017-01-{n:02}-day-{n}.md")),
        )
        for n, text in enumerate(texts, 1)
    ]


def proposed(texts: Sequence[str], language: str) -> list[str]:
    return [one.name for one in proposals(posts(texts), language)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (". Between Ely and Goole it rains. It lies between Ely and us.", ["Ely", "Goole", "Ely"]),
        (". The Wash is wide. We saw the Wash.", ["Wash", "Wash"]),
        (". Nell Harbottle came. Rain fell.", ["Nell Harbottle"]),
        (". Bank of England notes. They bank on it.", ["England"]),
        (". I was at the Bank of England then.", ["Bank of England"]),
    ],
)
def test_what_begins_a_sentence_is_no_name_by_its_capital_alone(text: str, names: list[str]) -> None:
    seen = noticed(text, "en")
    assert [found for run in seen.runs if (found := name(run, seen.small, 1))] == names


def test_months_and_days_are_no_names() -> None:
    assert {"june", "monday"} <= names_of_days("en-GB")
    assert "März".casefold() in names_of_days("de")
    text = "We met on a Monday in June, in York. We met in June, in York. It was York, on a Monday, in June."
    assert proposed([text], "en") == ["York"]


def test_a_pair_with_a_word_that_most_posts_have_is_no_term() -> None:
    text = "the plate that was bent, the plate that was lost, the plate that was sold, the copper plate"
    others = ["this is that", "more than that", "and that is all"]
    found = proposed([f"{text}, the copper plate, the copper plate.", *others], "en")
    assert "copper plate" in found
    assert "plate that" not in found


@pytest.mark.parametrize(
    ("language", "text", "terms"),
    [
        ("ja", "活版印刷の本を東京で作る。", {"活版印刷", "東京"}),
        ("ar", "رأيت المطبعة القديمة هناك.", {"المطبعة", "المطبعة القديمة"}),
        ("th", "โรงพิมพ์อยู่ที่กรุงเทพ ", {"กรุงเทพ"}),
    ],
)
def test_terms_are_proposed_in_scripts_that_have_no_capitals_and_no_spaces(
    language: str, text: str, terms: set[str]
) -> None:
    other = {"ja": "雨が降る。", "ar": "مطر.", "th": "ฝนตก"}[language]
    assert terms <= set(proposed([text * 4, other, other, other], language))


def test_particles_of_japanese_are_no_terms() -> None:
    found = proposed(
        ["これは本です。それは紙です。ところで、これは紙でした。" * 4, "雨。", "雪。", "風。"], "ja"
    )
    assert found == []
