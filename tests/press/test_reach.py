from __future__ import annotations

import random
import re
from dataclasses import replace

import pytest

from book.press import paragraphs
from book.press.paragraphs import Paragraph, Run, Wish, endings
from book.press.reach import within_reach
from book.press.totalfit import Breakpoint, Manner

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def measure(text: str) -> float:
    return sum(3.0 if character in " \u00a0" else 4.0 + ord(character) % 5 for character in text)


def syllables(word: str) -> range:
    return range(2, len(word) - 1, 2) if len(word) > 4 else range(0)


def prose(chance: random.Random) -> str:
    words = ["".join(chance.choices(LETTERS, k=chance.randint(1, 13))) for _ in range(chance.randint(1, 70))]
    return "".join(word + chance.choice(" " * 12 + "-\u00a0") for word in words).strip(" -\u00a0") or "a"


def paragraph(chance: random.Random) -> Paragraph:
    text = prose(chance)
    cut = chance.randrange(len(text))
    ends = [cut, len(text)] if cut else [len(text)]
    runs = [Run(start, end, measure, syllables) for start, end in zip([0, *ends], ends, strict=False)]
    wide = [replace(run, measure=lambda piece: 1.3 * measure(piece)) for run in runs]
    return Paragraph(
        text,
        [match.end() for match in re.finditer(r" |-", text)],
        runs,
        chance.choice([90.0, 140.0, 220.0, 330.0]),
        chance.choice([0.0, 12.0]),
        chance.choice([None, None, wide]),
    )


@pytest.mark.parametrize("seed", range(150))
def test_words_out_of_reach_would_not_have_been_divided(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(seed)
    given = paragraph(chance)
    wishes = [None, *(Wish(count, spaces) for count in (None, 4, 5) for spaces in (1.75, 2.5))]
    found = [endings(given, wish) for wish in wishes]
    monkeypatch.setattr(paragraphs, "within_reach", lambda points, *_: range(len(points)))
    assert found == [endings(given, wish) for wish in wishes]


def even(count: int) -> list[Breakpoint]:
    """Return the points of words, each ten wide, and of spaces between them, two wide."""
    return [Breakpoint(12.0 * n + 10, 12.0 * n + 12, n, n + 1) for n in range(count)]


@pytest.mark.parametrize(("hyphen", "earliest"), [(3.0, 5), (5.0, 4)])
def test_a_first_line_ends_where_its_spaces_reach(hyphen: float, earliest: int) -> None:
    near = within_reach(even(12), [70.0], Manner(space=2.0, tolerances=(2.0,)), hyphen)
    assert next(number for number in range(12) if number in near) == earliest


def test_after_some_lines_every_word_is_near() -> None:
    near = within_reach(even(80), [70.0], Manner(space=2.0, tolerances=(2.0,)), hyphen=3.0)
    assert all(number in near for number in range(60, 80))


@pytest.mark.parametrize("tolerance", [31.0, float("inf")])
def test_where_lines_may_be_as_loose_as_they_like_every_word_is_near(tolerance: float) -> None:
    near = within_reach(even(12), [70.0], Manner(space=2.0, tolerances=(tolerance,)), hyphen=3.0)
    assert all(number in near for number in range(12))


def test_a_break_that_is_forced_may_stand_anywhere() -> None:
    points = [*even(3), Breakpoint(46.0, 46.0, 3, 3, forced=True), *even(3)]
    near = within_reach(points, [70.0], Manner(space=2.0, tolerances=(2.0,)), hyphen=3.0)
    assert all(number in near for number in range(len(points)))
