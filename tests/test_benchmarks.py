"""What is measured against is the same book: the same text, and set once."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pypdfium2
import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def benchmarks(monkeypatch: pytest.MonkeyPatch) -> None:
    if not (ROOT / "benchmarks").is_dir():
        pytest.skip("the benchmarks are not here")
    monkeypatch.syspath_prepend(str(ROOT))


def words(pdf: Path) -> list[str]:
    """Return the words of a PDF's pages without figures, heads and what a line divides."""
    document = pypdfium2.PdfDocument(pdf)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return re.findall(r"[a-z]{4,}", re.sub(r"[\u00ad\u0002\ufffe-]\s*", "", text))


def test_folios_are_numbers_and_nothing_else_changes(benchmarks: None) -> None:
    from benchmarks.plain import settled

    css = "a::after { content: leader('.') ' ' target-counter(attr(href), page, lower-roman); color: red }"
    assert settled(css) == "a::after { content: leader('.') ' ' \"888\"; color: red }"
    assert settled("p { content: target-counter(attr(href), figure) }").count("target-counter") == 1
    sheet = (ROOT / "styles" / "print.css").read_text(encoding="utf-8")
    assert "page" in sheet and not re.search(r"target-counter\([^)]*\)\s*,\s*page", settled(sheet))


@pytest.mark.slow
def test_plain_weasyprint_sets_the_same_text_once(
    benchmarks: None, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    from benchmarks import blog, plain
    from benchmarks.__main__ import _write_toml
    from book import build

    blog.make(3, tmp_path, ROOT / "none")
    _write_toml(tmp_path, "greedy")
    report = build(tmp_path, editions=["paperback"])
    with caplog.at_level(logging.INFO, logger="weasyprint.progress"):
        plain.main(tmp_path, tmp_path / "plain.pdf")
    said = [record.getMessage() for record in caplog.records]
    assert any("Creating layout" in one for one in said)
    assert not any("Repagination" in one for one in said)
    mine, theirs = words(report.editions[0].path), words(tmp_path / "plain.pdf")
    assert abs(len(mine) - len(theirs)) <= 0.02 * len(mine)


def test_lines_are_counted_in_text_and_not_in_contents(benchmarks: None) -> None:
    from benchmarks.lines import counted
    from book.proofreading._lines import Line, together

    def page(text: str, space: float, end: float = 300.0) -> list[Line]:
        first = [Line(text, 0.0, end, 500.0 - 14 * at, 10.0, (space,) * 5) for at in range(9)]
        return [*first, Line("the end of it", 0.0, 70.0, 374.0, 10.0, (3.0,) * 3)]

    listed = page("A chapter . . . . . . . . . . 7", 9.0)
    words = page("words that are set in a line", 5.0), page("words that gape in a line of text", 7.5)
    assert counted(together([listed, *words])).startswith("18 | 9 (50.00%) | 18 (100.00%) |")
