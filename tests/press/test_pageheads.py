"""What begins a page stands at its head, and what follows keeps to the grid."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from book.build import build
from book.proofreading._letters import proofs
from book.proofreading._lines import Line, Page, Proofs

WORDS = "so it is as it was and we do as we did and so on, said the printer of the well-made line. "
KINDS = {
    "words": WORDS * 4,
    "heading": f"## Of printing\n\n{WORDS * 3}",
    "table": "| it was | it is |\n|---|---|\n| as it was | as it is |\n\nSo.",
}
TOML = """\
title = "A"
language = "en"
[style]
theme = "{theme}"
[editions.p]
format = "pdf"
linebreaks = "greedy"
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Proofs:
    """A book of a chapter for each kind: so many of it that pages begin with one."""
    root = tmp_path_factory.mktemp("heads")
    (root / "chapters").mkdir()
    for day, (kind, text) in enumerate(KINDS.items(), 1):
        post = f"---\ntitle: {kind}\ndate: 2020-01-0{day}\n---\n\n" + "\n\n".join([text] * 7)
        (root / "chapters" / f"{kind}.md").write_text(post, encoding="utf-8")
    (root / "book.toml").write_text(TOML.format(theme="octavo") + 'trim = "a6"\n', encoding="utf-8")
    return proofs(build(root).editions[0].path)


def going_on(book: Proofs, kind: str) -> list[Page]:
    """Return the pages on which a chapter goes on; of the last one nothing is asked."""
    first = next(page for page, title in book.chapters if title == kind)
    return [page for page in book.pages if book.chapter(page.number) == kind and page.number > first][:-1]


def below(book: Proofs, line: Line) -> float:
    """Return by how many lines one stands below where the first line of a page of words does."""
    top = max(line.baseline for page in going_on(book, "words") for line in page.body)
    return (top - line.baseline) / book.leading


@pytest.mark.parametrize(("kind", "lines"), [("words", 0), ("heading", 0.5), ("table", 0)])
def test_what_begins_a_page_stands_at_its_head(kind: str, lines: float, book: Proofs) -> None:
    """Were the white above it kept, a heading would stand a line and a half below the page's head."""
    found = [below(book, page.lines[1]) for page in going_on(book, kind)]
    assert found and found == [pytest.approx(lines, abs=0.35)] * len(found)


def test_text_below_a_heading_at_a_pages_head_is_on_the_grid(book: Proofs) -> None:
    steps = [below(book, line) for page in going_on(book, "heading") for line in page.body]
    assert len(steps) > 20 and all(step == pytest.approx(round(step), abs=0.05) for step in steps)


def test_items_of_several_paragraphs_stand_as_far_apart_as_these(manuscript: Any) -> None:
    """In a theme whose paragraphs are spaced: the second would seem to belong to the item below it."""
    listed = "\n\n".join(f"{n}. One.\n\n    And more." for n in range(1, 5))
    post = f"---\ntitle: A\n---\n\n{WORDS * 9}\n\n{listed}"
    root = manuscript({"2020-01-01-a": post}, toml=TOML.format(theme="notebook"))
    book = proofs(build(root).editions[0].path)
    lines = [line for page in book.pages for line in page.body if line.text.endswith(("One.", "more."))]
    assert [round((a.baseline - b.baseline) / book.leading, 1) for a, b in pairwise(lines)] == [1.5] * 7
