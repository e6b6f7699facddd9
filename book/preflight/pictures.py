"""Pictures have dots enough for the size at which they are placed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from book.model import Finding
from book.preflight._demands import Demands, trim
from book.preflight._file import File
from book.preflight._marks import Mark
from book.preflight._words import pages

_SLACK = 0.99  # of the resolution asked for: what is lost to whole pixels
_MOST = 10
_LONG = 16  # a longer name is one that a program made up, and tells nobody anything


def look(file: File, demands: Demands) -> Iterator[Finding]:
    """Find the pictures that are too coarse, the coarsest first."""
    if not demands.ppi:
        return
    coarse: dict[tuple[int, str], list[int]] = defaultdict(list)
    for page in file.pages:
        cut = trim(page, demands)
        for mark in page.marks:
            if mark.kind != "image" or mark.ppi is None or mark.box.within(cut).empty:
                continue
            if mark.ppi < demands.ppi * _SLACK:
                coarse[round(mark.ppi), _named(mark)].append(page.number)
    for (ppi, name), numbers in sorted(coarse.items(), key=lambda one: (one[0][0], one[1][0], one[0][1]))[
        :_MOST
    ]:
        share = max(1, round(100 * ppi / demands.ppi))
        message = f"{pages(numbers)}: {name} has {ppi} dots to the inch, and {demands.ppi:g} are asked for"
        hint = f"use a larger original, or place it at {share} % of this size"
        yield Finding("preflight-resolution", "warning", message, file.path, None, hint, demands.source)
    if len(coarse) > _MOST:
        message = f"{len(coarse) - _MOST} more pictures are too coarse for the size they are placed at"
        yield Finding("preflight-resolution", "warning", message, file.path, None, None, demands.source)


def _named(mark: Mark) -> str:
    if len(mark.name) <= _LONG:
        return f"the picture `{mark.name}`"
    return f"a picture of {mark.image.get('/Width')} × {mark.image.get('/Height')} pixels"
