from __future__ import annotations

import re

from book.press.paragraphs import Ending, Paragraph, Run, balanced, endings

TEXT = (
    "In olden times, when wishing still helped one, there lived a king whose daughters were all "
    "beautiful, but the youngest was so incomparably beautiful that the sun itself was astonished"
)


def measure(text: str) -> float:
    return sum(3.0 if character == " " else 6.0 for character in text)


def syllables(word: str) -> list[int]:
    return [3, 6] if len(word) > 8 else []


def places(text: str) -> list[int]:
    return [match.end() for match in re.finditer(r" +|-|—", text)]


def runs(*ends: int) -> list[Run]:
    starts = [0, *ends[:-1]]
    return [Run(start, end, measure, syllables) for start, end in zip(starts, ends, strict=True)]


def set_lines(text: str, found: list[Ending]) -> list[str]:
    resumes = [0, *(ending.resume for ending in found)]
    stops = [*(ending.stop for ending in found), len(text)]
    return [text[start:stop] for start, stop in zip(resumes, stops, strict=True)]


def test_lines_together_are_the_text() -> None:
    found = endings(Paragraph(TEXT, places(TEXT), runs(len(TEXT)), 260.0, 12.0))
    assert found is not None
    shown = set_lines(TEXT, found)
    joins = ["" if ending.hyphen else " " for ending in found]
    together = shown[0] + "".join(join + line for join, line in zip(joins, shown[1:], strict=True))
    assert together == TEXT
    assert all(measure(line) <= 260.0 * 1.05 for line in shown)


def test_a_change_of_style_changes_nothing_but_widths() -> None:
    whole = endings(Paragraph(TEXT, places(TEXT), runs(len(TEXT)), 260.0, 0.0))
    parted = endings(Paragraph(TEXT, places(TEXT), runs(30, 70, len(TEXT)), 260.0, 0.0))
    assert whole == parted


def test_hyphens_only_where_spaces_alone_will_not_do() -> None:
    easy = "so it is as it was and we do as we did " * 6
    found = endings(Paragraph(easy, places(easy), runs(len(easy)), 200.0, 0.0))
    assert found is not None
    assert not any(ending.hyphen for ending in found)
    hard = "considerations of the notwithstanding circumstances " * 6
    found = endings(Paragraph(hard, places(hard), runs(len(hard)), 240.0, 0.0))
    assert found is not None
    assert any(ending.hyphen for ending in found)


def test_a_word_wider_than_the_measure_is_left_to_others() -> None:
    text = "a https://example.org/an/address/that/goes/on/and/on b"
    assert endings(Paragraph(text, places(text), runs(len(text)), 100.0, 0.0)) is None


def test_titles_are_set_in_lines_of_like_width() -> None:
    title = "Accreditation: take a bad idea and make it dafter"
    found = balanced(Paragraph(title, places(title), runs(len(title)), 240.0, 0.0))
    assert found is not None
    shown = set_lines(title, found)
    assert len(shown) == 2
    assert abs(measure(shown[0]) - measure(shown[1])) < 60
    assert balanced(Paragraph("Short", [], runs(5), 280.0, 0.0)) is None
    assert balanced(Paragraph("a incomprehensibilities", [2], runs(23), 60.0, 0.0)) is None


def hyphened(lines: list[str]) -> int:
    """Return how many lines in a row end in a hyphen at most."""
    run = most = 0
    for line in lines:
        run = run + 1 if line.endswith("-") else 0
        most = max(most, run)
    return most


def test_hyphens_of_the_authors_count_in_ladders() -> None:
    text = "well-meant half-hearted ever-growing so-called self-made over-long ill-suited " * 6
    marks = [n for n in range(1, len(text)) if text[n - 1] in " -"]
    worst = 0
    for width in range(120, 320, 10):
        found = endings(Paragraph(text, marks, runs(len(text)), float(width), 0.0))
        assert found is not None
        shown = set_lines(text, found)
        assert "".join(shown).replace(" ", "") == text.replace(" ", "")
        worst = max(worst, hyphened(shown))
    assert 0 < worst <= 2


def test_an_address_leaves_the_lines_around_it_even() -> None:
    easy = "so it is as it was and we do as we did and so on " * 4
    text = f"See: https://example.org/addresses/on/a/line {easy}"
    whole = Run(0, len(text), measure, lambda _: [])
    found = endings(Paragraph(text, places(text), [whole], 260.0, 0.0))
    assert found is not None
    shown = set_lines(text, found)
    assert shown[0] == "See:"
    assert all(260.0 - measure(line) < 0.5 * 5 * line.count(" ") for line in shown[2:-1])


def test_names_of_machines_and_files_are_not_divided() -> None:
    text = "wonderfully weblogging.example.org and beautiful some_considerable_thing or wonderfully."
    always = Run(0, len(text), measure, lambda word: [3] if len(word) > 4 else [])
    divided = set()
    for width in range(40, 400, 3):
        found = endings(Paragraph(text, places(text), [always], float(width), 0.0)) or []
        parts = {(text[: one.stop].split()[-1], text[one.stop :].split()[0]) for one in found if one.hyphen}
        divided |= {(before + after).rstrip(".") for before, after in parts}
    assert divided == {"wonderfully", "beautiful"}


def test_a_last_line_of_a_few_letters_is_worth_wider_spaces_but_no_holes() -> None:
    for count, word, width, last in (
        (12, "ff.", 185.0, "ab ff."),  # spaces of 1.8 times their width
        (6, "ff.", 101.0, "ff."),  # they would be of 3.4 times
        (12, "after.", 185.0, "after."),
    ):
        text = "ab " * count + word
        found = endings(Paragraph(text, places(text), runs(len(text)), width))
        assert found is not None
        assert set_lines(text, found)[-1] == last
