"""Finished PDFs: their colours, what they hold, the standards they keep."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from book.build import build
from book.errors import BookError

SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="200" height="80">
<defs><linearGradient id="g"><stop offset="0" stop-color="#c00"/><stop offset="0.5" stop-color="#08f"/>
<stop offset="1" stop-color="#ff0"/></linearGradient></defs>
<rect width="200" height="40" fill="url(#g)"/><circle cx="30" cy="60" r="15" fill="#0a0" fill-opacity="0.5"/>
<text x="60" y="65" fill="#a0f">Words</text></svg>"""
POST = """---
title: Colours
date: 2020-01-02
---

Black words, [a link](https://example.org/) and a [link to the other](2020-01-03-other.md).

![a photograph](photo.jpg)

![a drawing](drawing.svg)

![see-through](clear.png)
"""
OTHER = "---\ntitle: Other\ndate: 2020-01-03\n---\n\nMore words.\n"
CSS = "h1 { color: #a33; opacity: 0.8 } p { border-left: 2pt solid lab(50% 40 20); background: #eef8 }"
EDITIONS = {
    "grey": 'colour = "grey"',
    "cmyk": 'colour = "cmyk"\nink-limit = 240',
    "x-1a": 'standard = "x-1a"\ncolour = "cmyk"\nintent = "CGATS TR 001"\nink-limit = 240',
    "x-1a-grey": 'profile = "ingramspark"\ntrim = "6in x 9in"',
    "x-4": 'standard = "x-4"\ncolour = "grey"',
    "archive": 'profile = "archive"\nstylesheets = []',
    "attached": 'profile = "archive"\nattachments = true\nstylesheets = []',
    "kdp": 'profile = "kdp-paperback"',
    "opaque": "opaque = true",
    "plain": "",
}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    root = tmp_path_factory.mktemp("book")
    chapters = root / "chapters"
    chapters.mkdir()
    (chapters / "2020-01-02-colours.md").write_text(POST, encoding="utf-8")
    (chapters / "2020-01-03-other.md").write_text(OTHER, encoding="utf-8")
    (chapters / "drawing.svg").write_text(SVG, encoding="utf-8")
    Image.radial_gradient("L").convert("RGB").point([v // 2 for v in range(256)] * 2 + list(range(256))).save(
        chapters / "photo.jpg"
    )
    clear = Image.new("RGBA", (60, 60), (200, 30, 30, 128))
    clear.save(chapters / "clear.png")
    (root / "mine.css").write_text(CSS, encoding="utf-8")
    toml = 'title = "Colours"\nauthor = "Ann"\nlanguage = "en"\n[style]\nstylesheets = ["mine.css"]\n'
    for name, options in EDITIONS.items():
        toml += f'[editions.{name}]\nformat = "pdf"\n{options}\n'
    (root / "book.toml").write_text(toml, encoding="utf-8")
    return {edition.name: edition.path for edition in build(root).editions}


def streams(pdf: pikepdf.Pdf) -> Iterator[Any]:
    yield from pdf.pages
    for one in pdf.objects:
        if isinstance(one, pikepdf.Stream) and (
            one.get("/Subtype") == "/Form" or one.get("/PatternType") == 1
        ):
            yield one


def operators(pdf: pikepdf.Pdf) -> set[str]:
    return {str(one.operator) for each in streams(pdf) for one in pikepdf.parse_content_stream(each)}


def spaces(pdf: pikepdf.Pdf) -> set[str]:
    """Return the colour spaces of all pictures and gradients."""
    found = set()
    for one in pdf.objects:
        has = isinstance(one, pikepdf.Stream | pikepdf.Dictionary) and "/ColorSpace" in one
        if has and (one.get("/Subtype") == "/Image" or "/ShadingType" in one):
            found.add(str(one.ColorSpace))
    return found


def render(path: Path, page: int) -> Any:
    return pypdfium2.PdfDocument(path.read_bytes())[page].render(scale=1).to_pil().convert("RGB")


@pytest.mark.parametrize("name", ["grey", "x-1a-grey", "x-4"])
def test_a_grey_book_has_no_colour(book: dict[str, Path], name: str) -> None:
    with pikepdf.open(book[name]) as pdf:
        assert not operators(pdf) & {"rg", "RG", "k", "K", "sc", "SC"}
        assert spaces(pdf) == {"/DeviceGray"}
        count = len(pdf.pages)
    for page in range(count):
        bands = render(book[name], page).split()
        assert bands[0].tobytes() == bands[1].tobytes() == bands[2].tobytes()


@pytest.mark.parametrize("name", ["cmyk", "x-1a"])
def test_a_book_of_four_inks_has_no_rgb_and_its_text_is_black_alone(book: dict[str, Path], name: str) -> None:
    with pikepdf.open(book[name]) as pdf:
        assert not operators(pdf) & {"rg", "RG", "sc", "SC"}
        assert spaces(pdf) <= {"/DeviceGray", "/DeviceCMYK"}
        set_to = {
            tuple(map(float, one.operands))
            for page in pdf.pages
            for one in pikepdf.parse_content_stream(page)
            if str(one.operator) == "k"
        }
        assert (0, 0, 0, 1) in set_to
        assert all(sum(inks) <= 2.4 + 1e-3 for inks in set_to)


@pytest.mark.parametrize("name", ["cmyk", "x-1a"])
def test_what_is_converted_looks_as_it_did(book: dict[str, Path], name: str) -> None:
    """Where a reader shows four inks by the plain formula, nothing has moved or vanished."""
    for page in range(len(pypdfium2.PdfDocument(book["plain"].read_bytes()))):
        before, after = (render(book[one], page).convert("L") for one in ("plain", name))
        far = sum(abs(a - b) > 90 for a, b in zip(before.tobytes(), after.tobytes(), strict=True))
        assert far < before.width * before.height * 0.01, page


@pytest.mark.parametrize("name", ["kdp", "opaque"])
def test_pictures_that_could_be_seen_through_are_laid_on_white(book: dict[str, Path], name: str) -> None:
    def masks(path: Path) -> int:
        with pikepdf.open(path) as pdf:
            return sum(isinstance(one, pikepdf.Stream) and "/SMask" in one for one in pdf.objects)

    assert (masks(book["plain"]), masks(book[name])) == (1, 0)


def test_what_is_laid_on_white_looks_as_it_did(book: dict[str, Path]) -> None:
    for page in range(len(pypdfium2.PdfDocument(book["plain"].read_bytes()))):
        before, after = (render(book[one], page) for one in ("plain", "opaque"))
        pairs = zip(before.tobytes(), after.tobytes(), strict=True)
        assert max(abs(one - other) for one, other in pairs) <= 2, page


def test_x1a_holds_nothing_that_shines_through_and_says_what_it_is(book: dict[str, Path]) -> None:
    data = book["x-1a"].read_bytes()
    assert data.startswith(b"%PDF-1.3")
    with pikepdf.open(book["x-1a"]) as pdf:
        for one in pdf.objects:
            if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
                assert not {"/SMask", "/ca", "/CA", "/BM", "/Group"} & set(one.keys())
                assert one.get("/Type") not in ("/ObjStm", "/XRef")
        assert not any("/Annots" in page.obj for page in pdf.pages)
        assert all("/TrimBox" in page.obj for page in pdf.pages)
        assert str(pdf.trailer.Info.GTS_PDFXConformance) == "PDF/X-1a:2001"
        assert pdf.trailer.Info.Trapped == "/False"
        (intent,) = pdf.Root.OutputIntents
        assert (str(intent.S), str(intent.OutputConditionIdentifier)) == ("/GTS_PDFX", "CGATS TR 001")
        assert "/DestOutputProfile" not in intent


def test_x4_has_its_profile_and_says_so(book: dict[str, Path]) -> None:
    with pikepdf.open(book["x-4"]) as pdf:
        assert pdf.pdf_version == "1.6"
        (intent,) = pdf.Root.OutputIntents
        assert intent.DestOutputProfile.read_bytes()[16:20] == b"GRAY"
        xmp = pdf.Root.Metadata.read_bytes()
        assert b"PDF/X-4</pdfxid:GTS_PDFXVersion>" in xmp
        assert not any("/Annots" in page.obj for page in pdf.pages)


def test_an_archive_says_what_it_keeps(book: dict[str, Path]) -> None:
    with pikepdf.open(book["archive"]) as pdf:
        xmp = pdf.Root.Metadata.read_bytes()
        assert b"<pdfaid:part>2</pdfaid:part>" in xmp
        assert b"<pdfuaid:part>1</pdfuaid:part>" in xmp
        (intent,) = pdf.Root.OutputIntents
        assert intent.DestOutputProfile.read_bytes()[16:20] == b"RGB "
        assert pdf.Root.MarkInfo.Marked


def test_the_posts_are_attached_as_they_were_written(book: dict[str, Path]) -> None:
    with pikepdf.open(book["attached"]) as pdf:
        assert b"<pdfaid:part>3</pdfaid:part>" in pdf.Root.Metadata.read_bytes()
        attached = {name: file.get_file().read_bytes().decode() for name, file in pdf.attachments.items()}
    assert attached == {"2020-01-02-colours.md": POST, "2020-01-03-other.md": OTHER}


@pytest.mark.parametrize(("name", "flavours"), [("archive", "2a,ua1"), ("attached", "3a")])
def test_verapdf_passes_the_archive(
    book: dict[str, Path], shared: Callable[[str], Path], name: str, flavours: str
) -> None:
    script = shared("validators/verapdf.sh")
    ran = subprocess.run([script, flavours, book[name]], capture_output=True, text=True, check=False)
    passed = [line for line in ran.stdout.splitlines() if line.startswith("PASS")]
    assert len(passed) == flavours.count(",") + 1 and "FAIL" not in ran.stdout, ran.stdout + ran.stderr


def test_every_file_is_sound(book: dict[str, Path]) -> None:
    for path in book.values():
        with pikepdf.open(path) as pdf:
            assert pdf.check_pdf_syntax() == []


def test_a_blank_page_has_content_that_can_be_unpacked(book: dict[str, Path]) -> None:
    for path in book.values():
        with pikepdf.open(path) as pdf:
            blanks = [page for page in pdf.pages if not list(pikepdf.parse_content_stream(page))[2:]]
            found = [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
            assert blanks and all(one.read_raw_bytes() for one in found), path


def test_the_same_bytes_twice(book: dict[str, Path]) -> None:
    root = book["grey"].parent.parent
    before = {name: book[name].read_bytes() for name in ("x-1a", "attached")}
    build(root, editions=list(before), out=root / "again", fresh=True)
    assert {name: (root / "again" / book[name].name).read_bytes() for name in before} == before


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ('standard = "x-1a"', "not made in the colours of a screen"),
        ('standard = "x-4"\ncolour = "cmyk"', "needs the colour profile"),
        ('colour = "cmyk"\nintent = "gone.icc"', "no colour profile"),
        ('colour = "cmyk"\nintent = "book.icc"', "no colour profile"),
        ('colour = "cmyk"\nintent = "../out.icc"', "lies outside the project"),
        ('colour = "cmyk"\nintent = "screen.icc"', "no profile of a press"),
        ('colour = "blue"', "`colour` is not"),
    ],
)
def test_what_cannot_be_is_said(manuscript: Any, options: str, message: str) -> None:
    from book.finishing.profiles import srgb

    root = manuscript(toml=f'title = "A"\n[editions.p]\nformat = "pdf"\n{options}\n')
    (root / "book.icc").write_bytes(io.BytesIO(b"no profile").read())
    (root / "screen.icc").write_bytes(srgb())
    with pytest.raises(BookError, match=message):
        build(root)
