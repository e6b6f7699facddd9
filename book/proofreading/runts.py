"""The last lines of paragraphs: more than a scrap of a word."""

from __future__ import annotations

from collections.abc import Iterator

from book.proofreading._lines import Line, Mark, Page, Proofs

_LETTERS = 4
"""A last line with no more letters than these hardly shows that it is one."""
_EAST_ASIAN = "\u2e80"
"""From here on signs are Chinese, Japanese or Korean, but for a few that end no paragraph."""
_SHOWN = 40
"""Characters of the line before that are shown."""
_INDENT = (4, 40)


def read(book: Proofs) -> Iterator[Mark]:
    """Mark paragraphs that end in a line of one short word, or of the end of one."""
    for page in book.text:
        left = min((line.x for line in page.body), default=0.0)
        for number in range(1, len(page.body)):
            before, line = page.body[number - 1], page.body[number]
            if _goes_on(before, line, book) and _ends(page, number, left, book) and _scrap(line):
                yield Mark(
                    "runt",
                    page.number,
                    "a paragraph ends in a line of a few letters",
                    f"{_ending(before.text)} {line.text}",
                    "take out a word above, or add one",
                )


def _ending(text: str) -> str:
    """Return the last words of a line."""
    return text if len(text) <= _SHOWN else text[-_SHOWN:].partition(" ")[2]


def _scrap(line: Line) -> bool:
    letters = sum(sign.isalnum() for sign in line.text)
    most = 1 if any(sign >= _EAST_ASIAN for sign in line.text) else _LETTERS  # where a sign is a word
    return letters <= most and any(map(str.isalpha, line.text))


def _goes_on(before: Line, line: Line, book: Proofs) -> bool:
    """Tell whether a line is of the same paragraph as the full one before it."""
    apart = before.baseline - line.baseline
    return book.full(before) and abs(apart - book.leading) < 0.5 and line.x - before.x < _INDENT[0]


def _ends(page: Page, number: int, left: float, book: Proofs) -> bool:
    """Tell whether a paragraph ends with a line: the next one is set in, or stands further below."""
    if number + 1 == len(page.body):
        return True
    line, after = page.body[number], page.body[number + 1]
    apart = line.baseline - after.baseline
    return _INDENT[0] < after.x - left < _INDENT[1] or apart > book.leading * 1.2
