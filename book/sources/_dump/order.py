"""Which dates stand in an order: the heaviest run of days that never turns back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

Moment = date | datetime


def heaviest_run(days: Sequence[date], weights: Sequence[float], *, falling: bool) -> tuple[float, list[int]]:
    """Return the weight and the places of the heaviest subsequence of days in order, equal days allowed."""
    ranks = {day: rank for rank, day in enumerate(sorted(set(days), reverse=falling), start=1)}
    tree = _BestUpTo(len(ranks))
    totals: list[float] = []
    before: list[int] = []
    for place, (day, weight) in enumerate(zip(days, weights, strict=True)):
        best, last = tree.best(ranks[day])
        totals.append(best + weight)
        before.append(last)
        tree.put(ranks[day], totals[place], place)
    total, place = tree.best(len(ranks))
    run: list[int] = []
    while place >= 0:
        run.append(place)
        place = before[place]
    return total, run[::-1]


class _BestUpTo:
    """The greatest of the values at ranks up to a given one, found in logarithmic time (Fenwick's tree)."""

    def __init__(self, size: int) -> None:
        self.values: list[tuple[float, int]] = [(0.0, -1)] * (size + 1)

    def best(self, rank: int) -> tuple[float, int]:
        found = (0.0, -1)
        while rank:
            found = max(found, self.values[rank], key=lambda item: item[0])
            rank &= rank - 1
        return found

    def put(self, rank: int, value: float, place: int) -> None:
        while rank < len(self.values):
            if value > self.values[rank][0]:
                self.values[rank] = (value, place)
            rank += rank & -rank
