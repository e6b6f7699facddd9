"""Hyphens that stand for dashes: an em dash without spaces in American English, else a spaced en dash."""

from __future__ import annotations

import re

from book.copyedit.runs import Edit

_SPACED = re.compile(r"(?<=[^\s\-–—])[ \u00a0](?:-{1,3}|–|—)[ \u00a0](?=[^\s\-–—])")
_DOUBLED = re.compile(r"(?<=[^\s\-])(---?)(?=[^\s\-])")


def edits(text: str, language: str) -> list[Edit]:
    """Set ` - `, `--` and `---` as dashes."""
    if "-" not in text:
        return []
    closed = language in {"en", "en-US"}
    dash = "—" if closed else "\u00a0– "
    found = [Edit(*match.span(), dash) for match in _SPACED.finditer(text) if "-" in match[0]]
    for match in _DOUBLED.finditer(text):
        number = len(match[1]) == 2 and text[match.start() - 1].isdigit() and text[match.end()].isdigit()
        found.append(Edit(*match.span(), "–" if number else "—"))
    return found
