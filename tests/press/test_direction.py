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
        assert left == pytest.approx(outside if odd else inside, abs=2), index


def test_a_reader_that_shows_spreads_is_told(arabic: Path) -> None:
    with pikepdf.open(arabic) as pdf:
        assert pdf.Root.ViewerPreferences.Direction == "/R2L"


def test_a_book_read_from_the_left_keeps_its_sides() -> None:
    sheet = Sheet("mine", "@page chapter:left { margin-left: 1mm } p:left { color: red }")
    assert directed([sheet], "en", ['<p lang="en">']) == (sheet,)
    assert directed([sheet], "en", ['<p lang="ar-EG">'])[1] == sheet


def test_what_a_theme_says_of_a_left_page_holds_for_a_verso_in_a_mirror() -> None:
    rule = '@page chapter:left { margin-left: 1mm; @top-left { content: "left"; text-align: left } }'
    (_, turned, _) = directed([Sheet("mine", f"{rule} p:left {{ left: 0; font: oldstyle-nums }}")], "he")
    mirrored = '@page chapter:left { margin-right: 1mm; @top-right { content: "left"; text-align: right } }'
    assert turned.text == f"{mirrored} p:left {{ left: 0; font: lining-nums }}"


def test_a_verso_has_its_folio_at_the_right(arabic: Path) -> None:
    pdf = pypdfium2.PdfDocument(arabic.read_bytes())
    page = next(
        pdf[number]
        for number in range(7, len(pdf), 2)
        if len(pdf[number].get_textpage().get_text_range()) > 600
    )
    text = page.get_textpage()
    boxes = [text.get_rect(number) for number in range(text.count_rects())]
    folios = [
        box
        for box in boxes
        if box[1] > page.get_height() - 50 and text.get_text_bounded(*box).strip().isdigit()
    ]
    assert len(folios) == 1 and folios[0][0] > page.get_width() * 0.8


def test_heads_begin_at_the_fore_edge_and_a_years_calendar_keeps_to_the_measure(manuscript: Any) -> None:
    """Where heads have folio and title in one, the folio of a verso is the first that is read."""
    hebrew = "הים היה שקט בבוקר, ואנחנו הלכנו לאורך החוף וספרנו את מה שהגאות השאירה. " * 60
    toml = """title = "ספר החוף"\nlanguage = "he"\n[chapters]\nparts = "year"\nyear-openers = ["calendar"]
[style]\ntheme = "essays"\n[editions.p]\nformat = "pdf"\nlinebreaks = "greedy"\n"""
    root = manuscript({"2018-02-01-a": f"---\ntitle: החוף\n---\n\n{hebrew}"}, toml=toml)
    document = pypdfium2.PdfDocument(build(root).editions[0].path)
    pages = [page for page in document if page.get_textpage().count_chars()]
    assert [head for head in map(_head, pages) if head.endswith("4") and "ס" in head]
    whole = [page.get_textpage().get_text_range() for page in document]
    # By its year: PDFium turns the letters of some words around, and not the same ones every time.
    calendar = next(number for number, words in enumerate(whole) if words.strip().startswith("2018"))
    assert len(whole[calendar].split()) >= 13, whole[calendar]
    alike = max(range(calendar + 2, len(whole), 2), key=lambda number: len(whole[number]))
    (left, right), (first, last) = edges(document[alike]), edges(document[calendar])
    assert left - 1 < first < last < right + 1


def test_ragged_lines_begin_at_the_right(manuscript: Any) -> None:
    """`alignment = "left"`, as a theme has it, is from where a line begins."""
    some = ("הים", "היה", "שקט", "בבוקר", "ואנחנו", "הלכנו", "לאורך", "החוף", "וספרנו", "את", "מה", "שהגאות")
    words = " ".join(some[at * at % 11] for at in range(140))
    toml = 'title = "ספר"\nlanguage = "he"\n[style]\ntheme = "notebook"\n[editions.p]\nformat = "pdf"\n'
    document = pypdfium2.PdfDocument(build(manuscript({"2018-02-01-a": words}, toml=toml)).editions[0].path)
    text = max((page.get_textpage() for page in document), key=lambda page: page.count_chars())
    rows: dict[int, list[tuple[float, float]]] = {}
    for at in range(text.count_chars()):
        if text.get_text_range(at, 1).isalpha():
            left, bottom, right, _ = text.get_charbox(at, loose=True)
            rows.setdefault(round(bottom / 4), []).append((left, right))
    lines = [(min(row)[0], max(right for _, right in row)) for row in rows.values() if len(row) > 30]
    first, last = {round(left) for left, _ in lines}, {round(right) for _, right in lines}
    assert len(lines) > 5 and len(last) < 3 < len(first)


def _head(page: Any) -> str:
    """Return the signs at a page's head, as they stand from left to right."""
    text = page.get_textpage()
    placed = [(text.get_charbox(at), text.get_text_range(at, 1)) for at in range(text.count_chars())]
    top = max(box[1] for box, _ in placed)
    return "".join(sign for box, sign in sorted(placed) if box[1] > top - 4 and sign.strip())


def test_what_glyphs_of_strokes_and_dots_show_is_written_beside_them(arabic: Path) -> None:
    with pikepdf.open(arabic) as pdf:
        said = [
            str(operands[1].ActualText)
            for page in pdf.pages
            for operands, operator in pikepdf.parse_content_stream(page)
            if str(operator) == "BDC" and "/ActualText" in operands[1]
        ]
    assert said.count("المدينة") == ARABIC.count("المدينة") * 5


def test_figures_of_lists_are_as_high_as_those_of_the_text() -> None:
    from book.press.engine import loading

    loading.load()
    from weasyprint import HTML
    from weasyprint.formatting_structure import boxes

    sheets = directed([Sheet("theme", "body { font-variant-numeric: oldstyle-nums }")], "he")
    style = "".join(f"<style>{sheet.text}</style>" for sheet in sheets)
    (page,) = HTML(string=f"{style}<ol style='list-style-position: inside'><li>one").render().pages
    found = [box for box in page._page_box.descendants() if isinstance(box, boxes.TextBox)]
    assert {box.text.strip() for box in found} == {"1.", "one"}
    assert all("lining-nums" in box.style["font_variant_numeric"] for box in found)


def test_words_in_another_direction_are_told_in_the_rules() -> None:
    before, _, after = directed([Sheet("mine", "")], "en", ['<p dir="rtl">'])
    assert 'body [dir="rtl"] { direction: rtl;' in before.text
    assert "body { direction" not in before.text and "@page" not in after.text


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
