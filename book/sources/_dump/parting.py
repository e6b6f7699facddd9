"""Part the lines under the day headers into posts, and keep the page's furniture apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from book.sources._dump.days import DayHeader
from book.sources._dump.furniture import Furniture
from book.sources._dump.furniturewords import labels_in
from book.sources._dump.habits import Habits, commonest, learn
from book.sources._dump.shape import Line
from book.sources._dump.titles import begins_with_title, has_headings, titles_within


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


@dataclass(frozen=True, slots=True)
class Parting:
    """The posts of a text as they stand, and the lines that look like titles but were left in the text."""

    posts: tuple[Found, ...]
    left: tuple[Line, ...] = ()


def parted(lines: Sequence[Line], headers: Sequence[DayHeader], several_a_day: bool | None = None) -> Parting:
    """Part a text at its day headers, and what is under each into posts.

    `several_a_day` tells whether a day may have posts that only their looks give away; None: find out.
    """
    ends = [*(header.place for header in headers[1:]), len(lines)]
    days = [lines[header.place + 1 : end] for header, end in zip(headers, ends, strict=True)]
    furniture = Furniture(days)
    stretches = [
        _Stretch(header, body, apart)
        for header, day in zip(headers, days, strict=True)
        for body, apart in furniture.stretches(day)
    ]
    texts = [stretch.lines for stretch in stretches]
    habits = learn(texts, commonest(header.line.gap for header in headers[1:]))
    if several_a_day is None and furniture.ends_posts:
        several_a_day = False
    begins = _begins(texts, habits) if several_a_day is not False else [[] for _ in texts]
    left: tuple[Line, ...] = ()
    if several_a_day is None and has_headings(texts, habits):
        left = tuple(text[place] for text, places in zip(texts, begins, strict=True) for place in places)
        begins = [[] for _ in texts]
    posts = [
        post for one, places in zip(stretches, begins, strict=True) for post in _posts(one, habits, places)
    ]
    return Parting(tuple(posts), left)


def _begins(texts: Sequence[Sequence[Line]], habits: Habits) -> list[list[int]]:
    """Return, for each stretch, the places where further posts begin by their looks.

    Where some lines that look like titles stand further apart than paragraphs do, only those count.
    """
    found = [titles_within(text, habits) for text in texts]
    gaps = [text[place].gap for text, places in zip(texts, found, strict=True) for place in places]
    least = habits.gap + 1 if any(gap > habits.gap for gap in gaps) else habits.gap
    return [
        [place for place in places if text[place].gap >= least]
        for text, places in zip(texts, found, strict=True)
    ]


def _posts(stretch: _Stretch, habits: Habits, further: Sequence[int]) -> list[Found]:
    """Part a stretch at the places where further posts begin."""
    lines = stretch.lines
    if not lines:
        return [Found(stretch.header, None, (), False, stretch.furniture)]
    titled = begins_with_title(lines, habits)
    found = []
    for begin, end in pairwise([0, *further, len(lines)]):
        has_title = titled or begin > 0
        title, body = (lines[begin], lines[begin + 1 : end]) if has_title else (None, lines[begin:end])
        last = end == len(lines)
        found.append(Found(stretch.header, title, body, begin > 0, stretch.furniture if last else ()))
    return found
