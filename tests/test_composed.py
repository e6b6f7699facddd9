"""Letters composed: in words and never in markup, an ideograph with its shape."""

from __future__ import annotations

from pathlib import Path
from unicodedata import is_normalized

import pytest
from lxml import etree

from book.body import set_body
from book.composed import compose, composed, composed_markup
from book.copyedit import chosen
from book.media import locate


def body(markdown: str) -> str:
    made = set_body(markdown, "post-x", "fr", chosen({})).xhtml
    assert is_normalized("NFC", made)
    return made


def test_an_accent_after_its_letter_becomes_one_with_it_in_words_code_and_what_pictures_say() -> None:
    made = body("Cafe\u0301 `re\u0301sume\u0301` ![L'e\u0301te\u0301](x.png)\n\n    de\u0301f f():\n")
    assert "Café <code>résumé</code>" in made
    assert 'alt="L\'été"' in made
    assert "déf f():" in made


def test_references_that_name_an_accent_are_composed_too() -> None:
    assert "<p>Café</p>" in body("Cafe&#769;")


def test_addresses_stay_as_they_are_and_places_within_the_book_are_found() -> None:
    made = body('[a](#lie\u0301) [b](https://x.org/cafe%CC%81)\n\n<p id="lie\u0301">c</p>\n')
    assert 'href="#post-x.lié"' in made and 'id="post-x.lié"' in made
    assert "https://x.org/cafe%CC%81" in made


def test_a_letter_and_an_accent_that_come_together_only_when_an_element_goes_are_composed() -> None:
    assert "<p>Café</p>" in body("Cafe<label>\u0301</label>")
    assert "<p>e<b>\u0301</b></p>" in body("e<b>\u0301</b>")


def test_a_stroke_at_the_head_of_an_element_leaves_the_tag_whole() -> None:
    made = body("a<b>\u0338</b>c")
    assert made == "<p>a<b>\u034f\u0338</b>c</p>"
    assert composed_markup("<p>\u0338{{ cafe\u0301 }}</p>") == "<p>\u034f\u0338{{ café }}</p>"
    assert composed("a = \u0338 b \u2260") == "a = \u0338 b \u2260"


@pytest.mark.parametrize(
    ("sign", "made"), [("\ufa19", "\u795e\ufe00"), ("\ufa92", "\u6717\ufe01"), ("\U0002f8d8", "\u6717\ufe02")]
)
def test_an_ideograph_of_compatibility_keeps_its_shape_by_a_selector(sign: str, made: str) -> None:
    assert composed(sign) == made
    assert composed(made) == made
    assert composed("\ufa11") == "\ufa11"  # one that has no other


def test_what_is_composed_already_is_left_alone() -> None:
    root = etree.fromstring('<div title="é"><p>é</p>ü<a href="cafe&#769;">x</a></div>')
    before = etree.tostring(root)
    compose(root)
    assert etree.tostring(root) == before


def test_a_picture_is_found_however_its_name_has_its_letters(tmp_path: Path) -> None:
    (tmp_path / "e\u0301te\u0301.png").write_bytes(b"x")
    (tmp_path / "é\u0301.png").write_bytes(b"y")
    for name in ("été.png", "e\u0301te\u0301.png", "e%CC%81t%C3%A9.png", "é\u0301.png"):
        assert locate(name, tmp_path / "post.md", tmp_path).is_file()
