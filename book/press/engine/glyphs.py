"""The glyphs of a line of text, read run by run, with what each is written as in a content stream.

WeasyPrint asks Pango for every glyph by itself. Here a run's glyphs are read at once, and what each
is written as is remembered.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import itemgetter
from struct import calcsize, iter_unpack
from typing import Any

from weasyprint.text.ffi import FROM_UNITS, ffi, pango

from book.press.fontuse import note_text

Glyph = tuple[int, int, int, int]
"""Identifier, width, and offsets to the right and up in Pango's units."""

RECORD = "=Iiii4x"
"""A glyph as Pango keeps it; the flags at its end, which are not all set, are passed over."""
_SIZE = calcsize(RECORD)
_MARK = "\u200f"
"""What a stroke or a dot says that is a part of a letter: that it runs from the right, and nothing else."""
_BOLD = 600
"""From this weight on letters are bold."""


@dataclass(slots=True)
class Run:
    """Glyphs of one font; `known` is what such are written as, remembered as long as the font lives."""

    font: Any
    size: float
    glyphs: list[Glyph]
    pango_font: Any
    stream: Any
    known: dict[Glyph, str]
    thickened: bool
    """Whether bold letters were asked for, and the font has none: their outlines are drawn too."""
    says: str | None = None
    """The text that is shown, where the glyphs do not tell it, as those of Arabic: strokes and dots."""

    @property
    def raised(self) -> bool:
        """Whether a glyph stands above or below the line."""
        return any(up for _, _, _, up in self.glyphs)

    def written(self, *glyphs: Glyph) -> str:
        """Return what stands in a content stream for glyphs."""
        for glyph in glyphs:
            if glyph not in self.known:
                self.known[glyph] = self._write(glyph)
        return "".join(map(self.known.__getitem__, glyphs))

    def _write(self, glyph: Glyph) -> str:
        number, width, right = glyph[:3]
        if number == pango.PANGO_GLYPH_EMPTY:
            return f">{-width * 1000 * FROM_UNITS / self.size}<" if width else ""
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


def _untold(font: Any) -> set[Glyph]:
    """Return the glyphs of runs that did not tell what they show: they are looked at again elsewhere."""
    found: set[Glyph] = vars(font).setdefault("_told_apart", set())
    return found


def runs_of(textbox: Any, stream: Any) -> list[Run] | None:
    """Read the glyphs of a line; None where something in it is out of the ordinary."""
    line, _ = textbox.pango_layout.get_first_line()
    runs: list[Run] = []
    node, last = line.runs[0], None
    bold = textbox.style["font_weight"] >= _BOLD
    capitals = textbox.style["font_variant_caps"] != "normal"
    while node != ffi.NULL:
        item, node = node.data, node.next
        pango_font = item.item.analysis.font
        if pango_font != last:
            last, (font, size) = pango_font, stream.add_font(pango_font)
            known = _known(font, size)
        run = Run(font, size, glyphs_of(item.glyphs), pango_font, stream, known, bold and font.weight < _BOLD)
        here = set(run.glyphs)
        known_before = known.keys() >= here and here.isdisjoint(_untold(font))
        if capitals or not known_before:
            if not _plain(font, run.glyphs):
                return None
            _note_texts(run, item, textbox)
            run.written(*run.glyphs)
        runs.append(run)
    return runs


def _plain(font: Any, glyphs: Sequence[Glyph]) -> bool:
    if font.svg or font.png or font.colr or font.bitmap:
        return False
    return all(0 < number <= pango.PANGO_GLYPH_EMPTY for number, _, _, _ in glyphs)


def glyphs_of(string: Any) -> list[Glyph]:
    """Return the glyphs that Pango has put into a row."""
    return list(iter_unpack(RECORD, ffi.buffer(string.glyphs, string.num_glyphs * _SIZE)))


def _clusters(run: Run, item: Any, textbox: Any) -> Iterator[tuple[list[Glyph], str]]:
    """Give the glyphs that show some text together, with that text."""
    raw = textbox.pango_layout.text.encode()[item.item.offset :][: item.item.length]
    begins = [item.glyphs.log_clusters[at] for at in range(len(run.glyphs))]
    ends = dict(pairwise([*sorted(set(begins)), len(raw)]))
    for begin, group in groupby(zip(begins, run.glyphs, strict=True), key=itemgetter(0)):
        yield [glyph for _, glyph in group], raw[begin : ends[begin]].decode()


def _note_texts(run: Run, item: Any, textbox: Any) -> None:
    """Note for each glyph that is new to a font what it shows; and for a run whose glyphs do not tell it."""
    mark = _MARK if item.item.analysis.level % 2 else ""
    clusters, told = list(_clusters(run, item, textbox)), True
    for glyphs, text in clusters:
        shown = [glyph for glyph in glyphs if glyph[0] != pango.PANGO_GLYPH_EMPTY]
        widest = max(shown, key=itemgetter(1), default=None)
        for glyph in shown:
            note_text(run.font.to_unicode, glyph[0], text if glyph is widest else mark)
        # From the left, one glyph shows one text, or signs that look alike, as spaces do.
        told &= len(shown) == 1 and (not mark or run.font.to_unicode[shown[0][0]] == text)
    if not told:
        run.says = "".join(text for _, text in (reversed(clusters) if mark else clusters))
        _untold(run.font).update(run.glyphs)
