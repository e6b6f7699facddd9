from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from binding import drawn, picture
from lxml import etree
from making import config, post, reading

from book import build
from book.arrange import arrange
from book.config import Project, Style
from book.direction import direction
from book.errors import BookError
from book.labels import catalogue
from book.model import Composition, Reading
from book.typeset import typeset

ALL = ("counts", "calendar", "pictures")
DAYS = (date(2016, 2, 29), date(2016, 2, 29), date(2016, 12, 31), date(2017, 5, 1))


def composed(folder: Path, medium: str = "screen", *, language: str = "en-GB", **rules: Any) -> Composition:
    posts = [post(f"p{number}", day, words=600) for number, day in enumerate(DAYS)]
    settings = config(language=language, year_openers=ALL, **rules)
    return typeset(arrange(reading(*posts), settings), Project(folder, settings), Style(), medium)


def opening(made: Composition, name: str) -> Any:
    return etree.fromstring(next(galley.body for galley in made.galleys if galley.ident == name))


@pytest.mark.parametrize(
    ("rules", "name"), [({"parts": "year"}, "part-2016"), ({"by": "year"}, "chapter-2016")]
)
def test_a_year_opens_with_what_was_written_and_when(rules: Any, name: str, tmp_path: Path) -> None:
    root = opening(composed(tmp_path, **rules), name)
    assert root.xpath('string(//p[@class="counts"])') == "3 posts · 1,800 words"
    months = root.xpath('//p[@class="month"]')
    assert [m.xpath("string(span)") for m in months][:2] == ["January", "February"]
    labels = [one.text for one in root.iter("{http://www.w3.org/2000/svg}title")]
    assert (labels[0], labels[1], labels[11]) == ("January: 0 posts", "February: 2 posts", "December: 1 post")
    days = [[float(c.get("r")) for c in m.iter("{*}circle")] for m in months]
    assert [len(month) for month in days] == [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    assert days[1][28] > days[11][30] > days[0][0] == min(days[1])


def test_nothing_is_added_where_it_is_not_asked_for(tmp_path: Path) -> None:
    settings = config(parts="year")
    book = arrange(reading(post("a", date(2016, 1, 1))), settings)
    made = typeset(book, Project(tmp_path, settings), Style(), "print")
    assert "".join(next(g.body for g in made.galleys if g.role == "part").split()) == (
        '<sectionclass="part"id="part-2016"><h1>2016</h1></section>'
    )


def test_openers_in_a_book_without_years_are_told(tmp_path: Path) -> None:
    made = composed(tmp_path)
    assert [notice.message for notice in made.book.warnings] == [
        "`year-openers` is set, and nothing in the book is a year"
    ]
    assert not any("year-calendar" in galley.body for galley in made.galleys)


@pytest.mark.parametrize("language", sorted(p.stem for p in Path(catalogue("en").path.parent).glob("*.toml")))
def test_it_is_said_in_every_language(language: str, tmp_path: Path) -> None:
    root = opening(composed(tmp_path, language=language, parts="year"), "part-2016")
    assert re.search(r"3.*1[.,\s  ٬]?800", root.xpath('string(//p[@class="counts"])'))
    labels = catalogue(language)
    first = f"{labels.month_alone(date(2016, 1, 1))}"
    assert next(root.iter("{http://www.w3.org/2000/svg}title")).text.startswith(first)
    places = [float(one.get("cx")) for one in root.iter("{*}circle")][:31]
    assert places == sorted(places, reverse=direction(language) == "rtl")


@pytest.mark.parametrize(("given", "shown"), [(1, 1), (5, 4), (8, 6), (11, 9), (40, 12)])
def test_a_mosaic_fills_its_rows_from_all_of_the_year(given: int, shown: int, tmp_path: Path) -> None:
    media = [
        picture(f"p{n:02}.png", drawn((200 + n, 150)), tmp_path)
        for n in range(given)
    ] + [picture("icon.png", drawn((16, 16)), tmp_path)]  # fmt: skip
    body = '<figure><img src="media/{0}" alt="{1}"/></figure><p><img src="media/icon.png" alt=""/></p>'
    posts = [
        post(f"s{n:02}", date(2016, 1 + n % 12, 5), media=(media[n].name, "icon.png"),
             body=body.format(media[n].name, "" if n else "A hedge"))
        for n in range(given)
    ]  # fmt: skip
    settings = config(year_openers=("pictures",), parts="year")
    book = arrange(Reading(tuple(posts), tuple(media)), settings)
    made = typeset(book, Project(tmp_path, settings), Style(), "screen")
    found = opening(made, "part-2016").xpath('//div/a[starts-with(@href, "#post-")]/img')
    names = [one.get("src") for one in found]
    assert len(names) == len(set(names)) == shown
    assert "media/icon.png" not in names
    assert found[0].get("alt") == "A hedge"
    assert all(one.get("alt") for one in found)


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A book of two years, with a letter to one of them, one to no year in it, and a link to the first."""
    root = tmp_path_factory.mktemp("years")
    (root / "chapters").mkdir()
    (root / "book.toml").write_text(
        'title = "Y"\n[chapters]\nparts = "year"\nyear-openers = ["counts", "calendar"]\n'
    )
    files = {
        "a": ("title: Aye\ndate: 2016-01-01", "One."),
        "b": ("title: Bee\ndate: 2017-01-01", "Two, after [my letter](letter.md)."),
        "letter": (
            "title: Dear reader\nrole: year-letter\ndate: 2017-12-31",
            "Once only, two[^1].\n\n[^1]: Noted.",
        ),
        "other": ("title: Nowhere\nrole: year-letter\ndate: 2011-12-31", "Lost."),
    }
    for name, (header, text) in files.items():
        (root / "chapters" / f"{name}.md").write_text(f"---\n{header}\n---\n\n{text}\n")
    (root / "chapters" / "index.toml").write_text('[once]\n[two]\nsee-also = "once"\n')
    report = build(root, out=root / "out")
    assert [(one.path.name, one.reason) for one in report.skipped if one.path] == [
        ("other.md", "no part or chapter of the book is the year 2011 that this letter opens")
    ]
    return {one.format: one.path for one in report.editions}


def test_a_letter_opens_its_year_in_print(editions: dict[str, Path]) -> None:
    document = pypdfium2.PdfDocument(editions["pdf"])
    pages = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    at = next(n for n, page in enumerate(pages) if page.startswith("Dear reader"))
    assert "1 Noted." in pages[at]
    assert pages[at - 2].startswith("2017 1 post · 4 words January February")
    assert "Bee" in pages[at + 2]
    assert re.search(r"O once \d+ T two \d+, \d+ see also once", " ".join(pages[-3:]))
    folio = document.get_page_label(at)
    assert f"after my letter (‘Dear reader’, p. {folio})" in pages[at + 2]
    contents = next(page for page in pages if page.startswith("Contents"))
    assert re.search(rf"Dear reader( \.)+ {folio} Bee", contents)


def test_the_ebook_has_no_letter_and_no_link_to_it(editions: dict[str, Path]) -> None:
    with zipfile.ZipFile(editions["epub"]) as packed:
        texts = {name: packed.read(name).decode() for name in packed.namelist() if name.endswith(".xhtml")}
    assert not any("Dear reader" in text or "year-letter" in text for text in texts.values())
    index = texts["EPUB/text/index.xhtml"]
    assert "two" in index
    assert "once" not in index
    assert sum("year-calendar" in text for text in texts.values()) == 2


def test_a_letter_without_a_date_is_an_error(tmp_path: Path) -> None:
    letter = post("letter", date(1970, 1, 1), role="year-letter", kind="page", undated=True)
    with pytest.raises(BookError, match="needs a date of that year"):
        arrange(reading(post("a", date(2016, 1, 1)), letter), config(parts="year"))
