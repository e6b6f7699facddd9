"""Heads are made once for all pages that share one, and take their folios when the book is bound."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from press.compositions import chapter, composition, pages, press, printed, text

from book.model import Composition
from book.press import margins, workers

MINE = {
    "roman": "@page chapter:right { @top-right { content: counter(page, lower-roman); } }",
    "moved on": "@page chapter:right { @top-right { counter-increment: page 7; content: counter(page); } }",
    "twice": "@page chapter:right { @top-right { content: counter(page) '/' counter(page); } }",
    "in a word": "@page chapter:right { @top-right { content: 'p' counter(page) '.'; } }",
    "of all": "@page chapter:right { @top-right { content: counter(page) ' of ' counter(pages); } }",
    "hidden": "@page chapter:right { @top-right { content: counter(page); font-size: 0; } }",
    "wide": "@page chapter:right { @top-right { content: counter(page); text-transform: full-width; } }",
}


def book(first: int = 12, css: str = "") -> Composition:
    """Make chapters of several pages, with figures in their titles."""
    return composition(
        [chapter(f"c{n}", f"Chapter {n} of 1988", text(first if n == 0 else 9)) for n in range(5)], css=css
    )


def heads(pdf: bytes) -> list[tuple[str, str]]:
    """Return the first and the last line of each page."""
    lines = [page.split("\n") for page in pages(pdf)]
    return [(found[0].strip(), found[-1].strip()) for found in lines]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Watch how many heads are made."""
    found: list[int] = []
    real = workers.Worker.ask

    def ask(self: Any, name: str, *arguments: Any, size: int = 0) -> None:
        if name == "heads":
            found.append(len(arguments[0]))
        real(self, name, *arguments, size=size)

    monkeypatch.setattr(workers.Worker, "ask", ask)
    return found


@pytest.fixture(scope="module")
def cold(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("cold")
    return folder, printed(book(), folder)


def test_every_page_has_its_folio(cold: Any) -> None:
    found = heads(cold[1].pdf)
    start = next(n for n, page in enumerate(pages(cold[1].pdf)) if page.startswith("Chapter 0"))
    for folio, (first, last) in enumerate(found[start:], 1):
        assert str(folio) in re.findall(r"^\d+|\d+$", f"{first}\n{last}", re.M)
    assert folio > 20
    assert found == heads(press(book(), cold[0].parent / "whole").print_whole().pdf)


def test_pages_that_move_keep_their_heads(
    tmp_path: Path, asked: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(margins, "_SHEET", 1)
    cold = printed(book(), tmp_path)
    asked.clear()
    made = printed(book(first=17), tmp_path)
    assert made.pages == cold.pages + 2
    assert sum(asked) <= 4  # those of the two pages, and where a number gets another figure
    assert heads(made.pdf) != heads(cold.pdf)
    assert made.pdf == printed(book(first=17), tmp_path / "anew", jobs=2).pdf


@pytest.mark.parametrize(
    "css",
    [
        pytest.param(css, id=name, marks=() if name in ("roman", "twice", "wide") else pytest.mark.slow)
        for name, css in MINE.items()
    ],
)
def test_folios_of_any_make_are_true(tmp_path: Path, css: str) -> None:
    made = printed(book(css=css), tmp_path / "cold")
    assert heads(made.pdf) == heads(press(book(css=css), tmp_path / "whole").print_whole().pdf)
    moved = printed(book(15, css), tmp_path / "cold")
    assert moved.pdf == printed(book(15, css), tmp_path / "anew").pdf
    assert heads(moved.pdf) == heads(press(book(15, css), tmp_path / "whole").print_whole().pdf)
