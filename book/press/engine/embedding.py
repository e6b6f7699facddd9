"""Fonts, embedded once for everything that the parts of a book used of them."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any
from xml.etree.ElementTree import Element, SubElement

import pydyf
from weasyprint import DEFAULT_OPTIONS
from weasyprint.pdf.fonts import build_fonts_dictionary

from book.press.engine.engine import Engine
from book.press.engine.writing import write_with_fonts
from book.press.fontuse import FontUse

_OF_MANY_SCRIPTS = "x1☺😀אبกक漢ひ한"
"""For a font of which a part of a sign was used, which has no letter of its own."""

_STYLES = ("normal", "oblique", "italic")


def embed(engine: Engine, uses: Sequence[FontUse]) -> bytes:
    """Return a PDF whose catalogue has, under `/Fonts`, each font by its hash, cut to what was used."""
    fonts = {font.hash: font for font in _opened(engine, uses)}
    for use in uses:
        font = fonts[use["hash"]]
        font.to_unicode = {int(glyph): text for glyph, text in sorted(use["texts"].items(), key=_number)}
        font.widths = {int(glyph): width for glyph, width in sorted(use["widths"].items(), key=_number)}
        font.missing = {int(codepoint): glyph for codepoint, glyph in use["missing"].items()}
    file = pydyf.PDF()
    for font in fonts.values():
        font.clean = partial(_clean, font, font.clean)
    chosen = {name: fonts[name] for name in (use["hash"] for use in uses)}
    dictionary = build_fonts_dictionary(file, chosen, True, True, DEFAULT_OPTIONS)
    file.add_object(dictionary)
    file.catalog["Fonts"] = dictionary.reference
    out = io.BytesIO()
    file.write(out, compress=True)
    return out.getvalue()


def _clean(font: Any, plain: Callable[[Any, Any], None], to_unicode: Any, hinting: Any) -> None:
    """Cut a font to what was used of it, and have it know its glyphs by the numbers that pages use."""
    plain(to_unicode, hinting)
    font.file_content = numbered(font.file_content)


def numbered(data: bytes) -> bytes:
    """Return a font in which a glyph's identifier is its number, as pages take it to be.

    The fonts of East Asia count characters, not glyphs (CFF, CID-keyed), and a page means such a count
    (ISO 32000-1, 9.7.4.2). Viewers are lenient; printers and validators need not be.
    """
    if data[:4] != b"OTTO":
        return data
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(data), recalcBBoxes=False, recalcTimestamp=False)
    top = font["CFF "].cff[0]
    names = [".notdef", *(f"cid{number:05d}" for number in range(1, len(top.charset)))]
    if not hasattr(top, "ROS") or top.charset == names:
        return data
    glyphs = top.CharStrings.charStrings
    top.CharStrings.charStrings = {new: glyphs[old] for new, old in zip(names, top.charset, strict=True)}
    top.charset = names
    font.setGlyphOrder(names)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _number(item: tuple[str, Any]) -> int:
    return int(item[0])


def _opened(engine: Engine, uses: Sequence[FontUse]) -> list[Any]:
    """Have WeasyPrint open the fonts, by setting a letter of each."""
    root = Element("html")
    body = SubElement(root, "body")
    for use in uses:
        SubElement(body, "p", {"style": _style(use)}).text = _letter(use)
    laid = engine.lay_out(root, {})
    return write_with_fonts(engine.bodies(laid), engine)[1]


def _style(use: FontUse) -> str:
    family = use["family"].replace("\\", "\\\\").replace("'", "\\'")
    return (
        f"font: {_STYLES[use['style']]} {use['weight']} 100px '{family}'; font-variant: normal; "
        "page: auto; display: block; hyphens: none; white-space: pre"
    )


def _letter(use: FontUse) -> str:
    """Return letters that the font has; where it was used for nothing but space or missing ones, those."""
    missing = set(use["missing"].values())
    letters: Mapping[str, str] = use["texts"]
    shown = [text for glyph, text in letters.items() if text.strip() and int(glyph) not in missing]
    absent = "".join(chr(int(codepoint)) for codepoint in use["missing"])
    return "".join(shown[:1]) or f"{absent}{''.join(letters.values())}{_OF_MANY_SCRIPTS}"
