"""Titles: plain text, in which code between backticks, as in Markdown, is told by its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape, unescape

from book.composed import composed
from book.copyedit import corrected

Span = tuple[int, int]

_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>")
_CODE = re.compile(r"(?<![\w`])(?P<ticks>`+)(?P<code>(?=\S)[^`]+?(?<=\S))(?P=ticks)(?![\w`])")
"""Code, and no apostrophe: backticks begin and end it as brackets would. Hawai`i and O`ahu have none."""
_HELD = 0xF0000
"""The first of the characters that stand for code while the words around it are corrected."""


def set_title(title: str, language: str, passes: tuple[str, ...]) -> tuple[str, tuple[Span, ...]]:
    """Return a title's words, corrected, and where among them its code stands, which is left as it is."""
    title = composed(title)
    codes: list[str] = []

    def held(found: re.Match[str]) -> str:
        codes.append(found["code"])
        return chr(_HELD + len(codes) - 1)

    words, spans = corrected(_plain(_CODE.sub(held, title)), language, passes), []
    for number, code in enumerate(codes):
        before, sign, after = words.partition(chr(_HELD + number))
        if sign:
            spans.append((len(before), len(before) + len(code)))
        words = f"{before}{code if sign else ''}{after}"
    return words, tuple(spans)


def has_markup(title: str) -> bool:
    """Tell whether tags stand in a title, outside its code."""
    return _MARKUP.search(_CODE.sub("", title)) is not None


def heading(title: str, code: Sequence[Span]) -> str:
    """Write a title as XHTML, its code as code."""
    pieces, end = [], 0
    for start, stop in code:
        pieces += [_escaped(title[end:start]), f"<code>{_escaped(title[start:stop])}</code>"]
        end = stop
    return "".join([*pieces, _escaped(title[end:])])


def _escaped(text: str) -> str:
    return escape(text, quote=False)


def _plain(title: str) -> str:
    """Return a title's words: titles are text, and what looks like a tag in one is markup that strayed in."""
    if "<" not in title and "&" not in title:
        return title
    return " ".join(unescape(_MARKUP.sub("", title)).split())
