"""Files of strange make have findings, or a message: never a traceback, and none takes for ever."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from book.check import check
from book.errors import BookError
from book.preflight import _painting

FORM = {"Type": Name.XObject, "Subtype": Name.Form, "BBox": Array([0, 0, 400, 400])}
DARK = b"0 g 100 100 100 100 re f"
Change = Callable[[pikepdf.Pdf], None]
Rules = Callable[..., set[str]]


@pytest.fixture
def rules(tmp_path: Path) -> Rules:
    """Give a function that writes a small PDF, and returns what is found in it but for its length."""

    def find(content: bytes = DARK, change: Change = lambda pdf: None, size: Any = (432, 648)) -> set[str]:
        pdf = pikepdf.new()
        pdf.docinfo["/Title"], pdf.Root["/Lang"] = "Odd", "en"
        for _ in range(2):
            page = pdf.add_blank_page(page_size=size)
            page.obj.Contents = pdf.make_stream(content)
        change(pdf)
        pdf.save(tmp_path / "odd.pdf", compress_streams=False)
        return looked_through(tmp_path / "odd.pdf")

    return find


def looked_through(path: Path) -> set[str]:
    found = {one.rule.removeprefix("preflight-") for one in check([path], "ingramspark").findings}
    return found - {"page-count", "output-intent"}


def having(**resources: Any) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            made = {f"/{kind}": make(pdf) if callable(make) else make for kind, make in resources.items()}
            page.obj.Resources = Dictionary(made)

    return change


def test_content_that_is_compressed_and_empty_is_told(tmp_path: Path) -> None:
    pdf = pikepdf.new()
    pdf.docinfo["/Title"], pdf.Root["/Lang"] = "Odd", "en"
    for content in (DARK, b"", DARK):
        pdf.add_blank_page(page_size=(432, 648)).obj.Contents = Array([pdf.make_stream(content)])
    pdf.save(tmp_path / "odd.pdf", compress_streams=True)
    (found,) = [
        one
        for one in check([tmp_path / "odd.pdf"], "ingramspark").findings
        if one.rule == "preflight-content"
    ]
    assert found.message == "page 2: content that is called compressed, and is empty"


def test_content_whose_length_is_no_number_is_read_all_the_same(tmp_path: Path) -> None:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(432, 648)).obj
    page.Contents = pdf.make_stream(zlib.compress(DARK), Filter=Name.FlateDecode)
    pdf.save(tmp_path / "odd.pdf", compress_streams=False)
    data = (tmp_path / "odd.pdf").read_bytes()
    length = b"/Length %d" % len(zlib.compress(DARK))
    assert length in data
    (tmp_path / "odd.pdf").write_bytes(data.replace(length, b"/Length /F"[: len(length)]))
    assert "content" not in looked_through(tmp_path / "odd.pdf")


def saying(**values: Any) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            for key, value in values.items():
                page.obj[f"/{key}"] = value

    return change


def test_pages_are_measured_as_they_are_looked_at(rules: Rules) -> None:
    assert rules(size=(648, 432)) == {"trim"}
    assert rules(size=(648, 432), change=saying(Rotate=90)) == set()
    assert rules(size=(648, 432), change=saying(Rotate=-90)) == set()
    assert rules(change=saying(Rotate=90)) == {"trim"}
    assert rules(b"0 g 50 50 50 50 re f", size=(216, 324)) == {"trim"}
    assert rules(b"0 g 50 50 50 50 re f", size=(216, 324), change=saying(UserUnit=2)) == set()
    low = b"0 g 10 300 300 20 re f"
    assert rules(low) == {"safe-area"}
    assert rules(low, size=(648, 432), change=saying(Rotate=90)) == {"safe-area"}


def test_the_rotation_of_those_above_is_the_pages(rules: Rules) -> None:
    def above(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Pages.Rotate = 270

    assert rules(size=(648, 432), change=above) == set()


def tile(pdf: pikepdf.Pdf) -> Any:
    made = pdf.make_stream(b"1 0 0 rg 0 0 4 4 re f", PatternType=1, PaintType=1, TilingType=1)
    made.BBox, made.XStep, made.YStep = Array([0, 0, 5, 5]), 5, 5
    return Dictionary(P=made)


def shaded(pdf: pikepdf.Pdf) -> Any:
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=Array([0, 0, 1, 1]))
    return Dictionary(P=pdf.make_indirect(Dictionary(PatternType=2, Shading=shading)))


@pytest.mark.parametrize("pattern", [tile, shaded])
def test_the_colours_of_patterns_are_seen(rules: Rules, pattern: Any) -> None:
    painted = b"/Pattern cs /P scn 100 100 50 50 re f"
    assert rules(painted, having(Pattern=pattern)) == {"colour"}


def profiled(pdf: pikepdf.Pdf) -> Any:
    return Dictionary(S=Array([Name.ICCBased, pdf.make_stream(b"", N=1)]))


def test_grey_with_a_profile_of_its_own_is_no_plain_grey(rules: Rules) -> None:
    assert rules(b"/S cs 0 scn 100 100 50 50 re f", having(ColorSpace=profiled)) == {"colour"}
    assert rules(b"/DeviceGray cs 0 scn 100 100 50 50 re f") == set()


def test_the_colours_of_pictures_in_the_text_of_a_page(rules: Rules) -> None:
    def inline(space: bytes, data: bytes) -> bytes:
        return b"q .2 0 0 .2 100 100 cm BI /W 2 /H 2 /BPC 8 /CS " + space + b" ID " + data + b" EI Q"

    assert rules(inline(b"/G", b"abcd")) == set()
    assert rules(inline(b"/RGB", b"abc" * 4)) == {"colour"}
    assert rules(inline(b"[/I /RGB 1 <000000ff0000>]", b"abcd")) == {"colour"}
    assert rules(inline(b"/S", b"abcd"), having(ColorSpace=profiled)) == {"colour"}


def test_a_jpeg_2000_says_its_colours_itself(rules: Rules) -> None:
    def picture(mode: str) -> Change:
        data = io.BytesIO()
        Image.new(mode, (40, 40), 90).save(data, "JPEG2000")

        def made(pdf: pikepdf.Pdf) -> Any:
            values = {"Subtype": Name.Image, "Width": 40, "Height": 40, "Filter": Name.JPXDecode}
            return Dictionary(P=pikepdf.Stream(pdf, data.getvalue(), **values))

        return having(XObject=made)

    placed = b"q 9 0 0 9 100 100 cm /P Do Q"
    assert rules(placed, picture("RGB")) == {"colour"}
    assert rules(placed, picture("L")) == set()


def in_a_circle(pdf: pikepdf.Pdf) -> Any:
    one, two = (pdf.make_stream(b"1 0 0 rg 100 100 9 9 re f /X Do /X Do /X Do", **FORM) for _ in range(2))
    one.Resources, two.Resources = (Dictionary(XObject=Dictionary(X=other)) for other in (two, one))
    return Dictionary(X=one)


def by_the_million(pdf: pikepdf.Pdf) -> Any:
    form = pdf.make_stream(DARK, **FORM)
    for _ in range(8):
        inner, form = form, pdf.make_stream(b"/X Do " * 10, **FORM)
        form.Resources = Dictionary(XObject=Dictionary(X=inner))
    return Dictionary(X=form)


def test_forms_in_a_circle_are_followed_once(rules: Rules) -> None:
    assert rules(b"/X Do", having(XObject=in_a_circle)) == {"colour"}


def test_a_page_of_millions_of_marks_is_looked_through_in_part(
    rules: Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_painting, "_MOST", 3000)
    assert rules(b"/X Do", having(XObject=by_the_million)) == {"unread"}
    assert rules(b"1 0 0 rg 100 100 9 9 re f\n" * 2000) == {"unread", "colour"}


def itself(pdf: pikepdf.Pdf) -> Any:
    space = pdf.make_indirect(Array([Name.Indexed]))
    space.append(space)
    return Dictionary(S=space, T=Name("/T"), D=Array([Name.DeviceN]), I=Array([Name.ICCBased, 3]))


ODD: dict[str, tuple[bytes, Change]] = {
    "no resources": (b"BT /F 9 Tf (A) Tj ET /X Do /G gs /C cs 1 scn /P scn /S sh " + DARK, lambda pdf: None),
    "spaces within themselves": (
        b"/S cs 1 scn /T cs /D cs /I cs 0 g " + DARK,
        having(ColorSpace=itself),
    ),
    "a font of nothing": (DARK, having(Font=Dictionary(F=Dictionary(Subtype=Name.Type3, Widths=Array([]))))),
    "a font that is a number": (b"BT /F 9 Tf (A) Tj ET", having(Font=Dictionary(F=7))),
    "a font below that is a number": (
        b"BT /F 9 Tf (A) Tj ET",
        having(Font=Dictionary(F=Dictionary(Subtype=Name.Type0, DescendantFonts=Array([3])))),
    ),
    "resources of other kinds": (b"/X Do /F 9 Tf", having(Font=3, XObject=Array([]), ExtGState=Name.x)),
    "boxes of words": (DARK, saying(TrimBox=Array([0, 0, Name.A, String("b")]))),
    "boxes too short": (DARK, saying(MediaBox=Array([0, 0, 10]))),
    "a rotation in words": (DARK, saying(Rotate=Name.Left)),
    "a unit in words": (DARK, saying(UserUnit=Name.Large)),
    "a broken picture": (b"q BI /W /H ID abcd EI Q " + DARK, lambda pdf: None),
    "a picture without an end": (b"q BI /W 4 /H 4 /CS /RGB ID abcd", lambda pdf: None),
    "numbers beyond all": (b"1e999 0 0 1 0 0 cm " + b"9" * 400 + b" w 0 0 m 1 1 l S", lambda pdf: None),
    "arrays in arrays": (b"[" * 900 + b"]" * 900 + b" TJ " + DARK, lambda pdf: None),
    "no content": (b"", lambda pdf: None),
}  # fmt: skip


@pytest.mark.parametrize(("content", "change"), ODD.values(), ids=ODD)
def test_odd_parts_give_findings_or_a_message(rules: Rules, content: bytes, change: Change) -> None:
    try:
        rules(content, change)
    except BookError as error:
        assert "PDF" in error.notices[0].message


def test_a_page_whose_content_is_cut_off(rules: Rules) -> None:
    packed = zlib.compress(b"1 0 0 rg 100 100 9 9 re f\n" * 300)

    def cut(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            page.obj.Contents = pikepdf.Stream(pdf, packed[:-9], Filter=Name.FlateDecode)

    assert "pdf-damaged" in rules(change=cut)


@pytest.mark.parametrize("keep", [0, 9, 400, -40])
def test_files_that_are_cut_short(rules: Rules, tmp_path: Path, keep: int) -> None:
    rules()
    path = tmp_path / "odd.pdf"
    path.write_bytes(path.read_bytes()[:keep])
    try:
        assert "pdf-damaged" in looked_through(path)
    except BookError as error:
        assert error.notices[0].hint


def test_many_damages_are_counted(rules: Rules, tmp_path: Path) -> None:
    rules(b"[" * 900 + b"]" * 900 + b" TJ")
    found = [one for one in check([tmp_path / "odd.pdf"], "a5").findings if one.rule == "pdf-damaged"]
    assert 0 < len(found) <= 6
