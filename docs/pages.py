"""Picture pages of the sample book for the README: `python docs/pages.py [PDF] [--into FOLDER]`.

Build the book first (`make book`, or `book build`).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
PDF = ROOT / "out" / "a-forme-of-words-paperback.pdf"
HEIGHT = 880  # pixels a page
EDGE = 205  # the grey of a page's outline

CONTENTS = "Contents"
OPENING = "A Forme of Words"
SPREADS = {  # the first verso and recto of these chapters
    "spread": "The Right Side and the Other One",
    "text": "Making It Again",
}


def main() -> None:
    """Write the title page, the contents, a chapter opening and two spreads as PNG files."""
    parser = argparse.ArgumentParser(description="Picture pages of the sample book.")
    parser.add_argument("pdf", type=Path, nargs="?", default=PDF, help="the paperback")
    parser.add_argument("--into", type=Path, default=ROOT / "docs" / "pages", help="the folder to write to")
    given = parser.parse_args()
    if not given.pdf.is_file():
        parser.error(f"there is no {given.pdf}: build the book first")
    given.into.mkdir(parents=True, exist_ok=True)
    for name, picture in pictures(pypdfium2.PdfDocument(given.pdf)):
        picture.save(given.into / name, optimize=True)


def pictures(pdf: pypdfium2.PdfDocument) -> Iterator[tuple[str, Image.Image]]:
    """Make the pictures; a page is found by its bookmark, so that they stay right as the book grows."""
    places = bookmarks(pdf)
    for name, index in (("title", 2), ("contents", places[CONTENTS]), ("opening", places[OPENING])):
        yield f"{name}.png", _framed([page(pdf, index)])
    for name, chapter in SPREADS.items():
        verso = places[chapter] + (places[chapter] + 1) % 2  # counted from 0, versos have odd places
        yield f"{name}.png", _framed([page(pdf, verso), page(pdf, verso + 1)])


def bookmarks(pdf: pypdfium2.PdfDocument) -> dict[str, int]:
    """Return the place of each bookmark's page; of two with one name, the first."""
    found: dict[str, int] = {}
    for bookmark in pdf.get_toc():
        index = bookmark.get_dest().get_index()
        found.setdefault(bookmark.get_title(), index)
    return found


def page(pdf: pypdfium2.PdfDocument, index: int) -> Image.Image:
    """Render one page in sixteen greys."""
    leaf = pdf[index]
    picture = leaf.render(scale=HEIGHT / leaf.get_height(), grayscale=True).to_pil().convert("L")
    return picture.point([value // 17 * 17 for value in range(256)])


def _framed(pages: list[Image.Image]) -> Image.Image:
    """Set pages side by side, as a book lies open, with a hairline round each."""
    width, height = pages[0].size
    sheet = Image.new("L", (len(pages) * (width + 1) + 1, height + 2), EDGE)
    for number, picture in enumerate(pages):
        sheet.paste(picture, (1 + number * (width + 1), 1))
    return sheet


if __name__ == "__main__":
    main()
