"""Lists and glossaries as most people type them, laid out as Python-Markdown wants them.

Python-Markdown nests only what stands four columns further in, knows no `1)`, and begins no list
without a blank line before it. CommonMark, which writers are used to, nests what stands under the
text of an item. Only space at the head of lines, blank lines and the `)` of a number are changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from markdown.preprocessors import Preprocessor

STEP = 4
DEEPEST = 16

_ITEM = re.compile(r"(?P<indent> *)(?P<mark>[-*+]|\d{1,9}(?P<end>[.)]))(?P<gap> +|$)(?P<text>.*)")
_RULE = re.compile(r" *([-*_])(?: *\1){2,} *")
_QUOTED = re.compile(r" {0,3}> ?")
_DEFINITION = re.compile(r" {0,3}: ")
_HEADING = re.compile(r"#{1,6}(?!#)")


@dataclass(frozen=True, slots=True)
class _Item:
    """A list item that is open: the column of its mark, and of its text."""

    mark: int
    text: int
    kind: str


class Lists(Preprocessor):
    """Lay out lists and glossaries; code and HTML blocks must be set aside before."""

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines, indented as the parser wants them."""
        return list(_laid_out(list(_parted(lines))))


def _laid_out(lines: list[str]) -> Iterator[str]:
    for quoted, group in groupby(lines, key=lambda line: _QUOTED.match(line) is not None):
        if not quoted:
            yield from _Layout().run(list(group))
            continue
        inner = [(match[0], line[match.end() :]) for line in group if (match := _QUOTED.match(line))]
        texts = list(_laid_out([text for _, text in inner])) if _deep_enough(inner) else []
        yield from (f"> {text}" for text in texts) if texts else (mark + text for mark, text in inner)


def _deep_enough(inner: list[tuple[str, str]]) -> bool:
    """Tell whether a quotation is worth looking into: it holds a list, and not just more quotations."""
    return any(_ITEM.match(text) for _, text in inner)


def _parted(lines: list[str]) -> Iterator[str]:
    """Put a blank line around headings, and before a term that follows the definition of another."""
    before = ""
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        term = _DEFINITION.match(before) and _DEFINITION.match(after) and not line.startswith((" ", ":"))
        heading = before.strip() and (_HEADING.match(line) or _HEADING.match(before))
        if line.strip() and (term or heading):
            yield ""
        yield line
        before = line


class _Layout:
    """One run over lines, with the items that are open."""

    def __init__(self) -> None:
        self._open: list[_Item] = []
        self._before = ""

    def run(self, lines: list[str]) -> Iterator[str]:
        for number, line in enumerate(lines):
            match = _ITEM.fullmatch(line)
            if match and not _RULE.fullmatch(line) and self._begins(match, lines, number):
                yield from self._item(match)
            elif line.strip():
                yield self._text(line)
            else:
                yield line
            self._before = line

    def _begins(self, match: re.Match[str], lines: list[str], number: int) -> bool:
        """Tell whether what looks like an item is one, and no line of a paragraph or of code."""
        indent = len(match["indent"])
        if self._open:
            return indent < self._open[-1].text + STEP or indent in {
                STEP * n for n in range(len(self._open) + 1)
            }
        if indent >= STEP:
            return False
        if not self._before.strip() or _HEADING.match(self._before):
            return True
        return bool(match["text"]) and self._interrupts(match, lines[number + 1 :])

    def _interrupts(self, match: re.Match[str], rest: list[str]) -> bool:
        """Tell whether an item ends the paragraph before it: announced by a colon, or not alone."""
        if match["end"] and match["mark"][:-1] != "1":
            return False
        after = _ITEM.fullmatch(rest[0]) if rest else None
        alike = after is not None and _kind(after) == _kind(match) and bool(after["text"])
        return alike or self._before.rstrip().endswith(":")

    def _item(self, match: re.Match[str]) -> Iterator[str]:
        indent = len(match["indent"])
        nested = bool(self._open)
        while self._open and indent < self._open[-1].text:
            self._open.pop()
        if not nested and self._before.strip():
            yield ""
        depth = min(len(self._open), DEEPEST)
        gap = len(match["gap"]) if match["text"] and len(match["gap"]) <= STEP else 1
        self._open.append(_Item(indent, indent + len(match["mark"]) + gap, _kind(match)))
        mark = match["mark"].replace(")", ".")
        yield f"{' ' * STEP * depth}{mark} {match['text'].strip(' ') and match['gap'][gap:] + match['text']}"

    def _text(self, line: str) -> str:
        """Lay out a line that begins no item: it goes on in the item that it stands under."""
        indent = len(line) - len(line.lstrip(" "))
        if self._before.strip() and self._open and indent < self._open[-1].text:
            return line  # a paragraph goes on, however its lines are indented
        while self._open and indent < self._open[-1].text:
            self._open.pop()
        if not self._open:
            return line
        depth = min(len(self._open), DEEPEST)
        wanted, further = STEP * depth, indent - self._open[-1].text
        if further >= STEP:  # code
            further = max(STEP, indent - wanted)
        elif indent >= wanted:
            further = min(further, max(0, indent - wanted))
        return " " * (wanted + further) + line.lstrip(" ")


def _kind(match: re.Match[str]) -> str:
    return "1" if match["end"] else match["mark"]
