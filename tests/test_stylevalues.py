from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Manuscript

from book import config, stylesheets
from book.model import Sheet
from book.stylevalues import sane


def held(css: str) -> tuple[str, list[tuple[int | None, str]]]:
    (sheet,), told = sane([Sheet("mine.css", css, Path("styles/mine.css"))])
    return sheet.text, [(one.line, one.message) for one in told]


@pytest.mark.parametrize(
    "value",
    [
        "width: calc(1px/0)", "width: calc(1px / (2 - 2))", "width: calc(infinity * 1px)", "margin: 0 1e30px",
        "letter-spacing: 1e9px", "font-size: 0", "font-size: 1e6px", "font: 90000px serif", "tab-size: 99999",
        "columns: 99999", "grid-template-columns: repeat(1000000, 1px)", "width: 1e400px",
        "border: dotted 0.00001px", "counter-increment: x 2000000000", "transform: scale(1e308)",
        "background: repeating-linear-gradient(red, blue 0.0001px)", "orphans: 100000", "height: 1000000%",
        f"hyphenate-character: '{'x' * 99}'", f"content: '{'x' * 9999}'", "-webkit-columns: 4000",
        "size: 1px", "size: 0 0", "size: 148mm 3mm",
    ],
)  # fmt: skip
def test_a_value_that_no_page_can_show_is_left_out_and_told_with_its_line(value: str) -> None:
    text, told = held(
        f"h1 {{ color: red }}\np {{\n  color: blue;\n  {value};\n  margin: 0 }}\nh2 {{ margin: 0 }}"
    )
    assert value not in text
    assert "color: blue" in text
    assert [line for line, _ in told] == [4]
    assert told[0][1].startswith("the value `")
    assert text.split("\n")[5] == "h2 { margin: 0 }"


@pytest.mark.parametrize(
    "value",
    [
        "margin: -1.5em 0 0 -9999px", "line-height: 0", "z-index: 2147483647", "font-size: 0.8em",
        "font: italic 12pt/1.4 serif", "width: calc(100% / 3 - 2px)", "columns: 3 12em",
        "border: 0.25pt solid",
        "letter-spacing: 0.02em", "transform: rotate(359deg)", "color: #123456", 'content: "a" counter(page)',
        "font-weight: 900", "margin: 0", "grid-template-columns: repeat(12, 1fr)", "--own: 1",
        "size: 5cm 8cm", "size: a5 landscape",
    ],
)  # fmt: skip
def test_what_style_sheets_say_every_day_stays(value: str) -> None:
    text, told = held(f"p {{ {value} }}")
    assert value in text
    assert not told


def test_blocks_in_blocks_are_held_too() -> None:
    text, told = held(
        '@page {\n @top-left {\n  width: 1e20mm;\n  content: "x" }\n margin: 1cm }\n@media print {\np{width:1e20em} }'  # noqa: E501
    )
    assert "1e20" not in text
    assert 'content: "x"' in text
    assert "margin: 1cm" in text
    assert [line for line, _ in told] == [3, 7]


def test_a_long_list_of_selectors_is_not_tangled() -> None:
    listed = ", ".join(f"p:not(:lang({language}))::first-line" for language in ("zh", "ja", "ko", "th", "he"))
    text, told = held(f"{listed} {{ color: red }}")
    assert listed in text
    assert not told


def test_a_tangled_selector_loses_its_rule() -> None:
    text, told = held(":not(:has(:not(:has(:not(:has(:not(p))))))) { color: red }\np { color: blue }")
    assert text.strip() == "p { color: blue }"
    assert told[0][1].startswith("the rule `")


def test_the_built_in_sheets_hold_nothing_of_the_kind(manuscript: Manuscript) -> None:

    project = config.load(manuscript())
    for medium in ("screen", "print"):
        assert not sane(stylesheets.sheets(project, config.Style(), medium))[1]


def test_half_a_character_that_an_escape_names_is_none() -> None:
    (sheet,), _ = sane([Sheet("x.css", r"p::before { content: '\d800 x\0 '; quotes: '\dfff' 'y' }")])
    assert sheet.text.encode() and "\ufffd" in sheet.text and "x" in sheet.text


def test_a_value_is_told_as_it_was_written() -> None:
    _, told = sane([Sheet("styles/mine.css", "p { margin: 1e9px 2px 1px }")])
    assert "the value `margin:1e9px 2px 1px` was left out" in told[0].message
