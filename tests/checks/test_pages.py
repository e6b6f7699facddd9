"""A PDF of ours has no findings; one with a fault planted in it has that one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

import book
from book.check import check_file
from book.errors import BookError

POST = "---\ntitle: One\ndate: 2017-08-29\n---\n\nWords, `code` and *stress*.\n"


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("paper")
    (root / "chapters").mkdir()
    (root / "chapters" / "one.md").write_text(POST)
    (root / "book.toml").write_text('title = "T"\n')
    return book.build(root, editions=["paperback"]).editions[0].path


@pytest.fixture
def planted(clean: Path, tmp_path: Path) -> Any:
    """Give a function that changes a copy of the clean PDF and returns what is then found in it."""

    def plant(change: Callable[[pikepdf.Pdf], None]) -> list[tuple[str, str]]:
        with pikepdf.open(clean) as pdf:
            change(pdf)
            pdf.save(tmp_path / "faulty.pdf")
        return [(finding.rule, finding.message) for finding in check_file(tmp_path / "faulty.pdf")]

    return plant


def test_a_pdf_of_ours_is_clean(clean: Path) -> None:
    assert check_file(clean) == []


def test_a_font_that_is_not_embedded(planted: Any) -> None:
    def drop(pdf: pikepdf.Pdf) -> None:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor":
                for key in ("/FontFile", "/FontFile2", "/FontFile3"):
                    if key in thing:
                        del thing[key]

    found = planted(drop)
    assert {rule for rule, _ in found} == {"pdf-font-embedded"}
    assert any("EB-Garamond" in message.replace(" ", "-") for _, message in found)


def test_a_page_of_another_size(planted: Any) -> None:
    def turn(pdf: pikepdf.Pdf) -> None:
        for box in ("/MediaBox", "/TrimBox", "/CropBox", "/BleedBox", "/ArtBox"):
            pdf.pages[1].obj[box] = [0, 0, 612, 792]

    assert planted(turn) == [("pdf-page-size", "page 2 is 216 × 279 mm, and others are 148 × 210 mm")]


def test_a_document_that_does_not_say_what_it_is(planted: Any) -> None:
    def forget(pdf: pikepdf.Pdf) -> None:
        del pdf.docinfo["/Title"]
        if "/Lang" in pdf.Root:
            del pdf.Root["/Lang"]

    assert [rule for rule, _ in planted(forget)] == ["pdf-language", "pdf-title"]


@pytest.mark.parametrize("cut", [0, 9, 2000])
def test_what_is_no_pdf(clean: Path, tmp_path: Path, cut: int) -> None:
    (tmp_path / "cut.pdf").write_bytes(clean.read_bytes()[:cut])
    with pytest.raises(BookError) as caught:
        check_file(tmp_path / "cut.pdf")
    assert caught.value.notices[0].path == tmp_path / "cut.pdf"


def test_a_pdf_whose_table_of_contents_is_broken(clean: Path, tmp_path: Path) -> None:
    data = clean.read_bytes()
    place = data.rindex(b"startxref") + 10
    (tmp_path / "broken.pdf").write_bytes(data[:place] + b"1" + data[place + 1 :])
    assert {finding.rule for finding in check_file(tmp_path / "broken.pdf")} == {"pdf-damaged"}


def test_a_locked_pdf(clean: Path, tmp_path: Path) -> None:
    with pikepdf.open(clean) as pdf:
        pdf.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(BookError, match="locked with a password"):
        check_file(tmp_path / "locked.pdf")
