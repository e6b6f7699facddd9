"""Hyphens that stand for dashes: an em dash without spaces in American English, mostly a spaced en dash."""

from __future__ import annotations

import re

from book.copyedit.languages import NBSP, dash
from book.copyedit.runs import Edit

_SPACED = re.compile(r"(?<=[^\s\-–—])[ \u00a0](-{1,3})[ \u00a0](?=[^\s\-–—])")
_CLOSED = re.compile(r"(?<=[^\s\-–—!/])(---?)(?=[^\s\-–—>/]|\s*\Z)")


def edits(text: str, language: str) -> list[Edit]:
    """Set ` - `, `--` and `---` as dashes; what may be a minus or the option of a command stays."""
    spaced = dash(language)
    if spaced is None or "-" not in text:
        return []
    found = []
    for match in _SPACED.finditer(text):
        before, after = text[match.start() - 1], text[match.end()]
        new = f"{NBSP}– " if before.isdigit() and after.isdigit() else spaced
        found.append(Edit(*match.span(), new))
    for match in _CLOSED.finditer(text):
        between = text[match.start() - 1].isdigit() and text[match.end() : match.end() + 1].isdigit()
        found.append(Edit(*match.span(1), "–" if between and len(match[1]) == 2 else "—"))
    first = re.match(r"\s*(---?)(?=[ \u00a0][^\W\d_])", text)  # before the name of who said it
    if first:
        found.append(Edit(*first.span(1), "—"))
    return found
