"""Lines of text painted: quickly where they are plain, and with slots where folios go in at binding.

What is out of the ordinary (emoji, characters that no font has) is left to WeasyPrint. Bold letters
of a family that has none, as those of East Asia here, are drawn with a line around them. Where glyphs
do not tell which letters they show, these are written beside them, for those who search or listen.

A folio of another place in the book, in figures that are all of one width, is painted
as a slot: a content stream of its own, which another with as many figures can replace.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from weasyprint.draw import text as drawing
from weasyprint.text.ffi import FROM_UNITS, ffi, pango
from weasyprint.text.line_break import create_layout

from book.press.engine.glyphs import Glyph, Run, glyphs_of, runs_of
from book.press.engine.targets import Owner
from book.press.proofs import Opening

_DIGITS = "0123456789"
_NEW_PANGO = pango.pango_version() >= 14802  # one before tells sizes of fonts that are not theirs
_plain_line = drawing.draw_first_line
_THICKER = 0.025
"""Of the size: the line that is drawn around letters that should be bold, in a font that has none."""
_FILLED, _OUTLINED = 0, 2
_EMPTY = "<>"


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a folio: whose it is, and how each figure is written in a content stream.

    `before` and `after` are written around the figures, by the same operation.
    """

    target: str
    figures: tuple[str, ...]
    before: str = ""
    after: str = ""

    def opening(self) -> Opening:
        """Return it as plain data."""
        return (self.target, self.figures, self.before, self.after)


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
            runs = runs_of(textbox, stream)
        on_page = "Subtype" not in stream.extra  # and not in a form, which may be shown in several places
        slot = self._slot(wanted, textbox, runs) if wanted and on_page else None
        if owner is not None and wanted and folio_in(wanted[1], textbox.text):
            (self.filled if slot else self.refused).add(owner)
        if runs is None:
            with _without_empty_strings(stream):
                return _plain_line(stream, textbox, text_overflow, block_ellipsis, matrix)
        stream.set_text_matrix(*matrix.values)
        if any(run.thickened for run in runs):
            stream.set_color(textbox.style["color"], stroke=True)
        _paint(stream, runs, slot)
        return []

    def _slot(self, wanted: tuple[str, str], textbox: Any, runs: list[Run] | None) -> _Place | None:
        """Return the slot in a line that has a glyph for each character, and its place there."""
        found = folio_in(wanted[1], textbox.text)
        if found is None or runs is None or sum(len(run.glyphs) for run in runs) != len(textbox.text):
            return None
        number, start = _run_at(runs, found.start())
        run, end = runs[number], start + len(wanted[1])
        if run.raised:
            return None
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


def _run_at(runs: Sequence[Run], place: int) -> tuple[int, int]:
    """Return which run holds the glyph at a place in a line, and where in the run it is."""
    for number, run in enumerate(runs):
        if place < len(run.glyphs):
            return number, place
        place -= len(run.glyphs)
    raise IndexError(place)


def folio_in(digits: str, text: str) -> re.Match[str] | None:
    """Find these figures in a text, if they stand there once."""
    found = [figures for figures in re.finditer(r"\d+", text) if figures[0] == digits]
    return found[0] if len(found) == 1 else None


def _shows(textbox: Any) -> bool:
    return bool(textbox.text.strip()) and textbox.style["font_size"] >= 1e-6


def _paint(stream: Any, runs: Sequence[Run], place: _Place | None) -> None:
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
        elif run.says is not None or run.raised:
            if string:
                stream.show_text(string)
            string = ""
            _paint_apart(stream, run)
        else:
            string += _bracketed("".join(map(run.known.__getitem__, run.glyphs)))
    if string or place is None:
        stream.show_text(string)
    if thickened:
        stream.set_text_rendering(_FILLED)


def _paint_apart(stream: Any, run: Run) -> None:
    """Paint a run with glyphs off the line, or that do not tell what they show."""
    if run.says is not None:
        letters = b"\xfe\xff" + run.says.encode("utf-16-be")
        stream.stream.append(f"/Span <</ActualText <{letters.hex()}>>> BDC".encode())
    for up, glyphs in groupby(run.glyphs, key=lambda glyph: glyph[3]):
        if up:
            stream.set_text_rise(-up * FROM_UNITS)
        if shown := _bracketed(run.written(*glyphs)).strip():
            stream.show_text(shown)
        if up:
            stream.set_text_rise(0)
    if run.says is not None:
        stream.stream.append(b"EMC")


def _thicken(stream: Any, run: Run) -> bool:
    """Have outlines drawn around letters, or no longer; tell which."""
    if run.thickened:
        stream.set_line_width(run.size * _THICKER)
    stream.set_text_rendering(_OUTLINED if run.thickened else _FILLED)
    return run.thickened


def _paint_slot(stream: Any, string: str, run: Run, place: _Place) -> None:
    """Paint a run with a slot, after a `string` that is not painted yet."""
    before, folio, after = (
        run.written(*run.glyphs[start:end])
        for start, end in ((0, place.start), (place.start, place.end), (place.end, None))
    )
    slot = replace(place.slot, before=f"{string}<{before}", after=f"{after}>")
    for digit, figure in zip(_DIGITS, place.slot.figures, strict=True):
        run.font.to_unicode.setdefault(int(re.sub(r">[^<]*<", "", figure), 16), digit)
    mark = Mark(f"[{slot.before}{folio}{slot.after}] TJ".replace(_EMPTY, " ").encode())
    mark.slot = slot
    stream.stream.append(mark)


def _bracketed(written: str) -> str:
    """Put brackets round glyphs; a number at either end stands outside of them."""
    return f"<{written}>".replace(_EMPTY, " ")


@contextmanager
def _without_empty_strings(stream: Any) -> Iterator[None]:
    """Have a stream leave strings without a glyph out of what it shows.

    PDFium, the reader in Chrome, loses the space after what is shown with one.
    """
    show = stream.show_text
    stream.show_text = lambda string: show(string.replace(_EMPTY, " "))
    try:
        yield
    finally:
        del stream.show_text


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
        yield glyphs_of(node.data.glyphs)
        node = node.next
