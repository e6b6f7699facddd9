"""Tables at a page's foot: short ones stand whole, and of longer ones no row is left alone."""

from __future__ import annotations

import re
from itertools import chain
from typing import Any

import pypdfium2
import pytest

from book.build import build

LINES = range(12, 30)


@pytest.mark.parametrize("rows", [5, 12])
def test_rows_stand_together(rows: int, manuscript: Any) -> None:
    posts = {}
    for number, lines in enumerate(LINES, 1):
        text = "\n\n".join(f"Line {line}." for line in range(lines))
        table = "\n".join(
            ["| Sign | Means |", "|---|---|", *(f"| t{number}r{row} | words |" for row in range(rows))]
        )
        posts[f"2020-01-{number:02d}-post-{number}"] = f"---\ntitle: Post\n---\n\n{text}\n\n{table}\n"
    root = manuscript(posts, toml='title = "A"\nlanguage = "en"\n[editions.p]\nformat = "pdf"\n')
    document = pypdfium2.PdfDocument(build(root).editions[0].path)
    found = [re.findall(r"t(\d+)r\d+", page.get_textpage().get_text_range()) for page in document]
    document.close()
    on_pages = {table: [page.count(table) for page in found if table in page] for table in {*chain(*found)}}
    assert len(on_pages) == len(LINES)
    assert all(sum(counts) == rows for counts in on_pages.values())
    assert all(min(counts) >= 2 for counts in on_pages.values())
    parted = [counts for counts in on_pages.values() if len(counts) > 1]
    assert not parted if rows == 5 else len(parted) >= 3


def wide(columns: int, first: str, figures: str) -> str:
    head = " | ".join(["Name", *("September" for _ in range(columns))])
    row = " | ".join([first, *(figures for _ in range(columns))])
    return f"| {head} |\n|{'---|' * (columns + 1)}\n" + f"| {row} |\n" * 2


def test_words_give_way_before_figures_and_nothing_leaves_the_measure(manuscript: Any) -> None:
    posts = {
        "2020-01-01-a": "# Many\n\nText.\n\n" + wide(13, "Petropavlovsk", "49,083"),
        "2020-01-02-b": "# More\n\nText.\n\n" + wide(28, "A", "731"),
        "2020-01-03-c": "# Most\n\nText.\n\n" + wide(40, "A", "7313"),
    }
    root = manuscript(posts, toml='title = "A"\nlanguage = "en"\n[editions.p]\nformat = "pdf"\n')
    edition = build(root).editions[0]
    assert edition.warnings
    assert all("a table is wider than the page" in one.message for one in edition.warnings)
    document = pypdfium2.PdfDocument(edition.path)
    texts = [page.get_textpage() for page in document]
    said = "".join(text.get_text_range() for text in texts)
    assert said.count("49,083") == 13 * 2
    assert len(re.findall(r"\b731\b", said)) == 28 * 2  # the third is too wide for any figure
    pages = [(page.get_width(), text) for page, text in zip(document, texts, strict=True)]
    assert all(
        text.get_charbox(place)[0] > 30 and text.get_charbox(place)[2] < width - 30
        for width, text in pages
        for place in range(text.count_chars())
        if text.get_text_range(place, 1).strip()
    )
    document.close()


def test_an_endless_word_is_broken_before_the_type_is_made_smaller(manuscript: Any) -> None:
    name = "configuration_option_with_a_very_long_name"
    table = f"| Name | Means |\n|---|---|\n| `{name}` | {'What it does for us. ' * 5} |\n"
    address = (
        f"| Where | Means |\n|---|---|\n| <https://example.org/documentation/of/it> | {'Words. ' * 30}|\n"
    )
    posts = {"2020-01-01-a": f"# A\n\nText.\n\n{table}\n\n{address}"}
    root = manuscript(posts, toml='title = "A"\nlanguage = "en"\n[editions.p]\nformat = "pdf"\ntrim = "a6"\n')
    edition = build(root).editions[0]
    assert not edition.warnings
    document = pypdfium2.PdfDocument(edition.path)
    lines = "\n".join(page.get_textpage().get_text_range() for page in document).splitlines()
    document.close()
    assert name not in lines
    assert any(line.startswith("configuration_") for line in lines)
    assert any("documentation" in line for line in lines)
