"""Runs of marks that would keep Markdown busy for minutes, set aside as the characters they are.

An unclosed bracket can open no link; Python-Markdown looks for its end all the same, from every
one of them, to the end of the paragraph. Where such marks come in numbers, each is exchanged for
a stand-in before the conversion and put back after it: no reader sees a difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

FEW = 16
"""So many hopeless marks of a kind, or so deep a nest, are no trouble and are left to Markdown."""

_MARKS = "[](<\\>-*+."
_STAND_INS = (
    "\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4\ufdd5\ufdd6\ufdd7\ufdd8\ufdd9"  # no text holds these noncharacters
)
_AWAY = str.maketrans(_MARKS, _STAND_INS)
_BACK = {ord(stand_in): mark for stand_in, mark in zip(_STAND_INS, _MARKS, strict=True)}
_BACK_IN_HTML = _BACK | {ord("\ufdd3"): "&lt;", ord("\ufdd5"): "&gt;"}

_STAND_IN = re.compile(f"[{_STAND_INS}]")
_BLANK = re.compile(r"(\n[ \t]*\n)")
_BRACKET = re.compile(r"\\.|\]\(|[\[\]()]", re.DOTALL)
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_CONTAINER = re.compile(r"[ \t]*(?:(>)|([-*+])(?=[ \t])|\d{1,9}(\.)(?=[ \t]))")
_RULE = re.compile(r"[ \t]*([-*_])(?:[ \t]*\1){2,}[ \t]*")


def tamed(text: str) -> str:
    """Return Markdown with stand-ins for marks that lead nowhere; mostly the very same text."""
    text = _with_stand_ins(text, _open_tags(text))
    chunks = _BLANK.split(text)
    return "".join(_with_stand_ins(chunk, _hopeless(chunk)) for chunk in chunks)


def restored(html: str) -> str:
    """Put the marks back into what Markdown made of it."""
    return html.translate(_BACK_IN_HTML) if _STAND_IN.search(html) else html


def _with_stand_ins(text: str, places: Iterable[int]) -> str:
    changed = sorted(set(places))
    if not changed:
        return text
    letters = list(text)
    for place in changed:
        letters[place] = letters[place].translate(_AWAY)
    return "".join(letters)


def _hopeless(chunk: str) -> Iterator[int]:
    """Yield the places of hopeless marks in a paragraph."""
    if chunk.count("[") > FEW:
        yield from _brackets(chunk)
    if chunk.count("\\(") > FEW or chunk.count("\\[") > FEW:
        yield from _open_math(chunk)
    start = 0
    for line in chunk.split("\n"):
        if len(line) > FEW and not _RULE.fullmatch(line):
            yield from (start + place for place in _containers(line))
        start += len(line) + 1


def _brackets(chunk: str) -> Iterator[int]:
    """Yield brackets without a partner, and those that nest too deep."""
    opened: list[tuple[str, int]] = []
    for match in _BRACKET.finditer(chunk):
        mark, place = match[0], match.start()
        if mark.startswith("\\"):
            continue
        if mark in ("[", "("):
            opened.append((mark, place))
            continue
        partner = "(" if mark == ")" else "["
        if opened and opened[-1][0] == partner:
            _, before = opened.pop()
            if len(opened) >= FEW:
                yield from (before, place)
        if mark == "](":
            opened.append(("(", place + 1))
    if len(opened) > FEW:
        yield from (place for _, place in opened)


def _open_math(chunk: str) -> Iterator[int]:
    """Yield the marks of every `\\(` and `\\[` that nothing closes."""
    for opening, closing in (("\\(", "\\)"), ("\\[", "\\]")):
        last = chunk.rfind(closing)
        places = [m.start() for m in re.finditer(re.escape(opening), chunk) if m.start() > last]
        if len(places) > FEW:
            yield from (place + step for place in places for step in (0, 1))


def _open_tags(text: str) -> list[int]:
    """Return the places where a tag or a comment begins that does not end before the next one begins."""
    starts = [match.start() for match in _TAG.finditer(text)]
    spans = pairwise([*starts, len(text)])
    hopeless = [start for start, end in spans if text.find(">", start, end) < 0]
    return hopeless if len(hopeless) > FEW else []


def _containers(line: str) -> Iterator[int]:
    """Yield the marks of quotations and list items that open one inside the other, past the first few."""
    place = 0
    for number in range(len(line)):
        match = _CONTAINER.match(line, place)
        if match is None:
            return
        if number >= FEW:
            yield max(match.start(1), match.start(2), match.start(3))
        place = match.end()
