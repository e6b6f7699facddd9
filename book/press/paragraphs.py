"""A paragraph's text, in runs of one style, read as breakpoints for total fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import inf
from typing import NamedTuple

from book.press.reach import within_reach
from book.press.totalfit import Breakpoint, Manner, lines

_HYPHENS = ("-", "\u2010")
_WORD = re.compile(r"(?<!\w[.@])\b[^\W\d_]+\b(?![.@]\w)")
"""A word that may be divided: no part of a name as `example.org` or `my_file`."""
_SWALLOWED = " \n\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u200b"
"""Spaces that a line which ends with them does not show; those of fixed widths do not stretch."""
# Natural spaces first: a paragraph that sets well without hyphens gets none.
_PLAIN = (1.0,)
_TIGHTEST = 0.33
"""The share of its width that a space may lose where lines are wished for."""
_SCRAP = "nnnnn"
"""A last line narrower than this does not carry its paragraph."""
_SCRAP_SPACES, _FEW_LETTERS_SPACES = 1.75, 2.15
"""Times their width that spaces may have lest a last line be a scrap, or of a few letters.

With more they would be holes, which is worse.
"""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text, `start` to `end`, in one style.

    `measure` gives the width of a piece of text in that style; `syllables` the places at
    which a word may be divided; `hyphen` is what a division shows.
    """

    start: int
    end: int
    measure: Callable[[str], float]
    syllables: Callable[[str], Sequence[int]]
    hyphen: str = "-"


class Ending(NamedTuple):
    """Where a line ends: its text stops at `stop`, the next one begins at `resume`.

    `hyphen` tells that a hyphen is added, `forced` that the author ends the line.
    """

    stop: int
    resume: int
    hyphen: bool
    forced: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """Lines wished for: so many in all, spaces at most so many times their width, no word divided in `whole`.

    `whole` are places in the text at which no word is to be divided.
    """

    lines: int | None = None
    spaces: float = 2.0
    whole: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What is to be set in lines.

    `allowed` are the places before which Unicode's rules let a line break (UAX 14), and a line
    feed in the text is where one must;
    `width` is the measure and `indent` what the first line is set in by. `first` are
    the runs as the first line sets them, where it has a style of its own, and `tracking` is
    what it puts after each letter besides.
    """

    text: str
    allowed: Sequence[int]
    runs: Sequence[Run]
    width: float
    indent: float = 0.0
    first: Sequence[Run] | None = None
    tracking: float = 0.0


def endings(paragraph: Paragraph, wish: Wish | None = None) -> list[Ending] | None:
    """Choose where the lines of a paragraph end, the last one's end left out.

    Returns None where no good lines are found, or none as they are wished for.
    """
    runs, indent, width = paragraph.runs, paragraph.indent, paragraph.width
    space = runs[0].measure("n n") - runs[0].measure("nn")
    manner = Manner(space=space, shortest_last=max(1.5 * indent, runs[0].measure(_SCRAP)))
    widths = [width - indent, width]
    if wish:
        return _as_wished(paragraph, widths, manner, wish)
    read, points = _whole(paragraph)
    chosen = lines(points, widths, _strict(manner))
    for tolerance in manner.tolerances if chosen is None else ():
        tried = replace(manner, tolerances=(tolerance,))
        read, points = _divided(paragraph, widths, tried)
        chosen = lines(points, widths, tried)
        if chosen is not None:
            break
    if chosen is None:
        return None
    last = points[-1].before - points[chosen[-2]].after if len(chosen) > 1 else inf
    few = runs[0].measure(_SCRAP)
    for least, spaces in ((manner.shortest_last, _SCRAP_SPACES), (few, _FEW_LETTERS_SPACES)):
        if last < least:
            fuller = replace(manner, shortest_last=least)
            found = _as_wished(paragraph, widths, fuller, Wish(None, spaces))
            if found is not None:
                return found
    return [read[number] for number in chosen[:-1]]


def divides(text: str, ending: Ending) -> bool:
    """Tell whether a word is divided where a line ends, after a hyphen of the author's too."""
    stop = ending.stop
    return ending.hyphen or (
        stop == ending.resume and text[stop - 1 : stop] in _HYPHENS and text[stop - 2 : stop - 1].isalpha()
    )


def first_spaces(paragraph: Paragraph, chosen: Sequence[Ending]) -> float:
    """Return how many times as wide as usual the spaces are in the first of the lines that are chosen."""
    runs = paragraph.first or paragraph.runs
    if not chosen or chosen[0].forced:
        return 1.0
    stop, hyphen = chosen[0].stop, runs[0].measure(runs[0].hyphen) if chosen[0].hyphen else 0.0
    natural = _width(paragraph.text, 0, stop, runs) + paragraph.tracking * stop + hyphen
    space = runs[0].measure("n n") - runs[0].measure("nn")
    spaces = paragraph.text.count(" ", 0, stop) * space
    return 1.0 + (paragraph.width - paragraph.indent - natural) / spaces if spaces else 1.0


def _as_wished(
    paragraph: Paragraph, widths: Sequence[float], manner: Manner, wish: Wish
) -> list[Ending] | None:
    """Choose lines as they are wished for, none of them a scrap at the end."""
    ratio = (wish.spaces - 1) / manner.stretch
    limited = replace(manner, tolerances=(ratio,), scraps=False, shrink=_TIGHTEST)
    read, points = _divided(paragraph, widths, limited)
    kept = [n for n, point in enumerate(points) if not (point.hyphen and read[n].stop in wish.whole)]
    chosen = lines([points[number] for number in kept], widths, limited, wish.lines)
    return None if chosen is None else [read[kept[number]] for number in chosen[:-1]]


def balanced(paragraph: Paragraph, wish: Wish | None = None) -> list[Ending] | None:
    """Choose where the lines of a title end: as few as it needs, and as even as they can be.

    Returns None for one that fits a line, where a word is wider than the measure, and where
    the first line is set in a style of its own.
    """
    if paragraph.first or wish or "\n" in paragraph.text:
        return None
    room = paragraph.width - paragraph.indent
    read, points = _whole(paragraph)
    widest = _filled(points, room)
    if widest is None or len(widest) == 1:
        return None
    low, high, best = points[-1].before / len(widest), room, widest
    for _ in range(12):
        middle = (low + high) / 2
        ends = _filled(points, middle)
        if ends is not None and len(ends) == len(widest):
            high, best = middle, ends
        else:
            low = middle
    return [read[number] for number in best[:-1]]


def _filled(points: Sequence[Breakpoint], width: float) -> list[int] | None:
    """Fill lines one by one; return where they end, or None where one cannot be filled."""
    ends: list[int] = []
    start = 0.0
    for number, point in enumerate(points):
        if point.before - start > width + 1e-6:
            if number == 0 or (ends and ends[-1] == number - 1):
                return None
            ends.append(number - 1)
            start = points[number - 1].after
            if point.before - start > width + 1e-6:
                return None
    return [*ends, len(points) - 1]


def _strict(manner: Manner) -> Manner:
    return Manner(manner.space, manner.stretch, manner.shrink, _PLAIN, shortest_last=manner.shortest_last)


_Read = tuple[Sequence[Ending], Sequence[Breakpoint]]
"""Where lines may end, with what is set up to there."""


def _whole(paragraph: Paragraph) -> _Read:
    """Read a paragraph whose words are not divided."""
    places = (*paragraph.allowed, len(paragraph.text))
    read, points = _words(paragraph.text, places, tuple(paragraph.runs))
    if not paragraph.first:
        return read, points
    return read, _begun(paragraph, points, *_words(paragraph.text, places, tuple(paragraph.first)))


def _divided(paragraph: Paragraph, widths: Sequence[float], manner: Manner) -> _Read:
    """Read a paragraph whose words are divided where lines may end, set in these measures and manner."""
    read, points = _whole(paragraph)
    hyphen = max(run.measure(run.hyphen) for run in paragraph.runs)
    near = within_reach(points, widths, manner, hyphen)
    divided, found = _syllables(paragraph.text, paragraph.runs, read, points, near)
    if not paragraph.first:
        return divided, found
    places = (*paragraph.allowed, len(paragraph.text))
    words = _words(paragraph.text, places, tuple(paragraph.first))
    return divided, _begun(paragraph, found, *_syllables(paragraph.text, paragraph.first, *words, near))


def _begun(
    paragraph: Paragraph, points: Sequence[Breakpoint], read: Sequence[Ending], first: Sequence[Breakpoint]
) -> list[Breakpoint]:
    """Give points the widths that the first line has up to them, in a style of its own."""
    return [
        point._replace(first=begun.before + paragraph.tracking * ending.stop)
        for point, ending, begun in zip(points, read, first, strict=True)
    ]


@lru_cache(maxsize=64)
def _words(text: str, places: tuple[int, ...], runs: tuple[Run, ...]) -> _Read:
    """Read a text, once for however many ways it is tried in."""
    endings: list[Ending] = []
    points: list[Breakpoint] = []
    set_so_far, spaces, start, at = 0.0, 0, 0, 0
    for place in places:
        while runs[at].end <= start and at + 1 < len(runs):
            at += 1
        stop = start + len(text[start:place].rstrip(_SWALLOWED))
        spaces += text.count("\u00a0", start, stop)
        set_so_far += _width(text, start, stop, runs, at)
        if "\n" in text[stop:place]:
            endings.append(Ending(stop, place, False, True))
            points.append(Breakpoint(set_so_far, set_so_far, spaces, spaces, forced=True))
            start = place
            continue
        gap = _width(text, stop, place, runs, at)
        endings.append(Ending(stop, place, False))
        parted = divides(text, endings[-1])
        swallowed = text.count(" ", stop, place)
        points.append(Breakpoint(set_so_far, set_so_far + gap, spaces, spaces + swallowed, parted))
        set_so_far, spaces, start = set_so_far + gap, spaces + swallowed, place
    return endings, points


def _syllables(
    text: str,
    runs: Sequence[Run],
    endings: Sequence[Ending],
    points: Sequence[Breakpoint],
    near: Container[int],
) -> _Read:
    """Add the divisions of the words that end at the points with these numbers."""
    read: list[Ending] = []
    found: list[Breakpoint] = []
    start, at, set_so_far, spaces = 0, 0, 0.0, 0
    for number, (ending, point) in enumerate(zip(endings, points, strict=True)):
        if number in near:
            while runs[at].end <= start and at + 1 < len(runs):
                at += 1
            for cut, width in _divisions(text, start, ending.stop, runs, at):
                after = point.before - _width(text, cut, ending.stop, runs, at)
                read.append(Ending(cut, cut, True))
                found.append(Breakpoint(set_so_far + width, after, spaces, spaces, True))
        read.append(ending)
        found.append(point)
        start, set_so_far, spaces = ending.resume, point.after, point.spaces_after
    return read, found


def _width(text: str, start: int, stop: int, runs: Sequence[Run], at: int = 0) -> float:
    """Measure a piece of a text; the runs before number `at` have none of it."""
    run = runs[at]
    if stop <= run.end and start >= run.start:  # as most pieces are, which are words
        return run.measure(text[start:stop]) if start < stop else 0.0
    total = 0.0
    for run in runs[at:]:
        if run.start >= stop:
            break
        if run.end > start:
            total += run.measure(text[max(start, run.start) : min(stop, run.end)])
    return total


def _divisions(text: str, start: int, stop: int, runs: Sequence[Run], at: int) -> Iterator[tuple[int, float]]:
    """Give the places at which words may be divided, with the width from `start`, hyphen included."""
    for match in _WORD.finditer(text, start, stop):
        run = next(run for run in runs[at:] if run.start <= match.start() < run.end)
        if match.end() > run.end:
            continue
        begun = max(start, run.start)
        before = _width(text, start, begun, runs, at)
        for length in run.syllables(match[0]):
            cut = match.start() + length
            yield cut, before + run.measure(text[begun:cut] + run.hyphen)
