"""Letters drawn on a picture: shaped by HarfBuzz, so that kerning, small capitals and every script are right.

Pillow draws the glyphs one by one from a copy of the font in which each has a code of its
own; its own shaping depends on what the machine has, and so would the picture.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from book import fonts
from book.fonts.coverage import characters
from book.fonts.matching import nearest
from book.model import Face
from book.unchanged import while_unchanged

_PRIVATE = 0xF0000  # where the copy's codes begin: a plane for private use
_SPACED = {"Latn", "Grek", "Cyrl", "Armn", "Geor"}  # scripts whose letters may stand apart


@dataclass(frozen=True, slots=True)
class Hand:
    """How letters are set: size in pixels, slope, space added between letters, OpenType features."""

    size: int
    italic: bool = False
    tracking: float = 0.0
    """In ems."""
    features: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """One glyph and where it stands, from the beginning of its line."""

    path: Path
    glyph: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of letters, set: its glyphs and its width."""

    marks: tuple[Mark, ...]
    width: float
    size: int


class Lettering:
    """Sets and draws lines with the faces of a book; the first family that has a character sets it."""

    def __init__(self, faces: Sequence[Face], store: Path, language: str) -> None:
        self._faces, self._store, self._language = faces, store, language
        self._cut: dict[Face, Path] = {}
        self._able: dict[tuple[str, bool], Path | None] = {}

    def line(self, text: str, hand: Hand) -> Line:
        """Set one line of text, each run of a direction and a font in its turn."""
        marks: list[Mark] = []
        x = 0.0
        trailing = 0.0
        for run, path, rtl in self._runs(text, hand):
            shaped, x, trailing = self._shape(run, path, hand, x, rtl)
            marks += shaped
        return Line(tuple(marks), max(0.0, x - trailing), hand.size)

    def draw(self, canvas: Any, line: Line, x: float, baseline: float, colour: str) -> None:
        """Draw a line on a Pillow canvas, its beginning at `x`."""
        by_path: dict[Path, set[int]] = {}
        for mark in line.marks:
            by_path.setdefault(mark.path, set()).add(mark.glyph)
        copies = {path: _coded(path, tuple(sorted(glyphs)), line.size) for path, glyphs in by_path.items()}
        for mark in line.marks:
            font, codes = copies[mark.path]
            place = (x + mark.x, baseline - mark.y)
            canvas.text(place, codes[mark.glyph], font=font, fill=colour, anchor="ls")

    def _runs(self, text: str, hand: Hand) -> list[tuple[str, Path, bool]]:
        runs: list[tuple[str, Path, bool]] = []
        for piece, rtl in _directions(text):
            pieces: list[tuple[str, Path, bool]] = []
            for character in piece:
                path = self._font_for(character, hand, pieces[-1][1] if pieces else None)
                if path is None:
                    continue
                if pieces and pieces[-1][1] == path:
                    pieces[-1] = (pieces[-1][0] + character, path, rtl)
                else:
                    pieces.append((character, path, rtl))
            runs += reversed(pieces) if rtl else pieces
        return runs

    def _font_for(self, character: str, hand: Hand, before: Path | None) -> Path | None:
        """Return the font that sets a character; marks and joiners stay with the letter before."""
        if before is not None and unicodedata.category(character) in {"Mn", "Mc", "Me", "Cf"}:
            return before
        key = (character, hand.italic)
        if key not in self._able:
            self._able[key] = self._first_able(*key)
        return self._able[key] or before

    def _first_able(self, character: str, italic: bool) -> Path | None:
        able = [face for face in self._faces if character in characters(face.path)]
        able = [face for face in able if face.family == able[0].family]
        if not able:
            return None
        style = "italic" if italic else "normal"
        face = nearest([face for face in able if face.style == style] or able, 400)
        if face not in self._cut:
            self._cut[face] = fonts.instance(face, 400, self._store)
        return self._cut[face]

    def _shape(
        self, text: str, path: Path, hand: Hand, x: float, rtl: bool
    ) -> tuple[list[Mark], float, float]:
        """Return a run's glyphs, where the next run begins, and the space that the last letter left there."""
        import uharfbuzz

        font = _shaper(path)
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if rtl else "ltr"
        buffer.language = self._language
        scale = hand.size / font.face.upem
        spaced = hand.tracking * hand.size if buffer.script in _SPACED else 0.0
        features = dict.fromkeys(hand.features, True) | ({"liga": False} if spaced else {})
        uharfbuzz.shape(font, buffer, features)
        marks = []
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            marks.append(Mark(path, info.codepoint, x + place.x_offset * scale, place.y_offset * scale))
            x += place.x_advance * scale + spaced
        return marks, x, spaced


def _directions(text: str) -> list[tuple[str, bool]]:
    """Divide a line into runs of one direction, in the order in which they are drawn.

    Whichever strong letter comes first gives the line its direction; spaces and signs go
    with what is on both sides of them, else with the line.
    """
    strong = [unicodedata.bidirectional(c) for c in text]
    senses = [{"L": False, "EN": False, "AN": False, "R": True, "AL": True}.get(kind) for kind in strong]
    base = next((s for s, kind in zip(senses, strong, strict=True) if kind in {"L", "R", "AL"}), False)
    runs: list[tuple[str, bool]] = []
    for place, (character, sense) in enumerate(zip(text, senses, strict=True)):
        if sense is None:
            before = runs[-1][1] if runs else base
            after = next((s for s in senses[place:] if s is not None), base)
            sense = before if before == after else base
        if runs and runs[-1][1] == sense:
            runs[-1] = (runs[-1][0] + character, bool(sense))
        else:
            runs.append((character, bool(sense)))
    return runs[::-1] if base else runs


@while_unchanged(32)
def _shaper(path: Path) -> Any:
    import uharfbuzz

    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path))))


@while_unchanged(128)
def _coded(path: Path, glyphs: tuple[int, ...], size: int) -> tuple[Any, Mapping[int, str]]:
    """Return Pillow's font of these glyphs alone, and the character that stands for each."""
    from fontTools.ttLib import TTFont
    from PIL import ImageFont

    data, places = _alone(path, glyphs)
    codes = {glyph: _PRIVATE + number for number, glyph in enumerate(glyphs)}
    with TTFont(io.BytesIO(data)) as font:
        order = font.getGlyphOrder()
        _set_codes(font, {code: order[places[glyph]] for glyph, code in codes.items()})
        out = io.BytesIO()
        font.save(out)
    out.seek(0)
    pillow = ImageFont.truetype(out, size, layout_engine=ImageFont.Layout.BASIC)
    return pillow, {glyph: chr(code) for glyph, code in codes.items()}


def _alone(path: Path, glyphs: Sequence[int]) -> tuple[bytes, Mapping[int, int]]:
    """Return a font of these glyphs alone, without what shapes them, and where in it each stands."""
    import uharfbuzz

    asked = uharfbuzz.SubsetInput()
    flags = uharfbuzz.SubsetFlags
    asked.flags = flags.NO_HINTING | flags.NOTDEF_OUTLINE | flags.NO_LAYOUT_CLOSURE
    asked.unicode_set.clear()
    asked.layout_feature_tag_set.clear()
    asked.glyph_set.update(glyphs)
    plan = uharfbuzz.SubsetPlan(_shaper(path).face, asked)
    return plan.execute().blob.data, plan.old_to_new_glyph_mapping


def _set_codes(font: Any, codes: Mapping[int, str]) -> None:
    from fontTools.ttLib import newTable
    from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

    table = CmapSubtable.newSubtable(12)
    table.platformID, table.platEncID, table.language, table.cmap = 3, 10, 0, dict(codes)
    font["cmap"] = newTable("cmap")
    font["cmap"].tableVersion, font["cmap"].tables = 0, [table]
