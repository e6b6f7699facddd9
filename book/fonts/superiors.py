"""Whether a font has superior figures, all ten: of some it has four, for powers and fractions."""

from __future__ import annotations

from pathlib import Path

from book.fonts.facts import remembered
from book.fonts.fontfile import opened

_FIGURES = "0123456789"


def superior_figures(path: Path) -> bool:
    """Tell whether a font file raises every figure where superiors are asked for."""
    return set(remembered(path, "superiors", lambda: _raised(path))) == set(_FIGURES)


def _raised(path: Path) -> str:
    """Return the figures that the feature `sups` replaces."""
    with opened(path) as font:
        table = font["GSUB"].table if "GSUB" in font else None
        if table is None or not table.FeatureList or not table.LookupList:
            return ""
        wanted = {
            number
            for record in table.FeatureList.FeatureRecord
            if record.FeatureTag == "sups"
            for number in record.Feature.LookupListIndex
        }
        replaced: set[str] = set()
        for number in wanted:
            for subtable in table.LookupList.Lookup[number].SubTable:
                replaced |= set(getattr(getattr(subtable, "ExtSubTable", subtable), "mapping", ()))
        glyphs = font.getBestCmap() or {}
        return "".join(figure for figure in _FIGURES if glyphs.get(ord(figure)) in replaced)
