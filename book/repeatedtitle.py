"""A post's title said again as the first heading of its text: a book would show it twice."""

from __future__ import annotations

import re
from dataclasses import replace

from book.almanac.words import fold
from book.model import Draft, Gathered
from book.sources._headings import plain

_HEADING = re.compile(r"#{1,6}[ \t]+(?P<words>[^\n]+?)[ \t]*#*[ \t]*(?:\{[^{}\n]*\}[ \t]*)?(?:\n|\Z)")


def without_repeated_titles(gathered: Gathered) -> Gathered:
    """Return what was gathered, with texts that do not begin with their own titles."""
    return replace(gathered, drafts=tuple(map(_without, gathered.drafts)))


def _without(draft: Draft) -> Draft:
    match = _HEADING.match(draft.body)
    if match is None or not draft.title or "![" in match["words"]:
        return draft
    if fold(plain(match["words"])) != fold(plain(draft.title)):
        return draft
    rest = draft.body[match.end() :].lstrip("\n")
    return replace(draft, body=rest) if rest else draft
