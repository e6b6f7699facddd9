from __future__ import annotations

from book.epub.styles import Stack, prepare, stacks, strings, weights
from book.model import Sheet


def sheet(text: str) -> list[Sheet]:
    return [Sheet("a.css", text)]


def nothing(_: str, __: bool) -> list[str]:
    return []


def test_stacks_are_lists_of_families_with_their_use() -> None:
    text = """
      body { font-family: "EB Garamond", Noto Serif, serif }
      pre, code { font-family: 'Mono 2', monospace }
    """
    assert stacks(sheet(text)) == (Stack(("EB Garamond", "Noto Serif"), False), Stack(("Mono 2",), True))


def test_stacks_are_found_within_conditions() -> None:
    assert stacks(sheet("@media (min-width: 30em) { h1 { font-family: Inter } }")) == (
        Stack(("Inter",), False),
    )


def test_strings_that_sheets_set_are_characters_of_the_book() -> None:
    assert set(strings(sheet('hr::before { content: "❦" } q { quotes: "“" "”" } a { color: "x" }'))) == set(
        "❦“”"
    )


def test_weights_are_those_that_sheets_ask_for() -> None:
    assert weights(sheet("b { font-weight: 600 }")) == (400, 600)
    assert weights(sheet("b { font-weight: bold } h1 { font-weight: 500 }")) == (400, 500, 700)
    assert weights(sheet("p { margin: 0 }")) == (400, 700)


def test_families_that_supply_what_one_lacks_stand_before_the_generic_one() -> None:
    made = prepare(sheet("p { font-family: Garamond, serif }"), lambda family, code: [f"{family} Greek"])
    assert 'font-family: "Garamond", "Garamond Greek", serif;' in made.texts[0]


def test_the_last_generic_family_is_the_one_that_was_meant() -> None:
    made = prepare(sheet("code { font-family: Mono, serif, monospace }"), nothing)
    assert 'font-family: "Mono", monospace;' in made.texts[0]


def test_what_is_left_is_what_was_written() -> None:
    text = (
        "h1, h2 > p { margin: 0 auto !important; color: #123 }\n"
        "@supports (hyphens: auto) { p { hyphens: auto } }"
    )
    made = prepare(sheet(text), nothing)
    assert not made.notices
    assert made.texts[0] == (
        "h1, h2 > p {\n  margin: 0 auto !important;\n  color: #123;\n}\n"
        "@supports (hyphens: auto) {\n  p {\n    hyphens: auto;\n  }\n}\n"
    )


def test_rules_left_empty_are_left_out() -> None:
    made = prepare(sheet("p { direction: rtl } @media screen { p { direction: rtl } }"), nothing)
    assert made.texts == [""]
    assert [notice.line for notice in made.notices] == [1, 1]
