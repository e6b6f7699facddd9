"""Small capitals for the letters that a font draws anew for a language.

A font may have an `f` of its own for German, or a dotted `i` for Turkish, and know no small capital of it.
A shaper puts the language's letter in first, and then finds nothing to make small: `FÜR` becomes `fÜR`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_DOTTED = 0x130  # İ, the capital of an `i` that keeps its dot


def completed(font: Any) -> None:
    """Give the letters that languages have in forms of their own the small capitals of the common ones."""
    if "GSUB" not in font or font["GSUB"].table.FeatureList is None:
        return
    small = [table for table in _tables(font, "smcp") if getattr(table, "mapping", None)]
    known = {letter: capital for table in small for letter, capital in table.mapping.items()}
    if not known:
        return
    dotted = _dotted(font)
    for table in _tables(font, "locl"):
        for letter, own in (getattr(table, "mapping", None) or {}).items():
            if letter in known and own not in known:
                capital = (dotted or known[letter]) if letter == "i" else known[letter]
                small[0].mapping[own] = known[own] = capital


def _dotted(font: Any) -> str | None:
    """Return the small capital of `İ`."""
    capital = (font.getBestCmap() or {}).get(_DOTTED)
    found = [getattr(table, "mapping", None) or {} for table in _tables(font, "c2sc")]
    return next((mapping[capital] for mapping in found if capital in mapping), None)


def _tables(font: Any, feature: str) -> Iterator[Any]:
    """Give the tables of the lookups behind a feature, each once."""
    layout = font["GSUB"].table
    numbers = [
        number
        for record in layout.FeatureList.FeatureRecord
        if record.FeatureTag == feature
        for number in record.Feature.LookupListIndex
    ]
    for number in dict.fromkeys(numbers):
        for table in layout.LookupList.Lookup[number].SubTable:
            yield getattr(table, "ExtSubTable", table)
