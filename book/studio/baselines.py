"""The grid that lines of text stand on, found in the pages themselves."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import fmean
from typing import Any

SAMPLE = 12
"""Pages that are looked at."""

_CHARACTERS = 6_000


def grid(path: Path, head: float = 0) -> Mapping[str, float] | None:
    """Return how far lines are apart, and how far below the trim's edge one stands, in points.

    The grid is that of the lines which stand first below `head`, the upper margin, on most pages: below
    them a heading or a space may lead text off it. None where lines are not evenly apart: a book of plates
    has no grid.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    step = max(1, len(document) // SAMPLE)
    pages = [_lines(document[index], head) for index in range(step // 2, len(document), step)]
    document.close()
    gaps = [b - a for lines in pages for a, b in pairwise(lines) if b - a > 5]
    usual = _most(gaps)
    if len(usual) < 8:
        return None
    leading = fmean(usual)
    offsets = _most([lines[0] % leading for lines in pages if lines])
    return {"leading": round(leading, 3), "first": round(fmean(offsets), 2)}


def _most(lengths: Sequence[float]) -> Sequence[float]:
    """Return the lengths that are alike to a tenth of a point, most of all there are."""
    common = Counter(round(length, 1) for length in lengths).most_common(1)
    return [length for length in lengths if round(length, 1) == common[0][0]] if common else ()


def _lines(page: Any, head: float) -> list[float]:
    """Return how far below the trim's upper edge the baselines below `head` are, each once."""
    _, _, _, top = page.get_trimbox()
    text = page.get_textpage()
    found = sorted({round(top - y, 2) for y in _origins(text) if top - y > head})
    text.close()
    page.close()
    return found


def _origins(text: Any) -> Iterator[float]:
    from pypdfium2 import raw

    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(min(_CHARACTERS, text.count_chars())):
        if raw.FPDFText_GetCharOrigin(text.raw, index, x, y):
            yield y.value
