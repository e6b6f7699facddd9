"""Pages mended as they are made: what is gained, what is left alone, and that nothing is lost."""

from __future__ import annotations

import inspect
from contextlib import ExitStack, nullcontext
from random import Random
from typing import Any

import pytest

from book.press.engine import loading

loading.load()

from weasyprint import HTML, layout  # noqa: E402
from weasyprint.formatting_structure import boxes  # noqa: E402
from weasyprint.layout import page as page_layout  # noqa: E402

from book.press.engine.lines import total_fit  # noqa: E402
from book.press.engine.nudging import nudged  # noqa: E402

WORDS = (
    "whoever has set a page of type by hand knows that the spaces in it are things as solid as letters "
    "and considered together they make an extraordinarily complicated construction which nobody notices "
    "until something in it is out of its place then everybody does without being able to say what it was"
)
LEADING, LINES = 14, 20


def prose(seed: int, paragraphs: int = 14) -> str:
    """Return paragraphs of words in no order, as the seed has it."""
    random = Random(seed)
    texts = (" ".join(random.choices(WORDS.split(), k=random.randint(20, 110))) for _ in range(paragraphs))
    return "".join(f"<p>{text.capitalize()}.</p>" for text in texts)


def pages(body: str, *, nudge: bool, extra: str = "") -> list[list[str]]:
    """Return the lines of each page."""
    sheet = (
        f"@page {{ size: 300pt {LINES * LEADING}pt; margin: 0; @footnote {{ margin: 0 }} }}"
        f"html {{ font: 10pt/{LEADING}pt serif; --nudges: 2 1.75 5 }} body, p {{ margin: 0 }}"
        "p { text-align: justify; hyphens: auto; orphans: 2; widows: 2 } p + p { text-indent: 12pt }"
        f"section {{ break-before: page }} span.note {{ float: footnote; font-size: 8pt }} {extra}"
    )
    with ExitStack() as stack:
        stack.enter_context(total_fit())
        stack.enter_context(nudged() if nudge else nullcontext())
        document = HTML(string=f"<html lang=en-gb><style>{sheet}</style>{body}").render()
    found = []
    for page in document.pages:
        lines = [box for box in page._page_box.descendants() if isinstance(box, boxes.LineBox)]
        found.append(["".join(one.text for one in texts(line)) for line in lines])
    return found


def texts(line: Any) -> list[Any]:
    return [box for box in line.descendants() if isinstance(box, boxes.TextBox)]


def words(found: list[list[str]]) -> str:
    return "".join("".join(page) for page in found).replace("‐", "").replace(" ", "")


def divided(found: list[list[str]]) -> int:
    return sum(page[-1].endswith("‐") for page in found[:-1] if page)


SEEDS = range(24)


@pytest.fixture(scope="module")
def before() -> list[list[list[str]]]:
    return [pages(prose(seed), nudge=False) for seed in SEEDS]


@pytest.fixture(scope="module")
def after() -> list[list[list[str]]]:
    return [pages(prose(seed), nudge=True) for seed in SEEDS]


def test_not_a_word_is_lost_or_moved(before: list[Any], after: list[Any]) -> None:
    assert [words(one) for one in before] == [words(one) for one in after]


def test_fewer_pages_end_in_a_divided_word(before: list[Any], after: list[Any]) -> None:
    assert sum(map(divided, before)) >= 4
    assert sum(map(divided, after)) <= sum(map(divided, before)) / 3


def test_fewer_pages_are_a_line_short(before: list[Any], after: list[Any]) -> None:
    """Of chapters that end well; where one does not, pages are a line short for its end's sake."""
    well = [(plain, mended) for plain, mended in zip(before, after, strict=True) if len(plain[-1]) >= 5]
    short = [
        sum(len(page) < LINES for found in books for page in found[:-1]) for books in zip(*well, strict=True)
    ]
    assert short[1] < short[0]


def test_chapters_end_with_more_than_a_few_lines(before: list[Any], after: list[Any]) -> None:
    few = [sum(len(found[-1]) < 5 for found in books) for books in (before, after)]
    assert few[0] >= 3
    assert few[1] <= few[0] / 3


def test_pages_are_a_line_short_at_most_and_two_and_two(after: list[Any]) -> None:
    for found in after:
        assert all(LINES - 2 <= len(page) <= LINES for page in found[:-1])


def test_a_page_that_stays_two_lines_short_is_a_line_long_or_has_one_from_its_neighbour() -> None:
    room = f"@page {{ size: 300pt {LINES * LEADING + 70}pt; margin-bottom: 70pt }}"
    for seed in (5, 6, 10):
        body = prose(seed, 22)
        found = pages(body, nudge=True, extra=room)
        assert words(found) == words(pages(body, nudge=False, extra=room))
        assert {len(page) - LINES for page in found[:-1]} <= {-1, 0, 1}
        assert divided(found) == 0


@pytest.mark.slow
def test_the_style_sheet_says_how_far_it_goes() -> None:
    same = [seed for seed in SEEDS if pages(prose(seed), nudge=True, extra="html { --nudges: 0 1.75 5 }")
            == pages(prose(seed), nudge=False)]  # fmt: skip
    assert same == list(SEEDS)


def test_chapters_are_mended_by_themselves(after: list[Any]) -> None:
    """What one chapter is set as does not depend on those before and after it."""
    together = pages("".join(f"<section>{prose(seed)}</section>" for seed in (3, 4, 5)), nudge=True)
    assert together == [page for seed in (3, 4, 5) for page in after[seed]]


def test_the_same_is_nudged_in_the_same_way(after: list[Any]) -> None:
    assert [pages(prose(seed), nudge=True) for seed in (0, 7)] == [after[0], after[7]]


def test_notes_stay_with_their_pages() -> None:
    for seed in range(8):
        noted = prose(seed).replace(" nobody", ' nobody<span class="note">A note about nobody.</span>', 3)
        plain, mended = (pages(noted, nudge=nudge) for nudge in (False, True))
        assert sorted(words(mended)) == sorted(words(plain))
        for page in mended:
            body = [line for line in page if "note about" not in line]
            assert sum(line.count("nobody") for line in body) >= sum("note about" in line for line in page)


def test_what_is_used_of_the_page_maker_is_there() -> None:
    for function, parameters in (
        (layout.make_all_pages, ["context", "root_box", "html", "pages"]),
        (page_layout.remake_page, ["index", "context", "root_box", "html"]),
        (page_layout.page_height, ["box", "context", "containing_block_height"]),
    ):
        assert list(inspect.signature(function).parameters) == parameters
    source = inspect.getsource(page_layout.make_all_pages)
    assert "remake_page(i, context, root_box, html)" in source
    for state in ("content_changed", "pages_wanted", "anchors", "content_lookups"):
        assert f"remake_state['{state}']" in source
    assert "context.page_maker = context.page_maker[:i + 1]" in source


# Pictures

DRAWN = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='200' height='140'/>"
FIGURE = f'<figure><img src="{DRAWN}" style="width: 200pt; height: 140pt"></figure>'
FIGURES = f"figure {{ margin: {LEADING}pt 0; break-inside: avoid }} p + p, figure + p {{ text-indent: 0 }}"


def placed(body: str, part: str, *, nudge: bool = True) -> list[list[tuple[float, float]]]:
    """Return width and height, in points, of the pictures on each page."""
    sheet = (
        f"@page {{ size: 300pt {LINES * LEADING}pt; margin: 0 }} {FIGURES}"
        f"html {{ font: 10pt/{LEADING}pt serif; --nudges: 2 1.75 5 {part} }} body, p {{ margin: 0 }}"
        "p { orphans: 2; widows: 2 } section { break-before: page } img { display: block }"
    )
    with nudged() if nudge else nullcontext():
        document = HTML(string=f"<html lang=en-gb><style>{sheet}</style>{body}").render()
    return [
        [
            (round(box.width * 0.75, 1), round(box.height * 0.75, 1))
            for box in page._page_box.descendants()
            if isinstance(box, boxes.ReplacedBox)
        ]
        for page in document.pages
    ]


def short_lines(count: int) -> str:
    return "".join(f"<p>line {number}</p>" for number in range(count))


@pytest.mark.parametrize(("above", "height"), [(9, 140.0), (10, 125.6), (11, 111.6)])
def test_a_picture_that_would_leave_a_hole_is_a_little_smaller(above: int, height: float) -> None:
    body = f"{short_lines(above)}{FIGURE}{short_lines(36)}"
    first, *others = placed(body, "0.75")
    ((wide, high),) = first
    assert high == pytest.approx(height, abs=0.2) and wide / high == pytest.approx(200 / 140, abs=0.01)
    assert not any(others)
    if above > 9:
        assert placed(body, "0.75", nudge=False)[:2] == [[], [(200.0, 140.0)]]


@pytest.mark.parametrize(("above", "part"), [(12, "0.75"), (11, "0.9"), (11, "1"), (11, ""), (19, "0.4")])
def test_a_picture_keeps_its_size_where_it_would_lose_too_much_of_it_or_leaves_no_hole(
    above: int, part: str
) -> None:
    body = f"{short_lines(above)}{FIGURE}{short_lines(36)}"
    assert placed(body, part)[:2] == [[], [(200.0, 140.0)]]


def test_a_picture_gives_way_to_the_room_that_what_stands_above_keeps_below_it() -> None:
    above = f"{short_lines(8)}<div style='margin-bottom: {3 * LEADING}pt'>{short_lines(1)}</div>"
    first, *others = placed(f"{above}{FIGURE}{short_lines(36)}", "0.75")
    assert len(first) == 1 and 105 <= first[0][1] < 140
    assert not any(others)


@pytest.mark.parametrize(("opening", "pages"), [("header", 1), ("div", 0)])
def test_a_title_is_not_left_alone_for_a_picture_that_could_be_much_smaller(opening: str, pages: int) -> None:
    title = f"<{opening}>{short_lines(13)}</{opening}>"
    first, second = placed(f"{title}{FIGURE}{short_lines(36)}", "0.75")[:2]
    assert len(first) == pages and len(second) == 1 - pages


@pytest.mark.parametrize("after", ["", f"<section>{short_lines(5)}</section>"])
def test_a_picture_that_ends_its_chapter_may_come_back_to_the_first_page(after: str) -> None:
    first, *others = placed(f"<section>{short_lines(10)}{FIGURE}</section>{after}", "0.75")
    assert len(first) == 1 and others == ([[]] if after else [])


def test_a_picture_gives_way_to_the_last_lines_of_its_chapter() -> None:
    body = f"<section>{short_lines(3)}{FIGURE}{short_lines(7)}</section><section>{short_lines(9)}</section>"
    assert len(placed(body, "0.75", nudge=False)) == 3
    ((picture,), after) = placed(body, "0.75")
    assert picture[1] == pytest.approx(140 - 2 * LEADING, abs=0.2) and not after


def compounds(seed: int) -> str:
    """Return a picture, and a paragraph of words that can be divided after their hyphens alone."""
    random = Random(seed)
    joined = " ".join("-".join(random.choices(WORDS.split(), k=2)) for _ in range(19))
    return f"{FIGURE}{short_lines(6)}<p>{joined}.</p>{short_lines(9)}"


def test_a_picture_gives_way_where_a_word_would_be_divided_at_a_pages_foot() -> None:
    feet = {}
    for part in ("1", "0.75"):
        limits = (
            f"{FIGURES} html {{ --nudges: 1 1.75 5 {part} }} img {{ display: block }} p {{ hyphens: none }}"
        )
        first = [pages(compounds(seed), nudge=True, extra=limits)[0] for seed in range(12, 18)]
        feet[part] = sum(page[-1].endswith("-") for page in first)
    assert feet["0.75"] < feet["1"]


def test_pictures_are_made_smaller_alike_every_time() -> None:
    body = "".join(f"{short_lines(count)}{FIGURE}" for count in (11, 5, 12, 3, 9, 13, 2))
    assert placed(body, "0.75") == placed(body, "0.75")
    assert sum(map(len, placed(body, "0.75"))) == 7


def test_a_chapter_whose_last_page_has_a_line_or_two_ends_on_longer_pages_before_it() -> None:
    """A pair of facing pages may have a line more, where there is room for it in the margin."""

    def ended(over: int, margin: int) -> list[int]:
        text = "".join(f"<p>line {number}</p>" for number in range(3 * LINES + over))
        sheet = (
            f"@page {{ size: 300pt {LINES * LEADING + margin}pt; margin: 0 0 {margin}pt }}"
            f"html {{ font: 10pt/{LEADING}pt serif; --nudges: 2 1.75 5 }} body, p {{ margin: 0 }}"
            "section { break-before: page }"
        )
        with nudged():
            body = f"<section>{text}</section><section>{text[:400]}</section>"
            document = HTML(string=f"<html lang=en-gb><style>{sheet}</style>{body}").render()
        boxes_of = [page._page_box.descendants() for page in document.pages]
        return [sum(isinstance(box, boxes.LineBox) for box in found) for found in boxes_of]

    assert ended(2, 60)[:3] == [LINES, LINES + 1, LINES + 1]
    assert sum(ended(2, 60)[:3]) == 3 * LINES + 2
    assert max(ended(2, 40)) == LINES, "the margin is too small"
    assert max(ended(5, 60)) == LINES, "five lines are no short page"


# Ends of chapters


@pytest.mark.parametrize(
    ("block", "line"),
    [
        ("<ul>{}</ul>", "<li>item {}</li>"),
        ("<blockquote>{}</blockquote>", "<p>said {}</p>"),
        ("<pre>{}</pre>", "code {}\n"),
    ],
)
def test_a_chapter_that_ends_with_a_few_lines_of_a_list_or_of_code_is_mended(block: str, line: str) -> None:
    """A paragraph before them is set a line tighter or looser, as for lines of running text."""
    extra = "ul, blockquote, pre { margin: 0; padding: 0 12pt } pre { font-size: 9pt; line-height: 12pt }"
    text = prose(1, 8)
    count = sum(len(page) for page in pages(text, nudge=False))
    body = text + block.format("".join(line.format(number) for number in range(LINES - count % LINES + 3)))
    before, after = (pages(body, nudge=nudge, extra=extra) for nudge in (False, True))
    assert words(before) == words(after)
    assert len(before[-1]) < 5
    assert len(after) < len(before) or len(after[-1]) >= 5
