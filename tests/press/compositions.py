"""Compositions made by hand, for tests of the press: small books with everything a page can have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from book import fonts
from book.desk import Desk
from book.model import Book, Composition, Entry, Galley, Media, Metadata, Sheet
from book.press import geometry
from book.press.press import Press, Printed

FAMILY = "Source Code Pro"

CSS = """\
@page { margin: 12mm 10mm 14mm; }
@page chapter:left { margin-left: 10mm; margin-right: 14mm;
  @top-left { content: counter(page); } @top-center { content: string(book); } }
@page chapter:right { margin-left: 14mm; margin-right: 10mm;
  @top-center { content: string(chapter); } @top-right { content: counter(page); } }
@page chapter:nth(1 of chapter) { @top-left { content: none; } @top-center { content: none; }
  @top-right { content: none; } @bottom-center { content: counter(page); } }
@page front { @bottom-center { content: counter(page, lower-roman); } }
@page :blank { @top-left { content: none; } @top-center { content: none; } @top-right { content: none; }
  @bottom-center { content: none; } }
html { font: 10pt/14pt "Source Code Pro"; }
body { margin: 0; }
p { margin: 0; orphans: 2; widows: 2; text-align: justify; hyphens: auto; }
h1 { font-size: 16pt; line-height: 28pt; margin: 0 0 14pt; break-after: avoid; bookmark-level: none; }
section.titlepage { page: silent; break-before: recto; }
section.toc { page: front; break-before: recto; }
section.part { page: silent; break-before: recto; }
section.chapter { page: chapter; counter-reset: footnote; }
section.part h1, section.chapter h1 { bookmark-level: 1; }
section.part ~ section.chapter h1 { bookmark-level: 2; }
section.titlepage h1 { string-set: book content(); }
section.chapter h1 { string-set: chapter content(); }
section.toc a::after { content: leader(".") target-counter(attr(href), page); }
span.footnote { float: footnote; font-size: 8pt; line-height: 10pt; }
img { width: 40mm; }
"""

WORDS = (
    "In olden times when wishing still helped one there lived a king whose daughters were all "
    "beautiful but the youngest was so beautiful that the sun itself was astonished whenever it shone "
)


def text(paragraphs: int = 1) -> str:
    """Return some paragraphs of prose."""
    return f"<p>{WORDS * 2}</p>" * paragraphs


def chapter(slug: str, title: str, body: str, *, role: str = "chapter") -> Galley:
    """Make the galley of a chapter or part."""
    ident = f"post-{slug}"
    markup = f'<section class="{role}" id="{ident}"><h1>{title}</h1>{body}</section>'
    return Galley(slug, ident, role, "body", title, "en-US", markup, (slug,))


def front(chapters: Sequence[Galley]) -> tuple[Galley, ...]:
    """Make a title page and contents."""
    lines = "".join(f'<li><a href="#{one.ident}">{one.title}</a></li>' for one in chapters)
    title = '<section class="titlepage" id="titlepage"><h1>The Book</h1></section>'
    toc = f'<section class="toc" id="toc"><h1>Contents</h1><nav><ol>{lines}</ol></nav></section>'
    return (
        Galley("titlepage", "titlepage", "titlepage", "front", "The Book", "en-US", title),
        Galley("toc", "toc", "toc", "front", "Contents", "en-US", toc),
    )


def composition(
    chapters: Sequence[Galley],
    *,
    css: str = "",
    openings: str = "page",
    media: Sequence[Media] = (),
    more: Mapping[str, Any] | None = None,
) -> Composition:
    """Make a whole book of chapters."""
    metadata = Metadata(
        title="The Book",
        language="en-US",
        identifier="urn:uuid:00000000-0000-4000-8000-000000000000",
        authors=("A. Writer",),
        subjects=("tales", "kings"),
        modified=datetime(2017, 8, 30, 12, tzinfo=UTC),
        **(more or {}),
    )
    return Composition(
        book=Book(metadata, (), (), (), tuple(media)),
        galleys=(*front(chapters), *chapters),
        contents=tuple(Entry(one.title, one.ident) for one in chapters),
        sheets=(Sheet("print.css", CSS), Sheet("mine.css", css, Path("styles/mine.css"))),
        faces=fonts.faces([FAMILY]),
        settings={"openings": openings, "families": (FAMILY,)},
    )


def press(made: Composition, folder: Path, *, jobs: int = 1, fresh: bool = False, **options: Any) -> Press:
    """Make a press for a composition, with `folder` to remember work in."""
    first = next((galley.ident for galley in made.galleys if galley.matter == "body"), None)
    values = geometry.sheet(
        geometry.page("a6", {}, bleed=options.pop("bleed", None)), made.settings["openings"], first
    )
    desk = Desk("paperback", folder / "book.pdf", folder / "store", jobs, fresh)
    return Press(made, desk, Sheet("values", values), **options)


def printed(made: Composition, folder: Path, **options: Any) -> Printed:
    """Print a composition."""
    return press(made, folder, **options).print()


def pages(pdf: bytes) -> list[str]:
    """Return the text of each page, its lines parted by newlines."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    found = [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]
    document.close()
    return found
