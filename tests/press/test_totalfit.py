from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from book.press.totalfit import Breakpoint, Manner, lines

MANNER = Manner(space=2.0)
WIDEST = 9.0
WORDS = "in olden times when wishing still helped one there lived a king whose daughters were all beautiful"


def paragraph(words: Sequence[str], space: float = 2.0) -> list[Breakpoint]:
    """Give a breakpoint after each word, and at each `-` inside one; a letter is as wide as 5."""
    points: list[Breakpoint] = []
    width, spaces = 0.0, 0
    for number, word in enumerate(words):
        parts = word.split("-")
        for place, part in enumerate(parts):
            width += 5.0 * len(part)
            if place < len(parts) - 1:
                points.append(Breakpoint(width + 3.0, width, spaces, spaces, hyphen=True))
        final = number == len(words) - 1
        points.append(Breakpoint(width, width + (0 if final else space), spaces, spaces + (not final)))
        width, spaces = width + space, spaces + 1
    return points


def ratios(points: Sequence[Breakpoint], ends: Sequence[int], measure: float) -> list[float]:
    """Say how much each line but the last stretches (or shrinks) its spaces."""
    found = []
    start = Breakpoint(0, 0, 0, 0)
    for end in ends[:-1]:
        short = measure - (points[end].before - start.after)
        spaces = points[end].spaces_before - start.spaces_after
        found.append(short / (spaces * 2.0) if spaces else (0.0 if short == 0 else 99.0))
        start = points[end]
    return found


def greedy(points: Sequence[Breakpoint], measure: float) -> list[int]:
    ends: list[int] = []
    start, index = Breakpoint(0, 0, 0, 0), 0
    while index < len(points):
        fits = [i for i in range(index, len(points)) if points[i].before - start.after <= measure]
        index = fits[-1] if fits else index
        ends.append(index)
        start, index = points[index], index + 1
    return ends


def test_a_short_paragraph_is_one_line() -> None:
    points = paragraph(["one", "line"])
    assert lines(points, [500.0], MANNER) == [1]


def test_lines_are_more_even_than_greedy_ones() -> None:
    points = paragraph((WORDS + " and ").split() * 3, space=3.0)
    best = lines(points, [200.0], Manner(space=3.0))
    assert best is not None
    assert best[-1] == len(points) - 1
    uneven = [sum(abs(r) ** 3 for r in ratios(points, e, 200.0)) for e in (best, greedy(points, 200.0))]
    assert uneven[0] < uneven[1]


def test_no_line_is_wider_than_its_measure_with_spaces_shrunk() -> None:
    points = paragraph(WORDS.split() * 4)
    best = lines(points, [90.0, 130.0], MANNER)
    assert best is not None
    assert min(ratios(points, best, 130.0)[1:]) >= -MANNER.shrink - 1e-9


def test_hyphens_stand_in_no_ladder() -> None:
    points = paragraph(["won-der-ful-ly", "it", "is", "con-sid-er-a-ble", "to", "dif-fer-ences", "a"] * 12)
    best = lines(points, [150.0], MANNER)
    assert best is not None
    run = longest = 0
    for end in best:
        run = run + 1 if points[end].hyphen else 0
        longest = max(longest, run)
    assert longest <= MANNER.ladder


def test_what_cannot_be_set_is_left_to_others() -> None:
    assert lines(paragraph(["incomprehensibilities", "a"]), [40.0], MANNER) is None
    assert lines([], [40.0], MANNER) is None


def test_a_line_that_nothing_stretches_is_taken_where_there_is_no_other() -> None:
    points = paragraph(["aa", "incomprehensibility", *(["aa", "a", "aaa"] * 8)])
    ends = lines(points, [100.0], MANNER)
    assert ends is not None and ends[:2] == [0, 1]
    assert max(ratios(points, ends, 100.0)[2:]) < MANNER.stretch * 9


def test_of_lines_that_nothing_fills_the_fuller_ones_are_taken() -> None:
    points = paragraph(["aa", "a", "aaa", "incomprehensibility", *(["aa", "a", "aaa"] * 8)])
    ends = lines(points, [100.0], MANNER)
    assert ends is not None and ends[:2] == [2, 3]


def test_the_last_line_carries_more_than_a_scrap() -> None:
    points = paragraph([*(["aa"] * 30), "a"])
    last = []
    for shortest in (0.0, 30.0):
        best = lines(points, [118.0], Manner(space=2.0, stretch=2.0, shortest_last=shortest))
        assert best is not None
        last.append(points[-1].before - points[best[-2]].after)
    assert last[0] < 30.0 <= last[1]


def cost(points: Sequence[Breakpoint], ends: Sequence[int], measure: float) -> float | None:
    """Sum the demerits of one way to break, written anew from Knuth and Plass."""
    total, start, hyphens, fitness = 0.0, Breakpoint(0, 0, 0, 0), 0, 1
    for end in ends:
        final = end == len(points) - 1
        short = measure - (points[end].before - start.after)
        spaces = points[end].spaces_before - start.spaces_after
        give = spaces * 2.0 * (MANNER.stretch if short > 0 else MANNER.shrink)
        ratio = 0.0 if abs(short) < 1e-6 or (final and short > 0) else (short / give if give else None)
        if ratio is None or not -1 <= ratio <= WIDEST:
            return None
        now = 0 if ratio < -0.5 else 1 if ratio <= 0.5 else 2 if ratio <= 1 else 3
        total += (10 + 100 * abs(ratio) ** 3 + (MANNER.hyphen if points[end].hyphen else 0)) ** 2
        total += 3000 * (abs(now - fitness) > 1) + 3000 * (final and hyphens > 0)
        hyphens = hyphens + 1 if points[end].hyphen else 0
        total += 3000 * (hyphens > 1)
        if hyphens > MANNER.ladder:
            return None
        start, fitness = points[end], now
    return total


@given(st.lists(st.text("ab-", min_size=1, max_size=8).filter(lambda w: w.strip("-") == w and "--" not in w),
                min_size=1, max_size=9), st.integers(20, 90))  # fmt: skip
def test_no_other_way_to_break_is_better(words: list[str], measure: int) -> None:
    points = paragraph(words)
    last = len(points) - 1
    every = ((*chosen, last) for n in range(last + 1) for chosen in combinations(range(last), n))
    costs = [c for ends in every if (c := cost(points, ends, measure)) is not None]
    wide = Manner(space=2.0, tolerances=(WIDEST,))
    best = lines(points, [float(measure)], wide)
    if best is None:
        assert not costs
    else:
        found = cost(points, best, measure)
        assert found is not None
        assert abs(found - min(costs)) < 1e-6 * max(1.0, found)
