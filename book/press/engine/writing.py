"""Painted pages as parts of the book: PDFs that leave fonts and outlines to the finished file."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pydyf
from weasyprint import DEFAULT_OPTIONS, document, pdf
from weasyprint.document import Document, Page
from weasyprint.draw import draw_page, draw_stacking_context
from weasyprint.formatting_structure.boxes import InlineBox
from weasyprint.pdf import stream
from weasyprint.pdf.fonts import Font
from weasyprint.pdf.metadata import DocumentMetadata
from weasyprint.stacking import StackingContext

from book.press.engine.pages import replaced
from book.press.engine.structure import mend
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
) -> tuple[bytes, tuple[FontUse, ...]]:
    """Paint pages as a part of the book, and tell which fonts it needs.

    With `bodies_only`, page backgrounds and margins are left out. Links to `dead`
    identifiers are left out. `prefix` keeps identifiers of structure elements
    apart from those of other parts.
    """
    data, used = write_with_fonts(
        pages, engine, bodies_only=bodies_only, tagged=tagged, dead=dead, prefix=prefix
    )
    return data, tuple(_use(font) for font in used)


def write_with_fonts(
    pages: Sequence[Page],
    engine: Any,
    *,
    bodies_only: bool = False,
    tagged: bool = False,
    dead: frozenset[str] = frozenset(),
    prefix: str = "",
) -> tuple[bytes, list[Any]]:
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
    draw = _draw_body if bodies_only else draw_page
    with (
        replaced(stream, Font=_Font),
        replaced(document, draw_page=draw),
        replaced(
            pdf,
            build_fonts_dictionary=functools.partial(_keep_fonts, used),
            resolve_links=functools.partial(_links, dead),
        ),
    ):
        data = part.write_pdf(
            finisher=functools.partial(_set_apart, prefix), **{**DEFAULT_OPTIONS, "pdf_tags": tagged}
        )
    return data, used


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


def _set_apart(prefix: str, _document: Any, part: pydyf.PDF) -> None:
    mend(part)
    for thing in part.objects:
        if prefix and isinstance(thing, pydyf.Dictionary) and isinstance(thing.get("ID"), pydyf.String):
            thing["ID"].string = f"{prefix}-{thing['ID'].string}"


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
