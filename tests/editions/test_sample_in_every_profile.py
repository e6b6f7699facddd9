"""The sample book as every profile makes it: exact boxes, a sound file, its standard, true findings alone."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from documents import CHECKOUT
from pressprofile import NAME, press_profile

from book.build import build
from book.inspection import preflight
from book.model import Finding
from book.profile import load

pytestmark = pytest.mark.slow

INCH = 72.0
A5, A4, TRADE = (419.53, 595.28), (595.28, 841.89), (6 * INCH, 9 * INCH)
OUTSIDE, AROUND = (0.0, 9.0, 9.0, 9.0), (9.0, 9.0, 9.0, 9.0)
NONE = (0.0, 0.0, 0.0, 0.0)
"""The bleed at the spine, outside, at the foot and at the head."""


@dataclass(frozen=True)
class Wanted:
    """What an edition is to come out as: the keys that are set, the trim, the bleed, what is found in it."""

    profile: str
    trim: tuple[float, float]
    bleed: tuple[float, float, float, float] = NONE
    keys: str = ""
    found: frozenset[str] = frozenset()


COARSE = frozenset({"preflight-resolution"})
"""Its pictures have 1272 dots in their width, which is 293 to the inch in the measure of these trims."""
FINE = COARSE | {"preflight-rule"}
"""Its drawings have rules of half a point."""
EDITIONS = {
    "a5": Wanted("a5", A5),
    "home": Wanted("home", A4),
    "digest": Wanted("digest", (5.5 * INCH, 8.5 * INCH)),
    "trade": Wanted("trade", TRADE),
    "kdp": Wanted("kdp-paperback", TRADE, OUTSIDE, found=FINE),
    "kdp-hard": Wanted("kdp-hardcover", TRADE, OUTSIDE, found=FINE | {"preflight-page-count"}),
    "kdp-x4": Wanted("kdp-paperback", TRADE, OUTSIDE, 'standard = "x-4"', FINE),
    "kdp-cmyk": Wanted(
        "kdp-paperback", TRADE, OUTSIDE, 'standard = "x-4"\ncolour = "cmyk"\nintent = "press.icc"', FINE
    ),
    "ingram": Wanted("ingramspark", TRADE, OUTSIDE, found=COARSE),
    "ingram-cmyk": Wanted("ingramspark", TRADE, OUTSIDE, 'colour = "cmyk"', COARSE),
    "ingram-hard": Wanted("ingramspark-hardcover", TRADE, OUTSIDE, found=COARSE),
    "lulu": Wanted("lulu-paperback", TRADE, AROUND, found=COARSE),
    "lulu-hard": Wanted("lulu-hardcover", TRADE, AROUND, found=COARSE),
    "screen": Wanted("screen", A5),
    "archive": Wanted("archive", A5),
    "attached": Wanted("archive", A5, keys="attachments = true"),
}
PRINTED = {"kdp-x4": "x-4", "kdp-cmyk": "x-4", "ingram": "x-1a", "ingram-cmyk": "x-1a", "ingram-hard": "x-1a"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    root = tmp_path_factory.mktemp("sample")
    shutil.copytree(CHECKOUT / "chapters", root / "chapters")
    (root / "press.icc").write_bytes(press_profile())
    toml = (CHECKOUT / "book.toml").read_text(encoding="utf-8").partition("[editions.")[0]
    for name, wanted in EDITIONS.items():
        toml += f'[editions.{name}]\nformat = "pdf"\nprofile = "{wanted.profile}"\n{wanted.keys}\n'
    (root / "book.toml").write_text(toml, encoding="utf-8")
    return {edition.name: edition.path for edition in build(root).editions}


@pytest.fixture(params=EDITIONS)
def edition(request: Any, made: dict[str, Path]) -> tuple[Wanted, Path]:
    return EDITIONS[request.param], made[request.param]


def box(page: pikepdf.Page, name: str) -> tuple[float, ...]:
    return tuple(round(float(edge), 2) for edge in page.obj[name])


def test_trim_and_bleed_are_exact_on_every_page(edition: tuple[Wanted, Path]) -> None:
    wanted, path = edition
    inside, outside, foot, head = wanted.bleed
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) > 50
        for index, page in enumerate(pdf.pages):
            left, right = (inside, outside) if index % 2 == 0 else (outside, inside)
            media, trim = box(page, "/MediaBox"), box(page, "/TrimBox")
            assert box(page, "/BleedBox") == media
            assert (trim[2] - trim[0], trim[3] - trim[1]) == pytest.approx(wanted.trim, abs=0.01)
            edges = (trim[0] - media[0], media[2] - trim[2], trim[1] - media[1], media[3] - trim[3])
            assert edges == pytest.approx((left, right, foot, head), abs=0.01), index


def test_text_keeps_to_the_gutter_and_the_safe_area(edition: tuple[Wanted, Path]) -> None:
    wanted, path = edition
    document = pypdfium2.PdfDocument(path)
    least = load(wanted.profile).gutter(len(document))
    for index, page in enumerate(document):
        text = page.get_textpage()
        signs = [text.get_charbox(n) for n in range(text.count_chars())]
        if signs:
            trim = page.get_trimbox()
            left, right = min(one[0] for one in signs), max(one[2] for one in signs)
            inside = left - trim[0] if index % 2 == 0 else trim[2] - right
            assert inside >= least - 0.5, index
    document.close()


def test_what_preflight_finds_is_what_the_sample_has(edition: tuple[Wanted, Path]) -> None:
    wanted, path = edition
    found = preflight(path, load(wanted.profile))
    assert {one.rule for one in found} == wanted.found, [one.message for one in found]
    assert [one.message for one in found if one.rule in COARSE and "1272 ×" not in one.message] == []
    assert [one.message for one in found if one.rule == "preflight-rule"] == _thin(found)


def _thin(found: list[Finding]) -> list[str]:
    """What is said of the thinnest rules: all are on pages of the sample's drawings."""
    return [one.message for one in found if re.search(r"the thinnest is 0\.3\d pt", one.message)]


def test_every_file_is_sound(edition: tuple[Wanted, Path]) -> None:
    with pikepdf.open(edition[1]) as pdf:
        assert pdf.check_pdf_syntax() == []
    qpdf = shutil.which("qpdf")
    if qpdf:
        ran = subprocess.run([qpdf, "--check", edition[1]], capture_output=True, text=True, check=False)
        assert (ran.returncode, ran.stderr) == (0, "")


def test_links_and_outline_are_there_where_they_are_taken(edition: tuple[Wanted, Path]) -> None:
    wanted, path = edition
    reading = wanted.profile in ("screen", "archive")
    printers = wanted.profile.startswith(("kdp", "ingram", "lulu"))
    with pikepdf.open(path) as pdf:
        linked = any("/Annots" in page.obj for page in pdf.pages)
        assert not (printers and linked)
        assert not reading or (linked and len(pdf.open_outline().root) > 3)
        assert not printers or "/Outlines" not in pdf.Root


def painted(pdf: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    """Give the operators, and the colour spaces that they and the pictures name."""
    for one in pdf.objects:
        if isinstance(one, pikepdf.Stream | pikepdf.Dictionary):
            if "/ColorSpace" in one:
                yield "", str(one.ColorSpace)
            if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Form":
                for instruction in pikepdf.parse_content_stream(one):
                    yield str(instruction.operator), ""
    for page in pdf.pages:
        for instruction in pikepdf.parse_content_stream(page):
            yield str(instruction.operator), ""


@pytest.mark.parametrize("name", PRINTED)
def test_what_a_press_prints_has_no_rgb_and_says_for_which_press_it_is(
    name: str, made: dict[str, Path]
) -> None:
    standard, grey = PRINTED[name], "cmyk" not in name
    with pikepdf.open(made[name]) as pdf:
        operators, spaces = (set(one) for one in zip(*painted(pdf), strict=True))
        assert not operators & {"rg", "RG", "sc", "SC"}
        assert spaces - {""} <= ({"/DeviceGray"} if grey else {"/DeviceGray", "/DeviceCMYK"})
        assert grey == (not operators & {"k", "K"})
        assert not any("/Annots" in page.obj for page in pdf.pages)
        (intent,) = pdf.Root.OutputIntents
        assert intent.S == "/GTS_PDFX"
        if standard == "x-1a":
            assert pdf.pdf_version == "1.3"
            assert str(pdf.trailer.Info.GTS_PDFXConformance) == "PDF/X-1a:2001"
            assert str(intent.OutputConditionIdentifier) == "CGATS TR 001"
        else:
            assert b"PDF/X-4</pdfxid:GTS_PDFXVersion>" in pdf.Root.Metadata.read_bytes()
            kind = intent.DestOutputProfile.read_bytes()[16:20]
            assert kind == (b"GRAY" if grey else b"CMYK")
            assert str(intent.OutputConditionIdentifier) == ("Black ink, gamma 2.2" if grey else NAME)


@pytest.mark.parametrize(
    ("name", "flavours"), [("archive", "2a,ua1"), ("attached", "3a,ua1"), ("screen", "ua1")]
)
def test_verapdf_passes_what_is_read_on_screens(
    name: str, flavours: str, made: dict[str, Path], shared: Callable[[str], Path]
) -> None:
    ran = subprocess.run(
        [shared("validators/verapdf.sh"), flavours, made[name]], capture_output=True, text=True, check=False
    )
    passed = [line for line in ran.stdout.splitlines() if line.startswith("PASS")]
    assert len(passed) == flavours.count(",") + 1 and "FAIL" not in ran.stdout, ran.stdout
