"""Folios in the text go into slots at binding: pages that move are not set again, and numbers stay true."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from press.compositions import chapter, composition, pages, press, printed, text

from book.model import Composition
from book.press import printing, workers

CSS = "section.chapter a::after { content: ' (page ' target-counter(attr(href), page) ')'; }"
RAISED = "section.chapter a::after { font-variant-position: super; }"
ROMAN = "section.chapter a::after { content: ' (page ' target-counter(attr(href), page, lower-roman) ')'; }"
TAKEN = "section.chapter h1 { bookmark-label: content(text) ' ' target-counter('#post-c9', page); }"


def book(css: str = "", first: int = 24) -> Composition:
    """Make ten chapters of several pages, each with links back to the first and on to the last."""
    links = '<p>See <a href="#post-c1">here</a>, <a href="#post-c9">there</a>.</p>'
    return composition(
        [
            chapter(f"c{n}", f"Chapter {n}", text(first if n == 0 else 5) + (links if n % 3 == 2 else ""))
            for n in range(10)
        ],
        css=CSS + css,
    )


def opened(pdf: bytes) -> dict[str, int]:
    """Return the page of the body on which each chapter opens, counted from 1."""
    found = pages(pdf)
    start = next(n for n, page in enumerate(found) if page.startswith("Chapter 0\n"))
    return {m[1]: n - start + 1 for n, page in enumerate(found) if (m := re.match(r"Chapter (\d)\n", page))}


def words(pdf: bytes) -> list[str]:
    """Return the text of each page, leaders and line ends taken as spaces."""
    return [" ".join(re.split(r"[\s.]+", page)).strip() for page in pages(pdf)]


def told(pdf: bytes) -> list[str]:
    """Return the numbers that links show."""
    return re.findall(r"\(page ([0-9a-z]+)\)", " ".join(" ".join(pages(pdf)).split()))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Watch which gatherings are set."""
    found: list[str] = []
    real = workers.Worker.ask

    def ask(self: Any, name: str, *arguments: Any, size: int = 0) -> None:
        if name == "body":
            found.append(arguments[0].name)
        real(self, name, *arguments, size=size)

    monkeypatch.setattr(workers.Worker, "ask", ask)
    return found


@pytest.fixture(scope="module", autouse=True)
def guesses() -> Iterator[None]:
    """Have numbers of pages guessed as well for these small pages as for a book's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(printing, "_PAGE", 800)
        yield


@pytest.fixture(scope="module")
def cold(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("cold")
    return folder, printed(book(), folder)


def test_links_show_the_pages_on_which_chapters_open(cold: Any) -> None:
    where = opened(cold[1].pdf)
    assert told(cold[1].pdf) == [str(where["1"]), str(where["9"])] * 3
    assert len(str(where["1"])) == 2


def test_pages_that_move_are_not_set_again(cold: Any, tmp_path: Path, asked: list[str]) -> None:
    shutil.copytree(cold[0], tmp_path / "warm")
    made = printed(book(first=28), tmp_path / "warm")
    assert set(asked) == {"c0"}
    where = opened(made.pdf)
    assert where["1"] > opened(cold[1].pdf)["1"]
    assert told(made.pdf) == [str(where["1"]), str(where["9"])] * 3
    assert made.pdf == printed(book(first=28), tmp_path / "anew", jobs=2).pdf


def test_pages_are_those_of_one_document(cold: Any, tmp_path: Path) -> None:
    assert words(cold[1].pdf) == words(press(book(), tmp_path).print_whole().pdf)


@pytest.mark.parametrize(
    "css",
    [
        pytest.param(ROMAN, id="roman"),
        pytest.param(TAKEN, id="taken", marks=pytest.mark.slow),
        pytest.param(RAISED, id="raised", marks=pytest.mark.slow),
    ],
)
def test_other_numbers_are_set_until_they_are_true(tmp_path: Path, css: str) -> None:
    made = printed(book(css), tmp_path / "cold")
    assert words(made.pdf) == words(press(book(css), tmp_path / "whole").print_whole().pdf)
    moved = printed(book(css, first=30), tmp_path / "cold")
    assert moved.pdf == printed(book(css, first=30), tmp_path / "anew").pdf


def test_a_number_after_a_space_that_its_typeface_lacks_is_true(tmp_path: Path) -> None:
    """Such a space is another one's glyph, and says what that one says."""
    links = '<p>See <a href="#post-c0">here</a>, <a href="#post-c1">there</a>.</p>'
    chapters = [chapter(f"c{n}", f"Chapter {n}", text(3) + links * n) for n in range(2)]
    made = printed(composition(chapters, css=CSS.replace("(page ", "(page\\205f ")), tmp_path)
    where = opened(made.pdf)
    shown = re.findall(r"\(page\W*(\d+)\)", " ".join(pages(made.pdf)))
    assert shown == [str(where["0"]), str(where["1"])]


def test_a_number_that_grows_by_a_figure_is_set_again(tmp_path: Path, asked: list[str]) -> None:
    few = printed(book(first=1), tmp_path)
    assert {len(number) for number in told(few.pdf)} == {1, 2}
    asked.clear()
    more = printed(book(), tmp_path)
    where = opened(more.pdf)
    assert told(more.pdf) == [str(where["1"]), str(where["9"])] * 3
    assert {"c1", "c5"} <= set(asked)


def test_a_link_to_nowhere_has_no_slot(tmp_path: Path) -> None:
    made = book()
    lost = tuple(replace(one, body=one.body.replace("#post-c9", "#post-c99")) for one in made.galleys)
    shown = printed(replace(made, galleys=lost), tmp_path)
    assert "post-c99" in shown.notices[0].message
    assert told(shown.pdf) == [str(opened(shown.pdf)["1"])] * 3
