"""Which words of a paragraph a line may end in, told before they are divided and measured."""

from __future__ import annotations

from collections.abc import Container, Sequence

from book.press.totalfit import HAIR, LOOSEST, Breakpoint, Manner


def within_reach(
    points: Sequence[Breakpoint], widths: Sequence[float], manner: Manner, hyphen: float
) -> Container[int]:
    """Return the numbers of the points of whole words which lines may end at, or in the word before.

    The first of `manner.tolerances` is what holds. Every line ends between two places: where one from the
    earliest beginning is filled, its spaces as wide as they may be and with a hyphen of this width added,
    and where one from the latest has no more room. After some lines that is everywhere.
    """
    tolerance = manner.tolerances[0]
    if tolerance > LOOSEST or any(point.forced for point in points):
        return range(len(points))
    wide, narrow = manner.space * manner.stretch * tolerance, manner.space * manner.shrink
    near: set[int] = set()
    early, late, line = -1, -1, 0
    while late < len(points) - 1:
        measure = widths[min(line, len(widths) - 1)]
        low = _filled(points, early, measure - hyphen - HAIR, wide, line == 0)
        high = _filled(points, late, measure + HAIR, -narrow, line == 0)
        near.update(range(low, high + 1))
        early, late, line = max(low - 1, early), max(high, late + 1), line + 1
    return near


def _filled(points: Sequence[Breakpoint], start: int, measure: float, give: float, first: bool) -> int:
    """Return the first point where a line is wider than its measure, spaces giving so much; else the last."""
    after, spaces = (points[start].after, points[start].spaces_after) if start >= 0 else (0.0, 0)
    for number in range(start + 1, len(points)):
        point = points[number]
        natural = point.first if first and point.first is not None else point.before - after
        if natural + (point.spaces_before - spaces) * give > measure:
            return number
    return len(points) - 1
