"""The lines of a finished book's pages, as they were set: text, place, size, and the spaces in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

SAME = 0.35
"""By how many points two sizes or baselines may differ and be one."""
APART = 1.0
"""Of the size: what is so far apart on a line are two columns, whether the file has a space there or not."""
FROM_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
"""Letters that are read from right to left."""
_LISTED = re.compile(r"(?:\.\s*){3}|\s[\divxlc]+$")
"""What a line of the contents, or of an index, ends in: a leader, a page."""
_GULF, _WIDE, _UNLIKE = 2.5, 1.2, 2.5
"""Times the size: no space is so wide, or so wide where another is that many times as narrow."""
_RARE = 0.25
"""What part of a book's letters headings are at most: what is set more often is text."""


class Line(NamedTuple):
    """One line: `x` to `end` and its `baseline`, in points from the page's left and foot.

    `spaces` are the widths of the spaces in it; `size` is that of most of its letters.
    """

    text: str
    x: float
    end: float
    baseline: float
    size: float
    spaces: Sequence[float]

    @property
    def tabular(self) -> bool:
        """Whether it is a row of columns: justifying makes all spaces of a line wide, and none a gulf."""
        widest, narrowest = max(self.spaces, default=0.0), min(self.spaces, default=0.0)
        return widest > _GULF * self.size or (widest > _WIDE * self.size and widest > _UNLIKE * narrowest)


@dataclass(frozen=True, slots=True)
class Mark:
    """What a typesetter would mark: the rule's name, the page, the words it is about, what and why."""

    rule: str
    page: int
    message: str
    words: str = ""
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page by its number from 1, and its lines from head to foot."""

    number: int
    lines: tuple[Line, ...]
    body: tuple[Line, ...]
    """The lines of running text: those in the size in which most of the book is set."""

    @property
    def recto(self) -> bool:
        """Whether it lies at the right."""
        return self.number % 2 == 1

    @property
    def listed(self) -> float:
        """What part of its lines are as in a list of pages, such as the contents, which has no paragraphs."""
        found = sum(bool(_LISTED.search(line.text)) for line in self.body)
        return found / len(self.body) if self.body else 0.0


@dataclass(frozen=True)
class Proofs:
    """The pages of a book, and what is usual in it: its leading, its measure, its spaces."""

    pages: tuple[Page, ...]
    chapters: tuple[tuple[int, str], ...] = ()
    """Where chapters begin: pages from 1, and titles."""

    def chapter(self, page: int) -> str:
        """Return the title of the chapter that a page is in, empty before the first."""
        return next((title for first, title in reversed(self.chapters) if first <= page), "")

    @cached_property
    def size(self) -> float:
        """The size of running text, in points."""
        return next((line.size for page in self.pages for line in page.body), 0.0)

    @cached_property
    def leading(self) -> float:
        """The distance of baselines that is most common, in points."""
        steps = Counter(
            round(before.baseline - after.baseline, 1)
            for page in self.pages
            for before, after in zip(page.body, page.body[1:], strict=False)
            if before.baseline - after.baseline > 2
        )
        return steps.most_common(1)[0][0] if steps else 0.0

    @cached_property
    def measure(self) -> float:
        """How wide a full line is, in points."""
        widths = Counter(round(line.end - line.x) for page in self.pages for line in page.body)
        common = [width for width, count in widths.most_common(3) if count > 2]
        return float(max(common, default=0))

    @cached_property
    def space(self) -> float:
        """The width of a space that nothing stretches: in lines that end paragraphs."""
        loose = [
            width
            for page in self.pages
            for line in page.body
            if line.end - line.x < self.measure * 0.8
            for width in line.spaces
        ]
        return sorted(loose)[len(loose) // 2] if loose else 0.0

    @cached_property
    def text(self) -> tuple[Page, ...]:
        """The pages of running text, without lists of pages, even where one ends with a few titles."""
        found, listing = [], False
        for page in self.pages:
            listing = page.listed > 0.5 or (listing and page.listed > 0.25)
            if not listing:
                found.append(page)
        return tuple(found)

    def rare(self, line: Line) -> bool:
        """Tell whether little of the book is set in a line's size: text between many tables is no heading."""
        sizes = self._sizes
        alike = sum(count for size, count in sizes.items() if abs(size - line.size) < SAME)
        return alike < _RARE * sum(sizes.values())

    @cached_property
    def _sizes(self) -> Counter[float]:
        counts: Counter[float] = Counter()
        for page in self.pages:
            for line in page.lines:
                counts[round(line.size, 1)] += len(line.text)
        return counts

    @cached_property
    def depth(self) -> tuple[float, float]:
        """The baselines that are usual for a page's first line of text, and for its last."""
        fullest = max((len(page.body) for page in self.text), default=0)
        whole = [page.body for page in self.text if page.body and len(page.body) * 2 > fullest]
        if not whole:
            return 0.0, 0.0
        heads, feet = (sorted(body[at].baseline for body in whole) for at in (0, -1))
        return heads[-(len(heads) // 4) - 1], feet[len(feet) // 4]

    def full(self, line: Line) -> bool:
        """Tell whether a line fills the measure, so that its spaces were stretched or shrunk."""
        return line.end - line.x >= self.measure * 0.93 and not line.tabular

    def following(self, page: Page) -> Page | None:
        """Return the next page, None after the last."""
        return self.pages[page.number] if page.number < len(self.pages) else None


def together(read: Sequence[Sequence[Line]], chapters: Iterable[tuple[int, str]] = ()) -> Proofs:
    """Make proofs of the lines of each page; running text is what is set in the most usual size."""
    sizes: Counter[float] = Counter()
    for lines in read:
        for line in lines:
            sizes[round(line.size, 1)] += len(line.text)
    usual = sizes.most_common(1)[0][0] if sizes else 0.0
    return Proofs(
        tuple(
            Page(number, tuple(lines), tuple(line for line in lines if abs(line.size - usual) < SAME))
            for number, lines in enumerate(read, 1)
        ),
        tuple(chapters),
    )


def merged(found: Iterable[Line]) -> tuple[Line, ...]:
    """Put pieces that stand on one baseline together as lines, and these in order from head to foot."""
    rows: dict[float, list[Line]] = {}
    for line in found:
        key = next((row for row in rows if abs(row - line.baseline) < SAME), line.baseline)
        rows.setdefault(key, []).append(line)
    return tuple(_joined(sorted(rows[key], key=lambda one: one.x)) for key in sorted(rows, reverse=True))


def _joined(pieces: Sequence[Line]) -> Line:
    if len(pieces) == 1:
        return pieces[0]
    largest = max(pieces, key=lambda one: len(one.text))
    read = reversed(pieces) if FROM_RIGHT.search(largest.text) else pieces
    gaps = (after.x - before.end for before, after in pairwise(pieces))
    return Line(
        " ".join(one.text for one in read),
        pieces[0].x,
        max(one.end for one in pieces),
        largest.baseline,
        largest.size,
        (
            *(space for one in pieces for space in one.spaces),
            *(gap for gap in gaps if gap > APART * largest.size),
        ),
    )
