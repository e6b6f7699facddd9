"""Findings in words: pages told together, lengths as printers write them."""

from __future__ import annotations

from collections.abc import Iterable

_TOLD = 4


def pages(numbers: Iterable[int]) -> str:
    """Name pages, each run once: `page 3`, `pages 3–5 and 9`, `pages 1, 3, 5, 7 and 12 more`."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told = [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs[:_TOLD]]
    more = sum(len(run) for run in runs[_TOLD:])
    if more:
        told.append(f"{more} more")
    word = "page" if len(runs) == 1 and len(runs[0]) == 1 else "pages"
    return f"{word} {', '.join(told[:-1])} and {told[-1]}" if len(told) > 1 else f"{word} {told[0]}"


def length(points: float) -> str:
    """Put a length into millimetres, as far as they matter."""
    return f"{points * 25.4 / 72:.1f} mm"


def size(wide: float, high: float) -> str:
    """Put the size of a page into millimetres."""
    return f"{wide * 25.4 / 72:.1f} × {high * 25.4 / 72:.1f} mm"
