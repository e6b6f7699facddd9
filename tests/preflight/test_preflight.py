"""Each fault planted in a small PDF is found, with its page; and a sound one has no findings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from book.errors import BookError
from book.inspection import inspect
from book.model import Finding
from book.preflight._demands import Demands

DEMANDS = Demands(
    "strict",
    sizes=((360.0, 576.0),),
    bleed=9,
    safe=(36, 27, 27, 27),
    fewest=2,
    most=8,
    multiple=2,
    blanks=1,
    links=False,
    bookmarks=False,
    transparency=False,
    spaces=frozenset({"grey", "CMYK"}),
    ink=240,
    intent=True,
    ppi=300,
    type=7,
    rule=0.5,
    version="1.7",
)
SOUND = "BT /F 11 Tf 1 0 0 1 72 500 Tm (A few words) Tj ET 0.75 w 72 480 m 200 480 l S"
BLEEDS = "0 0 0 0.2 k -9 -9 378 100 re f"

Finder = Callable[..., list[Finding]]


def picture(pdf: pikepdf.Pdf, image: Image.Image, space: str) -> Any:
    stream = pdf.make_stream(image.tobytes())
    stream.Type, stream.Subtype = Name.XObject, Name.Image
    stream.Width, stream.Height = image.size
    stream.ColorSpace, stream.BitsPerComponent = Name(space), 8
    return stream


def leaf(pdf: pikepdf.Pdf, content: str, resources: dict[str, Any]) -> None:
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/ABCDEF+Garamond"), FirstChar=32,
        Widths=Array([500] * 96),
    )  # fmt: skip
    page = pdf.add_blank_page(page_size=(378, 594))
    page.obj.MediaBox = page.obj.BleedBox = Array([-9, -9, 369, 585])
    page.obj.TrimBox = Array([0, 0, 360, 576])
    page.obj.Resources = Dictionary({"/Font": Dictionary(F=font), **resources})
    page.obj.Contents = pdf.make_stream(content.encode())


@pytest.fixture
def found(tmp_path: Path) -> Finder:
    """Give a function that writes a PDF whose second page has a fault, and returns what is found."""

    def find(
        content: str = "",
        change: Callable[[pikepdf.Pdf], None] = lambda pdf: None,
        demands: Demands = DEMANDS,
        resources: Callable[[pikepdf.Pdf], dict[str, Any]] = lambda pdf: {},
        **saving: Any,
    ) -> list[Finding]:
        pdf = pikepdf.new()
        for words in (SOUND, f"{SOUND} {content}", BLEEDS, SOUND):
            leaf(pdf, words, resources(pdf))
        intent = Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFX, OutputConditionIdentifier="CGATS TR 001")
        pdf.Root.OutputIntents = Array([intent])
        change(pdf)
        pdf.save(tmp_path / "file.pdf", **saving)
        return inspect(tmp_path / "file.pdf", lambda _: demands)

    return find


def test_a_sound_file_has_no_findings(found: Finder) -> None:
    assert found() == []


def spaced(pdf: pikepdf.Pdf) -> dict[str, Any]:
    """Return a font of two bytes a sign, of which the first is a space by its own account."""
    below = Dictionary(Type=Name.Font, Subtype=Name.CIDFontType2, DW=600)
    told = pdf.make_stream(b"2 beginbfchar\n<0001> <0020>\n<0002> <0041>\nendbfchar\n")
    wide = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/ABCDEF+Garamond"), DescendantFonts=Array([below]),
        ToUnicode=told,
    )  # fmt: skip
    return {"/Font": Dictionary(F=wide, Wide=wide)}


def test_spaces_that_hang_over_the_measure_are_nowhere_near_the_trim(found: Finder) -> None:
    """They have no ink: a line of code may end with many, and one of a table's with all that follow."""
    assert found("BT /F 11 Tf 72 500 Td (code" + " " * 90 + ") Tj ET") == []
    assert found(f"BT /Wide 11 Tf 72 500 Td <{'0002' * 9}{'0001' * 90}> Tj ET", resources=spaced) == []
    assert found(f"BT /Wide 11 Tf 5 500 Td <{'0001' * 9}{'0002' * 9}> Tj ET", resources=spaced) == []
    for code in (f"{'0001' * 42}0002", f"0002{'0001' * 41}0002"):
        content = f"BT /Wide 11 Tf 72 500 Td <{code}> Tj ET"
        assert {one.rule for one in found(content, resources=spaced)} == {"preflight-safe-area"}


@pytest.mark.parametrize(
    ("content", "rule", "words"),
    [
        ("BT /F 11 Tf 10 500 Td (Too near) Tj ET", "preflight-safe-area", "`Garamond`"),
        ("BT /F 11 Tf 72 500 Td (" + "too long " * 12 + ") Tj ET", "preflight-safe-area", "type"),
        ("2 w 72 20 m 200 20 l S", "preflight-safe-area", "a rule"),
        ("0.5 g 0 0 100 30 re f", "preflight-bleed", "3.2 mm"),
        ("0.5 g 100 -4 100 90 re f", "preflight-bleed", "a tint"),
        ("BT /F 5 Tf 72 400 Td (tiny) Tj ET", "preflight-type", "5.0 pt"),
        ("BT /F 6.95 Tf 72 400 Td (small) Tj ET", "preflight-type", "6.95 pt"),
        ("q 0.5 0 0 0.5 40 100 cm BT /F 11 Tf 72 400 Td (scaled) Tj ET Q", "preflight-type", "5.5 pt"),
        ("0.2 w 72 400 m 200 400 l S", "preflight-rule", "0.20 pt"),
        ("0.475 w 72 400 m 200 400 l S", "preflight-rule", "0.47 pt"),
        ("72 400 100 0.25 re f", "preflight-rule", "0.25 pt"),
        ("1 0 0 rg 72 300 50 50 re f", "preflight-colour", "tints in RGB"),
        ("1 0 0 rg BT /F 11 Tf 72 300 Td (red) Tj ET", "preflight-colour", "type in RGB"),
        ("0.9 0.9 0.9 0.9 k 72 300 50 50 re f", "preflight-ink", "360 %"),
    ],
)
def test_what_a_page_paints(found: Finder, content: str, rule: str, words: str) -> None:
    (finding,) = found(content)
    assert finding.rule == rule
    assert finding.message.startswith("page 2: ")
    assert words in finding.message
    assert finding.hint


@pytest.mark.parametrize(
    "content",
    [
        "0.5 g -9 -9 378 594 re f",
        "0 0 0 0 k 0 0 20 20 re f",
        "q 72 72 100 100 re W n 0.5 g -5 -5 500 500 re f Q",
        "3 Tr BT /F 2 Tf 5 5 Td (unseen) Tj ET",
        "0.25 w -9 0 m -3 0 l S",
        "BT /F 6.974 Tf 72 400 Td (seven points of TeX's) Tj ET",
    ],
    ids=["bleeds", "white", "clipped", "invisible", "crop mark", "type of TeX's"],
)
def test_what_is_no_fault(found: Finder, content: str) -> None:
    assert found(content) == []


def test_a_picture_is_measured_where_it_is_placed(found: Finder) -> None:
    def resources(pdf: pikepdf.Pdf) -> dict[str, Any]:
        return {"/XObject": Dictionary(P=picture(pdf, Image.new("L", (300, 300), 90), "/DeviceGray"))}

    assert found("q 72 0 0 72 72 200 cm /P Do Q", resources=resources) == []
    (finding,) = found("q 144 0 0 144 72 200 cm /P Do Q", resources=resources)
    assert (finding.rule, finding.severity) == ("preflight-resolution", "warning")
    assert finding.message == "page 2: the picture `P` has 150 dots to the inch, and 300 are asked for"


def test_the_ink_of_a_picture(found: Finder) -> None:
    def resources(pdf: pikepdf.Pdf) -> dict[str, Any]:
        dark = Image.new("CMYK", (400, 400), (230, 230, 230, 230))
        return {"/XObject": Dictionary(P=picture(pdf, dark, "/DeviceCMYK"))}

    (finding,) = found("q 72 0 0 72 72 200 cm /P Do Q", resources=resources)
    assert finding.rule == "preflight-ink"
    assert "361 %" in finding.message


def test_a_form_within_a_page_is_followed(found: Finder) -> None:
    def resources(pdf: pikepdf.Pdf) -> dict[str, Any]:
        form = pdf.make_stream(b"0 1 0 rg 0 0 50 50 re f")
        form.Type, form.Subtype = Name.XObject, Name.Form
        form.BBox, form.Matrix = Array([0, 0, 50, 50]), Array([1, 0, 0, 1, 100, 100])
        return {"/XObject": Dictionary(X=form)}

    assert [one.rule for one in found("/X Do", resources=resources)] == ["preflight-colour"]


def test_what_can_be_seen_through(found: Finder) -> None:
    def resources(pdf: pikepdf.Pdf) -> dict[str, Any]:
        return {"/ExtGState": Dictionary(G=Dictionary(ca=0.5))}

    (finding,) = found("q /G gs 0.5 g 72 300 50 50 re f Q", resources=resources)
    assert finding.rule == "preflight-transparency"


def no_intent(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


def link(pdf: pikepdf.Pdf) -> None:
    box = Array([72, 72, 90, 90])
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=box)
    pdf.pages[1].obj.Annots = Array([note])


def bookmark(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("One", 0))


def one_more(pdf: pikepdf.Pdf) -> None:
    pdf.pages.append(pdf.pages[0])


def five_more(pdf: pikepdf.Pdf) -> None:
    for _ in range(6):
        pdf.pages.append(pdf.pages[0])


def empty(pdf: pikepdf.Pdf) -> None:
    for number in (1, 2):
        pdf.pages[number].obj.Contents = pdf.make_stream(b"1 g 0 0 360 576 re f")


def other_trim(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        page.obj.TrimBox = Array([0, 0, 360, 560])


@pytest.mark.parametrize(
    ("change", "rule", "words"),
    [
        (no_intent, "preflight-output-intent", "printing condition"),
        (link, "preflight-annotation", "page 2: links"),
        (bookmark, "preflight-bookmarks", "bookmarks"),
        (one_more, "preflight-parity", "5 pages"),
        (five_more, "preflight-page-count", "8 at most"),
        (empty, "preflight-blanks", "pages 2–3"),
        (other_trim, "preflight-trim", "pages 1–4: the trim is 127.0 × 197.6 mm"),
    ],
)
def test_what_the_file_holds(found: Finder, change: Any, rule: str, words: str) -> None:
    told = [one for one in found(change=change) if one.rule == rule]
    assert len(told) == 1
    assert words in told[0].message


def test_an_encrypted_file_and_one_too_new(found: Finder) -> None:
    locked = found(encryption=pikepdf.Encryption(owner="a", user=""))
    assert [one.rule for one in locked if "encryption" in one.rule] == ["preflight-encryption"]
    assert [one.rule for one in found(min_version="2.0")] == ["preflight-version"]


def test_a_page_that_says_no_trim_is_cut_as_the_printer_cuts(found: Finder) -> None:
    """KDP's kind of bleed: none at the gutter, and no box but the sheet's."""

    def bare(pdf: pikepdf.Pdf) -> None:
        for number, page in enumerate(pdf.pages, start=1):
            del page.obj.TrimBox, page.obj.BleedBox
            page.obj.MediaBox = Array([0, -9, 369, 585] if number % 2 else [-9, -9, 360, 585])

    from dataclasses import replace

    assert found(change=bare, demands=replace(DEMANDS, bleeds_inside=False)) == []


def test_parts_that_are_not_what_they_should_be_give_a_message(found: Finder) -> None:
    def no_annotation(pdf: pikepdf.Pdf) -> None:
        pdf.pages[1].obj.Annots = Array([7])

    with pytest.raises(BookError, match="malformed"):
        found(change=no_annotation)


def test_nonsense_in_a_page_is_passed_over(found: Finder) -> None:
    assert found("/Nothing Do (x) Tj 1 cm /F Tf /None gs Q Q Q re W n /X sh") == []
