"""Titles and names as plain text: exports write them with markup, or escaped once too often."""

from __future__ import annotations

import re
from html import escape, unescape

_ORNAMENTS = re.compile(r"[\s\u2018\u2019\u201c\u201d'\".…]+")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")


def plain(text: str) -> str:
    """Return text without its markup and its character references, on one line."""
    return " ".join(unescape(_TAG.sub("", text) if "<" in text else text).split())


def title_of(text: str) -> str:
    """Return a title so that what it reads as is the plain text of the one given: letters, no markup."""
    letters = plain(text)
    return escape(letters, quote=False) if plain(letters) != letters else letters


def alike(one: str, other: str) -> bool:
    """Tell whether two titles are the same, but for their spaces, quotes and points."""
    return _ORNAMENTS.sub("", one).casefold() == _ORNAMENTS.sub("", other).casefold()
