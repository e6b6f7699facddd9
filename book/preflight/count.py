"""There are as many pages as can be bound, and no long run of empty ones."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from book.model import Finding
from book.nouns import many
from book.preflight._demands import Demands
from book.preflight._file import File
from book.preflight._words import pages


def look(file: File, demands: Demands) -> Iterator[Finding]:
    """Count the pages, and the blank ones that follow each other."""
    count = len(file.pages)
    told = None
    if demands.fewest and count < demands.fewest:
        told = f"{_has(count)}, and `{demands.profile}` binds {demands.fewest} at least"
        hint = "a smaller trim, wider leading or larger type makes more of them"
    elif demands.most and count > demands.most:
        told = f"{_has(count)}, and `{demands.profile}` binds {demands.most} at most"
        hint = "a larger trim, narrower leading or smaller type makes fewer; else divide it into volumes"
    if told:
        yield Finding("preflight-page-count", "error", told, file.path, None, hint, demands.source)
    if demands.multiple and count % demands.multiple:
        lacking = -count % demands.multiple
        message = f"{_has(count)}, and `{demands.profile}` wants a multiple of {demands.multiple}"
        hint = "add a blank page at the end" if lacking == 1 else f"add {lacking} blank pages at the end"
        yield Finding("preflight-parity", "error", message, file.path, None, hint, demands.source)
    if demands.blanks is not None:
        yield from _blanks(file, demands, demands.blanks)


def _has(count: int) -> str:
    return f"there {'is' if count == 1 else 'are'} {many(count, 'page')}"


def _blanks(file: File, demands: Demands, most: int) -> Iterator[Finding]:
    for blank, run in groupby(file.pages, lambda page: page.blank):
        numbers = [page.number for page in run]
        if blank and len(numbers) > most:
            message = f"{pages(numbers)}: {len(numbers)} blank pages together, and `{demands.profile}` "
            message += f"takes {most}"
            hint = "take some out, or put something on them"
            yield Finding("preflight-blanks", "error", message, file.path, None, hint, demands.source)
