"""Contents pages of a printed book: every folio has words on its line, every line stays in the measure."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest

from book.build import build

LONG = "Taumatawhakatangihangakoauauotamateaturipukakapikimaungahoronukupokaiwhenuakitanatahu"
BOOK = """\
format-version = 1
title = "A Long Way"
language = "en"
[chapters]
by = "post"
[style]
theme = "{theme}"
[editions.print]
format = "pdf"
"""


def contents(folder: Path, theme: str, titles: list[str]) -> list[pypdfium2.PdfTextPage]:
    """Bind a book of posts with these titles; return the text pages of its contents."""
    (folder / "chapters").mkdir(exist_ok=True)
    (folder / "book.toml").write_text(BOOK.format(theme=theme), encoding="utf-8")
    for number, title in enumerate(titles):
        header = f'---\ntitle: "{title}"\ndate: 2020-01-{number + 1:02d}\n---\n\nWords.\n'
        (folder / "chapters" / f"post-{number}.md").write_text(header, encoding="utf-8")
    document = pypdfium2.PdfDocument(build(folder, out=folder / "out").editions[0].path)
    pages = [page.get_textpage() for page in document]
    first = next(n for n, page in enumerate(pages) if "contents" in page.get_text_range().lower())
    last = next(n for n in range(first + 1, len(pages)) if "Words." in pages[n].get_text_range())
    return [page for page in pages[first:last] if page.get_text_range().strip()]


def lines(pages: list[pypdfium2.PdfTextPage]) -> list[str]:
    found = [line.strip() for page in pages for line in page.get_text_range().splitlines()]
    return [line for line in found if line and not re.fullmatch("[ivx]+", line)]


@pytest.mark.parametrize("theme", ["octavo", "essays", "large-print"])
def test_no_line_holds_a_folio_alone(tmp_path: Path, theme: str) -> None:
    titles = ["The walk " + "on " * words + "home" for words in range(2, 26)]
    pages = contents(tmp_path, theme, titles)
    found = lines(pages)
    folios = [line for line in found if re.search(r"\d+$", line) and not re.search("2020$", line)]
    assert len(folios) >= len(titles)
    assert not [line for line in found if re.fullmatch(r"[ .…]*\d{1,2}", line)]
    assert (
        theme == "essays" or min(before_dots(pages)) > 1
    )  # of a smaller date they would stand in the last letter


def before_dots(pages: list[pypdfium2.PdfTextPage]) -> list[float]:
    """Return how many points there are from the last letter of each entry to the dots of its leader."""
    return [
        page.get_charbox(found.start("dots"), loose=True)[0] - page.get_charbox(found.start("letter"))[2]
        for page in pages
        for found in re.finditer(r"(?P<letter>\w) *(?P<dots>\.) ?\.", page.get_text_range())
    ]


def test_a_word_wider_than_the_measure_begins_on_the_first_line_of_its_entry(tmp_path: Path) -> None:
    pages = contents(tmp_path, "octavo", ["Before", LONG, "After"])
    entries = [line for line in lines(pages) if line[:4] in ("Befo", "Taum", "Afte")]
    assert len(entries) == 3
    text = pages[0].get_text_range()
    tops = [pages[0].get_charbox(text.index(line))[3] for line in entries]
    leading = 14.0
    assert tops[0] - tops[1] == pytest.approx(leading, abs=2)
    assert tops[1] - tops[2] == pytest.approx(2 * leading, abs=2)


@pytest.mark.slow
def test_the_last_page_of_contents_does_not_hold_one_entry_alone(tmp_path: Path) -> None:
    for count in range(25, 29):  # in one folder: the posts before are remembered
        last = contents(tmp_path, "octavo", [f"Post {n}" for n in range(count)])[-1]
        assert len(re.findall(r"Post \d+", last.get_text_range())) >= 4
