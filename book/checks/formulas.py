"""Formulas: MathML that reading systems know, with words for those who hear it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from book.epub.markup import MATHML
from book.epub.opened import opened
from book.model import Finding

SUFFIXES = (".epub",)


def check(path: Path) -> Iterator[Finding]:
    """Look at every `math` element."""
    book = opened(path)
    for name, root in book.documents.items():
        for math in root.iter(f"{{{MATHML}}}math"):
            if not (math.get("alttext") or "").strip() and not math.get("aria-label"):
                message, hint = "this formula has no words", "`alttext`, in TeX or in words"
                yield book.finding(
                    "math-words",
                    "warning",
                    message,
                    name=name,
                    at=math,
                    hint=hint,
                    clause="EPUBCheck ACC-009",
                )
            if math.prefix is not None:
                message = f"some systems do not know a formula with a prefix (`{math.prefix}:math`)"
                hint = 'write `<math xmlns="http://www.w3.org/1998/Math/MathML">`'
                yield book.finding("math-prefix", "warning", message, name=name, at=math, hint=hint)
