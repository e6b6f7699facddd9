"""Front and back matter in real editions: each piece in its place, with the numerals of its part."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree
from test_media import picture

from book import build
from book.labels import catalogue

WRITTEN = {
    "foreword": "Foreword words",
    "preface": "Preface words",
    "acknowledgements": "Thanks words",
    "introduction": "Introduction words",
    "afterword": "Afterword words",
    "appendix": "Appendix words",
    "glossary": "Zebra\n:   A horse.",
    "about": "About words",
}
TOML = """
title = "All of It"
author = "Ann Author"
series = "The Small Shelf"
volume = 2
also = ["One Thing", "Another Thing"]
publisher = "Lean-to"
dedication = "For nobody"
epigraph = "Say it once"

[index]
of = ["tags"]

[editions.ebook]
format = "epub"
isbn = "978-3-16-148410-0"
page-list = "paperback"

[editions.paperback]
format = "pdf"
isbn = "978-1-4028-9462-6"
"""
ORDER = (
    ("i", "All of It"), ("ii", "The Small Shelf Volume 2 One Thing Another Thing"),
    ("iii", "All of It Ann Author Lean-to"), ("iv", "All of It Copyright"), ("v", "For nobody"),
    ("vii", "Say it once"), ("ix", "Contents"), ("xi", "Foreword words"), ("xiii", "Preface words"),
    ("xv", "Thanks words"), ("xvii", "Introduction words"), ("1", "One A zebra"),
    ("3", "Afterword words"), ("5", "Appendix words"), ("7", "Glossary Zebra"), ("9", "About words"),
    ("11", "Index"), ("12", "The text is set in"),
)  # fmt: skip


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    root = tmp_path_factory.mktemp("matter")
    (root / "chapters").mkdir()
    (root / "book.toml").write_text(TOML)
    (root / "chapters" / "2016-01-01-one.md").write_text("---\ntitle: One\ntags: [Horses]\n---\n\nA zebra.\n")
    for role, text in WRITTEN.items():
        (root / "chapters" / f"x-{role}.md").write_text(f"---\nrole: {role}\n---\n\n{text}\n")
    return {one.format: one.path for one in build(root, out=root / "out").editions}


def test_every_piece_has_its_place_and_its_numerals_in_print(editions: dict[str, Path]) -> None:
    document = pypdfium2.PdfDocument(editions["pdf"])
    pages = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    labels = [document.get_page_label(number) for number in range(len(pages))]
    shown = {label: text for label, text in zip(labels, pages, strict=True) if text}
    assert list(shown) == [label for label, _ in ORDER]
    for label, words in ORDER:
        plain = re.sub(r"\W", "", shown[label]).casefold()
        assert re.sub(r"\W", "", words).casefold() in plain, (label, shown[label])


def test_the_copyright_page_names_every_isbn_in_both_editions(editions: dict[str, Path]) -> None:
    expected = ["ISBN 978-3-16-148410-0 (ebook)", "ISBN 978-1-4028-9462-6 (paperback)"]
    document = pypdfium2.PdfDocument(editions["pdf"])
    printed = " ".join(document[3].get_textpage().get_text_range().split())
    with zipfile.ZipFile(editions["epub"]) as packed:
        shown = packed.read("EPUB/text/copyright-page.xhtml").decode()
    assert [isbn in printed and isbn in shown for isbn in expected] == [True, True]


def test_the_ebook_has_the_same_pieces_in_the_same_order(editions: dict[str, Path]) -> None:
    with zipfile.ZipFile(editions["epub"]) as packed:
        package = etree.fromstring(packed.read("EPUB/content.opf"))
        types = {
            name.removeprefix("EPUB/text/").removesuffix(".xhtml"): set(
                re.findall(r'<section[^>]* epub:type="([\w-]+)"', packed.read(name).decode())
            )
            for name in packed.namelist()
            if name.startswith("EPUB/text/")
        }
    hrefs = {item.get("id"): item.get("href") for item in package.iter("{*}item")}
    spine = [Path(hrefs[ref.get("idref")]).stem for ref in package.iter("{*}itemref")]
    assert spine[1:] == [
        "halftitlepage", "series-page", "titlepage", "copyright-page", "dedication", "epigraph", "nav",
        "foreword", "preface", "acknowledgments", "introduction", "2016-01-01-one", "afterword", "appendix",
        "glossary", "about-the-author", "index", "colophon",
    ]  # fmt: skip
    assert types["series-page"] == {"seriespage"}
    assert types["glossary"] == {"glossary"}


@pytest.mark.parametrize("language", sorted(p.stem for p in Path(catalogue("en").path.parent).glob("*.toml")))
def test_labels_of_the_matter_are_no_english_by_accident(language: str) -> None:
    if language == "en":
        pytest.skip("this is English")
    labels, english = catalogue(language), catalogue("en")
    for key in ("also-by", "series-page", "edition-hardback", "posts", "year-letter"):
        assert labels.words[key] != english.words[key]


def test_rights_that_say_whose_they_are_stand_alone_and_a_list_of_pictures_has_words(tmp_path: Path) -> None:
    (tmp_path / "chapters" / "media").mkdir(parents=True)
    toml = 'title = "R"\nauthor = "Ann"\nrights = "© 2020 **Ann**, CC BY 4.0"\n[index]\npictures = true\n'
    (tmp_path / "book.toml").write_text(toml + '[editions.ebook]\nformat = "epub"\n')
    (tmp_path / "chapters" / "media" / "heap-2.png").write_bytes(picture())
    shown = "".join(
        f"![{words}](media/heap-2.png)\n\n" for words in ("IMG_0042", "heap-2", "A heap", "image")
    )
    captioned = '![](media/heap-2.png "The same heap")\n'
    (tmp_path / "chapters" / "2016-01-01-one.md").write_text(f"---\ntitle: One\n---\n\n{shown}{captioned}")
    [made] = build(tmp_path, out=tmp_path / "out").editions
    with zipfile.ZipFile(made.path) as packed:
        owned = packed.read("EPUB/text/copyright-page.xhtml").decode()
        listed = packed.read("EPUB/text/pictures.xhtml").decode()
    assert owned.count("©") == 1 and "Copyright ©" not in owned
    assert re.findall(r'class="entry">([^<]*)<', listed) == ["A heap", "The same heap"]
