from __future__ import annotations

import base64
import re
from xml.etree import ElementTree

from book.mathml import _converted
from book.press.formulas import draw_formulas


def section(*formulas: str, display: bool = False) -> ElementTree.Element:
    made = [_converted(tex, display) for tex in formulas]
    return ElementTree.fromstring("<p>Before " + " and ".join(m or "?" for m in made) + " after.</p>")


def test_formulas_are_drawn_with_their_words_and_their_places() -> None:
    paragraph = section(r"\frac{a}{b} = \sqrt{2}", "x_1^2")
    draw_formulas(paragraph)
    first, second = paragraph.findall("img")
    assert first.get("alt") == r"\frac{a}{b} = \sqrt{2}"
    assert (first.tail, second.tail) == (" and ", " after.")
    svg = base64.b64decode(first.get("src", "").partition(",")[2]).decode()
    assert svg.count("<path") >= 5
    assert "id=" not in svg
    height = float(re.search(r"height: ([\d.]+)em", first.get("style", ""))[1])  # type: ignore[index]
    depth = float(re.search(r"vertical-align: -([\d.]+)em", first.get("style", ""))[1])  # type: ignore[index]
    assert 1.2 < height < 3
    assert 0.2 < depth < height / 2


def test_every_drawing_of_a_formula_is_the_same() -> None:
    one, two = section(r"\sum_{i=0}^n i"), section(r"\sum_{i=0}^n i")
    draw_formulas(one)
    draw_formulas(two)
    assert ElementTree.tostring(one) == ElementTree.tostring(two)


def test_what_cannot_be_drawn_stays_as_code() -> None:
    space = "http://www.w3.org/1998/Math/MathML"
    math = f'<p><math xmlns="{space}" alttext="bad"><mtable columnalign="q">x</mtable><msub/></math>!</p>'
    paragraph = ElementTree.fromstring(math)
    draw_formulas(paragraph)
    (made,) = paragraph
    assert made.tail == "!"
    assert made.tag in {"code", "img"}
    assert "bad" in (made.text or made.get("alt") or "")


def test_a_formula_whose_lines_break_inside_a_group_has_a_size_that_can_be() -> None:
    paragraph = section(r"\Sigma = \\{0, 1\\}", r"a \\ b")
    draw_formulas(paragraph)
    for made in paragraph:
        found = re.findall(r"(-?[\d.]+)em", made.get("style", ""))
        width, height, depth = map(float, found)
        assert made.tag == "img" and 0 < width < 6 and 0 < height < 3 and abs(depth) < height
