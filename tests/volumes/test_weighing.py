from __future__ import annotations

from itertools import pairwise

import pytest

from book.model import Galley
from book.volumes import weighing


def chapters(count: int, length: int) -> list[Galley]:
    return [
        Galley(f"{nth}", f"chapter-{nth}", "chapter", "body", f"{nth}", "en", f"<p>{'x' * length}</p>")
        for nth in range(count)
    ]


@pytest.mark.parametrize(
    ("count", "length", "chosen"),
    [
        (3, 100, 3),  # a small book is set whole
        (1000, 100, 100),  # short posts: the chapters that are enough to judge by
        (1000, 20_000, 20),  # long ones: the text that is enough
        (120, 100_000, 4),  # months of a long blog
    ],
)
def test_a_long_book_is_judged_by_a_part_of_it_that_does_not_grow(
    count: int, length: int, chosen: int
) -> None:
    found = weighing._spread(chapters(count, length))
    assert len(found) == chosen
    assert found[0].ident == "chapter-0"
    gaps = {int(b.ident[8:]) - int(a.ident[8:]) for a, b in pairwise(found)}
    assert max(gaps) - min(gaps) <= 1  # from the whole length of the book
