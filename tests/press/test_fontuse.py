"""What glyphs show, where several parts of a book, or several texts, used them."""

from __future__ import annotations

import pypdfium2
from conftest import Manuscript

from book import build
from book.press.fontuse import note_text, together


def test_the_first_text_stands_but_of_one_letter_the_small_one() -> None:
    texts = {1: "R", 2: "r", 3: " ", 4: "fi"}
    for glyph, text in ((1, "r"), (2, "R"), (3, "\u00a0"), (4, "FI"), (5, "S")):
        note_text(texts, glyph, text)
    assert texts == {1: "r", 2: "r", 3: " ", 4: "fi", 5: "S"}


def test_parts_are_joined_whatever_their_order() -> None:
    one = {"hash": "h", "texts": {"1": "R"}, "widths": {"1": 500}, "missing": {}}
    other = {"hash": "h", "texts": {"1": "r"}, "widths": {"1": 500}, "missing": {}}
    assert together([one, other]) == together([other, one])
    assert together([one, other])[0]["texts"] == {"1": "r"}


def test_a_name_in_small_capitals_is_read_as_it_is_written(manuscript: Manuscript) -> None:
    comments = '- id: "1"\n  name: Chris Robertson\n  date: 2017-09-01\n  text: Yes.\n'
    edition = '[editions.p]\nformat = "pdf"\ntheme = "diary"\nstylesheets = ["mine.css"]\n'
    css = "p.date::before { content: 'BCEHINORST'; } section.letter .name, p.date { letter-spacing: 0; }"
    root = manuscript(
        toml='title = "R"\n[letters]\nof = "all"\n' + edition,
        files={
            "chapters/comments/2017-08-29-first.yaml": comments,
            "mine.css": css,
        },
    )
    document = pypdfium2.PdfDocument(build(root, out=root / "out").editions[0].path)
    words = " ".join(page.get_textpage().get_text_range() for page in document)
    assert "Chris Robertson" in words
