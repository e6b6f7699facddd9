"""Words without end, which WeasyPrint lets run off the page: they are broken where their line ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure import boxes

ENDLESS = re.compile(r"[^\s\u200b]{24}")
_PIECES = 200
"""Letters of a word, in as many boxes as it likes, that no line holds."""
_BREAK = "\u200b"
_SPACES = " \t\n\u200b"
_SPACE = re.compile(f"[{_SPACES}]")


def break_endless(root: Any) -> None:
    """Let words of so many letters that they may not fit a line be broken anywhere.

    Where such a word is made of many elements, it is broken between them: WeasyPrint looks for places
    within each, and for each over again.
    """
    for box in root.descendants():
        if isinstance(box, boxes.LineBox):
            for word in _words(box):
                if len(word) > 2 and sum(letters for _, letters in word) > _PIECES:
                    for piece, _ in word[:-1]:
                        piece.text += _BREAK
        elif _is_endless(box):
            box.style["overflow_wrap"] = "break-word"


def _is_endless(box: Any) -> bool:
    plain = isinstance(box, boxes.TextBox) and box.style["overflow_wrap"] == "normal"
    return plain and ENDLESS.search(box.text) is not None


def _words(line: Any) -> Iterator[list[tuple[Any, int]]]:
    """Yield the boxes that words run through, with how many of their letters are in each."""
    word: list[tuple[Any, int]] = []
    if len(line.children) == 1 and isinstance(line.children[0], boxes.TextBox):
        return  # as most lines are
    for box in _texts(line):
        text = box.text if box is not None and box.style["white_space"] not in ("pre", "nowrap") else " "
        if not (space := _SPACE.search(text)):
            word.append((box, len(text)))
            continue
        yield [*word, (box, space.start())] if space.start() else word
        last = len(text) - max(map(text.rfind, _SPACES)) - 1
        word = [(box, last)] if last else []
    yield word


def _texts(box: Any) -> Iterator[Any]:
    """Yield the boxes of text in a line, and None for what stands between words there."""
    for child in box.children:
        if isinstance(child, boxes.TextBox):
            yield child
        elif isinstance(child, boxes.InlineBox):
            yield from _texts(child)
        else:
            yield None
