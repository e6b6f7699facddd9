"""Find out whether a text is hard-wrapped, and join the lines that were one paragraph."""

from __future__ import annotations

from collections.abc import Container, Sequence
from itertools import pairwise

from book.almanac.words import unspaced
from book.sources._dump.shape import Line, begins_small, ending, is_list_item, width

_NARROWEST, _WIDEST = 35, 132
_FEWEST = 3


def unwrapped(lines: Sequence[Line], apart: Container[int]) -> list[Line]:
    """Join the lines of each paragraph, if the text is hard-wrapped; at places in `apart` they stay alone."""
    margin = _margin(lines, apart)
    if margin is None:
        return list(lines)
    joined: list[Line] = []
    last = ""
    for place, line in enumerate(lines):
        follows = place > 0 and line.gap == 0 and place not in apart and place - 1 not in apart
        if follows and _goes_on(joined[-1].text, last, line.text, margin):
            joined[-1] = Line(joined[-1].number, _join(joined[-1].text, line.text), joined[-1].gap)
        else:
            joined.append(line)
        last = line.text
    return joined


def is_wrapped(lines: Sequence[Line]) -> bool:
    """Tell whether a text's lines end at about one width, in the midst of sentences."""
    return _margin(lines, ()) is not None


def _margin(lines: Sequence[Line], apart: Container[int]) -> int | None:
    """Return the width at which lines were broken; None where they were not."""
    pairs = [
        (first.text, second.text)
        for place, (first, second) in enumerate(pairwise(lines), start=1)
        if second.gap == 0 and place not in apart and place - 1 not in apart and not is_list_item(second.text)
    ]
    if len(pairs) < _FEWEST or not lines:
        return None
    widths = sorted(width(line.text) for line in lines)
    margin = widths[int(0.98 * (len(widths) - 1))]
    if not _NARROWEST <= margin <= _WIDEST:
        return None
    midst = _share(pairs, lambda a, b: ending(a) in ("word", "open"))
    full = _share(pairs, lambda a, b: _is_full(a, b, margin, 0.85))
    small = _share(pairs, lambda a, b: begins_small(b) and width(a) > 0.5 * margin)
    wrapped = midst >= 0.5 and (full >= 0.6 or small >= 0.5)
    return margin if wrapped else None


def _share(pairs: Sequence[tuple[str, str]], test: object) -> float:
    return sum(bool(test(a, b)) for a, b in pairs) / len(pairs)  # type: ignore[operator]


def _goes_on(paragraph: str, line: str, following: str, margin: int) -> bool:
    """Tell whether a line goes on with the paragraph whose last line stands before it."""
    full = _is_full(line, following, margin, 0.8)
    if is_list_item(following):  # or a dash, or a number, in the midst of a sentence
        return full and ending(line) == "word" and not is_list_item(paragraph)
    return full or (ending(line) == "word" and begins_small(following))


def _is_full(line: str, following: str, margin: int, measure: float) -> bool:
    """Tell whether the next line's first word would not have fitted any more."""
    word = 2 if _is_ideographic(following[0]) else width(following.split(maxsplit=1)[0])
    return width(line) + 1 + word > measure * margin


def _join(first: str, second: str) -> str:
    """Join two lines of a paragraph: with a space, where the script has spaces and no word was parted."""
    parted = first.endswith("-") and first[-2:-1].isalpha()
    glued = parted or _is_ideographic(first[-1]) or _is_ideographic(second[0])
    return f"{first}{second}" if glued else f"{first} {second}"


def _is_ideographic(sign: str) -> bool:
    """Tell whether a letter or mark is of a script that sets no space between words, Korean apart."""
    return (unspaced(sign) or width(sign) == 2) and not "\uac00" <= sign <= "\ud7af"
