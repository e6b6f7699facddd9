"""The grid that lines of text stand on, found in the pages themselves."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

SAMPLE = 12
"""Pages that are looked at."""

_CHARACTERS = 6_000


def grid(path: Path) -> Mapping[str, float] | None:
    """Return how far lines are apart, and how far below the trim's edge one stands, in points.

    None where no two pages agree on it: a book of plates has no grid.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    step = max(1, len(document) // SAMPLE)
    pages = [_lines(document[index]) for index in range(step // 2, len(document), step)]
    document.close()
    gaps = Counter(round(b - a, 1) for lines in pages for a, b in pairwise(lines) if b - a > 5)
    if not gaps or gaps.most_common(1)[0][1] < 8:
        return None
    leading = gaps.most_common(1)[0][0]
    offsets = Counter(round(line % leading, 1) for lines in pages for line in lines)
    return {"leading": leading, "first": offsets.most_common(1)[0][0]}


def _lines(page: Any) -> list[float]:
    """Return how far below the trim's upper edge the baselines of a page are, each once."""
    _, _, _, top = page.get_trimbox()
    text = page.get_textpage()
    found = sorted({round(top - y, 1) for y in _origins(text)})
    text.close()
    page.close()
    return found


def _origins(text: Any) -> Iterator[float]:
    from pypdfium2 import raw

    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(min(_CHARACTERS, text.count_chars())):
        if raw.FPDFText_GetCharOrigin(text.raw, index, x, y):
            yield y.value
