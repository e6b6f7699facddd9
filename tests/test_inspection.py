"""A PDF, of whatever program, held against a profile by name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pytest
from click.testing import CliRunner
from pikepdf import Array, Dictionary, Name

from book.__main__ import main
from book.check import check
from book.errors import BookError
from book.profile import load


def pdf_of(path: Path, pages: int, width: float, height: float, content: str = "", **boxes: Any) -> Path:
    pdf = pikepdf.new()
    pdf.docinfo["/Title"], pdf.Root["/Lang"] = "A book", "en"
    for _ in range(pages):
        page = pdf.add_blank_page(page_size=(width, height))
        page.obj.Contents = pdf.make_stream(f"0 g {content} 150 300 40 40 re f".encode())
        for key, value in boxes.items():
            page.obj[f"/{key}"] = value
    pdf.save(path)
    return path


def rules(path: Path, profile: str) -> dict[str, str]:
    return {one.rule: one.message for one in check([path], profile).findings}


def test_a_sound_interior_has_no_findings(tmp_path: Path) -> None:
    assert rules(pdf_of(tmp_path / "a.pdf", 24, 432, 648), "kdp-paperback") == {}


def test_too_few_pages_and_a_trim_that_is_not_offered(tmp_path: Path) -> None:
    found = rules(pdf_of(tmp_path / "a.pdf", 1, 900, 900), "kdp-paperback")
    assert found["preflight-page-count"].startswith("there is 1 page, and")
    assert "317.5 × 317.5 mm" in found["preflight-trim"]


def test_the_gutter_that_is_asked_for_grows_with_the_pages(tmp_path: Path) -> None:
    """A tint 30 points from the inside of page 1 is well in a thin book, and not in a thick one."""
    gutter = load("kdp-paperback").gutter
    assert gutter(24) < 30 < gutter(200)
    near = "30 300 20 20 re f"
    assert rules(pdf_of(tmp_path / "thin.pdf", 24, 432, 648, near), "kdp-paperback") == {}
    thick = rules(pdf_of(tmp_path / "thick.pdf", 200, 432, 648, near), "kdp-paperback")
    assert set(thick) == {"preflight-safe-area"}


def test_a_sheet_with_bleed_added_is_known_by_its_size(tmp_path: Path) -> None:
    """No bleed at the gutter: 6 × 9 in with bleed is a sheet of 6.125 × 9.25 in."""
    full = "-50 -50 600 800 re f"
    assert rules(pdf_of(tmp_path / "a.pdf", 24, 441, 666, full), "kdp-paperback") == {}


def test_a_projects_own_profile(tmp_path: Path) -> None:
    (tmp_path / "book.toml").write_text('title = "T"\n')
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles/corner.toml").write_text("[pages]\nmost = 3\n")
    (tmp_path / "out").mkdir()
    found = rules(pdf_of(tmp_path / "out/a.pdf", 4, 432, 648), "corner")
    assert found == {"preflight-page-count": "there are 4 pages, and `corner` binds 3 at most"}


def test_a_link_is_an_error_at_the_command_line(tmp_path: Path) -> None:
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([72, 72, 90, 90]))
    path = pdf_of(tmp_path / "a.pdf", 24, 432, 648, Annots=Array([link]))
    ran = CliRunner().invoke(main, ["check", str(path), "--profile", "kdp-paperback"])
    assert ran.exit_code == 1
    assert "pages 1–24: links" in ran.output
    assert CliRunner().invoke(main, ["check", str(path)]).exit_code == 0


def test_a_profile_that_is_not_there_and_a_file_that_is_no_pdf(tmp_path: Path) -> None:
    path = pdf_of(tmp_path / "a.pdf", 2, 432, 648)
    with pytest.raises(BookError, match="no profile `kdp-paperbak`"):
        check([path], "kdp-paperbak")
    with pytest.raises(BookError, match="a profile is for a PDF or an EPUB"):
        check([tmp_path], "kdp-paperback")
    (tmp_path / "b.pdf").write_bytes(b"")
    with pytest.raises(BookError):
        check([tmp_path / "b.pdf"], "kdp-paperback")


def test_a_build_for_a_printer_tells_what_the_printer_would_not_take(manuscript: Any) -> None:
    from book.build import build

    toml = 'title = "A"\nlanguage = "en"\n[editions.shop]\nformat = "pdf"\nprofile = "thick"\n'
    root = manuscript(toml=f'{toml}[editions.home]\nformat = "pdf"\n')
    (root / "profiles").mkdir()
    (root / "profiles/thick.toml").write_text("[pages]\nleast = 300\n[limits]\ntype-size = '40pt'\n")
    shop, home = build(root).editions
    (small,) = [one for one in shop.warnings if "[preflight-type]" in one.message]
    assert small.path == shop.path
    assert "type of less than 40 pt" in small.message
    (short,) = [one for one in shop.warnings if "300" in one.message]
    assert "`thick` binds no fewer than 300" in short.message
    assert not home.warnings


def test_a_build_is_held_against_what_the_edition_chooses_itself(manuscript: Any) -> None:
    """More pages than its paper can have are told by binding; its own standard and ink by preflight."""
    from book.build import build

    edition = '[editions.shop]\nformat = "pdf"\nprofile = "plain"\n'
    root = manuscript(toml=f'title = "A"\nlanguage = "en"\n{edition}paper = "card"\nlinks = true\n')
    (root / "profiles").mkdir()
    (root / "profiles/plain.toml").write_text("[papers.card]\nmost = 1\n")
    (shop,) = build(root).editions
    assert ["binds at most 1" in one.message for one in shop.warnings] == [True]
    demands = _demanded(root, "plain", standard="x-1a", **{"ink-limit": 240})
    assert (demands.version, demands.ink, demands.links, demands.transparency) == ("1.4", 240, False, False)
    assert demands.spaces == {"grey", "CMYK"}
    demands = _demanded(root, "plain", paper="card")
    assert (demands.most, demands.intent, demands.links, demands.spaces) == (1, False, True, None)


def _demanded(root: Path, name: str, **options: Any) -> Any:
    from book import inspection
    from book.preflight._file import File

    nothing = File(root, (), "1.4", encrypted=False, bookmarks=False, intent=None, size=0)
    return inspection.demanded(inspection._as_wished(load(name, root), options), nothing)
