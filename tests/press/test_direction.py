"""Books that are read from right to left."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from book.build import build
from book.model import Sheet
from book.press.direction import directed

ARABIC = "ذهبنا في الصباح الباكر إلى المدينة القديمة، حيث الأسواق الضيقة والبيوت العتيقة. " * 12


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("book")
    (root / "chapters").mkdir()
    text = (
        f"---\ntitle: رحلة\ndate: 2019-03-01\nslug: a\n---\n\n{ARABIC}\n\n{ARABIC * 4}\n\n1. واحد\n2. اثنان\n"
    )
    (root / "chapters" / "2019-03-01-a.md").write_text(text, encoding="utf-8")
    toml = 'title = "دفتر"\nlanguage = "ar"\n[editions.p]\nformat = "pdf"\n'
    toml += 'margin-inside = "30mm"\nmargin-outside = "10mm"\n'
    (root / "book.toml").write_text(toml, encoding="utf-8")
    (edition,) = build(root).editions
    return Path(edition.path)


def edges(page: Any) -> tuple[float, float]:
    """Return where the text of a page begins and ends, in points from its left."""
    text = page.get_textpage()
    boxes = [text.get_rect(number) for number in range(text.count_rects())]
    return min(box[0] for box in boxes), max(box[2] for box in boxes)


def test_the_text_begins_at_the_right_and_the_spine_is_at_the_right_of_odd_pages(arabic: Path) -> None:
    pdf = pypdfium2.PdfDocument(arabic.read_bytes())
    width = pdf[0].get_width()
    text = {
        number: edges(pdf[number])
        for number in range(len(pdf))
        if len(pdf[number].get_textpage().get_text_range()) > 600
    }
    assert len(text) >= 2
    for index, (left, right) in text.items():
        inside, outside = 30 * 72 / 25.4, 10 * 72 / 25.4
        odd = index % 2 == 0
        assert width - right == pytest.approx(inside if odd else outside, abs=2), index
        assert left >= (outside if odd else inside) - 2, index


def test_a_reader_that_shows_spreads_is_told(arabic: Path) -> None:
    with pikepdf.open(arabic) as pdf:
        assert pdf.Root.ViewerPreferences.Direction == "/R2L"


def test_a_book_read_from_the_left_keeps_its_sides() -> None:
    sheet = Sheet("mine", "@page chapter:left { margin-left: 1mm } p:left { color: red }")
    assert directed([sheet], "en", ['<p lang="en">']) == (sheet,)
    assert directed([sheet], "en", ['<p lang="ar-EG">'])[1] == sheet
    assert directed([sheet], "he")[1].text == "@page chapter:right { margin-left: 1mm } p:left { color: red }"


def test_a_passage_in_another_direction_has_it(manuscript: Any) -> None:
    post = f'---\ntitle: Both\ndate: 2019-03-01\n---\n\nFrom the left.\n\n<p lang="ar">{ARABIC}</p>\n'
    root = manuscript({"2019-03-01-both": post}, toml='title = "A"\n[editions.p]\nformat = "pdf"\n')
    (edition,) = build(root).editions
    pdf = pypdfium2.PdfDocument(Path(edition.path).read_bytes())
    page = next(page for page in pdf if "From the left" in page.get_textpage().get_text_range())
    text = page.get_textpage()
    boxes = [text.get_rect(number) for number in range(text.count_rects())]
    last = [box for box in boxes if box[1] == min(other[1] for other in boxes if other[1] > 80)]
    assert max(box[2] for box in last) > page.get_width() / 2
