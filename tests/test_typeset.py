from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from making import config, post, reading

from book.arrange import arrange
from book.config import Project, Style
from book.fonts.coverage import characters
from book.model import Composition, Media, Note
from book.typeset import typeset

NOTED = post(
    "noted",
    date(2017, 3, 1),
    title="Salt & <pepper>",
    body='<p>A<a class="noteref" id="post-noted.noteref-1" href="#post-noted.note-1">1</a></p><h2>Why</h2>',
    notes=(Note("post-noted.note-1", 1, "<p>A note.</p>"),),
)
FRENCH = post("fr", date(2018, 3, 1), title="Été", language="fr")


def composed(
    tmp_path: Path, *posts: Any, medium: str = "screen", style: Style | None = None, **more: Any
) -> Composition:
    settings = config(language="en-GB", **more)
    book = arrange(reading(*(posts or (NOTED, FRENCH))), settings)
    return typeset(book, Project(tmp_path, settings), style or Style(), medium)


def test_an_ornament_that_the_chosen_typeface_lacks_brings_one_that_has_it(tmp_path: Path) -> None:
    families = {"text-font": "Crimson Pro", "title-font": "Crimson Pro"}
    made = composed(tmp_path, medium="print", style=Style(settings=families))
    assert "EB Garamond" in {face.family for face in made.faces if "❦" in characters(face.path)}
    plain = composed(tmp_path, medium="print", style=Style(settings={**families, "ornament": "*"}))
    assert "EB Garamond" not in {face.family for face in plain.faces}


def test_what_is_written_in_a_drawing_brings_its_fonts_to_the_printed_book(tmp_path: Path) -> None:
    drawing = tmp_path / "d.svg"
    drawing.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text>\u05e9\u05dc</text></svg>', "utf-8")
    settings = config(language="en-GB")
    media = Media("d.svg", drawing, "image/svg+xml", 90, 40, "digest")
    book = replace(arrange(reading(NOTED), settings), media=(media,))
    families = {
        medium: {face.family for face in typeset(book, Project(tmp_path, settings), Style(), medium).faces}
        for medium in ("print", "screen")
    }
    assert families["print"] - families["screen"] == {"Noto Sans Hebrew"}


def test_galleys_stand_in_reading_order(tmp_path: Path) -> None:
    made = composed(tmp_path, parts="year", authors=("Ann",))
    assert [(g.role, g.matter) for g in made.galleys] == [
        ("halftitlepage", "front"),
        ("titlepage", "front"),
        ("copyright-page", "front"),
        ("toc", "front"),
        ("part", "body"),
        ("chapter", "body"),
        ("part", "body"),
        ("chapter", "body"),
        ("colophon", "back"),
    ]
    assert len({g.name for g in made.galleys}) == len(made.galleys)


@pytest.mark.parametrize("by", ["post", "month", "tag"])
@pytest.mark.parametrize("medium", ["screen", "print"])
def test_every_galley_is_one_well_formed_section_with_its_own_ident(
    tmp_path: Path, by: str, medium: str
) -> None:
    made = composed(tmp_path, by=by, medium=medium)
    for galley in made.galleys:
        root = etree.fromstring(galley.body)
        assert (root.tag, root.get("id")) == ("section", galley.ident)
        assert galley.role in root.get("class", "").split()


def test_every_link_of_the_contents_leads_to_a_galley_or_post(tmp_path: Path) -> None:
    made = composed(tmp_path, by="year", parts="year")
    idents = {i for g in made.galleys for i in re.findall(r'\sid="([^"]+)"', g.body)}
    toc = next(g for g in made.galleys if g.role == "toc")
    links = re.findall(r'href="#([^"]+)"', toc.body)
    assert links
    assert set(links) <= idents


def test_a_title_in_another_language_hangs_to_the_side_of_the_contents(tmp_path: Path) -> None:
    toc = next(g for g in composed(tmp_path, NOTED, FRENCH, medium="print").galleys if g.role == "toc")
    assert '<span class="entry"><span lang="fr" xml:lang="fr">Été</span></span>' in toc.body
    assert '<span class="entry">Salt &amp; &lt;pepper&gt;</span>' in toc.body


def test_identifiers_are_unique_in_the_whole_book(tmp_path: Path) -> None:
    made = composed(tmp_path, by="month", parts="year")
    idents = [i for g in made.galleys for i in re.findall(r'\sid="([^"]+)"', g.body)]
    assert len(idents) == len(set(idents))


def test_titles_are_text_and_notes_point_back(tmp_path: Path) -> None:
    made = composed(tmp_path)
    chapter = next(g for g in made.galleys if g.role == "chapter")
    assert "<h1>Salt &amp; &lt;pepper&gt;</h1>" in chapter.body
    assert 'href="#post-noted.noteref-1"' in chapter.body
    assert chapter.title == "Salt & <pepper>"


def test_headings_move_under_the_title_of_a_post_among_others(tmp_path: Path) -> None:
    made = composed(tmp_path, by="year")
    chapter = next(g for g in made.galleys if g.role == "chapter")
    assert "<h3>Why</h3>" in chapter.body
    assert "<h2>Salt" in chapter.body


def test_passages_in_another_language_say_so(tmp_path: Path) -> None:
    alone = [g for g in composed(tmp_path).galleys if g.role == "chapter"][1]
    assert alone.language == "fr"
    assert 'lang="fr" xml:lang="fr"' in alone.body
    among = [g for g in composed(tmp_path, by="year").galleys if g.role == "chapter"][1]
    assert among.language == "en-GB"
    assert 'lang="fr" xml:lang="fr"' in among.body


def test_dates_and_labels_are_in_the_books_language(tmp_path: Path) -> None:
    settings = config(language="de", url="https://example.org/", authors=("Ann",))
    book = arrange(reading(NOTED, FRENCH), settings)
    made = typeset(book, Project(tmp_path, settings), Style(), "print")
    text = "".join(g.body for g in made.galleys)
    assert "Inhalt" in text
    assert "1. März 2017" in text
    assert "Contents" not in text


def test_running_heads_are_set_in_print_only(tmp_path: Path) -> None:
    assert "data-head" in "".join(g.body for g in composed(tmp_path, medium="print").galleys)
    assert "data-head" not in "".join(g.body for g in composed(tmp_path).galleys)


def test_a_project_template_changes_every_chapter(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    own = (
        '{% extends "octavo/chapter.xhtml" %}{% block opening %}<h1>★ {{ chapter.title }}</h1>{% endblock %}'
    )
    (tmp_path / "templates" / "chapter.xhtml").write_text(own)
    chapters = [g for g in composed(tmp_path).galleys if g.role == "chapter"]
    assert all("<h1>★ " in chapter.body for chapter in chapters)
