"""The EPUB edition: what is in the file, and that neither the text nor the machine changed anything."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from html import escape, unescape
from pathlib import Path
from typing import Any

import pytest
from binding import (
    CODE,
    EVERYTHING,
    LANG,
    SPACES,
    TYPE,
    XHTML,
    Opened,
    bind,
    composed,
    drawn,
    made,
    picture,
    retitled,
)
from lxml import etree
from making import post

from book import registry
from book.check import check_file
from book.desk import Bound, Desk
from book.editions import epub
from book.errors import BookError
from book.model import Composition, Finding, Galley, Note, Sheet

ONE, TWO, THREE = (
    "2017-08-29-closing-gaps.xhtml",
    "2017-08-30-salt.xhtml",
    "2018-01-02-la-belle-page.xhtml",
)


def found_in(path: Path) -> list[Finding]:
    """Return what every check finds but that Ace may not be installed."""
    return [one for one in check_file(path) if one.rule != "ace"]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    return made(tmp_path_factory.mktemp("book"), description="Notes.", subtitle="A Blog")


def words(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", markup).split())


# The container


def test_the_mimetype_stands_first_stored_and_bare(book: Opened) -> None:
    first = book.entries[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    assert book.files["mimetype"] == b"application/epub+zip"
    assert all(entry.extra == b"" for entry in book.entries)


def test_every_file_carries_the_time_of_the_book(book: Opened) -> None:
    assert {entry.date_time for entry in book.entries} == {(2019, 5, 6, 7, 8, 8)}
    assert book.find("//o:meta[@property='dcterms:modified']/text()") == ["2019-05-06T07:08:09Z"]


def test_names_are_lowercase_ascii_and_differ(book: Opened) -> None:
    names = [name.removeprefix("EPUB/") for name in book.files if name.startswith("EPUB/")]
    assert all(re.fullmatch(r"[a-z0-9./-]+", name) for name in names)
    assert len({name.casefold() for name in names}) == len(names)


def test_zip_and_manifest_hold_the_same(book: Opened) -> None:
    listed = {f"EPUB/{href}" for href in book.find("//o:item/@href")}
    linked = {f"EPUB/{href}" for href in book.find("//o:link/@href")}
    outside = {"mimetype", "META-INF/container.xml", "EPUB/content.opf"}
    assert set(book.files) == listed | linked | outside


# The package


def test_the_package_says_who_and_what(book: Opened) -> None:
    assert book.package.get(LANG) == "en-GB"
    assert book.find("//dc:title/text()") == ["Small Corrections", "A Blog"]
    about = {(m.get("refines"), m.get("property")): m.text for m in book.find("//o:meta[@refines]")}
    assert about["#title", "title-type"] == "main"
    assert about["#subtitle", "title-type"] == "subtitle"
    assert about["#creator-1", "file-as"] == "Author, Ann"
    assert about["#creator-1", "role"] == "aut"
    for name, text in {
        "publisher": ["The Lean-to Press"],
        "description": ["Notes."],
        "source": ["https://blog.example/"],
        "subject": ["walking", "gaps"],
        "language": ["en-GB"],
        "rights": ["Copyright © 2017–2018 Ann Author. All rights reserved."],
        "date": ["2019-05-06"],
    }.items():
        assert book.find(f"//dc:{name}/text()") == text


def test_a_volume_says_which_of_which_series(tmp_path: Path) -> None:
    opened = made(tmp_path, series="The Collected Posts", volume=2)
    about = {m.get("property"): m.text for m in opened.find("//o:meta[@refines='#series']")}
    assert opened.find("//o:meta[@property='belongs-to-collection']/text()") == ["The Collected Posts"]
    assert (about["collection-type"], about["group-position"]) == ("series", "2")
    assert about["file-as"] == "Collected Posts, The"
    named = {m.get("name"): m.get("content") for m in opened.find("//o:meta[@name]")}
    assert (named["calibre:series"], named["calibre:series_index"]) == ("The Collected Posts", "2")
    assert not found_in(opened.path)


@pytest.mark.parametrize(
    ("title", "filed"),
    [
        ("A Year", "Collected Posts, The 02: Year, A"),
        ("The Collected Posts", "Collected Posts, The 02"),
    ],
)
def test_volumes_are_sorted_by_their_numbers_where_titles_are_sorted(
    tmp_path: Path, title: str, filed: str
) -> None:
    opened = made(tmp_path, title=title, series="The Collected Posts", volume=2)
    assert opened.find("//o:meta[@refines='#title'][@property='file-as']/text()") == [filed]
    assert opened.find("//dc:title/text()") == [title]


def test_twelve_volumes_stand_in_their_order(tmp_path: Path) -> None:
    found = []
    for volume in (10, 2, 12, 1, 9):
        opened = made(tmp_path, title=f"Posts of {2030 - volume}", series="Posts", volume=volume)
        filed = opened.find("//o:meta[@refines='#title'][@property='file-as']/text()")[0]
        found.append((filed, opened.find("//o:meta[@property='group-position']/text()")[0]))
    assert [int(number) for _, number in sorted(found)] == [1, 2, 9, 10, 12]


def test_the_identifier_is_the_books_own(book: Opened) -> None:
    assert book.find("//dc:identifier/text()") == [book.find("//dc:identifier[@id='identifier']")[0].text]
    assert book.package.get("unique-identifier") == "identifier"
    assert book.find("//n:meta[@name='dtb:uid']/@content", "toc.ncx") == book.find("//dc:identifier/text()")


def test_an_isbn_is_the_identifier_of_its_edition(tmp_path: Path) -> None:
    composition = retitled(composed(tmp_path), isbn="0-306-40615-2")
    bind(composition, tmp_path / "b.epub")
    found = Opened(tmp_path / "b.epub").find("//dc:identifier/text()")
    assert found == ["urn:isbn:9780306406157", composition.book.metadata.identifier]


def test_an_isbn_misprinted_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="`978-0-306-40615-8` is not an ISBN"):
        bind(retitled(composed(tmp_path), isbn="978-0-306-40615-8"), tmp_path / "b.epub")
    assert not (tmp_path / "b.epub").exists()


def test_a_book_without_a_description_says_where_it_is_from(tmp_path: Path) -> None:
    found = made(tmp_path).find("//dc:description/text()")
    assert found == [
        "These posts were first published at https://blog.example/ between 29 August 2017 and 2 January 2018."
    ]


def test_properties_are_exact(book: Opened) -> None:
    properties = {i.get("href"): i.get("properties") for i in book.find("//o:item") if i.get("properties")}
    assert properties == {"text/nav.xhtml": "nav", f"text/{ONE}": "mathml", "cover.jpg": "cover-image"}


# Ways through the book


def test_the_spine_follows_the_galleys_with_the_contents_in_their_place(book: Opened) -> None:
    hrefs = {item.get("id"): item.get("href") for item in book.find("//o:item")}
    assert [hrefs[ref] for ref in book.find("//o:itemref/@idref")] == [
        f"text/{name}"
        for name in (
            "cover.xhtml", "halftitlepage.xhtml", "titlepage.xhtml", "copyright-page.xhtml", "nav.xhtml",
            ONE, TWO, THREE, "colophon.xhtml",
        )
    ]  # fmt: skip
    assert not book.find("//o:itemref/@linear")


def test_contents_ncx_and_headings_say_the_same(book: Opened) -> None:
    links = book.find("//h:nav[@e:type='toc']//h:a", "text/nav.xhtml")
    contents = [("".join(a.itertext()), a.get("href")) for a in links]
    old = [
        (point.findtext("n:navLabel/n:text", namespaces=SPACES), point.find("n:content", SPACES).get("src"))
        for point in book.find("//n:navPoint", "toc.ncx")
    ]
    assert old == [(title, f"text/{href}") for title, href in contents]
    assert [title for title, _ in contents] == ["Closing Gaps & <Tags>", "Salt", "La belle page"]
    for title, href in contents:
        assert book.find("//h:h1", f"text/{href}")[0].text == title


def test_parts_make_the_contents_a_tree(tmp_path: Path) -> None:
    found = made(tmp_path, parts="year")
    assert found.find("//n:meta[@name='dtb:depth']/@content", "toc.ncx") == ["2"]
    tops = found.find("//h:nav[@e:type='toc']/h:ol/h:li/h:a/@href", "text/nav.xhtml")
    assert tops == ["part-2017.xhtml", "part-2018.xhtml"]
    assert found.find("//h:section[@role='doc-part'][@e:type='part']", "text/part-2017.xhtml")


def test_posts_of_one_chapter_are_found_by_fragment(tmp_path: Path) -> None:
    found = made(tmp_path, by="year")
    hrefs = found.find("//h:nav[@e:type='toc']//h:a/@href", "text/nav.xhtml")
    assert hrefs[:3] == ["2017.xhtml", "2017.xhtml#post-closing-gaps", "2017.xhtml#post-salt"]
    assert found.find("//h:a[text()='salt']/@href", "text/2017.xhtml") == ["#post-salt"]
    assert found.find("count(//h:h1)", "text/2017.xhtml") == 1


def test_landmarks_and_guide_agree(book: Opened) -> None:
    marks = {
        a.get(TYPE): a.get("href") for a in book.find("//h:nav[@e:type='landmarks']//h:a", "text/nav.xhtml")
    }
    assert marks == {
        "cover": "cover.xhtml", "titlepage": "titlepage.xhtml", "toc": "nav.xhtml", "bodymatter": ONE,
    }  # fmt: skip
    guide = {r.get("type"): r.get("href") for r in book.find("//o:reference")}
    assert guide == {
        "cover": "text/cover.xhtml", "title-page": "text/titlepage.xhtml",
        "toc": "text/nav.xhtml", "text": f"text/{ONE}",
    }  # fmt: skip
    assert book.find("//h:nav[@e:type='landmarks']/@hidden", "text/nav.xhtml") == ["hidden"]


# Documents


def test_every_document_has_its_language_and_a_title_of_its_own(book: Opened) -> None:
    titles = []
    for root in book.documents.values():
        assert root.get("lang") == root.get(LANG)
        titles.append(root.findtext(f"{XHTML}head/{XHTML}title"))
    assert len(set(titles)) == len(titles) and all(titles)
    assert book.documents[THREE].get("lang") == "fr"


def test_a_passage_in_another_language_has_both_attributes_and_its_direction(book: Opened) -> None:
    (span,) = book.find("//h:span[@lang='ar']", f"text/{THREE}")
    assert (span.get(LANG), span.get("dir")) == ("ar", "rtl")


def test_sections_have_types_and_matching_roles(book: Opened) -> None:
    for name, kind, role in (
        (ONE, "chapter", "doc-chapter"),
        ("colophon.xhtml", "colophon", "doc-colophon"),
        ("titlepage.xhtml", "titlepage", None),
    ):
        section = book.documents[name].find(f"{XHTML}body/{XHTML}section")
        assert (section.get(TYPE), section.get("role")) == (kind, role)
    assert book.find("//h:aside[@role='doc-tip']/@e:type", f"text/{TWO}") == ["tip"]


def test_notes_references_and_ways_back_are_closed_triples(book: Opened) -> None:
    references = book.find("//h:a[@role='doc-noteref'][@e:type='noteref']", f"text/{ONE}")
    notes = book.find("//h:aside[@role='doc-footnote'][@e:type='footnote']", f"text/{ONE}")
    assert [r.get("href") for r in references] == [f"#{note.get('id')}" for note in notes]
    for reference, note in zip(references, notes, strict=True):
        (back,) = note.findall(f".//{XHTML}a[@role='doc-backlink']")
        assert back.get("href") == f"#{reference.get('id')}"
        assert back.get("aria-label") == "Back to the text"
    assert words(etree.tostring(notes[0], encoding="unicode")) == "1. A note. ↩"


def test_each_reference_to_a_note_has_its_own_way_back(tmp_path: Path) -> None:
    call = '<a class="noteref" id="post-a.noteref-1{}" href="#post-a.note-1">1</a>'
    body = f"<p>One{call.format('')} two{call.format('-2')} three{call.format('-3')}.</p>"
    one = post(
        "a", date(2017, 1, 1), tags=("t",), body=body, notes=(Note("post-a.note-1", 1, "<p>N.</p>", 3),)
    )
    opened = made(tmp_path, [one], media=[])
    ways = opened.find("//h:aside//h:a[@role='doc-backlink']", "text/2017-01-01-a.xhtml")
    called = opened.find("//h:a[@role='doc-noteref']/@id", "text/2017-01-01-a.xhtml")
    assert [way.get("href") for way in ways] == [f"#{ident}" for ident in called]
    assert [way.get("aria-label") for way in ways] == [f"Back to the text{n}" for n in ("", " (2)", " (3)")]
    assert words(etree.tostring(ways[0].getparent(), encoding="unicode")) == "1. N. ↩ ↩ 2 ↩ 3"
    assert not found_in(opened.path)


def test_links_to_other_posts_lead_to_their_files(book: Opened) -> None:
    assert book.find("//h:a[text()='salt']/@href", f"text/{ONE}") == [TWO]
    assert book.find("//h:a[text()='why']/@href", f"text/{TWO}") == [f"{ONE}#post-closing-gaps.why"]


def test_code_is_unchanged_to_the_byte(book: Opened) -> None:
    (pre,) = book.find("//h:pre", f"text/{ONE}")
    assert "".join(pre.itertext()) == unescape(re.sub(r"<[^>]*>", "", CODE))
    assert CODE in book.text(f"text/{ONE}")


def test_mathml_has_no_prefix_and_keeps_its_words(book: Opened) -> None:
    text = book.text(f"text/{ONE}")
    assert '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block" alttext="a = b / c">' in text


def told(root: Any) -> str:
    """Return a text as it is read, spaces made single; what notes gained in numbers is left out."""
    for number in root.iterfind(f".//{XHTML}span[@class='note-number']"):
        number.text, number.tail = None, (number.tail or "").lstrip()
    return " ".join("".join(root.itertext()).split()).replace(" ↩", "↩")


def assert_text_is_unchanged(composition: Composition, opened: Opened) -> None:
    chapters = [galley for galley in composition.galleys if galley.role == "chapter"]
    assert chapters
    for galley in chapters:
        body = opened.documents[f"{galley.name}.xhtml"].find(f"{XHTML}body")
        assert told(body) == told(etree.fromstring(f"<x>{galley.body}</x>"))


def test_the_text_of_a_chapter_is_the_galleys_text(tmp_path: Path) -> None:
    composition = composed(tmp_path)
    bind(composition, tmp_path / "b.epub")
    assert_text_is_unchanged(composition, Opened(tmp_path / "b.epub"))


def test_no_element_closes_itself_that_html_does_not_know(book: Opened) -> None:
    for name in book.documents:
        for tag in re.findall(r"<([a-z0-9]+)(?:\s[^>]*)?/>", book.text(f"text/{name}")):
            assert tag in {"meta", "link", "br", "hr", "img", "col"}


def test_an_empty_anchor_keeps_its_end_tag(book: Opened) -> None:
    assert '<a id="post-salt.end"></a>' in book.text(f"text/{TWO}")


# The cover


def test_the_cover_is_a_page_of_its_own_in_the_order(book: Opened) -> None:
    assert book.find("//o:meta[@name='cover']/@content") == book.find(
        "//o:item[@properties='cover-image']/@id"
    )
    assert book.find("//h:img/@alt", "text/cover.xhtml") == ["Cover. Small Corrections. A Blog. Ann Author"]
    body = book.documents["cover.xhtml"].find(f"{XHTML}body")
    assert "".join(body.itertext()).strip() == ""


# Accessibility


def accessibility(book: Opened) -> dict[str, list[str]]:
    said: dict[str, list[str]] = {}
    for meta in book.find("//o:meta[starts-with(@property, 'schema:')]"):
        said.setdefault(meta.get("property").removeprefix("schema:"), []).append(meta.text)
    return said


def test_accessibility_follows_from_the_content(book: Opened) -> None:
    said = accessibility(book)
    assert said["accessMode"] == ["textual", "visual"]
    assert said["accessModeSufficient"] == ["textual", "textual,visual"]
    assert set(said["accessibilityFeature"]) == {
        "tableOfContents", "readingOrder", "displayTransformability", "structuralNavigation",
        "alternativeText", "MathML", "describedMath",
    }  # fmt: skip
    assert said["accessibilityHazard"] == ["none"]
    assert not book.find("//o:meta[@property='dcterms:conformsTo']")


def test_a_book_of_words_claims_nothing_of_pictures_or_formulas(tmp_path: Path) -> None:
    said = accessibility(made(tmp_path, [post("plain", date(2017, 1, 1))]))
    assert said["accessMode"] == said["accessModeSufficient"] == ["textual"]
    assert not {"alternativeText", "MathML"} & set(said["accessibilityFeature"])


def test_a_picture_without_words_is_counted_and_not_covered_up(tmp_path: Path) -> None:
    body = '<p><img src="media/salt.png" alt=""/></p><p><img src="media/salt.png" alt="Salt"/></p>'
    said = accessibility(made(tmp_path, [post("p", date(2017, 1, 1), body=body, media=("salt.png",))]))
    assert said["accessModeSufficient"] == ["textual,visual"]
    assert "alternativeText" not in said["accessibilityFeature"]
    assert "1 of 2 pictures have no text alternative." in said["accessibilitySummary"][0]


def test_the_name_of_a_file_is_no_text_alternative(tmp_path: Path) -> None:
    body = '<p><img src="media/salt.png" alt="IMG_0042.jpg"/></p>'
    said = accessibility(made(tmp_path, [post("p", date(2017, 1, 1), body=body, media=("salt.png",))]))
    assert "alternativeText" not in said["accessibilityFeature"]
    assert "1 of 1 pictures have no text alternative." in said["accessibilitySummary"][0]


def test_decoration_needs_none(tmp_path: Path) -> None:
    body = '<p>Words.<img src="media/salt.png" alt="" aria-hidden="true"/></p>'
    said = accessibility(made(tmp_path, [post("p", date(2017, 1, 1), body=body, media=("salt.png",))]))
    assert said["accessMode"] == ["textual"]
    assert said["accessModeSufficient"] == ["textual"]


def test_a_picture_that_moves_makes_the_hazard_unknown(tmp_path: Path) -> None:
    from PIL import Image

    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    frames[0].save(tmp_path / "x.gif", save_all=True, append_images=frames[1:])
    media = [picture("x.gif", (tmp_path / "x.gif").read_bytes(), tmp_path, "image/gif")]
    one = post("p", date(2017, 1, 1), body='<p><img src="media/x.gif" alt="X"/></p>', media=("x.gif",))
    bind(composed(tmp_path, [one], media), tmp_path / "b.epub")
    assert accessibility(Opened(tmp_path / "b.epub"))["accessibilityHazard"] == ["unknown"]


def test_conformance_is_the_authors_claim_with_a_name_to_it(tmp_path: Path) -> None:
    composition = composed(tmp_path)
    bind(composition, tmp_path / "b.epub", conforms_to="wcag-2.2-aa", certified_by="Ann Author")
    book = Opened(tmp_path / "b.epub")
    assert book.find("//o:meta[@property='dcterms:conformsTo']/text()") == [
        "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
    ]
    assert book.find("//o:meta[@property='a11y:certifiedBy']/text()") == ["Ann Author"]
    with pytest.raises(BookError, match="go together"):
        bind(composition, tmp_path / "c.epub", conforms_to="wcag-2.2-aa")
    with pytest.raises(BookError, match="there is no standard `wcag`"):
        bind(composition, tmp_path / "c.epub", conforms_to="wcag", certified_by="Ann")


# Fonts and styles


def test_fonts_are_cut_declared_and_licensed(book: Opened) -> None:
    css = book.text("css/fonts.css")
    fonts = [name for name in book.files if name.endswith(".ttf")]
    assert all(f'url("../{name.removeprefix("EPUB/")}")' in css for name in fonts)
    assert sum(len(book.files[name]) for name in fonts) < 400_000
    licensed = {link.get("refines") for link in book.find("//o:link[@rel='dcterms:license']")}
    assert licensed == {f"#{i.get('id')}" for i in book.find("//o:item[@media-type='font/ttf']")}
    assert all(href in book.files for href in (f"EPUB/{h}" for h in book.find("//o:link/@href")))


def test_characters_that_the_text_face_lacks_bring_their_own_family(book: Opened) -> None:
    assert "EPUB/fonts/noto-sans-arabic-400.ttf" in book.files
    assert '"Noto Sans Arabic"' in book.text("css/screen.css")
    assert '"Noto Emoji"' in book.text("css/screen.css")


def test_code_falls_back_to_a_typewriter_face(book: Opened) -> None:
    (families,) = re.findall(r"pre \{\n  font-family: ([^;]*);", book.text("css/base.css"))
    assert families.startswith('"Source Code Pro"') and families.endswith("monospace")
    assert "serif" not in families.replace("sans-serif", "")


def test_what_epub_refuses_in_css_is_taken_out_and_said(tmp_path: Path) -> None:
    text = (
        "p { direction: rtl; color: red }\n@page { margin: 1in }\n"
        "div { position: fixed; top: 0 }\nq { background: url(http://example.org/x.png) }\n"
    )
    composition = composed(tmp_path)
    sheet = Sheet("mine.css", text, tmp_path / "styles/mine.css")
    bound = bind(replace(composition, sheets=(*composition.sheets, sheet)), tmp_path / "b.epub")
    assert [(n.message, n.line) for n in bound.warnings] == [
        ("`direction` was taken out", 1),
        ("`@page` has no place in an EPUB", 2),
        ("`position: fixed` was taken out", 3),
        ("`url()` in `background` was taken out", 4),
    ]
    css = Opened(tmp_path / "b.epub").text("css/mine.css")
    assert "color: red;" in css and "top: 0" in css
    assert not re.search("direction|@page|fixed|url", css)


def test_a_script_without_a_font_is_said(tmp_path: Path) -> None:
    composition = composed(tmp_path, [post("p", date(2017, 1, 1), body="<p>𐎀𐎁</p>")])
    bound = bind(composition, tmp_path / "b.epub")
    assert [n.message for n in bound.warnings] == ["no font for 𐎀𐎁 (Ugaritic, 2 characters)"]


# Pictures


def test_a_picture_too_large_for_shops_is_made_smaller(tmp_path: Path) -> None:
    media = [picture("big.jpg", drawn((4000, 2000), "JPEG"), tmp_path, "image/jpeg")]
    one = post("p", date(2017, 1, 1), body='<p><img src="media/big.jpg" alt="B"/></p>', media=("big.jpg",))
    bind(composed(tmp_path, [one], media), tmp_path / "b.epub")
    from PIL import Image

    Opened(tmp_path / "b.epub")
    with zipfile.ZipFile(tmp_path / "b.epub") as archive, archive.open("EPUB/media/big.jpg") as file:
        small = Image.open(file)
        assert small.width * small.height <= 5_600_000
        assert abs(small.width / small.height - 2) < 0.01


def test_formats_that_not_every_reader_shows_are_converted(tmp_path: Path) -> None:
    media = [
        picture("a.webp", drawn((30, 30), "WEBP"), tmp_path, "image/webp"),
        picture("a.jpg", drawn((30, 30), "JPEG"), tmp_path, "image/jpeg"),
        picture("b.bmp", drawn((30, 30), "BMP"), tmp_path, "image/bmp"),
    ]
    body = "".join(f'<p><img src="media/{m.name}" alt="{m.name}!"/></p>' for m in media)
    one = post("p", date(2017, 1, 1), body=body, media=tuple(m.name for m in media))
    bind(composed(tmp_path, [one], media), tmp_path / "b.epub")
    book = Opened(tmp_path / "b.epub")
    sources = book.find("//h:img/@src", "text/2017-01-01-p.xhtml")
    assert sources == ["../media/a.jpg", "../media/a-2.jpg", "../media/b.png"]
    assert check_own(book.path) == []


def test_a_picture_that_is_not_there_leaves_its_words(tmp_path: Path) -> None:
    one = post("p", date(2017, 1, 1), body='<p><img src="media/gone.png" alt="Gone"/> after</p>')
    bound = bind(composed(tmp_path, [one]), tmp_path / "b.epub")
    assert [n.message for n in bound.warnings] == ["the picture `media/gone.png` in “P” is not there"]
    assert '<span class="missing-picture">[Gone]</span> after' in Opened(tmp_path / "b.epub").text(
        "text/2017-01-01-p.xhtml"
    )


# What bad input gets


def check_own(path: Path) -> list[str]:
    every = (registry.find("checks", name) for name in registry.names("checks") if name != "epubcheck")
    found = (finding for one in every if ".epub" in one.SUFFIXES for finding in one.check(path))
    return [f"{f.rule}: {f.message}" for f in found if f.severity != "note"]


def rebodied(composition: Composition, body: str) -> Composition:
    """Give the first chapter another body, as if nobody had looked at it before."""
    at = next(number for number, galley in enumerate(composition.galleys) if galley.role == "chapter")
    chapter = composition.galleys[at]
    new = replace(
        chapter, body=f'<section id="{chapter.ident}"><h1>{escape(chapter.title)}</h1>{body}</section>'
    )
    return replace(composition, galleys=(*composition.galleys[:at], new, *composition.galleys[at + 1 :]))


@pytest.mark.parametrize(
    ("href", "kept"),
    [
        ("#nowhere", None),
        ("files/report.pdf", None),
        ("http://exa mple.org/", None),
        ("http://[broken", None),
        ("https://example.org/a b?q=ü|^", "https://example.org/a%20b?q=%C3%BC%7C%5E"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://example.org:8080/a?b=c&amp;d#e", "https://example.org:8080/a?b=c&d#e"),
        ("mailto:ann@example.org", "mailto:ann@example.org"),
        ("javascript:alert(1)", None),
        ("//example.org/x", None),
    ],
)
def test_links_lead_somewhere_or_are_undone_and_said(tmp_path: Path, href: str, kept: str | None) -> None:
    composition = rebodied(composed(tmp_path), f'<p><a class="x" href="{href}">words</a></p>')
    bound = bind(composition, tmp_path / "b.epub")
    book = Opened(tmp_path / "b.epub")
    assert book.find("//h:p/h:a/@href", f"text/{ONE}") == ([kept] if kept else [])
    said = f"the link to `{unescape(href)}` in “Closing Gaps & <Tags>” leads nowhere, and was undone"
    assert (said in {notice.message for notice in bound.warnings}) == (kept is None)
    assert "words" in book.text(f"text/{ONE}")


def test_a_link_around_a_wordless_picture_gets_its_address_for_a_name(tmp_path: Path) -> None:
    body = '<p><a href="https://www.example.org/salt/"><img src="media/salt.png" alt=""/></a></p>'
    bind(rebodied(composed(tmp_path), body), tmp_path / "b.epub")
    assert Opened(tmp_path / "b.epub").find("//h:p/h:a/@aria-label", f"text/{ONE}") == ["example.org/salt"]


@pytest.mark.parametrize(
    "body",
    [
        "<p>never closed",
        "<p>&nbsp;</p>",
        "<p>a\x00b</p>",
    ],
)
def test_a_galley_that_is_not_well_formed_is_an_error(tmp_path: Path, body: str) -> None:
    with pytest.raises(BookError, match="is not well-formed XHTML"):
        bind(rebodied(composed(tmp_path), body), tmp_path / "b.epub")
    assert not (tmp_path / "b.epub").exists()


def test_identifiers_said_twice_are_said_once(tmp_path: Path) -> None:
    bind(rebodied(composed(tmp_path), '<p id="x">a</p><p id="x">b</p>'), tmp_path / "b.epub")
    assert Opened(tmp_path / "b.epub").find("//h:p[@id='x']/text()", f"text/{ONE}") == ["a"]


def test_two_leaves_of_one_name_and_title_are_told_apart(tmp_path: Path) -> None:
    composition = composed(tmp_path)
    extra = Galley(
        "colophon",
        "colophon-2",
        "colophon",
        "back",
        "Colophon",
        "en",
        '<section id="colophon-2"><p>x</p></section>',
    )
    bind(replace(composition, galleys=(*composition.galleys, extra)), tmp_path / "b.epub")
    book = Opened(tmp_path / "b.epub")
    assert {"colophon.xhtml", "colophon-2.xhtml"} <= set(book.documents)
    assert book.documents["colophon-2.xhtml"].findtext(f"{XHTML}head/{XHTML}title") == "Colophon (2)"


def test_a_note_that_nobody_refers_to_is_still_read(tmp_path: Path) -> None:
    one = post("p", date(2017, 1, 1), notes=(Note("post-p.note-1", 1, "<p>Lost.</p>"),))
    book = made(tmp_path, [one])
    assert "Lost." in book.text("text/2017-01-01-p.xhtml")


def test_a_book_without_contents_still_has_navigation(tmp_path: Path) -> None:
    composition = composed(tmp_path)
    galleys = tuple(galley for galley in composition.galleys if galley.role != "toc")
    bind(replace(composition, galleys=galleys), tmp_path / "b.epub")
    book = Opened(tmp_path / "b.epub")
    assert "nav" not in book.find("//o:itemref/@idref")
    assert book.find("//h:nav[@e:type='toc']//h:a", "text/nav.xhtml")


# Any language


def test_a_book_from_right_to_left(tmp_path: Path) -> None:
    one = post("p", date(2017, 1, 1), title="يوميات", body="<p>مرحبا <em>بالعالم</em></p>")
    book = made(tmp_path, [one], language="ar", title="يوميات مدينة")
    assert book.package.get("dir") == "rtl"
    assert book.find("//o:spine/@page-progression-direction") == ["rtl"]
    assert {root.get("dir") for root in book.documents.values()} == {"rtl"}
    assert accepted(book.path) == []


def test_a_book_in_japanese(tmp_path: Path) -> None:
    pytest.importorskip("pylopdf_fonts_jp", reason="the extra `cjk` is not installed")
    one = post("p", date(2017, 1, 1), title="散歩", body="<p>雨の日の<strong>長い</strong>散歩。</p>")
    book = made(tmp_path, [one], language="ja", title="散歩の本")
    assert "EPUB/fonts/noto-serif-jp-400.otf" in book.files
    assert len(book.files["EPUB/fonts/noto-serif-jp-400.otf"]) < 60_000
    assert accepted(book.path) == []


# Validators, and the same bytes


def accepted(path: Path) -> list[str]:
    if shutil.which("java") is None:
        pytest.skip("EPUBCheck needs Java")
    return [
        f"{f.severity} {f.rule} {f.path}:{f.line} {f.message}"
        for f in check_file(path)
        if f.severity != "note"
    ]


@pytest.mark.parametrize(
    "rules", [{}, {"by": "month", "parts": "year"}, {"by": "tag"}, {"subtitle": "B & C", "authors": ()}]
)
def test_epubcheck_and_our_own_checks_find_nothing(tmp_path: Path, rules: dict[str, Any]) -> None:
    assert accepted(made(tmp_path, **rules).path) == []


def test_the_same_book_is_the_same_bytes_wherever_it_is_made(tmp_path: Path) -> None:
    program = (
        "import sys; sys.path[:0] = sys.argv[2:]; from pathlib import Path; from binding import made;"
        "made(Path(sys.argv[1]))"
    )
    digests = set()
    for folder, zone, seed in (("one", "UTC", "0"), ("two/deeper", "Pacific/Kiritimati", "99")):
        to = tmp_path / folder
        to.mkdir(parents=True)
        environment = {"TZ": zone, "PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin", "HOME": str(Path.home())}
        tests = Path(__file__).parent.parent
        subprocess.run([sys.executable, "-c", program, to, tests, tests.parent], env=environment, check=True)
        digests.add(hashlib.sha256((to / "book.epub").read_bytes()).hexdigest())
    assert len(digests) == 1


@pytest.mark.slow
@pytest.mark.parametrize("profile", [None, "kindle"])
def test_calibre_makes_a_kindle_book_of_it(tmp_path: Path, profile: str | None) -> None:
    """Every letter of every document is in the AZW3, in its order."""
    if shutil.which("ebook-convert") is None:
        pytest.skip("Calibre is not installed")
    bind(composed(tmp_path), tmp_path / "b.epub", profile=profile)
    for source, target in (("b.epub", "b.azw3"), ("b.azw3", "b.txt")):
        done = subprocess.run(
            ["ebook-convert", tmp_path / source, tmp_path / target], capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "b.azw3").stat().st_size > 10_000
    converted = letters((tmp_path / "b.txt").read_text())
    documents = Opened(tmp_path / "b.epub").documents
    assert len(documents) >= 7
    for name, root in documents.items():
        words = letters(" ".join(root[1].itertext()))
        assert words in converted, name


def letters(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


def spaced(element: Any) -> str:
    """Return the text of an element, spaces made single."""
    return " ".join("".join(element.itertext()).split())


@pytest.mark.slow
def test_the_text_of_a_whole_blog_is_unchanged(shared: Any, tmp_path: Path) -> None:
    from book import config
    from book.arrange import arrange
    from book.new import new
    from book.read import read
    from book.typeset import typeset

    new(tmp_path / "blog", shared("corpora/markdown/chrisjrob-jekyll"), title="Blog", language="en-GB")
    project = config.load(tmp_path / "blog")
    reading = read(project, jobs=2)
    whole = typeset(arrange(reading, project.config), project, project.config.style, "screen")
    bind(whole, tmp_path / "b.epub")
    assert len(reading.posts) > 300
    opened = Opened(tmp_path / "b.epub")
    assert_text_is_unchanged(whole, opened)
    chapters = {
        section.get("id"): spaced(section)
        for root in opened.documents.values()
        for section in root.iter("{*}section")
    }
    for one in reading.posts:
        assert spaced(etree.fromstring(f"<div>{one.body}</div>")) in chapters[one.ident], one.slug
    author = ("alt-text", "link-words", "left-over")  # for the author to mend, not for us
    assert [line for line in accepted(tmp_path / "b.epub") if not any(rule in line for rule in author)] == []


def test_another_time_is_another_time_alone(tmp_path: Path) -> None:
    composition = composed(tmp_path)
    bind(composition, tmp_path / "a.epub")
    later = datetime(2023, 1, 2, 3, 4, 5, tzinfo=UTC)
    bind(retitled(composition, modified=later), tmp_path / "b.epub")
    one, two = Opened(tmp_path / "a.epub").files, Opened(tmp_path / "b.epub").files
    assert {name for name in one if one[name] != two[name]} == {"EPUB/content.opf"}


def test_every_post_is_in_the_book(book: Opened) -> None:
    for one in EVERYTHING:
        assert any(
            f'id="{one.ident}"' in book.text(f"text/{name}") and f"{one.slug}" in name
            for name in book.documents
        )


# The cover of a printed edition


def fronted(tmp_path: Path, companions: dict[str, bytes]) -> Desk:
    others = {"wrap": Bound(1, companions=companions)}
    return Desk("ebook", tmp_path / "b.epub", tmp_path / ".book", others=others)


def test_the_front_of_a_printed_cover_is_the_cover(tmp_path: Path) -> None:
    front = drawn((1707, 2560), "JPEG")
    epub.bind(composed(tmp_path), fronted(tmp_path, {".jpg": front}), cover="wrap")
    opened = Opened(tmp_path / "b.epub")
    assert opened.files["EPUB/cover.jpg"] == front
    (image,) = opened.find("//h:img", "text/cover.xhtml")
    assert (image.get("width"), image.get("height")) == ("1707", "2560")
    assert not found_in(opened.path)
    other = drawn((1707, 2561), "JPEG")
    epub.bind(composed(tmp_path), fronted(tmp_path, {".jpg": other}), cover="wrap")
    assert Opened(tmp_path / "b.epub").files["EPUB/cover.jpg"] == other


def test_what_is_no_cover_edition_is_said(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="`cover` names `wrap`, which is no cover"):
        epub.bind(composed(tmp_path), fronted(tmp_path, {}), cover="wrap")
