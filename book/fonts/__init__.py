"""Fonts that come with the book: found, cut to one weight, and to the characters that are used.

Families are dependencies or lie in the project's `fonts/` folder, never what the
machine happens to have, so that a book looks the same everywhere.
"""

from __future__ import annotations

from book.fonts.coverage import Missing, chosen, missing_glyphs, warnings
from book.fonts.cutting import instance, subset
from book.fonts.families import faces, fallbacks, known
from book.fonts.store import store
from book.fonts.superiors import superior_figures

__all__ = [
    "Missing",
    "chosen",
    "faces",
    "fallbacks",
    "instance",
    "known",
    "missing_glyphs",
    "store",
    "subset",
    "superior_figures",
    "warnings",
]
