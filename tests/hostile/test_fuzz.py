"""Random documents: read one by one, and hundreds of them set together; none may crash the program."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hostile.documents import CSS, HTML, MARKDOWN, POSTS, SVG
from hostile.fuzzing import examples, fault, guilty, read_alone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from book.body import set_body
from book.model import Sheet
from book.stylevalues import sane


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(POSTS)
def test_a_random_post_is_read_into_a_body_that_harms_nobody(text: str) -> None:
    read_alone(text)


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(CSS)
def test_a_random_style_sheet_is_held_to_what_a_page_can_show(css: str) -> None:
    (sheet,), _ = sane([Sheet("x.css", css)])
    assert sane([sheet]) == ((sheet,), ())
    assert sheet.text.count("\n") == css.count("\n")


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(st.lists(st.integers(0, 999).map("word{}".format), min_size=1, max_size=9))
def test_words_in_any_nest_of_blocks_come_through(found: list[str]) -> None:
    html = "".join(f"<div><ul><li>{word}<table><tr><td>" for word in found)
    assert " ".join(found) in " ".join(_plain(set_body(html, "post-x", "en", ()).xhtml).split())


def _plain(xhtml: str) -> str:
    return re.sub(r"<[^>]*>", " ", xhtml)


def _set(tmp_path: Path, posts: list[str], css: str = "") -> None:
    if said := fault(tmp_path / "all", posts, css):
        some = guilty(tmp_path, posts, css)
        pytest.fail(f"{said}\n\nguilty: {some!r}\n{css}")


def test_a_hundred_random_posts_make_a_book(tmp_path: Path) -> None:
    _set(tmp_path, examples(st.one_of(HTML, MARKDOWN, SVG), 100, seed=9))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_three_thousand_random_posts_make_books(tmp_path: Path, seed: int) -> None:
    _set(tmp_path, examples(POSTS, 300, seed=100 + seed))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(60))
def test_random_style_sheets_make_books(tmp_path: Path, seed: int) -> None:
    _set(tmp_path, examples(POSTS, 3, seed=seed), examples(CSS, 3, seed=seed)[0])


FOUND = sorted((Path(__file__).parent / "found").glob("*.md"))


@pytest.mark.parametrize("file", FOUND, ids=lambda file: file.stem)
def test_what_was_once_found_is_mended(file: Path, tmp_path: Path) -> None:
    style = file.with_suffix(".css")
    css = style.read_text("utf-8") if style.exists() else ""
    assert fault(tmp_path / "book", [file.read_text("utf-8", "surrogatepass")], css) is None
