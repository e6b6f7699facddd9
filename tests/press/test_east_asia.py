"""Chinese and Japanese: no gap gapes where foreign words stand; bold signs; fonts as printers read them."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont

from book.build import build
from book.proofreading._letters import proofs

TEXT = {
    "zh": "新的系统特性现在可以通过 API 与其他应用一起使用 CanvasRenderingContext "
    "这意味着尺寸将会越来越常见。",
    "en": "The wind went over the fields and nobody in the long street heard it come or go again. ",
}


def spaces(folder: Path, language: str) -> list[float]:
    """Build a book of one post; return the widths of the spaces of its text, in ems."""
    (folder / "chapters").mkdir(parents=True)
    toml = f'format-version = 1\ntitle = "T"\nlanguage = "{language}"\n[editions.p]\nformat = "pdf"\n'
    (folder / "book.toml").write_text(toml, encoding="utf-8")
    (folder / "chapters" / "2020-01-01-a.md").write_text(
        f"# A\n\nB.\n\n{TEXT[language] * 6}\n", encoding="utf-8"
    )
    path = build(folder, out=folder / "out").editions[0].path
    assert len(pypdfium2.PdfDocument(path)) > 2
    return [width / line.size for page in proofs(path).pages for line in page.body for width in line.spaces]


def test_no_gap_opens_between_signs_and_foreign_words(tmp_path: Path) -> None:
    """A space is a quarter of an em; with the room beside a sign, less than one."""
    found = spaces(tmp_path, "zh")
    assert len(found) > 5
    assert max(found) < 0.75


def test_words_with_spaces_are_set_level(tmp_path: Path) -> None:
    found = spaces(tmp_path, "en")
    assert max(found) - min(found) > 0.01


@pytest.mark.parametrize(("language", "alike"), [("ja", True), ("he", True), ("en", False)])
def test_first_words_are_capitals_only_where_letters_have_a_case(
    language: str, alike: bool, tmp_path: Path
) -> None:
    (tmp_path / "chapters").mkdir()
    toml = 'language = "{}"\n[style.settings]\nindent = "0pt"\n[editions.p]\nformat = "pdf"\n'
    (tmp_path / "book.toml").write_text(f'title = "T"\n{toml.format(language)}', encoding="utf-8")
    text = "github actions"
    (tmp_path / "chapters" / "2020-01-01-a.md").write_text(f"# A\n\n{text}\n\n{text}\n", encoding="utf-8")
    lines = [line for page in proofs(build(tmp_path).editions[0].path).pages for line in page.body]
    first, second = [line.end - line.x for line in lines if line.text.strip().lower() == text]
    assert (abs(first - second) < 0.1) is alike


@pytest.fixture(scope="module")
def bold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("pylopdf_fonts_zh_cn", reason="the fonts of `octavo[cjk]` are not installed")
    folder = tmp_path_factory.mktemp("bold")
    (folder / "chapters").mkdir()
    (folder / "book.toml").write_text('title = "T"\nlanguage = "zh"\n[editions.p]\nformat = "pdf"\n', "utf-8")
    text = "# 一\n\n甲。\n\n普通的文字，**粗体的文字**，普通的 **Latin** 文字。\n"
    (folder / "chapters" / "2020-01-01-a.md").write_text(text, encoding="utf-8")
    return Path(build(folder).editions[0].path)


def test_bold_signs_are_bold_though_their_font_has_no_weight_for_it(bold: Path) -> None:
    with pikepdf.open(bold) as pdf:
        read = [pikepdf.parse_content_stream(page) for page in pdf.pages]
        (found,) = (one for one in read if any(str(operator) == "Tr" for _, operator in one))
        steps = [(str(operator), operands) for operands, operator in found]
    modes = [int(operands[0]) for operator, operands in steps if operator == "Tr"]
    assert modes == [2, 0], "drawn with outlines once, and no longer"
    on, off = (at for at, (operator, _) in enumerate(steps) if operator == "Tr")
    assert [operator for operator, _ in steps[on:off]].count("TJ") == 1
    assert any(operator == "w" and 0 < float(operands[0]) < 1 for operator, operands in steps[on - 2 : off])


def test_a_fonts_glyphs_have_the_numbers_that_pages_call_them_by(bold: Path) -> None:
    """A font of East Asia counts characters, not glyphs; printers that heed it would print others."""
    with pikepdf.open(bold) as pdf:
        files = [
            one.FontFile3.read_bytes()
            for one in pdf.objects
            if isinstance(one, pikepdf.Dictionary) and "/FontFile3" in one
        ]
    assert files
    for data in files:
        font = TTFont(io.BytesIO(data))["CFF "].cff[0]
        assert hasattr(font, "ROS")
        assert all(name == f"cid{number:05d}" for number, name in enumerate(font.charset) if number)
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(bold))
    assert "普通的文字，粗体的文字，普通的" in text.replace("\r\n", "")
