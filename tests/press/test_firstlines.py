"""First lines in small capitals: where they end, what they spare, and that they are first lines."""

from __future__ import annotations

from contextlib import nullcontext
from itertools import pairwise
from typing import Any

import pytest

from book.press.engine import loading

loading.load()

from weasyprint import HTML  # noqa: E402
from weasyprint.formatting_structure import boxes  # noqa: E402

from book.press.engine.firstlines import first_lines  # noqa: E402
from book.press.engine.lines import total_fit  # noqa: E402

ADDRESS = "https://example.org/a"
TEXT = (
    "Whoever has set a page of type by hand knows that the spaces in it are things, as solid as the letters, "
    "and that a line is full when nothing rattles in it any more. "
) * 3


def lines(text: str, how: Any, *, width: int = 250, height: int = 400) -> list[list[Any]]:
    """Return the boxes of each line, page after page."""
    sheet = (
        f"@page {{ size: {width}pt {height}pt; margin: 0 }} body {{ margin: 0; font: 10pt/14pt serif }}"
        "p { margin: 0; text-align: justify; hyphens: auto; orphans: 1; widows: 1 }"
        "p::first-line { font-variant-caps: small-caps; letter-spacing: 0.5pt }"
    )
    with how():
        document = HTML(string=f"<style>{sheet}</style><p lang=en-gb>{text}").render()
    found = [
        line
        for page in document.pages
        for line in page._page_box.descendants()
        if isinstance(line, boxes.LineBox) and not line.element_tag.endswith("::first-line")
    ]
    return [[box for box in line.descendants() if isinstance(box, boxes.TextBox)] for line in found]


def capitals(line: list[Any]) -> list[str]:
    return [box.text for box in line if box.style["font_variant_caps"] == "small-caps"]


def written(found: list[list[Any]]) -> list[str]:
    return ["".join(box.text for box in line) for line in found]


@pytest.mark.parametrize("width", range(200, 300, 7))
def test_a_paragraph_with_a_first_line_is_broken_as_a_whole(width: int) -> None:
    found = lines(TEXT, total_fit, width=width)
    assert [bool(capitals(line)) for line in found] == [True] + [False] * (len(found) - 1)
    ends = [line[-1].position_x + line[-1].width for line in found[:-1]]
    assert all(abs(end - width / 0.75) < 0.5 for end in ends), "every line fills the measure"
    joined = "".join(
        one.removesuffix("‐") if one.endswith("‐") else f"{one.strip()} " for one in written(found)
    )
    assert joined.split() == TEXT.split()


def test_first_lines_are_measured_in_their_own_letters() -> None:
    """Otherwise spaces would have to make up for what small capitals are wider."""
    for width in range(200, 300, 7):
        first = lines(TEXT, total_fit, width=width)[0][0]
        assert -1.2 < first.justification_spacing < 8, f"{width}: pixels added to a space of about four"


@pytest.mark.parametrize("how", [first_lines, total_fit])
def test_an_address_and_code_keep_their_letters(how: Any) -> None:
    text = f'See <a href="{ADDRESS}">{ADDRESS}</a> and <code>File</code>, {TEXT}'
    first = lines(text, how, width=300)[0]
    assert "See " in capitals(first)
    spared = [box.text for box in first if box.style["font_variant_caps"] == "normal"]
    assert spared[:2] == [ADDRESS, "File"]


@pytest.mark.parametrize("how", [first_lines, total_fit])
def test_a_page_that_a_paragraph_goes_on_to_has_no_first_line(how: Any) -> None:
    found = lines(TEXT, how, height=60)
    assert [bool(capitals(line)) for line in found] == [True] + [False] * (len(found) - 1)


def test_weasyprint_still_needs_to_be_mended() -> None:
    assert sum(bool(capitals(line)) for line in lines(TEXT, nullcontext, height=60)) > 1


def test_lines_are_more_even_than_those_that_are_filled_one_by_one() -> None:
    def uneven(how: Any) -> float:
        total = 0.0
        for width in range(200, 300, 7):
            spaces = [line[0].justification_spacing for line in lines(TEXT, how, width=width)[:-1]]
            total += sum((after - before) ** 2 for before, after in pairwise(spaces))
        return total

    assert uneven(total_fit) < uneven(first_lines)


@pytest.mark.parametrize("width", range(200, 300, 7))
def test_the_small_capitals_of_a_first_line_are_spaced_so_that_its_words_are_not(width: int) -> None:
    found = lines(TEXT, total_fit, width=width)
    first, base = found[0][0], 0.5 / 0.75
    tracked = first.style["letter_spacing"] - base
    assert -0.031 <= tracked / first.style["font_size"] <= 0.061
    plain = first.width - first.justification_spacing * first.text.strip().count(" ")
    space = first.style["font_size"] * 0.25
    untracked = plain - tracked * len(first.text)
    wide = (width / 0.75 - untracked) / first.text.strip().count(" ") / space
    assert abs(first.justification_spacing) <= max(abs(wide), 0.8) * space + 0.1, "never worse than without"
    assert first.justification_spacing / space < 1.2


def test_words_that_keep_together_leave_a_paragraph_to_be_broken_as_a_whole() -> None:
    kept = "<span style='white-space: nowrap'>a page, p. 19,</span>"
    for width in range(200, 300, 13):
        found = lines(f"{TEXT[:90]} {kept} {TEXT}", total_fit, width=width)
        assert sum("a page, p. 19," in "".join(box.text for box in line) for line in found) == 1
        ends = [line[-1].position_x + line[-1].width for line in found[:-1]]
        assert all(abs(end - width / 0.75) < 0.5 for end in ends)
        assert all(hasattr(box, "ending") for line in found[:-1] for box in line[-1:]), "chosen, not greedy"
