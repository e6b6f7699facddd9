"""Lines of text painted: quickly where they are plain, and with slots where folios go in at binding.

WeasyPrint asks Pango for every glyph by itself. Here a run's glyphs are read at once,
and what each is written as is remembered; what is out of the ordinary (emoji, raised
glyphs, characters that no font has) is left to WeasyPrint. Bold letters of a family that has none,
as those of East Asia here, are drawn with a line around them.

A folio of another place in the book, in figures that are all of one width, is painted
as a slot: a content stream of its own, which another with as many figures can replace.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from struct import calcsize, iter_unpack
from typing import Any

from weasyprint.draw import text as drawing
from weasyprint.text.ffi import FROM_UNITS, ffi, pango
from weasyprint.text.line_break import create_layout

from book.press.engine.targets import Owner

Glyph = tuple[int, int, int, int]
"""Identifier, width, and offsets to the right and up in Pango's units."""

RECORD = "=Iiii4x"
"""A glyph as Pango keeps it; the flags at its end, which are not all set, are passed over."""
_SIZE = calcsize(RECORD)
_DIGITS = "0123456789"
_NEW_PANGO = pango.pango_version() >= 14802  # one before tells sizes of fonts that are not theirs
_plain_line = drawing.draw_first_line
_BOLD = 600
"""From this weight on letters are bold."""
_THICKER = 0.025
"""Of the size: the line that is drawn around letters that should be bold, in a font that has none."""
_FILLED, _OUTLINED = 0, 2


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a folio: whose it is, and how each figure is written in a content stream.

    `before` and `after` are written around the figures, by the same operation.
    """

    target: str
    figures: tuple[str, ...]
    before: str = ""
    after: str = ""


class Mark(bytes):
    """The operation that a slot stands at, among those of a stream."""

    slot: Slot


@dataclass(slots=True)
class Painter:
    """Paints lines; `slots` has the target and the figures of each box that shows a folio."""

    slots: Mapping[Owner, tuple[str, str]]
    filled: set[Owner] = field(default_factory=set)
    refused: set[Owner] = field(default_factory=set)
    _figures: dict[Any, Sequence[Glyph] | None] = field(default_factory=dict)

    def draw_first_line(
        self, stream: Any, textbox: Any, text_overflow: str, block_ellipsis: Any, matrix: Any
    ) -> Any:
        """Stand in for WeasyPrint's function of that name."""
        element = getattr(textbox, "element", None)  # the letters of a drawing have none
        owner = (element, textbox.element_tag) if element is not None else None
        wanted = self.slots.get(owner) if owner is not None else None
        runs = None
        if text_overflow != "ellipsis" and block_ellipsis == "none" and _shows(textbox) and _NEW_PANGO:
            pango.pango_layout_set_single_paragraph_mode(textbox.pango_layout.layout, True)
            runs = _runs(textbox, stream)
        on_page = "Subtype" not in stream.extra  # and not in a form, which may be shown in several places
        slot = self._slot(wanted, textbox, runs) if wanted and on_page else None
        if owner is not None and wanted and _folio(wanted[1], textbox.text):
            (self.filled if slot else self.refused).add(owner)
        if runs is None:
            return _plain_line(stream, textbox, text_overflow, block_ellipsis, matrix)
        stream.set_text_matrix(*matrix.values)
        if any(run.thickened for run in runs):
            stream.set_color(textbox.style["color"], stroke=True)
        _paint(stream, runs, slot)
        return []

    def _slot(self, wanted: tuple[str, str], textbox: Any, runs: list[_Run] | None) -> _Place | None:
        """Return the slot in a line that has a glyph for each character, and its place there."""
        found = _folio(wanted[1], textbox.text)
        if found is None or runs is None or sum(len(run.glyphs) for run in runs) != len(textbox.text):
            return None
        number, start = _run_at(runs, found.start())
        run, end = runs[number], start + len(wanted[1])
        key = (run.font.hash, run.size, textbox.text[: found.start()], textbox.text[found.end() :])
        if key not in self._figures:
            self._figures[key] = _figures(textbox, *found.span())
        figures = self._figures[key]
        shapes = {glyph[1:] for glyph in run.glyphs[start:end]}
        if figures is None or end > len(run.glyphs) or shapes != {figures[0][1:]}:
            return None
        return _Place(Slot(wanted[0], tuple(map(run.written, figures))), number, start, end)


@dataclass(frozen=True, slots=True)
class _Place:
    """A slot in a line: the number of its run, and the glyphs there that stand for it."""

    slot: Slot
    run: int
    start: int
    end: int


def _run_at(runs: Sequence[_Run], place: int) -> tuple[int, int]:
    """Return which run holds the glyph at a place in a line, and where in the run it is."""
    for number, run in enumerate(runs):
        if place < len(run.glyphs):
            return number, place
        place -= len(run.glyphs)
    raise IndexError(place)


def _folio(digits: str, text: str) -> re.Match[str] | None:
    """Find the only figures in a text, if they are these."""
    found = list(re.finditer(r"\d+", text))
    return found[0] if len(found) == 1 and found[0][0] == digits else None


def _shows(textbox: Any) -> bool:
    return bool(textbox.text.strip()) and textbox.style["font_size"] >= 1e-6


@dataclass(slots=True)
class _Run:
    """Glyphs of one font; `known` is what such are written as, remembered as long as the font lives."""

    font: Any
    size: float
    glyphs: list[Glyph]
    pango_font: Any
    stream: Any
    known: dict[Glyph, str]
    thickened: bool
    """Whether bold letters were asked for, and the font has none: their outlines are drawn too."""

    def written(self, *glyphs: Glyph) -> str:
        """Return what stands in a content stream for glyphs."""
        for glyph in glyphs:
            if glyph not in self.known:
                self.known[glyph] = self._write(glyph)
        return "".join(map(self.known.__getitem__, glyphs))

    def _write(self, glyph: Glyph) -> str:
        number, width, right = glyph[:3]
        widths, stream = self.font.widths, self.stream
        if number not in widths:
            pango.pango_font_get_glyph_extents(self.pango_font, number, stream.ink_rect, stream.logical_rect)
            widths[number] = round(stream.logical_rect.width * 1000 * FROM_UNITS / self.size)
        offset = right / self.size
        kerning = widths[number] + offset - width * 1000 * FROM_UNITS / self.size
        before = f">{-offset}<" if offset else ""
        after = f">{int(kerning)}<" if kerning else ""
        return f"{before}{number:04x}{after}"


def _known(font: Any, size: float) -> dict[Glyph, str]:
    """Return what the glyphs of a font are written as in a size."""
    by_size: dict[float, dict[Glyph, str]] = vars(font).setdefault("_written", {})
    return by_size.setdefault(size, {})


def _runs(textbox: Any, stream: Any) -> list[_Run] | None:
    """Read the glyphs of a line; None where something in it is out of the ordinary."""
    line, _ = textbox.pango_layout.get_first_line()
    runs: list[_Run] = []
    node, last = line.runs[0], None
    bold = textbox.style["font_weight"] >= _BOLD
    while node != ffi.NULL:
        item, node = node.data, node.next
        pango_font = item.item.analysis.font
        if pango_font != last:
            last, (font, size) = pango_font, stream.add_font(pango_font)
            known = _known(font, size)
        glyphs = _glyphs(item.glyphs)
        run = _Run(font, size, glyphs, pango_font, stream, known, bold and font.weight < _BOLD)
        if not known.keys() >= set(glyphs):  # else they were looked at before
            if not _plain(font, glyphs):
                return None
            _note_texts(item, glyphs, font, textbox)
            run.written(*glyphs)
        runs.append(run)
    return runs


def _plain(font: Any, glyphs: Sequence[Glyph]) -> bool:
    if font.svg or font.png or font.colr or font.bitmap:
        return False
    return all(0 < number < pango.PANGO_GLYPH_EMPTY and not up for number, _, _, up in glyphs)


def _glyphs(string: Any) -> list[Glyph]:
    return list(iter_unpack(RECORD, ffi.buffer(string.glyphs, string.num_glyphs * _SIZE)))


def _note_texts(item: Any, glyphs: Sequence[Glyph], font: Any, textbox: Any) -> None:
    """Note for each glyph that is new to a font what it shows."""
    known = font.to_unicode
    new = [at for at, glyph in enumerate(glyphs) if glyph[0] not in known]
    if not new:
        return
    raw = textbox.pango_layout.text.encode()
    start, length, clusters = item.item.offset, item.item.length, item.glyphs.log_clusters
    backwards = item.item.analysis.level % 2
    for at in new:
        if backwards:
            end = length if at == 0 else clusters[at - 1]
        else:
            end = length if at == len(glyphs) - 1 else clusters[at + 1]
        known.setdefault(glyphs[at][0], raw[start + clusters[at] : start + end].decode())


def _paint(stream: Any, runs: Sequence[_Run], place: _Place | None) -> None:
    string, last, thickened = "", None, False
    for number, run in enumerate(runs):
        if run.pango_font != last:
            last = run.pango_font
            if string:
                stream.show_text(string)
            string = ""
            stream.set_font_size(run.font.hash, run.size)
            if run.thickened != thickened:
                thickened = _thicken(stream, run)
        if place is not None and place.run == number:
            _paint_slot(stream, string, run, place)
            string = ""
        else:
            string += _bracketed("".join(map(run.known.__getitem__, run.glyphs)))
    if string or place is None:
        stream.show_text(string)
    if thickened:
        stream.set_text_rendering(_FILLED)


def _thicken(stream: Any, run: _Run) -> bool:
    """Have outlines drawn around letters, or no longer; tell which."""
    if run.thickened:
        stream.set_line_width(run.size * _THICKER)
    stream.set_text_rendering(_OUTLINED if run.thickened else _FILLED)
    return run.thickened


def _paint_slot(stream: Any, string: str, run: _Run, place: _Place) -> None:
    """Paint a run with a slot, after a `string` that is not painted yet."""
    before, folio, after = (
        run.written(*run.glyphs[start:end])
        for start, end in ((0, place.start), (place.start, place.end), (place.end, None))
    )
    slot = replace(place.slot, before=f"{string}<{before}", after=f"{after}>")
    for digit, figure in zip(_DIGITS, place.slot.figures, strict=True):
        run.font.to_unicode.setdefault(int(re.sub(r">[^<]*<", "", figure), 16), digit)
    mark = Mark(f"[{slot.before}{folio}{slot.after}] TJ".replace("<>", "").encode())
    mark.slot = slot
    stream.stream.append(mark)


def _bracketed(written: str) -> str:
    """Put brackets round glyphs; a number at the end stands outside of them."""
    whole = f"<{written}>"
    return whole.removesuffix("<>")


def _figures(textbox: Any, start: int, end: int) -> list[Glyph] | None:
    """Return the ten figures as they would be set in a line; None if they are not of one width."""
    text, style = textbox.text, textbox.style
    figures, others = [], set()
    for digit in _DIGITS:
        layout = create_layout(text[:start] + digit * 2 + text[end:], style, None, None, 0)
        lines = list(_lines(layout))
        if len(lines) != 1 or len(lines[0]) != start + 2 + len(text) - end:
            return None
        glyphs = lines[0]
        figures += glyphs[start : start + 2]
        others.add((*glyphs[:start], *glyphs[start + 2 :]))
    if len(others) > 1 or len({glyph[1:] for glyph in figures}) > 1 or figures[::2] != figures[1::2]:
        return None
    return figures[::2]


def _lines(layout: Any) -> Iterator[list[Glyph]]:
    """Yield the glyphs of each run in a layout's first line."""
    node = layout.get_first_line()[0].runs[0]
    while node != ffi.NULL:
        yield _glyphs(node.data.glyphs)
        node = node.next
