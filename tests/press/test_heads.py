"""Running heads that are too long for their place are cut at a word, and leave the folio alone."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pypdfium2
import pytest

from book.build import build

TITLE = "Notes, letters, recipes, weather, gardens, engines, journeys, ferries and other matters of a blog"
POST = "So it is as it was and we do as we did and so on, said the printer of the well-made line. " * 60


def rows(page: Any) -> list[list[tuple[float, float, str]]]:
    """Return the signs of a page, line by line from the head: where they begin and end."""
    text = page.get_textpage()
    found: dict[int, list[tuple[float, float, str]]] = {}
    for number in range(text.count_chars()):
        left, bottom, right, top = text.get_charbox(number, loose=True)
        sign = text.get_text_range(number, 1)
        if sign.strip() and right > left:
            found.setdefault(round((bottom + top) / 8), []).append((left, right, sign))
    return [sorted(found[row]) for row in sorted(found, reverse=True)]


def beside_folio(line: list[tuple[float, float, str]]) -> list[float]:
    """Return the room, in points, between the figures of a line and the letters beside them."""
    return [
        after[0] - before[1] for before, after in pairwise(line) if before[2].isdigit() != after[2].isdigit()
    ]


@pytest.mark.parametrize("theme", ["octavo", "novel", "essays", "notebook", "large-print", "album", "diary"])
def test_a_long_title_is_cut_before_it_reaches_the_folio(theme: str, manuscript: Any) -> None:
    toml = f'title = "{TITLE}"\nlanguage = "en"\n[style]\ntheme = "{theme}"\n[editions.p]\nformat = "pdf"\n'
    root = manuscript({"2020-01-01-a": f"---\ntitle: {TITLE.swapcase()}\n---\n\n{POST}"}, toml=toml)
    document = pypdfium2.PdfDocument(build(root).editions[0].path)
    cut = 0
    for page in document:
        if "as we did" in page.get_textpage().get_text_range():
            lines = rows(page)
            body = [line for line in lines if len(line) > 20]
            left, right = min(line[0][0] for line in body), max(line[-1][1] for line in body)
            for line in (lines[0], lines[-1]):
                assert left - 0.6 <= line[0][0] and line[-1][1] <= right + 0.6
                assert all(after[0] - before[1] > -2 for before, after in pairwise(line))
                if any(sign == "…" for *_, sign in line):
                    assert all(room >= 6 for room in beside_folio(line))
                cut += any(sign == "…" for *_, sign in line)
    document.close()
    assert cut >= 1


def test_a_title_that_has_room_is_whole(manuscript: Any) -> None:
    toml = 'title = "A Short Title"\nlanguage = "en"\n[editions.p]\nformat = "pdf"\n'
    root = manuscript({"2020-01-01-a": f"---\ntitle: A\n---\n\n{POST}"}, toml=toml)
    document = pypdfium2.PdfDocument(build(root).editions[0].path)
    heads = ["".join(sign for *_, sign in rows(page)[0]).lower() for page in document if rows(page)]
    document.close()
    assert sum("ashorttitle" in head for head in heads) >= 2
