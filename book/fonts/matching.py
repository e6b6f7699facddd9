"""Which face of a family sets a weight (CSS Fonts 4 §5.2, "font matching algorithm")."""

from __future__ import annotations

from collections.abc import Sequence

from book.model import Face


def nearest(faces: Sequence[Face], weight: int) -> Face:
    """Return the face, of faces of one family and style, that CSS takes for a weight."""
    return min(faces, key=lambda face: _distance(face, weight))


def _distance(face: Face, weight: int) -> tuple[int, int]:
    low, high = face.weights
    if low <= weight <= high:
        return 0, 0
    lighter = high < weight
    away = weight - high if lighter else low - weight
    if 400 <= weight <= 500:
        first = not lighter and low <= 500
        return (1 if first else 2 if lighter else 3), away
    return (1 if lighter == (weight < 400) else 2), away
