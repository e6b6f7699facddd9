from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import Manuscript
from making import post

from book import accounting
from book.accounting import account, missing, words
from book.build import build
from book.errors import BookError
from book.model import Galley, Note
from book.press.store import Store

DAY = date(2017, 8, 29)


def galley(body: str, *slugs: str) -> Galley:
    return Galley("one", "post-one", "chapter", "body", "One", "en", body, slugs)


def test_words_are_the_same_whatever_their_white_space_hyphens_and_accents_are_made_of() -> None:
    assert words("<p>caf\u00e9  au\u00adto</p>\n<p>a&amp;b</p>") == words(
        "cafe\u0301 <i>auto</i>&#10;a&#38;b"
    )


def test_words_that_stand_in_the_galley_are_not_lost_however_it_marks_them() -> None:
    one = post("one", DAY, body="<h2>A head</h2><p>Some <em>words</em></p>")
    account([one], [galley("<section><h3>A head</h3> <p>Some <i>words</i> and more</p></section>", "one")])


def test_a_loss_stops_the_build_and_names_post_and_words() -> None:
    one = post("one", DAY, body="<p>kept lost kept</p>")
    with pytest.raises(BookError, match=r"chapters/one.md:1: 1 word of this post .*“lost”"):
        account([one], [galley("<section><p>kept kept</p></section>", "one")])


def test_a_word_that_stands_once_too_few_is_lost() -> None:
    assert missing(post("one", DAY, body="<p>a a a</p>"), "<p>a <b>a</b></p>") == {"a": 1}


def test_notes_are_counted_and_posts_without_a_galley_are_lost_whole() -> None:
    noted = post("one", DAY, body="<p>x</p>", notes=(Note("post-one.note-1", 1, "<p>below</p>"),))
    with pytest.raises(BookError, match="“below”"):
        account([noted], [galley("<p>x</p>", "one")])
    with pytest.raises(BookError, match="2 words"):
        account([noted], [])


@pytest.mark.parametrize("edition", ["ebook", "paperback"])
def test_a_template_that_drops_notes_is_found_out(
    manuscript: Manuscript, octavo: Callable[..., Any], edition: str
) -> None:
    root = manuscript(
        {"2017-08-29-one": "---\ntitle: One\n---\n\nHere.[^1]\n\n[^1]: Whatever stands below.\n"},
        files={"templates/notes.xhtml": "{% macro notes(items) %}{% endmacro %}\n"},
    )
    ran = octavo("build", root, "--edition", edition)
    assert ran.code == 1
    assert "3 words of this post would not be in the book: “Whatever stands below”" in ran.stderr
    assert not list(root.glob("out/*"))


def test_posts_that_were_whole_in_their_galleys_are_not_counted_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[str] = []
    count = accounting.missing
    monkeypatch.setattr(
        accounting, "missing", lambda post, galley: counted.append(post.slug) or count(post, galley)
    )
    posts = [post("one", DAY, body="<p>a</p>"), post("two", DAY, body="<p>b</p>")]
    galleys = [galley("<p>a</p>", "one"), galley("<p>b</p>", "two")]
    account(posts, galleys, Store(tmp_path))
    account(posts, galleys, Store(tmp_path))
    assert counted == ["one", "two"]
    with pytest.raises(BookError, match="“b”"):
        account(posts, [galleys[0], galley("<p>c</p>", "two")], Store(tmp_path))
    with pytest.raises(BookError, match="“b”"):
        account(posts, [galleys[0], galley("<p>c</p>", "two")], Store(tmp_path))
    assert counted[2] == "two"


TWO = {
    "2017-08-29-one": "---\ntitle: One\n---\n\nFirst words.\n\n- an item\n- vanishing item\n\nLast words.\n",
    "2017-08-30-two": "---\ntitle: Two\n---\n\nOther words.\n",
}


@pytest.mark.parametrize("edition", ["ebook", "site"])
def test_a_block_that_an_edition_drops_stops_it_and_is_named(
    manuscript: Manuscript, monkeypatch: pytest.MonkeyPatch, edition: str
) -> None:
    """A stage of the edition is broken here, as a fault in a library would break it."""
    from book.epub import semantics

    root = manuscript(
        TWO, toml=f'[editions.{edition}]\nformat = "{"web" if edition == "site" else "epub"}"\n'
    )
    build(root)
    before = {path: path.read_bytes() for path in (root / "out").rglob("*") if path.is_file()}
    mark_notes = semantics.mark_notes

    def dropping(tree: Any, label: str) -> None:
        mark_notes(tree, label)
        for item in list(tree.iter("{*}li")):
            if "vanishing" in "".join(item.itertext()):
                item.getparent().remove(item)

    monkeypatch.setattr(semantics, "mark_notes", dropping)
    with pytest.raises(BookError, match="words of `One` would not be in this edition") as caught:
        build(root, fresh=True)
    notice = caught.value.notices[0]
    assert "“vanishing" in notice.message and "begins “vanishing item”" in notice.message
    assert {path: path.read_bytes() for path in before} == before, "yesterday's edition stands"
    name = re.search(r"`--omit (\S+)`", notice.hint or "")
    assert name is not None
    made = build(root, fresh=True, omit=[name[1]])
    assert any("is left out, as `omit` says" in one.message for one in made.warnings)


def test_the_pages_that_printing_drops_stop_it_and_the_block_is_named(
    manuscript: Manuscript, octavo: Callable[..., Any]
) -> None:
    """A style sheet cuts a block's lines off, which no word is told of by itself."""
    css = "ul { max-lines: 1; } li { break-inside: auto; block-ellipsis: none; }"
    root = manuscript(TWO, toml='[style]\nstylesheets = ["a.css"]\n', files={"a.css": css})
    ran = octavo("build", root, "--edition", "paperback")
    assert ran.code == 1, ran.stderr
    assert "vanishing" in ran.stderr and "--omit" in ran.stderr


@pytest.mark.parametrize("edition", ["epub", "web"])
def test_words_that_a_style_sheet_hides_are_told(manuscript: Manuscript, edition: str) -> None:
    css = "p { display: none } section p { display: block } li:first-child { display: none !important }"
    css += " li { display: list-item } li::before { display: none }"
    toml = f'[style]\nstylesheets = ["a.css"]\n[editions.one]\nformat = "{edition}"\n'
    made = build(manuscript(TWO, toml=toml, files={"a.css": css}))
    told = [one.message for one in made.warnings if "hidden" in one.message]
    assert told == ["2 words of `One` are hidden by a style sheet: “an item”"]


def test_words_that_a_style_sheet_makes_running_heads_of_are_told(manuscript: Manuscript) -> None:
    css = "section.chapter li { position: running(h) } @page { @top-center { content: element(h) } }"
    toml = '[style]\nstylesheets = ["a.css"]\n[editions.one]\nformat = "pdf"\n'
    made = build(manuscript(TWO, toml=toml, files={"a.css": css}))
    told = [one.message for one in made.warnings if "hidden" in one.message]
    assert len(told) == 1 and "vanishing" in told[0] and "`One`" in told[0]
