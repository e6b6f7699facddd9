"""What floats within a line: it is there once, and no text lies over it."""

from __future__ import annotations

from itertools import pairwise

import pytest

from book.press.engine import loading

loading.load()

from weasyprint import HTML  # noqa: E402
from weasyprint.formatting_structure import boxes  # noqa: E402

from book.press.engine.firstlines import first_lines  # noqa: E402
from book.press.engine.linefloats import line_floats  # noqa: E402
from book.press.engine.lines import total_fit  # noqa: E402

WORDS = "Whoever has set a page by hand knows that the spaces in it are things. "
SHEET = (
    "@page { size: 200pt 150pt; margin: 0 } body { margin: 0; font: 10pt/14pt serif }"
    "p { margin: 0; orphans: 3; widows: 3 } p::first-letter { float: left; font-size: 28pt; line-height: 1 }"
)


@pytest.mark.parametrize("how", [first_lines, total_fit])
def test_a_letter_that_floats_is_there_once_wherever_its_paragraph_goes(how: type) -> None:
    text = "".join(f"<p>{WORDS * times}</p>" for times in (2, 3, 1, 4, 2, 3))
    with how(), line_floats():
        document = HTML(string=f"<style>{SHEET}</style>{text}").render()
    found = [
        [box for box in page._page_box.descendants() if isinstance(box, boxes.TextBox)]
        for page in document.pages
    ]
    letters = [box for page in found for box in page if box.element_tag == "p::first-letter"]
    assert [box.text for box in letters] == ["W"] * 6
    assert {round(box.style["font_size"] * 0.75) for box in letters} == {28}
    assert len(found) > 2
    words = "".join(box.text for page in found for box in page).replace(" ", "")
    assert words == (WORDS * 15).replace(" ", "")


@pytest.mark.parametrize(
    "html",
    [
        "<p>Whoever has",
        "<p>Whoever <b>has</b> set",
        "<p>Whoever <b>has</b> <b>set</b> a",
        "<p><i>Who <b>has</b></i> set",
    ],
)
@pytest.mark.parametrize("align", ["left", "justify"])
def test_no_text_lies_over_what_floats(html: str, align: str) -> None:
    css = f"p {{ text-align: {align} }} b {{ float: left; width: 20pt; height: 28pt }}"
    with first_lines(), line_floats():
        document = HTML(string=f"<style>{SHEET}{css}</style>{html} {WORDS * 2}").render()
    page = document.pages[0]._page_box
    floats = [box for box in page.descendants() if isinstance(box, boxes.BlockBox) and box.is_floated()]
    inside = {id(box) for one in floats for box in one.descendants()}
    texts = [box for box in page.descendants() if isinstance(box, boxes.TextBox) and id(box) not in inside]
    first = [box for box in texts if box.position_y == texts[0].position_y]
    assert len(floats) == html.count("</b>") + 1  # the first letter is one
    ends = sorted(one.position_x + one.margin_width() for one in floats)
    spans = sorted((box.position_x, box.position_x + box.width) for box in first)
    assert spans[0][0] >= ends[-1] - 0.01
    assert all(after[0] >= before[1] - 0.01 for before, after in pairwise(spans))
    assert spans[-1][1] <= 200 / 0.75 + 0.01
