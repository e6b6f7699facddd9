from __future__ import annotations

import io

import pytest
from PIL import Image, ImageCms

from book.finishing.inks import Inks, luma, of_lab
from book.finishing.profiles import grey, srgb

GREY, FOUR = Inks("grey"), Inks("cmyk")


def test_black_text_is_black_ink_alone() -> None:
    assert FOUR.of_rgb(0, 0, 0) == (0, 0, 0, 1)
    assert FOUR.of_rgb(0.5, 0.5, 0.5) == (0, 0, 0, 0.5)
    assert FOUR.of_rgb(0.1, 0.105, 0.11)[:3] == (0, 0, 0)


@pytest.mark.parametrize("colour", [(0.5, 0.25, 0.25), (0.9, 0.1, 0.4), (0.0, 0.3, 0.7), (1.0, 1.0, 0.0)])
def test_four_inks_show_the_colour_that_they_were_made_of(colour: tuple[float, float, float]) -> None:
    *coloured, black = FOUR.of_rgb(*colour)
    assert [(1 - ink) * (1 - black) for ink in coloured] == pytest.approx(colour)


@pytest.mark.parametrize("colour", [(0, 0, 0.1), (0.2, 0, 0), (0.05, 0.2, 0.1)])
def test_no_more_ink_than_the_paper_takes(colour: tuple[float, float, float]) -> None:
    inks = Inks("cmyk", 2.4).of_rgb(*colour)
    assert sum(inks) <= 2.4 + 1e-9
    assert all(0 <= ink <= 1 for ink in inks)


def test_a_picture_and_a_flat_colour_become_the_same() -> None:
    colours = [(128, 64, 64), (0, 0, 26), (255, 255, 255), (0, 0, 0), (12, 200, 90)]
    picture = Image.new("RGB", (len(colours), 1))
    for x, colour in enumerate(colours):
        picture.putpixel((x, 0), colour)
    for inks in (GREY, FOUR, Inks("cmyk", 2.0)):
        made = inks.of_picture(picture)
        for x, colour in enumerate(colours):
            flat = inks.of_rgb(*(band / 255 for band in colour))
            point = made.getpixel((x, 0))
            point = point if isinstance(point, tuple) else (point,)
            assert [one / 255 for one in point] == pytest.approx(flat, abs=0.012), colour


def test_greys_stay_greys_and_four_inks_become_one() -> None:
    assert FOUR.of_grey(0.3) == (0.3,)
    assert GREY.of_cmyk(0, 0, 0, 1) == (0,)
    assert GREY.of_cmyk(0, 0, 0, 0) == pytest.approx((1,))
    assert GREY.of_rgb(1, 0, 0) == (pytest.approx(luma(1, 0, 0)),)


def test_a_pictures_greys_are_the_same_as_ours() -> None:
    dot = Image.new("RGB", (1, 1), (200, 40, 90))
    assert GREY.of_picture(dot).getpixel((0, 0)) == pytest.approx(luma(200, 40, 90), abs=1)


def test_lab_is_read_as_css_writes_it() -> None:
    assert of_lab(0, 0, 0) == pytest.approx((0, 0, 0), abs=1e-3)
    assert of_lab(100, 0, 0) == pytest.approx((1, 1, 1), abs=4e-3)
    red, green, blue = of_lab(54.29, 80.82, 69.89)
    assert (red, green, blue) == pytest.approx((1, 0, 0), abs=0.03)


def test_the_profiles_that_are_made_are_profiles() -> None:
    ink = ImageCms.ImageCmsProfile(io.BytesIO(grey())).profile
    assert (ink.xcolor_space.strip(), ink.device_class) == ("GRAY", "prtr")
    screen = ImageCms.ImageCmsProfile(io.BytesIO(srgb())).profile
    assert screen.xcolor_space.strip() == "RGB"
    assert srgb() == srgb()
