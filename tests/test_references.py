from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from making import config, post, reading
from pointing import Printed

from book import build
from book.arrange import arrange
from book.config import Project, Style
from book.labels import catalogue
from book.model import Note, Post
from book.typeset import typeset

GAPS = post("gaps", date(2017, 8, 30), title="Closing Gaps", body='<p>x</p><h2 id="post-gaps.why">Why</h2>')


def referring(body: str, folder: Path, *, form: str = "title", medium: str = "print", **more: Any) -> str:
    """Return the text of a chapter of this body, in a book with the post ‘Closing Gaps’."""
    language = more.pop("language", "en-GB")
    posts: Sequence[Post] = (GAPS, post("later", date(2018, 1, 2), title="Later", body=body, **more))
    settings = config(language=language)
    book = arrange(reading(*posts), settings)
    made = typeset(book, Project(folder, settings), Style(references=form), medium)
    galley = next(galley for galley in made.galleys if galley.posts == ("later",))
    return re.sub(r'<a class="pageref(.*?)" href="#(.*?)"\s*/>', r"{\2\1}", galley.body)


def text(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", markup.partition("</header>")[2]).split())


LINK = '<a href="#post-gaps">closing gaps</a>'
OTHER = '<a href="#post-gaps">a post</a>'


@pytest.mark.parametrize(
    ("body", "form", "printed"),
    [
        (f"<p>See {LINK}.</p>", "title", "See closing gaps (p. {post-gaps})."),
        (f"<p>See {OTHER}.</p>", "title", "See a post (‘Closing Gaps’, p. {post-gaps})."),
        (f"<p>See {OTHER}.</p>", "page", "See a post (p. {post-gaps})."),
        (f"<p>See {OTHER}.</p>", "date", "See a post (‘Closing Gaps’, 30 August 2017, p. {post-gaps})."),
        (f"<p>See {OTHER}.</p>", "none", "See a post."),
        (f"<p>(see {OTHER})</p>", "title", "(see a post, ‘Closing Gaps’, p. {post-gaps})"),
        (f"<p>(a) (b) {OTHER}</p>", "title", "(a) (b) a post (‘Closing Gaps’, p. {post-gaps})"),
        (f"<p>{OTHER} and {OTHER}</p>", "title",
         "a post (‘Closing Gaps’, p. {post-gaps}) and a post (p. {post-gaps})"),
        (f"<p>‘{LINK}’, I said</p>", "title", "‘closing gaps’ (p. {post-gaps}), I said"),
        (f"<p>{LINK}’s end</p>", "title", "closing gaps (p. {post-gaps})’s end"),
        (f"<p><em>See {LINK}</em>.</p>", "title", "See closing gaps (p. {post-gaps})."),
        ('<p><a href="#post-gaps.why">Why?</a></p>', "title", "Why? (‘Closing Gaps’, p. {post-gaps.why})"),
        ('<p><a href="#post-later.x">below</a></p><p id="post-later.x">Y</p>', "title",
         "below (p. {post-later.x})Y"),
        ('<p><a href="#nowhere">gone</a></p>', "title", "gone"),
        ('<p><a href="https://example.org/">out</a></p>', "title", "out"),
        (f'<h2 id="post-later.h">{OTHER}</h2>', "title", "a post"),
    ],
)  # fmt: skip
def test_a_link_within_the_book_tells_its_page_in_print(
    body: str, form: str, printed: str, tmp_path: Path
) -> None:
    assert text(referring(body, tmp_path, form=form)) == printed


def test_nothing_is_added_on_a_screen_or_to_calls_of_notes(tmp_path: Path) -> None:
    note = Note("post-later.note-1", 1, f"<p>{LINK}</p>")
    call = '<p>A<a class="noteref" id="post-later.noteref-1" href="#post-later.note-1">1</a></p>'
    assert "reference" not in referring(f"<p>{LINK}</p>", tmp_path, medium="screen")
    printed = referring(call, tmp_path, notes=(note,))
    assert printed.count('class="reference"') == 1
    assert text(printed).startswith("A1 closing gaps (p. {post-gaps})")


@pytest.mark.parametrize("language", ["ar", "de", "en", "es", "fa", "fr", "it", "ja", "nl", "pt", "zh"])
def test_every_language_has_its_own_form(language: str, tmp_path: Path) -> None:
    labels = catalogue(language)
    printed = text(referring(f"<p>{OTHER}</p>", tmp_path, language=language, form="date"))
    quoted = " ".join(labels.text("quoted", title="Closing Gaps").split())
    assert quoted in " ".join(printed.split())
    assert labels.day(date(2017, 8, 30)) in printed
    assert "{post-gaps}" in printed


def test_a_project_changes_the_form(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    form = '<em> [{{ reference.title }}: <a class="pageref" href="#{{ reference.ident }}"></a>]</em>'
    (tmp_path / "templates" / "reference.xhtml").write_text(form)
    assert text(referring(f"<p>{OTHER}.</p>", tmp_path)) == "a post [Closing Gaps: {post-gaps}]."


WORDS = "The rain had stopped by then and nobody in the lane said a word about it until the evening. "
TOML = """\
title = "Links"
author = "A. Writer"
url = "https://example.org/"
language = "en-GB"
[chapters]
parts = "year"
[style]
openings = "recto"
references = "date"
[editions.paperback]
format = "pdf"
trim = "a6"
"""


def header(title: str, day: str, more: str = "") -> str:
    return f"---\ntitle: {title}\ndate: {day}\n{more}---\n\n"


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """Give a book of many gatherings, blank rectos and roman folios, full of links."""
    root = tmp_path_factory.mktemp("referring")
    (root / "chapters").mkdir()
    (root / "book.toml").write_text(TOML)
    for number in range(1, 10):
        others = ", ".join(f"[that](post-{n}.md) and [there](post-{n}.md#end)" for n in range(1, 10))
        body = f"{others} and [before](foreword.md).\n\n" + f"{WORDS * 9}\n\n" * number + "## End\n\nDone.\n"
        day = f"{2015 + number // 4}-03-0{number}"
        (root / "chapters" / f"post-{number}.md").write_text(header(f"Title number {number}", day) + body)
    foreword = header("Before we begin", "2015-01-01", "kind: page\nrole: foreword\n")
    foreword += f"{WORDS * 12}\n\n" * 3 + "[First](post-1.md)\n"
    (root / "chapters" / "foreword.md").write_text(foreword)
    return Printed(build(root, out=root / "out").editions[0].path)


def test_every_printed_reference_names_the_page_on_which_its_target_begins(printed: Printed) -> None:
    shown = printed.with_page_numbers()
    assert len(shown) >= 9 * 18
    for one in shown:
        assert one.words == one.label, one
    for one in shown:
        number = re.fullmatch(r"post-post-(\d)", one.target)
        if number:
            assert f"Title number {number[1]}" in printed.texts[one.leads_to]
        elif one.target.endswith(".end"):
            assert "End Done." in printed.texts[one.leads_to]


def test_front_matter_is_referred_to_in_roman_numerals(printed: Printed) -> None:
    roman = {one.words for one in printed.with_page_numbers() if one.target == "foreword"}
    assert len(roman) == 1
    assert "Before we begin" in printed.page(roman.pop())
    assert re.search(r"‘Before we begin’, p. [ivx]+\)", " ".join(printed.texts))
