"""Part the lines under the day headers into posts, and keep the page's furniture apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from book.sources._dump.days import DayHeader
from book.sources._dump.furniture import Furniture
from book.sources._dump.furniturewords import labels_in
from book.sources._dump.shape import Line
from book.sources._dump.titles import Habits, begins_with_title, commonest, learn, titles_within


@dataclass(frozen=True, slots=True)
class Found:
    """A post as it stands in a text: its day, its title if it has one, and the lines of its text.

    `guessed` tells that nothing but its looks says that a post begins here.
    """

    header: DayHeader
    title: Line | None
    body: tuple[Line, ...]
    guessed: bool = False
    furniture: tuple[Line, ...] = ()

    @property
    def line(self) -> int:
        """The line at which the post begins."""
        return (self.title or (*self.body, self.header.line)[0]).number

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that its furniture lists."""
        return tuple(dict.fromkeys(label for line in self.furniture for label in labels_in(line.text)))


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Lines of one day in which a post begins: at the day's header, or where furniture says so."""

    header: DayHeader
    lines: tuple[Line, ...]
    furniture: tuple[Line, ...]


def parted(lines: Sequence[Line], headers: Sequence[DayHeader]) -> list[Found]:
    """Part a text at its day headers, and what is under each into posts."""
    ends = [*(header.place for header in headers[1:]), len(lines)]
    days = [lines[header.place + 1 : end] for header, end in zip(headers, ends, strict=True)]
    furniture = Furniture(days)
    stretches = [
        _Stretch(header, body, apart)
        for header, day in zip(headers, days, strict=True)
        for body, apart in furniture.stretches(day)
    ]
    header_gap = commonest(header.line.gap for header in headers[1:])
    habits = learn([stretch.lines for stretch in stretches], header_gap)
    return [post for stretch in stretches for post in _posts(stretch, habits, furniture.ends_posts)]


def _posts(stretch: _Stretch, habits: Habits, whole: bool) -> list[Found]:
    """Part a stretch at the lines that look like titles, unless furniture tells that it is one post."""
    lines = stretch.lines
    if not lines:
        return [Found(stretch.header, None, (), False, stretch.furniture)]
    titled = begins_with_title(lines, habits)
    begins = [0, *(() if whole or not titled else titles_within(lines, habits))]
    found = []
    for begin, end in pairwise([*begins, len(lines)]):
        title, body = (lines[begin], lines[begin + 1 : end]) if titled else (None, lines[begin:end])
        last = end == len(lines)
        found.append(Found(stretch.header, title, body, begin > 0, stretch.furniture if last else ()))
    return found
