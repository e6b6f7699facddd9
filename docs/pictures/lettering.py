"""Lettering as outlines, so that a drawing looks the same wherever it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from fontTools.misc.transform import Identity
from fontTools.pens.basePen import BasePen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

FACES = {
    "roman": ("fontpkg_eb_garamond", "EBGaramond[wght].ttf"),
    "italic": ("fontpkg_eb_garamond", "EBGaramond-Italic[wght].ttf"),
}


def path(face: str) -> str:
    """Return the file of `roman` or `italic`."""
    package, name = FACES[face]
    return str(files(package) / "files" / name)


@cache
def _font(face: str) -> TTFont:
    return TTFont(path(face))


@cache
def _kerning(face: str) -> tuple[Any, ...]:
    """The pair-adjustment tables of the feature `kern`, extensions unwrapped."""
    table = _font(face)["GPOS"].table
    wanted = {
        index
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == "kern"
        for index in record.Feature.LookupListIndex
    }
    pairs = []
    for index in sorted(wanted):
        for sub in table.LookupList.Lookup[index].SubTable:
            inner = getattr(sub, "ExtSubTable", sub)
            if inner.LookupType == 2:
                pairs.append(inner)
    return tuple(pairs)


@cache
def _kern(face: str, left: str, right: str) -> int:
    for pairs in _kerning(face):
        if left not in pairs.Coverage.glyphs:
            continue
        if pairs.Format == 1:
            record = pairs.PairSet[pairs.Coverage.glyphs.index(left)]
            found = [p.Value1 for p in record.PairValueRecord if p.SecondGlyph == right]
            if not found:
                continue
            value = found[0]
        else:
            first = pairs.ClassDef1.classDefs.get(left, 0)
            second = pairs.ClassDef2.classDefs.get(right, 0)
            value = pairs.Class1Record[first].Class2Record[second].Value1
        return int(getattr(value, "XAdvance", 0) or 0)
    return 0


def _set(text: str, face: str, tracking: float) -> Iterator[tuple[str, float]]:
    """Walk the glyphs of `text` with the place of each, in font units."""
    font = _font(face)
    cmap, metrics = font.getBestCmap(), font["hmtx"]
    x = 0.0
    previous = ""
    for character in text:
        glyph = cmap[ord(character)]
        if previous:
            x += _kern(face, previous, glyph)
        yield glyph, x
        x += metrics[glyph][0] + tracking * font["head"].unitsPerEm
        previous = glyph
    yield "", x - (tracking * font["head"].unitsPerEm if text else 0)


def width(text: str, size: float, face: str = "roman", tracking: float = 0) -> float:
    """Return how wide `text` is at `size`."""
    *_, (_, end) = _set(text, face, tracking)
    return end * size / _font(face)["head"].unitsPerEm


def outline(
    text: str,
    x: float,
    y: float,
    size: float,
    face: str = "roman",
    *,
    anchor: str = "start",
    tracking: float = 0,
) -> str:
    """Return the path data of `text` on the baseline `y`; `anchor` is `start`, `middle` or `end`."""
    font = _font(face)
    scale = size / font["head"].unitsPerEm
    shift = {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * width(text, size, face, tracking)
    glyphs = font.getGlyphSet()
    pen = _PathPen(glyphs)
    for glyph, place in _set(text, face, tracking):
        if glyph:
            at = Identity.translate(x - shift + place * scale, y).scale(scale, -scale)
            glyphs[glyph].draw(TransformPen(pen, at))
    return "".join(pen.data)


class _PathPen(BasePen):
    """Writes relative path data to a hundredth of a pixel; roundings do not add up."""

    def __init__(self, glyphs: Any) -> None:
        super().__init__(glyphs)
        self.data: list[str] = []
        self.at = (0, 0)

    def _write(self, command: str, *points: tuple[float, float]) -> None:
        rounded = [(round(x * 100), round(y * 100)) for x, y in points]
        numbers = [
            self._number(value - here)
            for point in rounded
            for value, here in zip(point, self.at, strict=True)
        ]
        self.data.append(command + numbers[0] + "".join(n if n[0] == "-" else f" {n}" for n in numbers[1:]))
        self.at = rounded[-1]

    @staticmethod
    def _number(hundredths: int) -> str:
        sign, (whole, rest) = "-" if hundredths < 0 else "", divmod(abs(hundredths), 100)
        if not rest:
            return f"{sign}{whole}"
        return f"{sign}{whole or ''}.{rest:02d}".rstrip("0")

    def _moveTo(self, point: tuple[float, float]) -> None:
        self._start = (round(point[0] * 100), round(point[1] * 100))
        self._write("m", point)

    def _lineTo(self, point: tuple[float, float]) -> None:
        self._write("l", point)

    def _qCurveToOne(self, control: tuple[float, float], point: tuple[float, float]) -> None:
        self._write("q", control, point)

    def _closePath(self) -> None:
        self.data.append("z")
        self.at = self._start
