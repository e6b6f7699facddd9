"""Picture the sample book in every theme for the manual: `python docs/themes.py [NAME …] [--into FOLDER]`.

For each theme two pictures: a spread, which the studio shows too, and what it makes of a title page, the
contents and a chapter on a phone. The phone needs Playwright and a Chromium.
"""

from __future__ import annotations

import argparse
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from PIL import Image

from book import config, resources
from book.arrange import arrange
from book.config import Project
from book.desk import Desk
from book.editions import epub, pdf
from book.model import Book
from book.read import read
from book.typeset import typeset

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from chromium import CHROMIUM
from pages import _framed, bookmarks, page

ROOT = Path(__file__).resolve().parents[1]
LOOKS = ROOT / "docs" / "looks"
UNTIL = "2023"
"""How much of the sample is set: its first year."""

TRIMS = {"album": "210mm x 210mm", "large-print": "156mm x 234mm"}
"""The trims that these themes like; the others are pictured at A5."""

CHAPTERS = {"diary": "month"}
"""What a chapter is in the themes that like another than the sample's."""

PHONE, DOTS = {"width": 375, "height": 700}, 1.6
HEIGHT = 560


def main() -> None:
    """Write both pictures of the themes that are named, else of all."""
    parser = argparse.ArgumentParser(description="Picture the sample book in every theme.")
    known = sorted(path.stem for path in resources.builtin("styles").glob("*.toml"))
    parser.add_argument("names", nargs="*", metavar="NAME", help="a theme; else all of them")
    parser.add_argument(
        "--into", type=Path, help="one folder to write to, instead of `styles` and `docs/looks`"
    )
    given = parser.parse_args()
    for folder in (styles := given.into or ROOT / "styles", looks := given.into or LOOKS):
        folder.mkdir(parents=True, exist_ok=True)
    for name in given.names or known:
        with TemporaryDirectory() as folder:
            spread, look = pictured(name, Path(folder))
        spread.save(styles / f"{name}.png", optimize=True)
        look.save(looks / f"{name}{'-look' if given.into else ''}.png", optimize=True)


def pictured(name: str, folder: Path) -> tuple[Image.Image, Image.Image]:
    """Set the sample in a theme, and return its best spread and its other looks."""
    project = config.load(ROOT)
    rules = replace(project.config.chapters, until=UNTIL, by=CHAPTERS.get(name, "post"))
    style = replace(project.config.style, theme=name, settings={}, stylesheets=())
    project = replace(project, config=replace(project.config, chapters=rules, style=style))
    book = arrange(read(project), project.config, project=ROOT)
    document = printed(book, project, TRIMS.get(name, "a5"), folder)
    title, contents = page(document, 2), page(document, bookmarks(document)["Contents"])
    return spread(document), beside(title, contents, phone(book, project, folder))


def printed(book: Book, project: Project, trim: str, folder: Path) -> pypdfium2.PdfDocument:
    """Set the book in pages."""
    file = folder / "book.pdf"
    pdf.bind(
        typeset(book, project, project.config.style, "print"), Desk("print", file, project.store), trim=trim
    )
    return pypdfium2.PdfDocument(file.read_bytes())


def spread(document: pypdfium2.PdfDocument) -> Image.Image:
    """Return the spread with a chapter's opening in it whose two pages have the most on them."""
    places = [place for title, place in bookmarks(document).items() if place > 8]
    versos = sorted({place - 1 + place % 2 for place in places if place + 1 < len(document)})
    return _framed(max(([page(document, at), page(document, at + 1)] for at in versos), key=fullness))


def fullness(pages: list[Image.Image]) -> float:
    """Tell how far down the emptier of two pages there is something, and a little of how much."""
    feet = [
        (
            one.crop((0, 0, one.width, round(0.87 * one.height))).point(lambda v: 255 * (v < 200)).getbbox()
            or (0,) * 4
        )[3]
        / one.height
        for one in pages
    ]
    ink = sum(
        1 - sum(v * n for v, n in enumerate(one.histogram())) / (255 * one.width * one.height)
        for one in pages
    )
    return min(feet) + 2 * ink


def phone(book: Book, project: Project, folder: Path) -> Image.Image:
    """Show the beginning of the first chapter's EPUB on a phone."""
    from playwright.sync_api import sync_playwright

    file = folder / "book.epub"
    epub.bind(typeset(book, project, project.config.style, "screen"), Desk("ebook", file, project.store))
    with zipfile.ZipFile(file) as archive:
        archive.extractall(folder / "epub")
    chapter = next(path for path in chapters(folder / "epub"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        shown = browser.new_page(viewport=PHONE, device_scale_factor=DOTS)  # type: ignore[arg-type]
        shown.goto(chapter.as_uri())
        shown.add_style_tag(content="html { padding: 12px 10px; overflow: hidden; }")
        shown.screenshot(path=folder / "phone.png")
        browser.close()
    return Image.open(folder / "phone.png").convert("L")


def chapters(folder: Path) -> Iterator[Path]:
    """Yield the documents of chapters in the order of their names."""
    for path in sorted(folder.rglob("*.xhtml")):
        if 'class="chapter' in path.read_text(encoding="utf-8"):
            yield path


def beside(*pictures: Image.Image) -> Image.Image:
    """Set pictures of one height beside each other, each in a hairline."""
    same = [
        one.resize((round(one.width * HEIGHT / one.height), HEIGHT), Image.Resampling.LANCZOS)
        for one in pictures
    ]
    sheet = Image.new("L", (sum(one.width for one in same) + 14 * len(same) + 2, HEIGHT + 2), 255)
    left = 0
    for one in same:
        sheet.paste(205, (left, 0, left + one.width + 2, HEIGHT + 2))
        sheet.paste(one, (left + 1, 1))
        left += one.width + 16
    return sheet.crop((0, 0, left - 14, HEIGHT + 2)).point([value // 17 * 17 for value in range(256)])


if __name__ == "__main__":
    main()
