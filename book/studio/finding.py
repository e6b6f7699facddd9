"""On which page of an edition a notice about a line of a post is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

MANY = 60
"""Notices that are looked for; the rest are put to the beginning of their post."""

_WORD = re.compile(r"\w+")
_ADDRESS = re.compile(r"\]\([^)\n]*\)")
"""Where a link or a picture leads: that is not printed."""


def paged(facts: Mapping[str, Any], posts: Mapping[str, str], idents: Sequence[str]) -> list[dict[str, Any]]:
    """Return an edition's notices, each with its `page`: None where it is about no post, or has no pages.

    `posts` has the identifier of the post in each file, `idents` all that the contents name. The
    page is the one in the post's chapter that has most of the words of the notice's line.
    """
    at = facts.get("at", {}) if "pages" in facts else {}
    starts = sorted({at[ident] for ident in idents if ident in at} | {len(facts.get("pages", ()))})
    text = cache(lambda index: _texts(Path(facts["path"]), index))
    found = []
    for number, notice in enumerate(facts["warnings"]):
        page = at.get(posts.get(notice["path"]))
        if page is not None and notice["line"] and number < MANY:
            end = next((start for start in starts if start > page), page + 1)
            words = _words_of(Path(notice["path"]), notice["line"])
            page = max(range(page, end), key=lambda index: (_shared(words, text(index)), -index))
        found.append({**notice, "page": page})
    return found


def _words_of(file: Path, line: int) -> list[str]:
    """Return the words of a line of a file."""
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    return _WORD.findall(_ADDRESS.sub("]", lines[line - 1]).lower()) if 0 < line <= len(lines) else []


def _shared(words: Sequence[str], text: str) -> int:
    """Count the pairs of neighbouring words that stand in a text so; a lone word, where there is no pair."""
    pairs = [f"{one} {other}" for one, other in pairwise(words)] or list(words)
    return sum(f" {pair} " in text for pair in pairs)


def _texts(path: Path, index: int) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    text = document[index].get_textpage().get_text_range()
    document.close()
    return f" {' '.join(_WORD.findall(text.lower()))} "
