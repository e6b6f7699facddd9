"""Paragraphs as WeasyPrint sets them: which of them are broken as a whole, and what their lines are."""

from __future__ import annotations

from typing import Any

import pytest

from book.press.engine import loading

loading.load()

from weasyprint import HTML  # noqa: E402
from weasyprint.formatting_structure import boxes  # noqa: E402
from weasyprint.layout import inline  # noqa: E402

from book.press.engine.lines import total_fit  # noqa: E402

TEXT = (
    "Whoever has set a page of type by hand knows that the spaces in it are things, as solid as the letters, "
    "and that a well-made line is full when nothing rattles in it any more. "
) * 2


def lines(body: str, width: int = 250) -> list[Any]:
    """Return the lines of a paragraph that is set by total fit."""
    sheet = (
        f"@page {{ size: {width}pt 800pt; margin: 0 }} body {{ margin: 0; font: 10pt/14pt serif }}"
        "p { margin: 0; text-align: justify; hyphens: auto }"
    )
    with total_fit():
        document = HTML(string=f"<style>{sheet}</style><p lang=en-gb>{body}").render()
    found = (box for page in document.pages for box in page._page_box.descendants())
    return [box for box in found if isinstance(box, boxes.LineBox)]


def words(line: Any) -> str:
    return "".join(box.text for box in line.descendants() if isinstance(box, boxes.TextBox))


@pytest.mark.parametrize("sign", ["🤷", "👩‍👩‍👧", "☃️", "→", "∀", "\ufeff"])
def test_signs_among_words_leave_a_paragraph_whole(sign: str) -> None:
    found = lines(f"{TEXT}{sign} {TEXT}")
    assert all(line.fitted for line in found)
    assert sign in "".join(map(words, found))
    for line in found[:-1]:
        assert line.width == pytest.approx(250 / 0.75, abs=0.5)


@pytest.mark.parametrize("width", range(200, 300, 12))
def test_thin_spaces_leave_a_paragraph_whole_and_are_not_shown_where_a_line_ends(width: int) -> None:
    text = TEXT.replace(", ", "\u200a—\u200a").replace("line is", "line\u2009/\u2009page\u200bis")
    found = lines(text.strip(), width)
    assert len(found) > 5 and all(line.fitted for line in found)
    assert not any(words(line)[-1] in "\u2009\u200a\u200b " for line in found)
    for line in found[:-1]:
        assert line.width == pytest.approx(width / 0.75, abs=0.5)


@pytest.mark.parametrize("width", range(120, 300, 20))
def test_what_begins_an_option_or_a_path_is_not_left_behind(width: int) -> None:
    text = "Give it “-b” or -verbose or --number (/etc/modprobe.d/ or /usr/share) for a well-made line. " * 4
    found = [words(line).rstrip() for line in lines(text.strip(), width)]
    assert len(found) > 5
    assert not [line for line in found if line.endswith(("“-", " -", " --", "(/", " /"))]


def test_lines_that_the_author_ends_end_there_and_the_others_are_even() -> None:
    found = lines(f"{TEXT}<br>{TEXT} <br/> <em>{TEXT}<br><br>Three words last.</em>")
    assert all(line.fitted for line in found)
    shown = [words(line).strip() for line in found]
    assert shown.count("") == 1 and shown[-1] == "Three words last."
    ends = [n for n, text in enumerate(shown) if not text or text.endswith("more.")]
    short = [n for n, line in enumerate(found) if abs(line.width - 250 / 0.75) > 0.5]
    assert set(short) <= {*ends, len(found) - 1} and len(short) >= 3
    for number in short:
        assert found[number].width < 250 / 0.75
    assert all(not text.startswith(" ") for text in map(words, found))
    joined = "".join(text.removesuffix("‐") + " " * (not text.endswith(("-", "‐"))) for text in shown)
    assert " ".join(joined.split()) == f"{TEXT * 3}Three words last."


def test_small_capitals_are_not_spaced_to_fill_a_line_that_the_author_ends() -> None:
    sheet = "<style>p::first-line { font-variant-caps: small-caps }</style>"
    found = lines(f"{sheet}A short line<br>{TEXT}")
    (first, *_) = (box for box in found[0].descendants() if isinstance(box, boxes.TextBox))
    assert first.text == "A short line" and first.style["letter_spacing"] == "normal"
    assert first.justification_spacing == 0


FORMULA = (
    '<img alt="x" src="data:image/svg+xml,%3Csvg xmlns=\'http://www.w3.org/2000/svg\' '
    "width='40' height='10'/%3E\">"
)


@pytest.mark.parametrize("width", range(180, 300, 11))
def test_formulas_stand_among_words_and_keep_to_their_neighbours(width: int) -> None:
    body = f"{TEXT} Let ({FORMULA}) be {FORMULA}, and <em>{FORMULA} too</em>; {FORMULA} {FORMULA} {TEXT}"
    found = lines(body, width)
    assert all(line.fitted for line in found)
    shown = []
    for line in found:
        inside = [
            box for box in line.descendants() if isinstance(box, boxes.TextBox | boxes.InlineReplacedBox)
        ]
        shown.append("".join(getattr(box, "text", "x") for box in inside).strip())
    assert sum(text.count("x") for text in shown) == 5 + TEXT.count("x") * 2
    joined = "".join(text.removesuffix("‐") + " " * (not text.endswith("‐")) for text in shown)
    assert "Let (x) be x, and x too; x x Whoever" in joined
    for line in found[:-1]:
        assert line.width == pytest.approx(width / 0.75, abs=0.5)


def test_a_line_that_would_be_more_holes_than_text_ends_early() -> None:
    address = f"<span style='white-space: nowrap'>https://example.org/{'address' * 4}</span>"
    found = lines(f"Compute this one: {address} {TEXT}")
    assert words(found[0]).strip() == "Compute this one:"
    assert found[0].width < 200
    assert all(box.justification_spacing == 0 for box in found[0].descendants() if hasattr(box, "text"))
    assert found[2].width == pytest.approx(250 / 0.75, abs=0.5)


HEBREW = (
    "בבוקר יצאנו אל העיר העתיקה, ובדרך קנינו לחם חם (2 ק״ג) וקראנו את The Times שהיה שם מיום האתמול. " * 4
)


def test_lines_from_the_right_are_chosen_too_and_the_first_is_indented_at_the_right() -> None:
    sheet = "<style>p { direction: rtl; text-indent: 12pt }</style>"
    found = lines(f"{sheet}{HEBREW}<em>{HEBREW.strip()}</em>")
    assert len(found) > 10 and all(line.fitted for line in found)
    edges = []
    for line in found:
        boxed = [box for box in line.descendants() if isinstance(box, boxes.TextBox)]
        edges.append((min(b.position_x for b in boxed), max(b.position_x + b.width for b in boxed)))
    measure = 250 / 0.75
    assert edges[0] == pytest.approx((0, measure - 16), abs=0.5)
    assert all(edge == pytest.approx((0, measure), abs=0.5) for edge in edges[1:-1])
    assert edges[-1][1] == pytest.approx(measure, abs=0.5)


JOINED = "h1, h1::first-line { letter-spacing: 0; font-variant-caps: normal }"


@pytest.mark.parametrize("rule", ["", JOINED])
def test_a_title_is_even_though_a_rule_gives_its_first_line_the_style_that_it_has(rule: str) -> None:
    """As one does in books from the right, where letters that join stay joined."""
    title = "The way to Haifa, on the slow train, with one book and two loaves of bread"
    found = lines(f"</p><style>h1 {{ font: 20pt/24pt serif }} {rule}</style><h1>{title}</h1>", 420)
    widths = [line.width for line in found if words(line)]
    assert len(widths) == 2 and min(widths) > 0.85 * max(widths)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("zh", "在一个没有人认识我的城市里度过的那些漫长的夏天与冬天之间"),
        ("ja", "だれも知らない町で過ごした、長い夏と長い冬のあいだのこと"),
    ],
    ids=["zh", "ja"],
)
def test_a_title_in_a_script_without_spaces_is_even(language: str, title: str) -> None:
    style = "<style>h1 { font: 20pt/24pt serif; text-align: center; margin: 0 }</style>"
    found = lines(f"</p>{style}<h1 lang={language}>{title}</h1>", 270)
    heading = [line for line in found if words(line).strip()]
    assert "".join(map(words, heading)) == title
    assert len(heading) > 1
    counts = [len(words(line)) for line in heading]
    assert max(counts) - min(counts) <= 3


@pytest.mark.parametrize("word", ["[" * 9_000, "é" * 7_001, "ab" * 5_000])
def test_a_word_without_end_is_set_whole_in_lines_that_are_full(word: str) -> None:
    style = "<style>p { overflow-wrap: anywhere; hyphens: manual }</style>"
    found = lines(f"</p>{style}<p>Before {word} after.", 250)
    assert "".join(map(words, found)).replace(" ", "") == f"Before{word}after."
    full = found[1:-2]
    assert len(full) > 100
    assert all(line.width == pytest.approx(full[0].width) for line in full)


@pytest.mark.parametrize("width", [12, 30, 250])
def test_lines_of_a_word_without_end_are_those_of_any_word(width: int) -> None:
    style = "<style>p { overflow-wrap: anywhere; hyphens: manual }</style>"
    endless = [words(line) for line in lines(f"</p>{style}<p>{'iW.l' * 240}", width)]
    short = [words(line) for line in lines(f"</p>{style}<p>{'iW.l' * 90}", width)]
    assert "".join(endless) == "iW.l" * 240
    assert endless[: len(short) - 1] == short[:-1]


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many letters Pango is shown, call by call."""
    shown: list[int] = []
    split = inline.split_first_line
    monkeypatch.setattr(
        inline,
        "split_first_line",
        lambda text, *more, **named: shown.append(len(text)) or split(text, *more, **named),
    )
    return shown


def test_a_word_of_letters_of_three_bytes_is_never_seen_whole_either(seen: list[int]) -> None:
    lines(f"</p><style>p {{ overflow-wrap: anywhere }}</style><p>{'“' * 3_000}", 250)
    assert max(seen) <= 400


def test_a_word_without_end_is_never_seen_whole(seen: list[int]) -> None:
    lines(f"</p><style>p {{ overflow-wrap: anywhere }}</style><p>{'[' * 9_000}", 250)
    assert len(seen) > 100 and max(seen) <= 400
    seen.clear()
    lines(f"</p><style>p {{ overflow-wrap: anywhere }}</style><p>{'[' * 1_500}", 20)
    assert sorted(seen)[len(seen) // 2] <= 40
