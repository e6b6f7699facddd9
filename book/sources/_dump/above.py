"""Where titles stand above their days, put them below, as other dumps have them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from book.sources._dump.days import DayHeader, looks_like_title
from book.sources._dump.shape import Line


def titles_below(
    lines: Sequence[Line], headers: Sequence[DayHeader]
) -> tuple[list[Line], tuple[DayHeader, ...]]:
    """Return lines and headers with each title under its day, whichever way the text has them."""
    moved = list(lines)
    if not _stand_above(lines, headers):
        return moved, tuple(headers)
    found = []
    for header in headers:
        above = header.place - 1
        if above >= 0 and looks_like_title(lines[above]):
            day, title = lines[header.place], lines[above]
            moved[above : above + 2] = replace(day, gap=title.gap), replace(title, gap=day.gap)
            found.append(replace(header, place=above))
        else:
            found.append(header)
    return moved, tuple(found)


def _stand_above(lines: Sequence[Line], headers: Sequence[DayHeader]) -> bool:
    """Tell whether most days have a title before them, and text after them."""
    places = {header.place for header in headers}

    def titled(place: int) -> bool:
        return 0 <= place < len(lines) and place not in places and looks_like_title(lines[place])

    above = sum(titled(header.place - 1) for header in headers)
    below = sum(titled(header.place + 1) for header in headers)
    return len(headers) > 1 and above * 5 >= len(headers) * 4 and below * 5 <= len(headers) * 2
