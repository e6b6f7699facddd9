"""PDFs made for printers: boxes, margins and counts are the profile's, to the point."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from press.compositions import chapter, composition, text

from book.desk import Bound, Desk
from book.editions import pdf
from book.editions.pdf import bind
from book.errors import BookError
from book.inspection import preflight
from book.model import Composition, Sheet
from book.press.press import Press
from book.profile import load, names

CSS = """\
@page { margin: 12mm; }
html { font: 10pt/14pt "Source Code Pro"; }
body, p { margin: 0; }
section.chapter { page: chapter; }
"""
LINK = '<p><a href="#post-c1">one</a></p>'


def small(chapters: int = 2, paragraphs: int = 1) -> Composition:
    made = composition(
        [chapter(f"c{n}", f"Chapter {n}", text(paragraphs) + LINK) for n in range(1, chapters + 1)]
    )
    return replace(made, sheets=(Sheet("print.css", CSS),))


def bound(made: Composition, folder: Path, **options: Any) -> tuple[pikepdf.Pdf, Bound]:
    desk = Desk("paperback", folder / "book.pdf", folder / "store", root=folder)
    found = bind(made, desk, **options)
    return pikepdf.open(desk.to), found


def mine(folder: Path, toml: str) -> str:
    (folder / "profiles").mkdir(parents=True, exist_ok=True)
    (folder / "profiles" / "mine.toml").write_text(toml, encoding="utf-8")
    return "mine"


def box(page: pikepdf.Page, name: str) -> tuple[float, ...]:
    return tuple(round(float(edge), 2) for edge in page.obj[name])


def size(page: pikepdf.Page, name: str) -> tuple[float, float]:
    left, bottom, right, top = box(page, name)
    return round(right - left, 2), round(top - bottom, 2)


def first_x(pdf: pikepdf.Pdf, number: int) -> float:
    """Return how far the text of a page is from the left edge of its trim, in points."""
    import io

    import pypdfium2

    stream = io.BytesIO()
    pdf.save(stream)
    document = pypdfium2.PdfDocument(stream.getvalue())
    page = document[number].get_textpage()
    lefts = [page.get_charbox(n, loose=True)[0] for n in range(page.count_chars())]
    document.close()
    return float(min(lefts)) - box(pdf.pages[number], "/TrimBox")[0]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("profiles")


@pytest.mark.parametrize(
    ("profile", "trim", "media"),
    [
        ("a5", (419.53, 595.28), (419.53, 595.28)),
        ("kdp-paperback", (432, 648), (441, 666)),
        ("kdp-hardcover", (432, 648), (441, 666)),
        ("ingramspark", (432, 648), (441, 666)),
        ("lulu-paperback", (432, 648), (450, 666)),
    ],
)
def test_trim_and_bleed_are_the_profiles(
    profile: str, trim: tuple[float, float], media: tuple[float, float], folder: Path
) -> None:
    pdf, _ = bound(small(), folder, profile=profile)
    for page in pdf.pages:
        assert size(page, "/MediaBox") == media
        assert size(page, "/TrimBox") == trim
        assert size(page, "/BleedBox") == media


def test_bleed_is_outside_and_never_at_the_spine(folder: Path) -> None:
    pdf, _ = bound(small(), folder, profile="kdp-paperback")
    recto, verso = pdf.pages[0], pdf.pages[1]
    assert box(recto, "/TrimBox")[0] == box(recto, "/MediaBox")[0]
    assert box(verso, "/TrimBox")[0] == box(verso, "/MediaBox")[0] + 9
    assert box(verso, "/TrimBox")[2] == box(verso, "/MediaBox")[2]


def test_an_edition_replaces_what_the_profile_says(folder: Path) -> None:
    options = {"trim": "5.5in x 8.5in", "bleed": "none", "links": True, "bookmarks": True}
    pdf, found = bound(small(), folder, profile="kdp-paperback", **options)
    assert size(pdf.pages[0], "/MediaBox") == (396, 612)
    assert found.printed is not None
    assert (found.printed.width, found.printed.height) == (396, 612)
    assert "/Outlines" in pdf.Root
    assert any("/Annots" in page.obj for page in pdf.pages)


def test_a_printers_file_has_no_links_and_no_outline(folder: Path) -> None:
    pdf, _ = bound(small(), folder, profile="kdp-paperback")
    assert "/Outlines" not in pdf.Root
    assert not any("/Annots" in page.obj for page in pdf.pages)


def test_a_screen_edition_is_tagged_and_linked(folder: Path) -> None:
    pdf, _ = bound(small(), folder, profile="screen")
    assert "/StructTreeRoot" in pdf.Root
    assert "/Outlines" in pdf.Root
    assert any("/Annots" in page.obj for page in pdf.pages)


@pytest.mark.parametrize(("profile", "multiple"), [("ingramspark", 2), ("lulu-paperback", 4)])
def test_blank_leaves_make_up_the_count(profile: str, multiple: int, folder: Path) -> None:
    made = small(chapters=3)
    bare, plain = bound(made, folder, profile=profile, even_pages=False)
    assert plain.pages is not None
    assert plain.pages % multiple, "a book of another length is needed here"
    pdf, found = bound(made, folder, profile=profile)
    assert found.pages == len(pdf.pages) == plain.pages + -plain.pages % multiple
    assert len(bare.pages) == plain.pages
    assert "/Contents" not in pdf.pages[-1].obj
    assert box(pdf.pages[-1], "/TrimBox") == box(pdf.pages[1], "/TrimBox")


def test_the_gutter_is_the_inside_margin_on_both_sides(folder: Path) -> None:
    pdf, _ = bound(small(1, 12), folder, profile="a5", gutter="25mm", margin_outside="10mm")
    recto, verso = 4, 3
    assert first_x(pdf, recto) == pytest.approx(25 * 72 / 25.4, abs=0.7)
    assert first_x(pdf, verso) == pytest.approx(10 * 72 / 25.4, abs=0.7)


def test_a_margin_wider_than_the_gutter_stays(folder: Path) -> None:
    pdf, _ = bound(small(1, 12), folder, profile="a5", gutter="5mm")
    assert first_x(pdf, 4) == pytest.approx(12 * 72 / 25.4, abs=0.7)


def test_the_gutter_follows_the_count_that_it_changes(tmp_path: Path) -> None:
    """Each wider gutter makes the book longer than its step allows, until the last."""
    made = small(1, 14)
    counts = {mm: bound(made, tmp_path, gutter=f"{mm}mm")[1].pages or 0 for mm in (13, 25)}
    assert counts[13] < counts[25]
    steps = f'[[{counts[13] - 1}, "13mm"], [{counts[13]}, "25mm"], [999, "32mm"]]'
    profile = mine(tmp_path, f'like = "a5"\n[page]\ngutter = {steps}\n')
    pdf, _ = bound(made, tmp_path, profile=profile)
    assert first_x(pdf, 4) == pytest.approx(32 * 72 / 25.4, abs=0.7)
    steps = f'[[{counts[13]}, "13mm"], [999, "25mm"]]'
    pdf, found = bound(made, tmp_path, profile=mine(tmp_path, f'like = "a5"\n[page]\ngutter = {steps}\n'))
    assert (first_x(pdf, 4), found.pages) == (pytest.approx(13 * 72 / 25.4, abs=0.7), counts[13])


@pytest.mark.parametrize(("guessed", "times"), [(1, 2), (150, 1), (900, 2)])
def test_the_gutter_is_the_same_whatever_length_is_guessed(
    guessed: int, times: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = small(1, 14)
    narrow = bound(made, tmp_path, gutter="13mm")[1].pages or 0
    steps = f'[[{narrow - 1}, "13mm"], [200, "25mm"], [999, "32mm"]]'
    profile = mine(tmp_path, f'like = "a5"\n[page]\ngutter = {steps}\n')
    presses: list[Composition] = []

    class Counted(Press):
        def __init__(self, composition: Composition, *rest: Any, **options: Any) -> None:
            presses.append(composition)
            super().__init__(composition, *rest, **options)

    monkeypatch.setattr(pdf, "castoff", lambda *_: guessed)
    monkeypatch.setattr(pdf, "Press", Counted)
    found, _ = bound(made, tmp_path, profile=profile)
    assert first_x(found, 4) == pytest.approx(25 * 72 / 25.4, abs=0.7)
    assert len(presses) == times


def test_a_replay_gives_the_same_bytes(tmp_path: Path) -> None:
    made = small()
    bound(made, tmp_path, profile="ingramspark")
    once = (tmp_path / "book.pdf").read_bytes()
    bound(made, tmp_path, profile="ingramspark")
    assert (tmp_path / "book.pdf").read_bytes() == once


def test_too_few_pages_are_told(folder: Path) -> None:
    _, found = bound(small(), folder, profile="kdp-paperback")
    notice = found.warnings[0]
    assert f"the book has {found.pages} pages, and `kdp-paperback` binds no fewer than 24" in notice.message
    assert f"it lacks {24 - (found.pages or 0)} pages" in (notice.hint or "")


def test_too_many_pages_are_told_with_what_would_help(tmp_path: Path) -> None:
    made = small(1, 14)
    pages = bound(made, tmp_path, trim="a6")[1].pages or 0
    most = pages - 1
    toml = f'[page]\ntrim = "a6"\ntrims = ["105mm x 148mm", "6in x 9in"]\n[pages]\nmost = {most}\n'
    _, found = bound(made, tmp_path, profile=mine(tmp_path, toml))
    notice = found.warnings[-1]
    assert notice.message == f"the book has {pages} pages, and `mine` binds at most {most}"
    assert notice.hint is not None
    assert f"2 volumes of about {-(-pages // 2)} pages" in notice.hint
    assert '`trim = "6in x 9in"`' in notice.hint
    assert f"`leading` tighter by {-(-100 // pages)} %" in notice.hint


def test_a_margin_in_the_printers_margin_is_told(folder: Path) -> None:
    _, found = bound(small(), folder, profile="ingramspark", margin_outside="0.25in")
    assert any(
        "`margin-outside` is 0.25in, and `ingramspark` asks for 0.5in" in n.message for n in found.warnings
    )


@pytest.mark.parametrize(
    ("options", "message", "hint"),
    [
        (
            {"profile": "kdp-papreback"},
            "there is no profile `kdp-papreback`",
            "did you mean `kdp-paperback`?",
        ),
        ({"profile": "kdp-hardcover", "trim": "a5"}, "does not offer the trim `a5`", '`"5.5in x 8.5in"`'),
        ({"profile": "kdp-paperback", "trim": "12in x 12in"}, "does not offer the trim", '`"8.5in x 11in"`'),
        ({"profile": "kdp-paperback", "paper": "creme"}, "has no paper `creme`", "did you mean `cream`?"),
        ({"gutter": "12cm"}, "margins of 120mm at the spine and", "make `gutter`"),
        ({"gutter": "wide"}, "`gutter` is not a length: `wide`", "unit"),
        ({"bleed": "wide"}, "`bleed` is not a length: `wide`", "unit"),
    ],
)
def test_what_cannot_be_printed_is_refused(
    options: dict[str, Any], message: str, hint: str, tmp_path: Path
) -> None:
    with pytest.raises(BookError) as caught:
        bound(small(), tmp_path, **options)
    notice = caught.value.notices[0]
    assert message in notice.message
    assert hint in (notice.hint or "")
    assert not (tmp_path / "book.pdf").exists()


def named(css: str, chapters: int = 1, paragraphs: int = 12) -> Composition:
    made = small(chapters, paragraphs)
    return replace(made, sheets=(*made.sheets, Sheet("mine.css", css)))


@pytest.mark.parametrize(
    ("options", "inside"),
    [
        ({"gutter": "25mm"}, 25),
        ({"margin_inside": "20mm"}, 20),
        ({"margin_inside": "20mm", "gutter": "22mm"}, 22),
    ],
)
def test_pages_with_names_keep_to_the_gutter_too(
    options: dict[str, Any], inside: float, folder: Path
) -> None:
    """A named page goes before a plain one: its own narrow margin would run into the spine."""
    css = "@page chapter:left { margin-right: 5mm; margin-left: 9mm } @page chapter { margin-left: 6mm }"
    pdf, _ = bound(named(css), folder, **options)
    assert first_x(pdf, 4) == pytest.approx(inside * 72 / 25.4, abs=0.7)
    assert first_x(pdf, 3) == pytest.approx(9 * 72 / 25.4, abs=0.7)


def test_a_named_page_that_is_wider_than_the_gutter_or_has_no_margin_stays(folder: Path) -> None:
    wide, _ = bound(named("@page chapter:right { margin-left: 30mm }"), folder, gutter="25mm")
    assert first_x(wide, 4) == pytest.approx(30 * 72 / 25.4, abs=0.7)
    bare, _ = bound(named("@page chapter:right { margin-left: 0mm }"), folder, gutter="25mm")
    assert first_x(bare, 4) == pytest.approx(0, abs=0.7)


def test_an_outside_margin_of_the_edition_goes_before_that_of_a_named_page(folder: Path) -> None:
    css = "@page chapter { margin-left: 8mm; margin-right: 8mm }"
    pdf, _ = bound(named(css), folder, margin_outside="15mm")
    assert first_x(pdf, 3) == pytest.approx(15 * 72 / 25.4, abs=0.7)
    assert first_x(pdf, 4) == pytest.approx(8 * 72 / 25.4, abs=0.7)


def test_a_deep_bleed_reaches_the_end_of_the_sheet(folder: Path) -> None:
    pdf, _ = bound(small(), folder, profile="kdp-paperback", bleed="8mm")
    assert box(pdf.pages[0], "/BleedBox") == box(pdf.pages[0], "/MediaBox") == (0, -22.68, 454.68, 670.68)
    assert box(pdf.pages[1], "/BleedBox") == (-22.68, -22.68, 432, 670.68)


LENGTHS = {"preflight-page-count", "preflight-blanks"}


@pytest.mark.parametrize("profile", [name for name in names() if name not in ("apple", "kindle")])
def test_a_book_of_every_profile_is_sound_and_what_its_printer_takes(profile: str, folder: Path) -> None:
    """But for its length: a short book is too short for some."""
    made = named("@page { margin: 13mm } a { text-decoration: none }", 2, 3)
    pdf, _ = bound(made, folder, profile=profile)
    assert pdf.check_pdf_syntax() == []
    rules = load(profile)
    if not rules.finish.links:
        assert not any("/Annots" in page.obj for page in pdf.pages)
    found = preflight(folder / "book.pdf", rules)
    assert [one.message for one in found if one.rule not in LENGTHS] == []
    least = max(rules.gutter(len(pdf.pages)), 13 * 72 / 25.4)
    assert first_x(pdf, 2) == pytest.approx(least, abs=0.7)


def test_the_pages_of_an_x_edition_hold_no_rgb(folder: Path) -> None:
    pdf, _ = bound(small(), folder, profile="ingramspark")
    used = {str(one.operator) for page in pdf.pages for one in pikepdf.parse_content_stream(page)}
    assert "g" in used
    assert not used & {"rg", "RG", "sc", "SC", "scn", "SCN"}
