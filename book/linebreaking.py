"""Break a title into lines that look balanced."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

Measure = Callable[[str], float]

# Between ideographs and kana a line may break; not before what closes, nor after what opens.
_EAST = r"\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_CLOSING = r"、。，．：；？！）」』】〉》〕ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
_OPENING = r"（「『【〈《〔"
_ROOM = 1.1
"""How much wider than a line the text may be that fits into it: its last space is not set."""
_BREAK = re.compile(rf"(?<=[{_EAST}])(?<![{_OPENING}])(?=[{_EAST}])(?![{_CLOSING}])")


def words(text: str) -> list[tuple[str, str]]:
    """Return what must stay together in a text, each with what joins it to the next on one line."""
    found: list[tuple[str, str]] = []
    for word in text.split():
        pieces = [piece for piece in _BREAK.split(word) if piece]
        found += [(piece, "") for piece in pieces[:-1]]
        found.append((pieces[-1], " "))
    return found


def fit(text: str, width: float, lines: int, measure: Measure) -> list[str] | None:
    """Break a text into at most `lines` lines of `width`, as even as can be; None if it does not fit."""
    pieces = words(text)
    if not pieces or any(measure(piece) > width for piece, _ in pieces):
        return None
    whole = measure(text.strip())
    fewest = max(1, int(whole / (width * _ROOM)))
    for count in range(fewest, min(lines, len(pieces)) + 1):
        broken = _even(pieces, width, count, measure)
        if broken is not None:
            return broken
    return None


def chop(text: str, width: float, measure: Measure) -> str:
    """Put hyphens and spaces into words that are wider than a line, so that they can break at all."""
    chopped = []
    for word in text.split():
        part = ""
        for character in word:
            hyphen = "-" if character.lower() != character.upper() else ""
            if part and measure(part + character + hyphen) > width:
                chopped.append(part + hyphen)
                part = ""
            part += character
        chopped.append(part)
    return " ".join(chopped)


def _even(pieces: Sequence[tuple[str, str]], width: float, count: int, measure: Measure) -> list[str] | None:
    """Break into exactly `count` lines with the least squared difference between their widths."""

    def joined(start: int, end: int) -> str:
        return "".join(piece + glue for piece, glue in pieces[start:end]).rstrip()

    @cache
    def span(start: int, end: int) -> float:
        return measure(joined(start, end))

    ideal = span(0, len(pieces)) / count

    @cache
    def best(start: int, left: int) -> tuple[float, tuple[int, ...]]:
        if left == 1:
            last = span(start, len(pieces))
            return ((last - ideal) ** 2 if last <= width else float("inf")), (len(pieces),)
        options = []
        for end in range(start + 1, len(pieces) - left + 2):
            if span(start, end) > width:
                break
            cost, ends = best(end, left - 1)
            options.append((cost + (span(start, end) - ideal) ** 2, (end, *ends)))
        return min(options, default=(float("inf"), ()))

    cost, ends = best(0, count)
    if cost == float("inf"):
        return None
    starts = (0, *ends[:-1])
    return [joined(start, end) for start, end in zip(starts, ends, strict=True)]
