"""First letters that float, in paragraphs that are laid out more than once."""

from __future__ import annotations

import pytest

from book.press.engine import loading

loading.load()

from weasyprint import HTML  # noqa: E402
from weasyprint.formatting_structure import boxes  # noqa: E402

from book.press.engine.firstletters import first_letters  # noqa: E402
from book.press.engine.firstlines import first_lines  # noqa: E402
from book.press.engine.lines import total_fit  # noqa: E402

WORDS = "Whoever has set a page by hand knows that the spaces in it are things. "
SHEET = (
    "@page { size: 200pt 150pt; margin: 0 } body { margin: 0; font: 10pt/14pt serif }"
    "p { margin: 0; orphans: 3; widows: 3 } p::first-letter { float: left; font-size: 28pt; line-height: 1 }"
)


@pytest.mark.parametrize("how", [first_lines, total_fit])
def test_a_letter_that_floats_is_there_once_wherever_its_paragraph_goes(how: type) -> None:
    text = "".join(f"<p>{WORDS * times}</p>" for times in (2, 3, 1, 4, 2, 3))
    with how(), first_letters():
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
