"""The lines of a PDF's pages, put together from the letters on them."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from book.proofreading._lines import APART, SAME, Line, Proofs, together

_GUESSED = "\u2063"
"""Stands for a space that the file does not hold, but that there is between two letters."""
_SIGNS = {2: "-"}
"""What PDFium has for a hyphen at a line's end, by which it takes two parts for one word."""
_LEAST_SPACE = 0.1
_BEARINGS = 0.07
"""Of the size: what is usual between the ink of one letter and where the next begins."""


def proofs(path: Path) -> Proofs:
    """Read the pages of a PDF."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path.read_bytes())
    try:
        read = [tuple(_lines(document[number])) for number in range(len(document))]
        return together(read, _chapters(document))
    finally:
        document.close()


def _chapters(document: Any) -> list[tuple[int, str]]:
    """Return the pages, from 1, on which bookmarks begin, and their titles."""
    found = []
    for bookmark in document.get_toc():
        place = bookmark.get_dest()
        index = place.get_index() if place else None
        if index is not None:
            found.append((index + 1, bookmark.get_title()))
    return sorted(found)


def _lines(page: Any) -> Iterator[Line]:
    """Give the lines of a page from head to foot, each put together from the letters on one baseline."""
    rows: dict[float, list[tuple[float, float, float, str]]] = {}
    for x, end, y, size, sign in _letters(page):
        key = next((row for row in rows if abs(row - y) < SAME), y)
        rows.setdefault(key, []).append((x, end, size, sign))
    for baseline in sorted(rows, reverse=True):
        letters = _spaced(sorted(rows[baseline]))
        if letters:  # a line of spaces that are only guessed is none
            yield _line(letters, baseline)


def _line(letters: Sequence[tuple[float, float, float, str]], baseline: float) -> Line:
    inked = [one for one in letters if one[3] not in " \u00a0"]
    seen = inked or list(letters)
    size = Counter(round(one[2], 1) for one in seen).most_common(1)[0][0]
    apart = _apart(letters, size)
    spaces = tuple(
        after[0] - before[1] - 2 * apart
        for before, gap, after in zip(letters, letters[1:], letters[2:], strict=False)
        if gap[3] == " " and before[3] != " " and after[3] != " "
    )
    text = "".join(one[3] for one in letters).strip()
    return Line(text, seen[0][0], max(one[1] for one in seen), baseline, size, spaces)


def _apart(letters: Sequence[tuple[float, float, float, str]], size: float) -> float:
    """Return how much further apart letters are than usual: what is put after each is no part of a space."""
    gaps = sorted(
        after[0] - before[1]
        for before, after in pairwise(letters)
        if before[3].isalpha() and after[3].isalpha()
    )
    return max(0.0, gaps[len(gaps) // 2] - _BEARINGS * size) if gaps else 0.0


def _spaced(found: Sequence[tuple[float, float, float, str]]) -> list[tuple[float, float, float, str]]:
    """Keep of the spaces that are only guessed those wide enough to be some; add those of columns."""
    kept: list[tuple[float, float, float, str]] = []
    for number, one in enumerate(found):
        if one[3] == _GUESSED:
            if not 0 < number < len(found) - 1:
                continue
            if found[number + 1][0] - found[number - 1][1] < _LEAST_SPACE * one[2]:
                continue
            one = (*one[:3], " ")
        elif kept and " " not in (one[3], kept[-1][3]) and one[0] - kept[-1][1] > APART * one[2]:
            kept.append((kept[-1][1], kept[-1][1], one[2], " "))
        kept.append(one)
    return kept


def _letters(page: Any) -> Iterator[tuple[float, float, float, float, str]]:
    """Give every letter that stands upright: where it begins and ends, its baseline, size and sign."""
    from pypdfium2 import raw

    text = page.get_textpage()
    x, y = ctypes.c_double(), ctypes.c_double()
    box = [ctypes.c_double() for _ in range(4)]
    for number in range(text.count_chars()):
        sign = _SIGNS.get(raw.FPDFText_GetUnicode(text, number)) or chr(raw.FPDFText_GetUnicode(text, number))
        if sign in "\r\n\0":
            continue
        if raw.FPDFText_IsGenerated(text, number) == 1:
            sign = _GUESSED
        if abs(raw.FPDFText_GetCharAngle(text, number)) > 0.01:
            continue
        raw.FPDFText_GetCharOrigin(text, number, x, y)
        raw.FPDFText_GetCharBox(text, number, *box)
        end = box[1].value if sign not in (" ", "\u00a0", _GUESSED) else x.value
        yield x.value, max(end, x.value), y.value, raw.FPDFText_GetFontSize(text, number), sign
