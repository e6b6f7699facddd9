"""The baseline grid: lines of text stand a leading apart, whatever is set in them."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from book.build import build
from book.proofreading._letters import proofs

WORDS = "so it is as it was and we do as we did and so on, said the printer of the well-made line. " * 3
INSIDE = {
    "code": 'the file `chapters/__init__.py` and `x["y"]`',
    "keys": "the key <kbd>Ctrl</kbd> and <samp>done</samp>",
    "raised": "H<sub>2</sub>O on the 4<sup>th</sup> of March",
    "a note": "a word[^1]",
    "marks": "**bold**, *slanted*, ~~gone~~ and <ins>come</ins>",
    "signs": "a shrug 🤷, an arrow → and a tick ✓",
    "Greek": "the word λόγος, and Дом beside it",
    "a link": "[a link](https://example.org/a-long-address/that-is-printed)",
}
LIST = "Before it.\n\nTerm\n: What it means.\n\nAnother\n: What that means.\n\n" + WORDS


def steps(root: Path) -> set[float]:
    """Return by how many lines those of running text stand apart; titles and folios are short."""
    (edition,) = build(root).editions
    book = proofs(edition.path)
    body = [[line for line in page.body if len(line.text) > 12] for page in book.text]
    body = [lines for lines in body if sum("it was" in line.text for line in lines) > 2]
    assert body
    return {
        round((above.baseline - below.baseline) / book.leading, 1)
        for lines in body
        for above, below in pairwise(lines)
    }


@pytest.mark.parametrize("what", INSIDE)
def test_what_stands_in_a_line_leaves_it_on_the_grid(what: str, manuscript: Any) -> None:
    note = "\n\n[^1]: A note.\n" if "[^1]" in INSIDE[what] else ""
    text = "\n\n".join(f"{WORDS}{INSIDE[what] if n == 1 else 'and so on'} {WORDS}" for n in range(3))
    toml = 'title = "A"\nlanguage = "en"\n[editions.p]\nformat = "pdf"\nlinebreaks = "greedy"\n'
    root = manuscript({"2020-01-01-a": f"---\ntitle: A\n---\n\n{text}{note}"}, toml=toml)
    assert steps(root) == {1.0}


@pytest.mark.parametrize("theme", ["octavo", "novel", "essays", "diary", "album", "notebook", "large-print"])
def test_code_in_a_line_and_terms_are_on_the_grid_of_every_theme(theme: str, manuscript: Any) -> None:
    toml = f'title = "A"\nlanguage = "en"\n[style]\ntheme = "{theme}"\n[editions.p]\nformat = "pdf"\n'
    post = f"---\ntitle: A\n---\n\n{WORDS}\n\n{WORDS}{INSIDE['code']} {WORDS}\n\n{LIST}"
    found = steps(manuscript({"2020-01-01-a": post}, toml=toml))
    assert all(step * 2 == round(step * 2) for step in found), found
