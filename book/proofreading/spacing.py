"""The spaces of justified lines: neither gaping nor crowded."""

from __future__ import annotations

from collections.abc import Iterator
from math import fsum

from book.proofreading._lines import Mark, Proofs

_LOOSE, _TIGHT = 2.2, 0.6
"""Times the usual space: past these a reader sees holes, or words that run together."""


def read(book: Proofs) -> Iterator[Mark]:
    """Mark lines whose spaces are much wider or narrower than usual."""
    if not book.space:
        return
    for page in book.text:
        for line in page.body:
            if not line.spaces or not book.full(line):
                continue
            times = fsum(line.spaces) / len(line.spaces) / book.space
            if times > _LOOSE:
                message = f"a loose line: its spaces are {times:.1f} times the usual"
                hint = "a change of a word, or a soft hyphen in a long one, would help"
                yield Mark("loose-line", page.number, message, line.text, hint)
            elif times < _TIGHT:
                message = f"a tight line: its spaces are {times:.1f} times the usual"
                yield Mark("tight-line", page.number, message, line.text)
