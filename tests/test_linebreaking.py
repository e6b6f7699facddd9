from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from book.linebreaking import chop, fit, words


def measure(text: str) -> float:
    return float(len(text))


def test_lines_are_even_rather_than_full() -> None:
    assert fit("The Long Way Round, and Other Detours", 20, 3, measure) == [
        "The Long Way Round,",
        "and Other Detours",
    ]
    assert fit("aaa bbb ccc ddd", 11, 3, measure) == ["aaa bbb", "ccc ddd"]


def test_what_does_not_fit_is_none() -> None:
    assert fit("incomprehensibilities", 10, 3, measure) is None
    assert fit("a b c d e f", 3, 2, measure) is None
    assert fit("", 10, 3, measure) is None


def test_ideographs_break_anywhere_but_before_what_closes() -> None:
    assert [piece for piece, _ in words("草枕と「雨」の日。")] == ["草", "枕", "と", "「雨」", "の", "日。"]
    assert fit("草枕と雨の日", 3, 2, measure) == ["草枕と", "雨の日"]


def test_long_words_are_chopped_with_hyphens() -> None:
    assert chop("abcdefgh ij", 4, measure) == "abc- def- gh ij"
    assert chop("草枕と雨", 2, measure) == "草枕 と雨"


@given(st.text(st.sampled_from("ab 草。"), min_size=1, max_size=30), st.integers(3, 12), st.integers(1, 6))
def test_no_letter_is_lost_and_no_line_is_too_wide(text: str, width: int, lines: int) -> None:
    broken = fit(text, width, lines, measure)
    if broken is not None:
        assert "".join(broken).replace(" ", "") == "".join(text.split())
        assert len(broken) <= lines and all(measure(line) <= width for line in broken)
