from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from binding import drawn as plain
from binding import picture
from making import post
from PIL import Image, ImageCms

from book import fonts
from book.cover import HEIGHT, WIDTH, drawn, fitted
from book.errors import BookError
from book.model import Book, Chapter, Metadata, Part
from book.paper import FIGURES, PAPERS, sheet

FAMILIES = ("EB Garamond", "Source Code Pro", "Noto Sans Arabic")
LONG = "On the long and winding titles that some authors give their collected entries " * 4


def book(title: str, language: str = "en", **more: Any) -> Book:
    metadata = Metadata(title, language, "urn:x", **more)
    posts = tuple(post(f"p{year}", date(year, 1, 1)) for year in (2015, 2017))
    chapters = tuple(Chapter(one.ident, one.slug, one.title, (one,)) for one in posts)
    return Book(metadata, (), (Part("part", "part", None, chapters),), ())


def cover(title: str, language: str = "en", **more: Any) -> Image.Image:
    made = book(title, language, **more)
    text = "".join([title, more.get("subtitle") or "", *more.get("authors", ())])
    data = drawn(made, fonts.faces(FAMILIES, text=text, languages=[language]), fonts.store())
    return Image.open(io.BytesIO(data))


def ink(made: Image.Image) -> tuple[int, int, int, int]:
    """Return the box of what is dark on the label, within its rules."""
    inside = made.convert("L").crop((250, 0, WIDTH - 250, HEIGHT))
    label = inside.point(lambda value: 255 if value > 200 else 0).getbbox()
    assert label is not None
    left, top, right, bottom = label
    text = inside.crop((left, top + 60, right, bottom - 60)).point(lambda value: 255 if value < 110 else 0)
    box = text.getbbox()
    assert box is not None
    return box[0] + 250, box[1] + top + 60, box[2] + 250, box[3] + top + 60


@pytest.mark.parametrize(
    ("title", "language", "more"),
    [
        ("Ink", "en", {}),
        ("Small Corrections", "en", {"authors": ("Ann Author",), "subtitle": "A Blog"}),
        (LONG[:300], "en", {"authors": ("Ann Author",) * 8, "subtitle": LONG[:200]}),
        ("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft", "de", {}),
        ("يوميات مدينة صغيرة", "ar", {"authors": ("نجيب محفوظ",)}),
        ("😀 <b>Fun</b> & \u200d Games", "en", {}),
        ("\U00010380\U00010381", "en", {}),
    ],
)
def test_any_title_makes_a_cover_with_its_text_on_the_label(
    title: str, language: str, more: dict[str, Any]
) -> None:
    made = cover(title, language, **more)
    assert (made.size, made.mode, made.format) == ((WIDTH, HEIGHT), "RGB", "JPEG")
    left, top, right, bottom = ink(made)
    assert left >= 230 and right <= WIDTH - 230
    assert abs((left + right) - WIDTH) < 60, "the text does not stand in the middle"
    assert top > 150 and bottom < HEIGHT - 150


def test_the_picture_is_tagged_srgb_and_carries_no_time() -> None:
    made = cover("Ink")
    profile = made.info["icc_profile"]
    assert "sRGB" in ImageCms.getProfileName(ImageCms.ImageCmsProfile(io.BytesIO(profile)))
    assert profile[24:36] == bytes.fromhex("07d000010001000000000000")
    assert not made.getexif()


def test_the_same_title_always_has_the_same_cover_and_another_has_another() -> None:
    one, again, other = (cover(title).tobytes() for title in ("Ink", "Ink", "Salt"))
    assert one == again != other


def test_every_paper_and_figure_prints_all_over() -> None:
    for paper, figure in [(PAPERS[0], figure) for figure in FIGURES] + [(p, FIGURES[0]) for p in PAPERS]:
        colours = sheet(paper, figure, 400, 400).getcolors(100_000)
        assert colours is not None and len(colours) > 2


def contrast(one: str, two: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_words_stand_out_from_the_label() -> None:
    for paper in PAPERS:
        assert contrast(paper.ink, paper.label) > 7
        assert contrast(paper.accent, paper.label) > 4.5


@pytest.mark.parametrize(("size", "mode"), [((3000, 2000), "RGB"), ((300, 480), "L"), ((1600, 2560), "CMYK")])
def test_an_authors_picture_is_shown_whole(tmp_path: Path, size: tuple[int, int], mode: str) -> None:
    media = picture("c.jpg", plain(size, "JPEG", mode), tmp_path, "image/jpeg")
    made = Image.open(io.BytesIO(fitted(media)))
    assert (made.size, made.mode) == ((WIDTH, HEIGHT), "RGB")


def test_a_picture_that_one_can_see_through_stands_on_white(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("RGBA", (160, 256), (0, 0, 0, 0)).save(out, "PNG")
    made = Image.open(io.BytesIO(fitted(picture("c.png", out.getvalue(), tmp_path))))
    assert made.getpixel((800, 1280)) == (255, 255, 255)


def test_a_picture_on_its_side_is_set_upright(tmp_path: Path) -> None:
    out = io.BytesIO()
    turned = Image.new("RGB", (200, 100), "white")
    turned.paste("black", (0, 0, 20, 100))
    exif = Image.Exif()
    exif[0x0112] = 6
    turned.save(out, "JPEG", exif=exif)
    made = Image.open(io.BytesIO(fitted(picture("c.jpg", out.getvalue(), tmp_path, "image/jpeg"))))
    top, bottom = made.getpixel((800, 20)), made.getpixel((800, 2540))
    assert isinstance(top, tuple) and isinstance(bottom, tuple)
    assert top[0] < 60 < 200 < bottom[0]


def test_a_picture_cut_short_is_an_error_with_its_name(tmp_path: Path) -> None:
    media = picture("c.jpg", plain((800, 800), "JPEG"), tmp_path, "image/jpeg")
    media.path.write_bytes(media.path.read_bytes()[:900])
    with pytest.raises(BookError, match=r"the cover `c\.jpg` is no picture that can be read"):
        fitted(media)
