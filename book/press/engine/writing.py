"""Painted pages as parts of the book: PDFs that leave fonts and outlines to the finished file."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from typing import Any

import pydyf
from weasyprint import DEFAULT_OPTIONS, document, pdf
from weasyprint.document import Document, Page
from weasyprint.draw import draw_page, draw_stacking_context
from weasyprint.draw import text as drawing
from weasyprint.formatting_structure.boxes import InlineBox
from weasyprint.pdf import stream
from weasyprint.pdf.fonts import Font
from weasyprint.pdf.metadata import DocumentMetadata
from weasyprint.stacking import StackingContext

from book.press.engine.continued import hooks
from book.press.engine.drawings import whole_or_not
from book.press.engine.pages import replaced
from book.press.engine.painting import Mark, Painter, Slot
from book.press.engine.shaping import remembered
from book.press.engine.structure import mend
from book.press.engine.veils import veiled
from book.press.fontuse import FontUse


class _Font(Font):  # type: ignore[misc]
    """A font whose stand-ins for missing glyphs do not depend on what else a part holds."""

    def get_unused_glyph_id(self, codepoint: int) -> int:
        last = 2**16 - 1
        room = max(1, last - self.glyph_count)
        return int(self.missing.setdefault(codepoint, last - codepoint % room))


class _Part(Document):  # type: ignore[misc]
    def make_bookmark_tree(self, scale: float = 1, transform_pages: bool = False) -> list[Any]:
        return []


def write(
    pages: Sequence[Page],
    engine: Any,
    *,
    bodies_only: bool = False,
    tagged: bool = False,
    dead: frozenset[str] = frozenset(),
    prefix: str = "",
    painter: Painter | None = None,
) -> tuple[bytes, tuple[FontUse, ...], list[list[Slot]]]:
    """Paint pages as a part of the book; tell which fonts it needs, and the slots of each page.

    With `bodies_only`, page backgrounds and margins are left out. Links to `dead`
    identifiers are left out. `prefix` keeps identifiers of structure elements
    apart from those of other parts. The contents of a page are a list of streams then,
    every second of which is a slot of the `painter`.
    """
    data, used, slots = write_with_fonts(
        pages, engine, bodies_only=bodies_only, tagged=tagged, dead=dead, prefix=prefix, painter=painter
    )
    return data, tuple(_use(font) for font in used), slots


def write_with_fonts(
    pages: Sequence[Page],
    engine: Any,
    *,
    bodies_only: bool = False,
    tagged: bool = False,
    dead: frozenset[str] = frozenset(),
    prefix: str = "",
    painter: Painter | None = None,
) -> tuple[bytes, list[Any], list[list[Slot]]]:
    """Do as `write` does, and return the fonts themselves."""
    part = _Part(
        list(pages),
        DocumentMetadata(lang="-"),
        engine.fetcher,
        engine.font_configuration,
        engine.profiles,
        None,
    )
    used: list[Any] = []
    slots: list[list[Slot]] = []
    painter = painter or Painter({})
    draw = _draw_body if bodies_only else draw_page
    with (
        remembered(),
        whole_or_not(),
        hooks(),
        veiled() if tagged else nullcontext(),
        replaced(stream, Font=_Font),
        replaced(document, draw_page=draw),
        replaced(drawing, draw_first_line=painter.draw_first_line),
        replaced(
            pdf,
            build_fonts_dictionary=functools.partial(_keep_fonts, used),
            resolve_links=functools.partial(_links, dead),
        ),
    ):
        data = part.write_pdf(
            finisher=functools.partial(_set_apart, prefix, slots), **{**DEFAULT_OPTIONS, "pdf_tags": tagged}
        )
    return data, used, slots


def _draw_body(page: Any, canvas: Any) -> None:
    draw_stacking_context(canvas, StackingContext.from_page(page))


def _keep_fonts(used: list[Any], _pdf: Any, fonts: Mapping[Any, Any], *_: Any) -> pydyf.Dictionary:
    used.extend(fonts.values())
    return pydyf.Dictionary()


def _links(dead: frozenset[str], pages: Sequence[Page]) -> Iterator[tuple[list[Any], list[Any]]]:
    """Stand in for `resolve_links`: targets lie anywhere in the book, and are named at binding.

    What stands inside a link is no link of its own: that would lie twice on the same words.
    """
    for page in pages:
        own = (link for link in page.links if link[3].link or not isinstance(link[3], InlineBox))
        yield [link for link in own if link[0] != "internal" or link[1] not in dead], []


def _set_apart(prefix: str, slots: list[list[Slot]], _document: Any, part: pydyf.PDF) -> None:
    mend(part)
    streams = {thing.reference: thing for thing in part.objects if isinstance(thing, pydyf.Stream)}
    pages = [thing for thing in part.objects if isinstance(thing, dict) and thing.get("Type") == "/Page"]
    slots += [_cut(page, streams[page["Contents"]], part) for page in pages]
    for thing in part.objects:
        if prefix and isinstance(thing, pydyf.Dictionary) and isinstance(thing.get("ID"), pydyf.String):
            thing["ID"].string = f"{prefix}-{thing['ID'].string}"


def _cut(page: Any, stream: Any, part: pydyf.PDF) -> list[Slot]:
    """Cut the contents of a page at its slots, and return these."""
    marks = [at for at, operation in enumerate(stream.stream) if isinstance(operation, Mark)]
    if not marks:
        return []
    edges = [0, *(edge for at in marks for edge in (at, at + 1)), len(stream.stream)]
    pieces = [stream.stream[start:end] for start, end in itertools.pairwise(edges)]
    stream.stream, others = pieces[0], [pydyf.Stream(piece, compress=True) for piece in pieces[1:]]
    for other in others:
        part.add_object(other)
    page["Contents"] = pydyf.Array([one.reference for one in (stream, *others)])
    return [mark.slot for piece in pieces[1::2] for mark in piece]


def _use(font: Any) -> FontUse:
    return {
        "hash": font.hash,
        "family": font.family,
        "style": int(font.style),
        "weight": int(font.weight),
        "texts": {str(glyph): text for glyph, text in font.to_unicode.items()},
        "widths": {str(glyph): width for glyph, width in font.widths.items()},
        "missing": {str(codepoint): glyph for codepoint, glyph in font.missing.items()},
    }
