"""Chinese and Japanese lines: no gap gapes where foreign words stand among the signs."""

from __future__ import annotations

from pathlib import Path

import pypdfium2

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
