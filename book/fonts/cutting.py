"""Cut fonts: one weight out of a variable file, and out of that the characters that are used."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from book.fonts import rights
from book.fonts.fontfile import opened
from book.fonts.smallcapitals import completed
from book.fonts.store import remember
from book.model import Face

RECIPE = "3"  # raise it when the same inputs shall give other bytes
_TEXT_SIZE = 11  # points: the optical size of book text

_WEIGHTS = {
    100: "Thin",
    200: "ExtraLight",
    300: "Light",
    400: "Regular",
    500: "Medium",
    600: "SemiBold",
    700: "Bold",
    800: "ExtraBold",
    900: "Black",
}

# What text needs beyond what fontTools keeps of its own accord: small capitals, figures, inferiors.
_FEATURES = ("smcp", "c2sc", "onum", "lnum", "pnum", "tnum", "sups", "subs", "sinf", "case")
# Spaces, hyphens that a reader sets itself, joiners and selectors, marks of direction.
_ALWAYS = " \u00a0\u00ad-\u2010\u2011\u2026\u200c\u200d\u200e\u200f\ufe0e\ufe0f"
# Tables of which HarfBuzz makes what fontTools makes; where there are others, fontTools is asked.
_COMMON = {
    "GlyphOrder", "BASE", "CFF ", "DSIG", "GDEF", "GPOS", "GSUB", "OS/2", "STAT", "cmap", "cvt ", "fpgm",
    "gasp", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "meta", "name", "post", "prep", "vhea", "vmtx",
    "VORG",
}  # fmt: skip
_NAMES = (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 14, 16, 17)


def instance(face: Face, weight: int, store: Path) -> Path:
    """Return a static font file of `face` at `weight` (or the nearest it has), cut once and remembered.

    Its layout features are those of the variable file; its names and style bits say
    what it is, so that it is found by family, weight and slope.
    """
    weight = min(max(weight, face.weights[0]), face.weights[1])
    with opened(face.path) as font:
        if "fvar" not in font:
            return face.path
        slope = "-italic" if face.style == "italic" else ""
        key = _key(face.path.read_bytes(), face.family, face.style, weight)
        path = store / f"{_slug(face.family)}-{weight}{slope}-{key}.ttf"
        return remember(path, lambda to: _cut(font, face, weight, to))


def subset(path: Path, text: str, store: Path) -> Path:
    """Return a copy of a static font with only the characters of `text`, cut once and remembered.

    Kerning, ligatures, small capitals and old-style figures stay. A font whose maker
    allows no cutting is returned as it is.
    """
    if not rights.of(path).cut:
        return path
    wanted = "".join(sorted({*text, *_ALWAYS}))
    key = _key(path.read_bytes(), wanted)
    stem = re.sub(r"-[0-9a-f]{16}$", "", path.stem)
    return remember(store / f"{_slug(stem)}-{key}{path.suffix}", lambda to: _reduce(path, wanted, to))


def _key(data: bytes, *parts: object) -> str:
    import fontTools
    import uharfbuzz

    digest = sha256(data)
    digest.update(repr((RECIPE, fontTools.version, uharfbuzz.version_string(), *parts)).encode())
    return digest.hexdigest()[:16]


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _cut(font: Any, face: Face, weight: int, to: Path) -> None:
    from fontTools.varLib.instancer import instantiateVariableFont

    pins = _pins(font, weight)
    common = not font.flavor and "gvar" in font
    static = (_still(face, pins) if common else None) or instantiateVariableFont(font, pins, inplace=True)
    for table in ("STAT", "MVAR", "DSIG"):
        if table in static:
            del static[table]
    _describe(static, face, weight)
    completed(static)
    _space(static)
    static["head"].modified = static["head"].created
    static.recalcTimestamp = False
    static.save(to, reorderTables=True)


def _space(font: Any) -> None:
    """Narrow the space of a font of signs, which is as wide as they are: Pango sets it between words."""
    name, em = (font.getBestCmap() or {}).get(ord(" ")), font["head"].unitsPerEm
    if name and font["hmtx"][name][0] > 0.7 * em:
        font["hmtx"][name] = (em // 4, 0)


def _still(face: Face, pins: Mapping[str, float]) -> Any:
    """Return a font at a place of its axes, or None where HarfBuzz cannot make it."""
    import uharfbuzz

    whole, wanted = _face(face.path), uharfbuzz.SubsetInput()
    wanted.keep_everything()
    for axis, place in pins.items():
        wanted.pin_axis_location(whole, axis, place)
    return _by_harfbuzz(whole, wanted)


def _pins(font: Any, weight: int) -> dict[str, float]:
    """Give every axis a place: weight as asked, optical size for text, the rest at rest."""
    pins = {}
    for axis in font["fvar"].axes:
        wish = {"wght": weight, "opsz": _TEXT_SIZE}.get(axis.axisTag, axis.defaultValue)
        pins[axis.axisTag] = min(max(wish, axis.minValue), axis.maxValue)
    return pins


def _describe(font: Any, face: Face, weight: int) -> None:
    """Write the names and style bits of a family's member: four styles by name, the rest by weight."""
    bold, italic = weight == 700, face.style == "italic"
    named = _WEIGHTS.get(round(weight, -2), "Regular")
    linked = {(False, False): "Regular", (True, False): "Bold", (False, True): "Italic"}
    style = linked.get((bold, italic), "Bold Italic")
    own_name = weight in (400, 700)
    family = face.family if own_name else f"{face.family} {named}"
    full = style if own_name else f"{named}{' Italic' if italic else ''}"
    postscript = f"{face.family.replace(' ', '')}-{full.replace(' ', '')}"
    values = {1: family, 2: style, 4: f"{face.family} {full}", 6: postscript, 16: face.family, 17: full}
    names = font["name"]
    version = names.getDebugName(5) or "1"
    for ident in (1, 2, 3, 4, 6, 16, 17, 21, 22, 25):
        names.removeNames(nameID=ident)
    for ident, value in {**values, 3: f"{version};{postscript}"}.items():
        names.setName(value, ident, 3, 1, 0x409)
    _style_bits(font, weight, bold, italic)


def _style_bits(font: Any, weight: int, bold: bool, italic: bool) -> None:
    font["head"].macStyle = bold | italic << 1
    table = font["OS/2"]
    table.usWeightClass = weight
    table.fsSelection = table.fsSelection & ~0x61 | italic | bold << 5 | (not bold and not italic) << 6


def _reduce(path: Path, text: str, to: Path) -> None:
    with opened(path) as font:
        common = not font.flavor and _COMMON.issuperset(font.keys())
        small = (_cropped(path, text) if common else None) or _pared(font, text)
        small["head"].modified = small["head"].created
        small.save(to, reorderTables=True)


def _cropped(path: Path, text: str) -> Any:
    """Return a font with the characters of a text alone, or None where HarfBuzz cannot make it."""
    import uharfbuzz

    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(map(ord, text))
    wanted.layout_feature_tag_set.update(int.from_bytes(tag.encode()) for tag in _FEATURES)
    wanted.name_id_set.update(_NAMES)
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    return _by_harfbuzz(_face(path), wanted)


def _pared(font: Any, text: str) -> Any:
    from fontTools.subset import Options, Subsetter

    # It warns of tables of font editors, which go and are no loss.
    logging.getLogger("fontTools.subset").setLevel(logging.ERROR)
    options = Options(
        layout_features=[*Options._layout_features_default, *_FEATURES],
        name_IDs=list(_NAMES),
        hinting=False,
        notdef_outline=True,
        glyph_names=False,
        legacy_kern=True,
        recalc_timestamp=False,
    )
    cutter = Subsetter(options)
    cutter.populate(text=text)
    cutter.subset(font)
    return font


def _face(path: Path) -> Any:
    import uharfbuzz

    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)))


def _by_harfbuzz(face: Any, wanted: Any) -> Any:
    """Do what fontTools would, and give the same outlines, in a hundredth of the time."""
    import uharfbuzz
    from fontTools.ttLib import TTFont

    try:
        data = uharfbuzz.subset(face, wanted).blob.data
    except RuntimeError:
        return None
    return TTFont(io.BytesIO(data), recalcTimestamp=False)
