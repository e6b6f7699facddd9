"""Titles are plain text; their code is told by its place."""

from __future__ import annotations

from typing import Any

import pytest

from book import config
from book.copyedit import chosen
from book.read import read
from book.titles import has_markup, heading, set_title

PASSES = chosen({})


@pytest.mark.parametrize(
    ("written", "words", "shown"),
    [
        ("Why `grep` won't stop", "Why grep won’t stop", "Why <code>grep</code> won’t stop"),
        (
            "`ls --all` -- and `<br>`",
            "ls --all\u00a0– and <br>",
            "<code>ls --all</code>\u00a0– and <code>&lt;br&gt;</code>",
        ),
        ("``a`` or a", "a or a", "<code>a</code> or a"),
        ("Hawai`i and O`ahu, `Ewa and `Olelo", "Hawai`i and O`ahu, `Ewa and `Olelo", None),
        ("``Quoted'' as in TeX", "``Quoted’’ as in TeX", None),
        ("Salt <em>and</em> smoke &amp; fire", "Salt and smoke & fire", "Salt and smoke &amp; fire"),
    ],
)
def test_code_between_backticks_is_code_and_stays_as_it_is(
    written: str, words: str, shown: str | None
) -> None:
    title, code = set_title(written, "en-GB", PASSES)
    assert title == words
    assert heading(title, code) == (shown or words)


def test_tags_within_code_are_no_markup_that_strayed_in() -> None:
    assert has_markup("The <b>best</b>") and not has_markup("The `<b>` tag")


def test_a_post_keeps_where_the_code_of_its_title_stands(manuscript: Any) -> None:
    project = config.load(manuscript({"2020-01-01-a": "---\ntitle: Why `grep`?\n---\n\nText.\n"}))
    for _ in ("read", "remembered"):
        (post,) = read(project).posts
        assert (post.title, post.title_code) == ("Why grep?", ((4, 8),))
