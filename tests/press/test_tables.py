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
