"""How large the words of a cover are set: as large as their place allows."""

from __future__ import annotations

from collections.abc import Sequence

from book.lettering import Hand, Lettering
from book.linebreaking import chop, fit, words

_LEADING = 1.12
_SAFE = 0.97
"""Of a place's width: what is drawn may be a hair wider than what is measured."""
_TOO_LONG = 6000
"""Characters that no back has room for."""


def title(
    letters: Lettering, text: str, width: float, height: float, largest: int
) -> tuple[float, list[str]]:
    """Return the size of a title, in points, and its lines: never more than fill its place.

    Whole words of large letters come before words that are cut, and four lines before more.
    """
    for size in range(largest, 7, -1):
        lines = _broken(letters, text, width, size, int(height / (size * _LEADING)), cut=size < 18)
        if lines is not None and (len(lines) <= 4 or size <= largest * 0.6):
            return size, lines
    return 8, _broken(letters, text, width, 8, 999, cut=True) or [text]


def block(
    letters: Lettering, paragraphs: Sequence[str], width: float, height: float, largest: float, least: float
) -> float:
    """Return the size at which paragraphs fill no more than their place, 0 where there is none."""
    if sum(map(len, paragraphs)) > _TOO_LONG:
        return 0.0
    measured = [[letters.line(word, Hand(100)).width for word, _ in words(one)] for one in paragraphs]
    space = letters.line("n n", Hand(100)).width - letters.line("nn", Hand(100)).width
    size = largest
    while size >= least:
        room = width * _SAFE * 100 / size
        lines = sum(_filled(one, space, room) for one in measured)
        if lines * size * 1.4 + (len(measured) - 1) * size * 0.7 <= height:
            return size
        size -= 0.5
    return 0.0


def _filled(widths: Sequence[float], space: float, room: float) -> int:
    """Return how many lines words of such widths fill; one wider than a line takes as many as it needs."""
    lines, at = 1, 0.0
    for width in widths:
        if at and at + space + width > room:
            lines, at = lines + 1, 0.0
        lines += int(width // room)
        at = at + space + width if at else width % room
    return lines


def spine(letters: Lettering, text: str, length: float, thickness: float) -> float:
    """Return the size of one line along the spine, 0 where it would be too small to read."""
    size = min(16.0, thickness / 1.3)
    wide = letters.line(text, Hand(100)).width / 100
    size = min(size, length / wide) if wide else size
    return round(size, 2) if size >= 6 else 0.0


def _broken(
    letters: Lettering, text: str, width: float, size: float, lines: int, *, cut: bool
) -> list[str] | None:
    def measure(piece: str) -> float:
        return letters.line(piece, Hand(100)).width * size / 100

    room = width * _SAFE
    return fit(chop(text, room, measure) if cut else text, room, max(1, lines), measure)
