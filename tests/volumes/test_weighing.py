from __future__ import annotations

from itertools import pairwise

import pytest
from conftest import Manuscript

from book import config
from book.build import unbound
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


def test_the_contents_are_divided_as_the_chapters_that_they_list(
    manuscript: Manuscript, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each volume lists its own chapters: the contents of the whole book are not in every one."""
    posts = {
        f"20{10 + year}-01-{day:02}-p{year}{day}": "A post.\n"
        for year in (0, 1)
        for day in range(1, 4 - year)
    }
    root = manuscript(posts, toml='title = "V"\n[chapters]\nby = "year"\n[editions.p]\nformat = "pdf"\n')
    project = config.load(root)
    [plan] = project.config.editions
    composition = unbound(project, plan.style, "print")
    pages = {galley.ident: 12.0 if galley.role == "toc" else 1.0 for galley in composition.galleys}
    monkeypatch.setattr(weighing, "_counted", lambda *_: pages)
    weights = weighing.weigh(composition, plan, project, jobs=1, exact=True)
    first, second = weights.chapters.values()
    assert (first - 1) / (second - 1) == pytest.approx(4 / 3)  # a line for the year, and one for each post
    assert first + second == pytest.approx(2 + 10)  # all but a leaf
    assert weights.whole == pytest.approx(sum(pages.values()))
