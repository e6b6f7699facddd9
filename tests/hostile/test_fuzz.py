"""Random documents: read one by one, and hundreds of them set together; none may crash the program."""

from __future__ import annotations

import json
import re
from pathlib import Path
from random import Random

import pytest
from hostile import exports
from hostile.documents import CSS, HTML, MARKDOWN, POSTS, SVG
from hostile.fuzzing import examples, fault, guilty, read_alone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from book.body import set_body
from book.model import Sheet
from book.stylevalues import sane


@settings(max_examples=200, suppress_health_check=list(HealthCheck))
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


BROKE = sorted((Path(__file__).parent / "found" / "exports").glob("*.*"))
"""Exports that once broke an importer."""


def test_an_export_that_somebody_harmed_is_gathered_or_refused(tmp_path: Path) -> None:
    feed = (
        b'<?xml version="1.0"?><rss version="2.0"><channel><title>B</title><language>en</language>'
        b"<item><title>T</title>"
        b"<pubDate>Tue, 02 Jan 2018 10:00:00 GMT</pubDate><description>&lt;p&gt;word1</description></item>"
        b"</channel></rss>"
    )
    post = {"id": "1", "title": "T", "content_html": "<p>word1", "date_published": "2018-01-02T00:00:00Z"}
    version = "https://jsonfeed.org/version/1.1"
    whole = json.dumps({"version": version, "title": "B", "language": "en", "items": [post]}).encode()
    chance = Random(9)
    harmed = [
        (name, exports.harmed(data, chance))
        for _ in range(6)
        for name, data in (("feed.xml", feed), ("feed.json", whole))
    ]
    tried = harmed + [(file.name, file.read_bytes()) for file in BROKE]
    for number, (name, data) in enumerate(tried):
        assert exports.refused(tmp_path / str(number), name, data) is None, data


def test_what_breaks_an_importer_is_told_and_made_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(sources: list[Path], _: Path) -> None:
        if b"bad" in sources[0].read_bytes():
            raise ZeroDivisionError

    monkeypatch.setattr(exports, "gather", broken)
    said = exports.refused(tmp_path / "one", "x.xml", b"some bad bytes")
    assert said and "ZeroDivisionError" in said
    assert exports.refused(tmp_path / "two", "x.xml", b"good ones") is None
    assert exports.shortest(b"x" * 99 + b"bad" + b"y" * 99, lambda data: b"bad" in data) == b"bad"
