"""The lines of a finished book's pages, as they were set: text, place, size, and the spaces in them."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from statistics import median
from typing import Any

_SAME = 0.35
"""By how many points two sizes or baselines may differ and be one."""

_GUESSED = "\u2063"
"""Stands for a space that the file does not hold, but that there is between two letters."""
_LEAST_SPACE = 0.1


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `x` to `end` and its `baseline`, in points from the page's left and foot.

    `spaces` are the widths of the spaces in it; `size` is that of most of its letters.
    """

    text: str
    x: float
    end: float
    baseline: float
    size: float
    spaces: tuple[float, ...]


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


@dataclass(frozen=True)
class Proofs:
    """The pages of a book, and what is usual in it: its leading, its measure, its spaces."""

    pages: tuple[Page, ...]
    chapters: tuple[tuple[int, str], ...] = ()
    """Where the bookmarks are: pages from 1, and titles."""

    def chapter(self, page: int) -> str:
        """Return the title of the chapter that a page is in, empty before the first."""
        return next((title for first, title in reversed(self.chapters) if first <= page), "")

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
        return median(loose) if loose else 0.0

    def full(self, line: Line) -> bool:
        """Tell whether a line fills the measure, so that its spaces were stretched or shrunk."""
        return line.end - line.x >= self.measure * 0.93

    def following(self, page: Page) -> Page | None:
        """Return the next page, None after the last."""
        return self.pages[page.number] if page.number < len(self.pages) else None


def proofs(path: Path) -> Proofs:
    """Read the pages of a PDF."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path.read_bytes())
    try:
        read = [tuple(_lines(document[number])) for number in range(len(document))]
        chapters = tuple(_chapters(document))
    finally:
        document.close()
    sizes: Counter[float] = Counter()
    for lines in read:
        for line in lines:
            sizes[round(line.size, 1)] += len(line.text)
    usual = sizes.most_common(1)[0][0] if sizes else 0.0
    return Proofs(
        tuple(
            Page(number, lines, tuple(line for line in lines if abs(line.size - usual) < _SAME))
            for number, lines in enumerate(read, 1)
        ),
        chapters,
    )


def _chapters(document: Any) -> list[tuple[int, str]]:
    """Return the pages, from 1, on which bookmarks begin, and their titles."""
    found = []
    for bookmark in document.get_toc():
        place = bookmark.get_dest()
        index = place.get_index() if place else None
        if index is not None:
            found.append((index + 1, bookmark.get_title()))
    return sorted(found)


def _lines(page: Any) -> Iterator[Line]:
    """Give the lines of a page from head to foot, each put together from the letters on one baseline."""
    rows: dict[float, list[tuple[float, float, float, str]]] = {}
    for x, end, y, size, sign in _letters(page):
        key = next((row for row in rows if abs(row - y) < _SAME), y)
        rows.setdefault(key, []).append((x, end, size, sign))
    for baseline in sorted(rows, reverse=True):
        yield _line(sorted(rows[baseline]), baseline)


def _line(found: Sequence[tuple[float, float, float, str]], baseline: float) -> Line:
    letters = _spaced(found)
    inked = [one for one in letters if one[3] not in " \u00a0"]
    seen = inked or list(letters)
    spaces = tuple(
        after[0] - before[1]
        for before, gap, after in zip(letters, letters[1:], letters[2:], strict=False)
        if gap[3] == " " and before[3] != " " and after[3] != " "
    )
    size = Counter(round(one[2], 1) for one in seen).most_common(1)[0][0]
    text = "".join(one[3] for one in letters).strip()
    return Line(text, seen[0][0], max(one[1] for one in seen), baseline, size, spaces)


def _spaced(found: Sequence[tuple[float, float, float, str]]) -> list[tuple[float, float, float, str]]:
    """Keep of the spaces that are only guessed those that are wide enough to be some."""
    kept = []
    for number, one in enumerate(found):
        if one[3] == _GUESSED:
            if not 0 < number < len(found) - 1:
                continue
            if found[number + 1][0] - found[number - 1][1] < _LEAST_SPACE * one[2]:
                continue
            one = (*one[:3], " ")
        kept.append(one)
    return kept


def _letters(page: Any) -> Iterator[tuple[float, float, float, float, str]]:
    """Give every letter that stands upright: where it begins and ends, its baseline, size and sign."""
    from pypdfium2 import raw

    text = page.get_textpage()
    x, y = ctypes.c_double(), ctypes.c_double()
    box = [ctypes.c_double() for _ in range(4)]
    for number in range(text.count_chars()):
        sign = chr(raw.FPDFText_GetUnicode(text, number))
        if sign in "\r\n\0":
            continue
        if raw.FPDFText_IsGenerated(text, number) == 1:
            sign = _GUESSED
        if abs(raw.FPDFText_GetCharAngle(text, number)) > 0.01:
            continue
        raw.FPDFText_GetCharOrigin(text, number, x, y)
        raw.FPDFText_GetCharBox(text, number, *box)
        end = box[1].value if sign not in (" ", "\u00a0", _GUESSED) else x.value
        yield x.value, max(end, x.value), y.value, raw.FPDFText_GetFontSize(text, number), sign
