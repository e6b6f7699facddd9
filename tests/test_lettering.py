from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from book import fonts
from book.lettering import Hand, Lettering

FAMILIES = ("EB Garamond", "Source Code Pro")


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Lettering:
    text = "مرحبا שלום नमस्ते 😀"
    return Lettering(fonts.faces(FAMILIES, text=text), fonts.store(), "en")


def drawn(letters: Lettering, text: str, hand: Hand) -> Image.Image:
    canvas = Image.new("L", (900, 200), 255)
    letters.draw(ImageDraw.Draw(canvas), letters.line(text, hand), 20, 140, "#000000")
    return canvas


def test_kerning_brings_letters_together(letters: Lettering) -> None:
    apart = sum(letters.line(letter, Hand(100)).width for letter in "AVAV")
    assert letters.line("AVAV", Hand(100)).width < apart - 10


def test_tracking_spaces_letters_but_not_the_end(letters: Lettering) -> None:
    plain, spaced = letters.line("INK", Hand(100)), letters.line("INK", Hand(100, tracking=0.1))
    assert spaced.width == pytest.approx(plain.width + 20, abs=3)


def test_arabic_is_joined_and_never_spaced(letters: Lettering) -> None:
    whole = letters.line("مرحبا", Hand(100))
    assert whole == letters.line("مرحبا", Hand(100, tracking=0.1))
    assert whole.width != pytest.approx(sum(letters.line(c, Hand(100)).width for c in "مرحبا"), rel=0.02)


def test_each_script_is_set_in_a_font_that_has_it(letters: Lettering) -> None:
    line = letters.line("a مرحبا שלום नमस्ते 😀", Hand(60))
    assert {mark.path.name.split("-400")[0] for mark in line.marks} == {
        "eb-garamond", "noto-sans-arabic", "noto-sans-hebrew", "noto-sans-devanagari", "noto-emoji",
    }  # fmt: skip
    assert all(mark.glyph for mark in line.marks)


def test_a_line_from_right_to_left_begins_at_the_right(letters: Lettering) -> None:
    line = letters.line("שלום 2020 abc", Hand(60))
    first_hebrew = max(mark.x for mark in line.marks if "hebrew" in mark.path.name)
    latin = [mark.x for mark in line.marks if "garamond" in mark.path.name]
    assert min(latin) < first_hebrew and line.marks[0].x == 0
    letters_first = letters.line("abc שלום", Hand(60))
    assert "garamond" in letters_first.marks[0].path.name


def test_small_capitals_are_real_ones(letters: Lettering) -> None:
    small = letters.line("ann", Hand(100, features=("smcp", "c2sc")))
    assert [m.glyph for m in small.marks] != [m.glyph for m in letters.line("ann", Hand(100)).marks]


def test_italic_is_the_italic_face(letters: Lettering) -> None:
    assert all("-italic" in mark.path.name for mark in letters.line("ann", Hand(50, italic=True)).marks)


def test_what_is_drawn_lies_where_the_line_says(letters: Lettering) -> None:
    canvas = drawn(letters, "Ink", Hand(100))
    box = canvas.point(lambda value: 255 - value).getbbox()
    width = letters.line("Ink", Hand(100)).width
    assert box is not None
    assert 18 <= box[0] <= 30 and 20 + width - 12 <= box[2] <= 20 + width + 6
    assert 60 <= box[1] <= 80 and 138 <= box[3] <= 142


def test_drawing_again_draws_the_same(letters: Lettering) -> None:
    again = Lettering(fonts.faces(FAMILIES), fonts.store(), "en")
    assert drawn(letters, "Affe, 17", Hand(90)).tobytes() == drawn(again, "Affe, 17", Hand(90)).tobytes()
