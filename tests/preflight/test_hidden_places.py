"""Faults that hide: in patterns, in groups, beside the page, in what pages inherit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from book.check import check

Told = dict[str, str]
Finder = Callable[..., Told]


@pytest.fixture
def found(tmp_path: Path) -> Finder:
    """Give a function that writes 18 leaves of 6 by 9 inches, and returns what is said of them, by rule.

    `resources` are made for the file and inherited by all pages; `paints` is what the third one paints.
    """

    def find(
        paints: bytes = b"q Q",
        resources: Callable[[pikepdf.Pdf], dict[str, Any]] = lambda pdf: {},
        change: Callable[[pikepdf.Pdf], None] = lambda pdf: None,
    ) -> Told:
        pdf = pikepdf.new()
        pdf.docinfo["/Title"], pdf.Root["/Lang"] = "Leaves", "en"
        intent = Dictionary(S=Name.GTS_PDFX, OutputConditionIdentifier="CGATS TR 001")
        pdf.Root.OutputIntents = Array([intent])
        for number in range(18):
            page = pdf.add_blank_page(page_size=(432, 648))
            page.obj.Contents = pdf.make_stream(paints if number == 2 else b"0 g 100 100 50 50 re f")
            del page.obj.MediaBox
            if "/Resources" in page.obj:
                del page.obj.Resources
        pdf.Root.Pages.MediaBox = Array([0, 0, 432, 648])
        pdf.Root.Pages.Resources = Dictionary({f"/{kind}": one for kind, one in resources(pdf).items()})
        change(pdf)
        pdf.save(tmp_path / "leaves.pdf")
        said = check([tmp_path / "leaves.pdf"], "ingramspark").findings
        assert all(one.hint for one in said)
        return {one.rule.split("-", 1)[1]: one.message for one in said}

    return find


def tiled(content: bytes, **more: Any) -> Callable[[pikepdf.Pdf], dict[str, Any]]:
    def make(pdf: pikepdf.Pdf) -> dict[str, Any]:
        tile = pdf.make_stream(content, PatternType=1, PaintType=1, TilingType=1, XStep=50, YStep=50)
        tile.BBox = Array([0, 0, 50, 50])
        for key, value in more.items():
            tile[f"/{key}"] = value(pdf) if callable(value) else value
        return {"Pattern": Dictionary(P=pdf.make_indirect(tile))}

    return make


def picture(space: str, ink: int) -> Callable[[pikepdf.Pdf], Any]:
    def make(pdf: pikepdf.Pdf) -> Any:
        inks = 4 if space == "/DeviceCMYK" else 1
        image = pdf.make_stream(bytes([ink]) * 400 * inks, Subtype=Name.Image, Width=20, Height=20)
        image.ColorSpace, image.BitsPerComponent = Name(space), 8
        return Dictionary(XObject=Dictionary(I=image))

    return make


FILLED = b"/Pattern cs /P scn 100 100 200 200 re f"


def test_sound_leaves_have_no_findings(found: Finder) -> None:
    assert found(b"0 g 100 100 50 50 re f") == {}
    assert found(FILLED, tiled(b"0.5 g 0 0 25 25 re f")) == {}


def test_what_the_tile_of_a_pattern_holds(found: Finder) -> None:
    coarse = tiled(b"q 40 0 0 40 0 0 cm /I Do Q", Resources=picture("/DeviceGray", 90))
    assert found(FILLED, coarse) == {
        "resolution": "page 3: the picture `I` has 36 dots to the inch, and 300 are asked for"
    }
    smaller = tiled(
        b"q 40 0 0 40 0 0 cm /I Do Q",
        Resources=picture("/DeviceGray", 90), Matrix=Array([0.1, 0, 0, 0.1, 0, 0]),
    )  # fmt: skip
    assert found(FILLED, smaller) == {}
    inky = tiled(b"q 4 0 0 4 0 0 cm /I Do Q", Resources=picture("/DeviceCMYK", 230))
    assert found(FILLED, inky) == {
        "ink": "page 3: the picture `I`: 361 % of ink, and `ingramspark` takes 240 %"
    }
    half = Dictionary(ExtGState=Dictionary(G=Dictionary(ca=0.5)))
    assert found(FILLED, tiled(b"/G gs 0 0 9 9 re f", Resources=half)).keys() == {"transparency"}
    assert found(FILLED, tiled(b"0 0 1 rg 0 0 9 9 re f")).keys() == {"colour"}


def test_a_pattern_in_the_colour_of_the_moment(found: Finder) -> None:
    def stencil(space: str) -> Callable[[pikepdf.Pdf], dict[str, Any]]:
        def make(pdf: pikepdf.Pdf) -> dict[str, Any]:
            spaces = Dictionary(S=Array([Name.Pattern, Name(space)]))
            return {**tiled(b"0 0 9 9 re f", PaintType=2)(pdf), "ColorSpace": spaces}

        return make

    assert found(b"/S cs 0.4 /P scn 90 90 90 90 re f", stencil("/DeviceGray")) == {}
    assert found(b"/S cs 1 0 0 /P scn 90 90 90 90 re f", stencil("/DeviceRGB")).keys() == {"colour"}
    assert found(b"/S cs .9 .9 .9 0 /P scn 90 90 90 90 re f", stencil("/DeviceCMYK")).keys() == {"ink"}


def test_the_ink_of_a_picture_in_the_text_of_a_page_and_of_a_stencil(found: Finder) -> None:
    placed = b"q .2 0 0 .2 100 100 cm BI /W 4 /H 4 "
    dark = placed + b"/BPC 8 /CS /CMYK ID " + b"\xe6" * 64 + b" EI Q"
    assert found(dark) == {
        "ink": "page 3: the picture `inline image`: 361 % of ink, and `ingramspark` takes 240 %"
    }
    mask = b".9 .9 .9 0 k " + placed + b"/IM true ID " + b"\x00" * 4 + b" EI Q"
    assert found(mask).keys() == {"ink"}


def states(pdf: pikepdf.Pdf) -> dict[str, Any]:
    half, whole = Dictionary(ca=0.5), Dictionary(ca=1, CA=1)
    lines, mode = Dictionary(CA=0.5), Dictionary(BM=Array([Name.Normal]))
    group = pdf.make_stream(b"/W gs 0 0 50 50 re f", Subtype=Name.Form, BBox=Array([0, 0, 50, 50]))
    group.Group = Dictionary(S=Name.Transparency)
    group.Resources = Dictionary(ExtGState=Dictionary(W=whole))
    return {"ExtGState": Dictionary(H=half, W=whole, L=lines, M=mode), "XObject": Dictionary(X=group)}


@pytest.mark.parametrize(
    ("paints", "clear"),
    [
        (b"/H gs /M gs 90 90 9 9 re f", True),
        (b"/H gs /W gs 90 90 9 9 re f", False),
        (b"/H gs 90 90 m 99 99 l S", False),
        (b"/L gs 90 90 m 99 99 l S", True),
        (b"/L gs 90 90 9 9 re f", False),
        (b"1 0 0 1 90 90 cm /H gs /X Do", True),
        (b"1 0 0 1 90 90 cm /X Do", False),
    ],
)
def test_what_is_seen_through_is_told_and_nothing_else(found: Finder, paints: bytes, clear: bool) -> None:
    assert ("transparency" in found(paints, states)) == clear


def test_what_lies_beside_the_page_is_no_bleed(found: Finder) -> None:
    """A picture may be placed beyond the sheet: there is nothing of it to cut into."""
    paints = b"0.5 g -20 -20 472 688 re f"

    def larger(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Pages.MediaBox = Array([-20, -20, 452, 668])
        for page in pdf.pages:
            page.obj.TrimBox = Array([0, 0, 432, 648])

    assert found(paints).keys() == {"bleed"}
    assert found(paints, change=larger) == {}


def test_a_cropped_page_is_what_is_shown_of_it(found: Finder) -> None:
    def cropped(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Pages.MediaBox = Array([-90, -90, 522, 738])
        pdf.Root.Pages.CropBox = Array([0, 0, 432, 648])

    assert found(b"0 g 100 100 50 50 re f 1 0 0 rg -80 -80 20 20 re f", change=cropped) == {}
    assert found(b"0 g 10 100 50 50 re f", change=cropped).keys() == {"safe-area"}


def test_fonts_are_missed_wherever_they_are_used(found: Finder) -> None:
    def lacking(pdf: pikepdf.Pdf) -> Any:
        return Dictionary(Font=Dictionary(F=Dictionary(Subtype=Name.Type1, BaseFont=Name.Courier)))

    def note(pdf: pikepdf.Pdf) -> None:
        shown = pdf.make_stream(b"", Subtype=Name.Form, BBox=Array([0, 0, 9, 9]), Resources=lacking(pdf))
        pdf.pages[4].obj.Annots = Array([Dictionary(Subtype=Name.Text, AP=Dictionary(N=shown))])

    message = "the font `Courier` is not in the file; page {} is the first to use it"
    assert found(resources=lambda pdf: {"Font": lacking(pdf).Font})["font-embedded"] == message.format(1)
    assert "font-embedded" in found(FILLED, tiled(b"", Resources=lacking))
    told = found(change=note)
    assert told["font-embedded"] == message.format(5)
    assert "page 5: comments" in told["annotation"]


def test_the_intent_of_an_archive_names_no_press(found: Finder) -> None:
    def archive(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OutputIntents[0].S = Name.GTS_PDFA1

    def nothing(pdf: pikepdf.Pdf) -> None:
        del pdf.Root.OutputIntents[0].OutputConditionIdentifier

    assert found(change=archive).keys() == found(change=nothing).keys() == {"output-intent"}


def test_a_page_that_is_turned_is_of_the_size_that_it_is_seen_in(found: Finder) -> None:
    def turned(pdf: pikepdf.Pdf) -> None:
        pdf.pages[4].obj.MediaBox, pdf.pages[4].obj.Rotate = Array([0, 0, 648, 432]), 90
        pdf.pages[5].obj.MediaBox, pdf.pages[5].obj.UserUnit = Array([0, 0, 216, 324]), 2

    def lying(pdf: pikepdf.Pdf) -> None:
        pdf.pages[4].obj.Rotate = 90

    assert found(change=turned) == {}
    assert found(change=lying)["page-size"] == "page 5 is 229 × 152 mm, and others are 152 × 229 mm"
