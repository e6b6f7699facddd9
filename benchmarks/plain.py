"""Plain WeasyPrint over one document of the XHTML and styles that the press sets, to measure against.

Lines are greedy and nothing is tagged, as in the builds beside it. What stands for a folio that is
printed in the text is a number of as many figures: WeasyPrint would set its one document again and
again until all those numbers are true, which takes four times as long and would measure nothing else.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from book import config
from book.arrange import arrange
from book.desk import Desk
from book.editions.pdf import shaped
from book.press.leaves import leaf
from book.press.pageplan import Wishes, plan
from book.press.press import Press
from book.press.thememargins import inside_and_outside
from book.profile import load
from book.read import read
from book.typeset import typeset

_PAGES = 3
"""About how many pages a post has, for the gutter of so thick a book."""

_FOLIO = re.compile(r"target-counter\(\s*(?:attr\([^)]*\)|[^(),]*)\s*,\s*page\s*(?:,[^)]*)?\)")


def main(root: Path, out: Path) -> None:
    """Read and typeset the project `root` as a build does, and have WeasyPrint alone make the PDF."""
    project = config.load(root)
    book = arrange(read(project, jobs=2), project.config)
    composition = typeset(book, project, project.config.style, "print")
    planned = plan(load("a5", root), Wishes(), inside_and_outside(composition.sheets))
    _, values = shaped(planned, composition, planned.gutter(_PAGES * len(list(book.posts))))
    with TemporaryDirectory() as store:
        press = Press(composition, Desk("plain", out, Path(store)), values)
        setup = press.setup
        document = Element("html", {"lang": setup.language})
        body = ElementTree.SubElement(document, "body")
        body.extend(leaf(galley.body, foot=setup.foot) for galley in composition.galleys)
        _print(document, [settled(sheet.text) for sheet in setup.sheets], setup.assets, out)


def settled(css: str) -> str:
    """Print a number in place of every folio that a sheet asks for."""
    return _FOLIO.sub('"888"', css)


def _print(document: Element, sheets: list[str], assets: object, out: Path) -> None:
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    from book.press.engine.fetcher import BookFetcher

    fonts, fetcher = FontConfiguration(), BookFetcher(assets)  # type: ignore[arg-type]
    styles = [CSS(string=text, font_config=fonts, url_fetcher=fetcher) for text in sheets]
    html = HTML(string=ElementTree.tostring(document, encoding="unicode", method="html"), url_fetcher=fetcher)
    html.write_pdf(out, stylesheets=styles, font_config=fonts)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
