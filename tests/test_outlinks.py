from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from lxml import etree
from making import config, post, reading

from book import build
from book.arrange import arrange
from book.config import Project, Style
from book.model import Composition, Note
from book.outlinks import MANY
from book.typeset import typeset


def composed(body: str, folder: Path, form: str, *, medium: str = "print", **more: Any) -> Composition:
    language = more.pop("language", "en-GB")
    settings = config(language=language)
    book = arrange(reading(post("one", date(2018, 1, 2), body=body, **more)), settings)
    return typeset(book, Project(folder, settings), Style(links=form), medium)


def chapter(made: Composition) -> Any:
    galley = next(galley for galley in made.galleys if galley.role == "chapter")
    root = etree.fromstring(galley.body)
    idents = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(idents) == len(set(idents))
    for call in root.xpath('//a[@class="noteref"]'):
        assert call.get("href")[1:] in idents
    return root


def told(root: Any) -> tuple[str, list[str]]:
    """Return the text of a chapter, the numbers of its notes in brackets, and its notes."""
    for call in root.xpath('//a[@class="noteref"]'):
        call.text = f"[{call.text}]"
    notes = ["".join(item.itertext()).replace("↩", "").strip() for item in root.xpath("//li[@id]")]
    for section in root.xpath('//section[contains(@class, "footnotes")]'):
        section.getparent().remove(section)
    text = "".join("".join(p.itertext()) for p in root.iterchildren("p"))
    return " ".join(text.split()), notes


A = '<a href="https://www.example.org/a?utm_source=x">one</a>'
B = '<a href="https://example.org/b">two</a>'
OWN = '<a class="noteref" id="post-one.noteref-1" href="#post-one.note-1">1</a>'
NOTE = Note("post-one.note-1", 1, "<p>Mine.</p>")


@pytest.mark.parametrize("form", ["footnotes", "endnotes"])
@pytest.mark.parametrize(
    ("body", "text", "notes"),
    [
        (f"<p>See {A}, {B}.</p>", "See one,[1] two.[2]", ["example.org/a", "example.org/b"]),
        (f"<p>{A} {B} {A}</p>", "one[1] two[2] one[1]", ["example.org/a", "example.org/b"]),
        (f"<p>{A}</p><p>Own{OWN} {B}</p>", "one[1]Own[2] two[3]",
         ["example.org/a", "Mine.", "example.org/b"]),
        (f"<p>(see {A}).</p>", "(see one).[1]", ["example.org/a"]),
        ('<p><a href="https://example.org/a">example.org/a</a></p>', "example.org/a", []),
        ('<p><a href="mailto:a@example.org">write</a> <a href="mailto:a@example.org">a@example.org</a></p>',
         "write[1] a@example.org", ["a@example.org"]),
        ('<p><a href="https://example.org/"><img src="media/x.png" alt="x"/></a></p>', "", []),
        ('<p><a href="https://exa[mple.org/">broken</a></p>', "broken", []),
    ],
)  # fmt: skip
def test_addresses_become_notes_numbered_with_the_authors(
    body: str, text: str, notes: list[str], form: str, tmp_path: Path
) -> None:
    root = chapter(composed(body, tmp_path, form, notes=(NOTE,) if OWN in body else ()))
    sections = root.xpath('//section[contains(@class, "footnotes")]')
    assert [section.get("class") for section in sections] == (
        [] if not notes else ["footnotes endnotes" if form == "endnotes" else "footnotes"]
    )
    assert told(root) == (text, notes)


def test_in_an_authors_note_an_address_stands_in_parentheses(tmp_path: Path) -> None:
    note = Note("post-one.note-1", 1, f"<p>See {A}.</p>")
    root = chapter(composed(f"<p>Own{OWN}</p>", tmp_path, "footnotes", notes=(note,)))
    assert told(root) == ("Own[1]", ["See one (example.org/a)."])


def test_french_sets_the_number_before_the_full_stop(tmp_path: Path) -> None:
    assert told(chapter(composed(f"<p>{A}.</p>", tmp_path, "footnotes", language="fr")))[0] == "one[1]."


@pytest.mark.parametrize(("form", "medium"), [("none", "print"), ("footnotes", "screen")])
def test_nothing_is_done_where_it_is_not_asked_for(form: str, medium: str, tmp_path: Path) -> None:
    made = composed(f"<p>{A}</p>", tmp_path, form, medium=medium)
    assert "".join(galley.body for galley in made.galleys).count("example.org") == 1


def test_too_many_links_for_the_foot_go_to_the_end_and_are_told(tmp_path: Path) -> None:
    body = "".join(f'<p><a href="https://example.org/{n}">link</a></p>' for n in range(MANY + 1))
    made = composed(body, tmp_path, "footnotes")
    assert chapter(made).xpath('//section[@class="footnotes endnotes"]')
    assert [notice.message for notice in made.warnings] == [
        f"{MANY + 1} links are too many for the foot of pages: their notes stand at the end"
    ]
    assert made.warnings[0].path == Path("chapters/one.md")


@pytest.mark.parametrize("form", ["footnotes", "qr"])
def test_an_address_without_end_is_cut_and_told(form: str, tmp_path: Path) -> None:
    made = composed(f'<p><a href="https://example.org/{"a/" * 1000}">long</a></p>', tmp_path, form)
    text, notes = told(chapter(made))
    assert text == "long[1]"
    assert notes[0].endswith("[…]")
    assert "an address of 2020 characters is cut" in made.warnings[0].message


def test_codes_stand_beside_a_paragraph_or_in_a_row_under_it(tmp_path: Path) -> None:
    many = "".join(f'<a href="https://example.org/{n}">link {n}</a> ' for n in range(4))
    root = chapter(composed(f"<p>{A} and {A}{' more' * 60}</p><p>{many}</p>", tmp_path, "qr"))
    beside, row = root.xpath("//aside")
    assert (beside.get("class"), row.get("class")) == ("codes beside", "codes")
    assert "".join(beside.getnext().itertext()).startswith("one and one more")
    assert "".join(row.getprevious().itertext()).startswith("link 0")
    drawings = root.xpath("//*[local-name()='svg']")
    assert [one.get("aria-label") for one in drawings] == [
        "https://www.example.org/a",
        *(f"https://example.org/{n}" for n in range(4)),
    ]


PLAYER = '<p class="embed"><a href="https://www.youtube.com/watch?v=abc">The film — YouTube</a></p>'


@pytest.mark.parametrize(
    ("form", "words", "codes"),
    [("none", "The film YouTube", 0), ("footnotes", "The film YouTube youtube.com/watch?v=abc", 0),
     ("qr", "The film YouTube youtube.com/watch?v=abc", 1)],
)  # fmt: skip
def test_a_player_becomes_a_box(form: str, words: str, codes: int, tmp_path: Path) -> None:
    box = chapter(composed(PLAYER, tmp_path, form)).xpath('//figure[@class="embed"]')[0]
    assert " ".join(box.xpath("string()").replace("https://www.youtube.com/watch?v=abc", "").split()) == words
    assert len(box.xpath(".//*[local-name()='svg']")) == codes


def test_what_leads_into_a_player_leads_to_its_box(tmp_path: Path) -> None:
    marked = PLAYER.replace("film", '<span class="ix" id="post-one.ix-1">film</span>')
    box = chapter(composed(marked, tmp_path, "none")).xpath('//figure[@class="embed"]')[0]
    assert box.xpath('.//*[@id="post-one.ix-1"]')


@pytest.mark.parametrize("form", ["footnotes", "endnotes", "chapternotes", "qr"])
def test_the_pages_show_it(form: str, tmp_path: Path) -> None:
    (tmp_path / "chapters").mkdir()
    toml = f'title = "L"\n[chapters]\nby = "year"\n[editions.paperback]\nformat = "pdf"\nlinks = "{form}"\n'
    (tmp_path / "book.toml").write_text(toml)
    for number in (1, 2):
        text = (
            f"---\ntitle: Title {number}\ndate: 2017-01-0{number}\n---\n\nFirst[^1] and "
            f"[a](https://example.org/a{number}), [b](https://example.org/b) "
            f"and [a](https://example.org/a{number}).\n\n"
            "[^1]: My own.\n"
        )
        (tmp_path / "chapters" / f"{number}.md").write_text(text)
    document = pypdfium2.PdfDocument(build(tmp_path, out=tmp_path / "out").editions[0].path)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    words = " ".join(text.split())
    if form == "qr":
        assert "example.org/b" not in words
        return
    later = 3 if form == "footnotes" else 0  # at feet the second post's notes go on from the first's
    for number in (1, 2):
        first = later * (number - 1) + 1
        call = f"First{first} and a,{first + 1} b{first + 2} and a.{first + 1}"
        assert words.count(call) == (1 if later else 2)
        title = f"Title {number} " if form == "chapternotes" else ""
        notes = rf"{title}My own\. ({first + 1} )?example\.org/a{number} ({first + 2} )?example\.org/b"
        assert re.search(notes, words)


def test_notes_at_the_books_end_stand_under_their_posts_with_their_pages(tmp_path: Path) -> None:
    (tmp_path / "chapters").mkdir()
    toml = 'title = "L"\n[editions.paperback]\nformat = "pdf"\nlinks = "backnotes"\n[index]\ntitles = true\n'
    (tmp_path / "book.toml").write_text(toml)
    link = "[a](https://example.org/a?utm_source=x)"
    texts = {
        "Foreword": ("role: foreword", f"{link}."),
        "None": ("date: 2017-01-01", "No links."),
        "One": ("date: 2017-01-02", f"Mine[^1] and {link} and {link}.\n\n[^1]: My own.\n"),
        "Two": ("date: 2017-01-03", "Mine[^1].\n\n[^1]: My second, and [b](https://example.org/b).\n"),
    }
    for title, (header, text) in texts.items():
        (tmp_path / "chapters" / f"{title}.md").write_text(f"---\ntitle: {title}\n{header}\n---\n\n{text}")
    document = pypdfium2.PdfDocument(build(tmp_path, out=tmp_path / "out").editions[0].path)
    pages = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    assert any("Mine1 and a2 and a.2" in page for page in pages)
    assert not any("My own" in page for page in pages if "Mine1" in page)
    at = next(n for n, page in enumerate(pages) if "My own" in page)
    assert re.search(
        r"Notes Foreword p\. vii example\.org/a One p\. 2 My own\. example\.org/a "
        r"Two p\. 3 My second, and b \(example\.org/b\)\.",
        pages[at],
    )
    assert "Index of titles" in pages[at + 1]
    contents = next(page for page in pages if page.startswith("Contents"))
    assert re.search(rf"Notes( \.)+ {document.get_page_label(at)}", contents)


def test_a_word_that_is_none_is_refused(octavo: Any, manuscript: Any) -> None:
    toml = 'title = "L"\n[editions.paperback]\nformat = "pdf"\nlinks = "feetnotes"\n'
    ran = octavo("build", manuscript(toml=toml))
    assert ran.code == 1
    words = "`none`, `footnotes`, `endnotes`, `chapternotes`, `backnotes`, `qr`"
    assert f"`links` is not `true` or `false` or one of {words}" in ran.stderr
