"""Heads that have room: a title that is too long for its place beside the folio is cut at a word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from weasyprint.formatting_structure import boxes

from book.press.head import Head

_GAP = 1.0
"""The room between a title and a folio, in ems of the larger of the two."""
_HAIR = 0.5
_ROWS = ("@top-", "@bottom-")
_CORNER = "-corner"

_Span = tuple[float, float, str, float]


def shortened(head: Head, made: Sequence[Any], page: Any) -> tuple[str, str] | None:
    """Return a string of the head that has no room, and one a word shorter; None where all have room."""
    for row in _ROWS:
        found = sorted(_spans([one for one in made if _stands_in(one, row)]))
        text = _crowded(found, page.margin_left, page.margin_left + page.border_width())
        values = {value for some in head.strings.values() for value in some} | set(head.before.values())
        for value in sorted(values, key=len, reverse=True):
            if text and len(value) > 2 and value.casefold() in text.casefold():
                return value, _cut(value)
    return None


def replaced(head: Head, cut: Mapping[str, str]) -> Head:
    """Return the head with shorter strings in place of some."""
    if not cut:
        return head
    strings = {name: tuple(cut.get(one, one) for one in some) for name, some in head.strings.items()}
    return replace(
        head, strings=strings, before={name: cut.get(one, one) for name, one in head.before.items()}
    )


def _stands_in(box: Any, row: str) -> bool:
    return str(box.at_keyword).startswith(row) and not box.at_keyword.endswith(_CORNER)


def _spans(made: Sequence[Any]) -> Iterator[_Span]:
    """Give where the text of each box begins and ends, the text, and the size of its type."""
    for box in made:
        texts = [one for one in box.descendants() if isinstance(one, boxes.TextBox) and one.text.strip()]
        if texts:
            ends = max(one.position_x + one.width for one in texts)
            yield min(one.position_x for one in texts), ends, "".join(one.text for one in texts), _size(texts)


def _size(texts: Sequence[Any]) -> float:
    return max(float(one.style["font_size"]) for one in texts)


def _crowded(found: Sequence[_Span], left: float, right: float) -> str:
    """Return the longest text where some reach out of the margins or into each other."""
    gap = _GAP * max((size for *_, size in found), default=0.0)
    ends = [left - gap, *(end for _, end, *_ in found)]
    starts = [*(start for start, *_ in found), right + gap]
    over = (end + gap - start for end, start in zip(ends, starts, strict=True))
    return max((text for *_, text, _ in found), key=len, default="") if max(over) > _HAIR else ""


def _cut(value: str) -> str:
    bare = value.removesuffix("…")
    return (bare.rpartition(" ")[0] or bare[:-2]).rstrip(" ,;:.–—-|·") + "…"
