"""Paragraphs whose lines a mail program or an editor once broke at its own width: they run on again.

What was filled to a width is known by it: at no line's end would the next line's first word still have
gone in. Lines that somebody broke with a purpose, of verse, of addresses and of lists, leave such room.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from book.remarks import Say, mended

if TYPE_CHECKING:
    from lxml import etree

_WIDTHS = range(55, 86)
"""Characters of the longest line of a text that was filled: 65 to 78 were the custom."""
_CLEAR = 4
"""Lines of a paragraph that shows by itself how it was filled; shorter ones follow those of their post."""
_WORDS = 5
"""Words in a line on average, of which there are hardly any in scripts without spaces, or in lists."""
_RUN_ON = 1 / 3
"""Share of the lines that begin within a sentence: verse begins them with capitals."""
_BLOCKS = ("p", "li", "dd", "div", "blockquote")
_INLINE = {"a", "abbr", "b", "bdi", "br", "cite", "code", "del", "em", "i", "ins", "mark", "q", "s", "small",
           "span", "strong", "sub", "sup", "u"}  # fmt: skip
_ITEM = re.compile(r"[-–—*•·>|+]|\(?(?:\d{1,3}|[a-zA-Z])[.):]\s")
"""How a line begins that is an item, or a quotation in a letter."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Lines of a paragraph, the breaks between them, and which lines hold words without markup alone.

    Markup in a line was counted when it was filled, and is not seen any more.
    """

    lines: tuple[str, ...]
    plain: tuple[bool, ...]
    breaks: tuple[etree._Element, ...]

    @property
    def width(self) -> int:
        """The length of the longest line."""
        return max(map(len, self.lines))

    @property
    def rooms(self) -> list[int]:
        """The widths at which lines would have taken the next one's first word, where both are plain."""
        return [
            len(line) + 1 + len(after.split(" ", 1)[0])
            for number, (line, after) in enumerate(pairwise(self.lines))
            if self.plain[number] and self.plain[number + 1]
        ]

    @property
    def is_prose(self) -> bool:
        """Tell whether lines may be those of sentences that run on."""
        if any(map(_ITEM.match, self.lines)):
            return False
        run_on = sum(not _first_letter(line).isupper() for line in self.lines[1:])
        words = sum(line.count(" ") + 1 for line in self.lines)
        return words >= _WORDS * len(self.lines) and run_on >= _RUN_ON * (len(self.lines) - 1)


def join(root: etree._Element, say: Say) -> None:
    """Let the lines of paragraphs run on that were broken only where a width was full."""
    found = [stretch for block in root.iter(*_BLOCKS) for stretch in _stretches(block)]
    clear = [one for one in found if _is_clear(one)]
    if not clear:
        return
    least = max(one.width for one in clear)
    most = max(least, min(min(one.rooms) for one in clear) - 1)
    for one in found:
        if one in clear or (one.width <= most and min(one.rooms, default=0) > least and _may_follow(one)):
            say(mended("wrapped", " ".join(one.lines)[:40]))
            for end in one.breaks:
                _run_on(end)


def _is_clear(one: _Stretch) -> bool:
    rooms = one.rooms
    return len(rooms) >= _CLEAR - 1 and one.width in _WIDTHS and one.width < min(rooms) and one.is_prose


def _may_follow(one: _Stretch) -> bool:
    """Tell whether a short paragraph is of the kind of those beside it: no line is an item by itself."""
    return not any(map(_ITEM.match, one.lines)) and all(len(line.split()) > 1 for line in one.lines[:-1])


def _stretches(block: etree._Element) -> Iterator[_Stretch]:
    """Yield what stands in a block between blank lines, where that is of several lines."""
    inner = [element for element in block.iter() if element is not block]
    if not any(element.tag == "br" for element in inner) or any(e.tag not in _INLINE for e in inner):
        return
    lines: list[tuple[str, bool]] = []
    breaks: list[etree._Element] = []
    for line, plain, end in _lines(block):
        if line:
            lines.append((line, plain))
            breaks += [end] if end is not None else []
        if (not line or end is None) and len(lines) > 1:
            words, plains = zip(*lines, strict=True)
            yield _Stretch(words, plains, tuple(breaks[: len(lines) - 1]))
        if not line:
            lines, breaks = [], []


def _lines(block: etree._Element) -> Iterator[tuple[str, bool, etree._Element | None]]:
    """Yield the lines of a block, each with whether it is without markup, and the break that ends it."""
    from lxml import etree

    written: list[str] = []
    plain = True
    for event, element in etree.iterwalk(block, events=("start", "end")):
        if event == "start" and element.tag == "br":
            yield " ".join("".join(written).split()), plain, element
            written, plain = [], True
        elif event == "start":
            written.append(element.text or "")
        if event == "end" and element is not block:
            written.append(element.tail or "")
        plain = plain and (element is block or element.tag == "br")
    yield " ".join("".join(written).split()), plain, None


def _first_letter(line: str) -> str:
    return next((sign for sign in line if sign.isalnum()), "")


def _run_on(end: etree._Element) -> None:
    """Put a space where a line ended; after a hyphen within a word, nothing."""
    parent, before = end.getparent(), end.getprevious()
    if parent is None:
        return
    said = ((parent.text if before is None else before.tail) or "").rstrip()
    glue = "" if re.search(r"\w-$", said) else " "
    joined = said + glue + (end.tail or "").lstrip()
    parent.remove(end)
    if before is None:
        parent.text = joined
    else:
        before.tail = joined
