"""The cover edition: its size to the point, its words and where they stand, its companion for shops."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from book.build import build
from book.check import check
from book.errors import BookError

TOML = """\
title = "Small Corrections"
author = "Ann Author"
description = "Four years of a notebook, put right."
language = "{language}"
{cover}

[editions.paperback]
format = "pdf"
profile = "kdp-paperback"
trim = "5in x 8in"
isbn = "978-0-306-40615-7"

[editions.cover]
format = "cover"
{options}
"""


def made(manuscript: Any, options: str, language: str = "en-GB", cover: str = "") -> Path:
    root = manuscript(toml=TOML.format(options=options, language=language, cover=cover))
    if cover:
        Image.new("RGB", (1200, 1800), "#203040").save(root / "cover.png")
    editions = build(root, editions=["paperback", "cover"] if "of =" in options else ["cover"]).editions
    return Path(next(edition.path for edition in editions if edition.name == "cover"))


def words(path: Path) -> list[tuple[str, float, float, float, float]]:
    """Return every line of text and its box: left, bottom, right, top."""
    text = pypdfium2.PdfDocument(io.BytesIO(path.read_bytes()))[0].get_textpage()
    boxes = [text.get_rect(number) for number in range(text.count_rects())]
    return [(text.get_text_bounded(*box).strip(), *box) for box in boxes]


def test_the_sheet_has_back_spine_front_and_bleed(manuscript: Any) -> None:
    path = made(manuscript, 'pages = 240\ntrim = "6in x 9in"')
    with pikepdf.open(path) as pdf:
        (page,) = pdf.pages
        media = [float(side) for side in page.mediabox]
        trim = [float(side) for side in page.trimbox]
        bleed = [float(side) for side in page.bleedbox]
    assert media[2] - media[0] == pytest.approx((12 + 0.54048 + 0.25) * 72, abs=0.05)
    assert media[3] - media[1] == pytest.approx(9.25 * 72, abs=0.05)
    assert trim[2] - trim[0] == pytest.approx((12 + 0.54048) * 72, abs=0.05)
    assert bleed == pytest.approx(media, abs=0.05)


def test_nothing_is_printed_at_the_edges_or_on_the_folds_but_the_ground(manuscript: Any) -> None:
    path = made(manuscript, 'pages = 240\ntrim = "6in x 9in"\ndesign = "plain"')
    spine = 240 * 0.002252 * 72
    page = pypdfium2.PdfDocument(path)[0].render(scale=2).to_pil().convert("RGB")
    left, right, whole, tall = 9 + 432, 9 + 432 + spine, 18 + 864 + spine, 666
    free = [
        *[(0, 0, whole, 18), (0, tall - 18, whole, tall), (0, 0, 18, tall), (whole - 18, 0, whole, tall)],
        *[(left - 9, 0, left + 4.5, tall), (right - 4.5, 0, right + 9, tall)],
    ]
    for box in free:
        inner = page.crop(
            (int(box[0] * 2) + 2, int(box[1] * 2) + 2, int(box[2] * 2) - 2, int(box[3] * 2) - 2)
        )
        assert len(inner.getcolors()) == 1, box
    on_spine = page.crop((round(left * 2) + 9, 0, round(right * 2) - 9, 1332))
    assert len(on_spine.getcolors()) > 1


@pytest.mark.parametrize("design", ["label", "picture", "whole"])
def test_a_hard_cover_is_turned_in_and_bends_at_its_hinges(manuscript: Any, design: str) -> None:
    options = f'pages = 103\ntrim = "6in x 9in"\nprofile = "kdp-hardcover"\ndesign = "{design}"'
    path = made(manuscript, options, cover='cover = "cover.png"')
    with pikepdf.open(path) as pdf:
        (page,) = pdf.pages
        media, bleed, trim = (
            [float(side) for side in box] for box in (page.mediabox, page.BleedBox, page.trimbox)
        )
    assert (media[2] - media[0], media[3] - media[1]) == pytest.approx((13.996 * 72, 10.417 * 72), abs=0.1)
    assert bleed == pytest.approx(media)
    assert trim[0] - media[0] == pytest.approx(15 / 25.4 * 72, abs=0.01)
    drawn = pypdfium2.PdfDocument(path)[0].render(scale=1).to_pil().convert("RGB")
    assert (255, 255, 255) not in [
        drawn.getpixel((x, y)) for x in (1, drawn.width - 2) for y in (1, 400, 748)
    ]
    board, hinge = (152.4 + 5 - 10) / 25.4 * 72, 10 / 25.4 * 72
    for text, left, _, right, _ in words(path):
        on_back = trim[0] + 9 <= left and right <= trim[0] + board - 9
        on_front = trim[2] - board + 9 <= left and right <= trim[2] - 9
        on_spine = trim[0] + board + hinge < left and right < trim[2] - board - hinge
        assert on_back or on_front or on_spine, text
    if design == "whole":  # the picture goes over the front's hinge to the spine
        assert drawn.getpixel((round(trim[2] - board - hinge) + 2, 400)) == (32, 48, 64)


def test_a_printer_who_asks_for_inks_gets_a_cover_in_inks(manuscript: Any) -> None:
    path = made(manuscript, 'pages = 200\ntrim = "6in x 9in"\nprofile = "ingramspark"')
    rules = {finding.rule for finding in check([path], "ingramspark").findings}
    assert not [rule for rule in rules if "rgb" in rule or "colour" in rule or "intent" in rule], rules
    with pikepdf.open(path) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert str(intent.OutputConditionIdentifier) == "CGATS TR 001"
        spaces = {str(one.get("/ColorSpace")) for one in pdf.objects if isinstance(one, pikepdf.Stream)}
    assert "/DeviceRGB" not in spaces


def test_a_cover_takes_trim_count_and_isbn_of_the_edition_it_follows(manuscript: Any) -> None:
    path = made(manuscript, 'of = "paperback"')
    with pikepdf.open(path) as pdf, pikepdf.open(path.with_name("small-corrections-paperback.pdf")) as book:
        trim = [float(side) for side in pdf.pages[0].trimbox]
        pages = len(book.pages)
    assert trim[2] - trim[0] == pytest.approx((10 + pages * 0.002252) * 72, abs=0.05)
    text = " ".join(text for text, *_ in words(path))
    assert "ISBN 978-0-306-40615-7" in text
    assert "Four years of a notebook, put right." in text


def test_the_barcode_is_black_ink_alone_and_of_full_size(manuscript: Any) -> None:
    path = made(manuscript, 'of = "paperback"\npages = 100')
    with pikepdf.open(path) as pdf:
        streams = [
            one.read_bytes()
            for one in pdf.objects
            if isinstance(one, pikepdf.Stream) and one.get("/Subtype") in (None, "/Form")
        ]
    drawn = b"\n".join(streams)
    assert drawn.count(b"/DeviceCMYK cs\n0 0 0 1 scn") >= 30
    page = pypdfium2.PdfDocument(path)[0].render(scale=4).to_pil().convert("L")
    # the barcode's place: at the foot of the back, a quarter of an inch from spine and foot
    place = [(9 + 360 - 18 - 144) * 4, (9 + 576 - 18 - 86.4) * 4, (9 + 360 - 18) * 4, (9 + 576 - 18) * 4]
    row = page.crop(tuple(map(round, place))).crop((0, 160, 576, 161))
    dark = [x for x in range(row.width) if row.getpixel((x, 0)) < 128]
    module = 105.7 / 113 * 4
    assert dark[-1] - dark[0] + 1 == pytest.approx(95 * module, abs=2)
    assert dark[0] >= 11 * module and row.width - dark[-1] >= 7 * module


@pytest.mark.parametrize("design", ["label", "plain", "picture", "whole"])
def test_each_design_gives_shops_their_picture(manuscript: Any, design: str) -> None:
    path = made(manuscript, f'pages = 240\ndesign = "{design}"', cover='cover = "cover.png"')
    with Image.open(path.with_suffix(".jpg")) as front:
        assert front.width >= 1600
        assert front.height >= 2560
        assert front.width / front.height == pytest.approx(5 / 8, abs=0.05)
    assert any("Small" in text for text, *_ in words(path))


def test_the_same_cover_twice(manuscript: Any) -> None:
    path = made(manuscript, "pages = 240")
    first = path.read_bytes(), path.with_suffix(".jpg").read_bytes()
    build(path.parent.parent, editions=["cover"], fresh=True)
    assert (path.read_bytes(), path.with_suffix(".jpg").read_bytes()) == first


def test_a_book_read_from_the_right_has_its_front_at_the_left(manuscript: Any) -> None:
    path = made(manuscript, 'pages = 240\ntrim = "6in x 9in"', language="ar")
    front = [text for text, _, _, x1, _ in words(path) if x1 < 9 + 432]
    assert any("Corrections" in text for text in front)
    assert not any("notebook" in text for text in front)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("", "the spine needs the count of pages"),
        ('pages = 240\npaper = "papyrus"', "has no paper `papyrus`"),
        ('pages = 240\nprofile = "a5"', "does not say how thick its paper is"),
        ('pages = 240\ndesign = "picture"', "needs a picture"),
        ('pages = 240\ndesign = "labels"', "design"),
        (f'pages = 240\nblurb = "{"words " * 2000}"', "do not fit"),
        ('of = "hardback"', "there is none"),
    ],
)
def test_what_cannot_be_made_is_said(manuscript: Any, options: str, message: str) -> None:
    with pytest.raises(BookError, match=message):
        made(manuscript, options)
