"""The grid that the studio draws over pages is the one that their lines begin on."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from weasyprint import HTML

from book.studio.baselines import _lines, grid

STYLE = """
@page { size: A5; margin: 60pt 40pt; @top-center { content: "A running head"; font: 7pt serif } }
body { font: 10pt/LEADINGpt serif } p { margin: 0 0 6pt; orphans: 1; widows: 1 }
"""
PARAGRAPH = "<p>" + "A plain sentence about gates and paths, and nothing that matters. " * 5 + "</p>"


def made(path: Path, leading: float, body: str) -> Path:
    HTML(string=f"<style>{STYLE.replace('LEADING', str(leading))}</style>{body}").write_pdf(path)
    return path


@pytest.mark.parametrize("leading", [13.5, 14.17])
def test_first_lines_stand_on_it_though_spaces_between_paragraphs_lead_others_off(
    tmp_path: Path, leading: float
) -> None:
    path = made(tmp_path / "a.pdf", leading, PARAGRAPH * 60)
    found = grid(path, 60)
    assert found is not None and found["leading"] == pytest.approx(leading, abs=0.02)
    document = pypdfium2.PdfDocument(path)
    off = [abs((_lines(page, 60)[0] - found["first"] + 2) % found["leading"] - 2) for page in document]
    document.close()
    assert len(off) > 4 and sum(one < 0.2 for one in off) > len(off) / 2


def test_a_book_without_lines_has_none(tmp_path: Path) -> None:
    assert grid(made(tmp_path / "a.pdf", 14, "<p>One line.</p>"), 60) is None
