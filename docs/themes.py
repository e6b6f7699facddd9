"""Picture the sample book in every theme for the manual: `python docs/themes.py [--into FOLDER]`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import pypdfium2

from book import config, resources
from book.arrange import arrange
from book.desk import Desk
from book.editions import pdf
from book.read import read
from book.typeset import typeset

sys.path.insert(0, str(Path(__file__).parent))

from pages import _framed, bookmarks, page

ROOT = Path(__file__).resolve().parents[1]
CHAPTER = "Stocktaking"
TRIMS = {"album": "210mm x 210mm", "large-print": "156mm x 234mm"}
"""The trims that these themes like; the others are pictured at A5."""


def main() -> None:
    """Write the first spread of one chapter in every built-in theme as PNG files."""
    parser = argparse.ArgumentParser(description="Picture the sample book in every theme.")
    parser.add_argument("--into", type=Path, default=ROOT / "styles", help="the folder to write to")
    into = parser.parse_args().into
    into.mkdir(parents=True, exist_ok=True)
    project = config.load(ROOT)
    book = arrange(read(project), project.config, project=ROOT)
    for name in sorted(path.stem for path in resources.builtin("styles").glob("*.toml")):
        style = replace(project.config.style, theme=name, settings={}, stylesheets=())
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "book.pdf"
            composition = typeset(book, project, style, "print")
            pdf.bind(composition, Desk(name, file, project.store), trim=TRIMS.get(name, "a5"))
            document = pypdfium2.PdfDocument(file.read_bytes())
        first = bookmarks(document)[CHAPTER]
        verso = first + (first + 1) % 2
        _framed([page(document, verso), page(document, verso + 1)]).save(into / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
