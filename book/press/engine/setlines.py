"""The lines of laid-out pages, read off their boxes, for those who proofread them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from weasyprint.formatting_structure import boxes

from book.press.engine.measuring import widths
from book.proofreading._lines import Line, merged

_POINTS = 0.75


def lines(pages: Sequence[Any], context: Any) -> list[tuple[Line, ...]]:
    """Return the lines of each page from head to foot; what stands level is one line."""
    space = _spaces(context)
    return [merged(_line(*found, page.height, space) for found in _lines(page._page_box)) for page in pages]


def _lines(box: Any) -> Iterator[tuple[Any, list[Any]]]:
    """Give every line with the boxes of its text, but for what stands in lines of its own."""
    for child in getattr(box, "children", ()):
        if isinstance(child, boxes.LineBox):
            texts: list[Any] = []
            inner: list[Any] = []
            _sort(child, texts, inner)
            if texts:
                yield child, texts
            for one in inner:
                yield from _lines(one)
        else:
            yield from _lines(child)


def _sort(box: Any, texts: list[Any], inner: list[Any]) -> None:
    for child in box.children:
        if isinstance(child, boxes.TextBox):
            if child.text.strip():
                texts.append(child)
        elif isinstance(child, boxes.InlineBox | boxes.LineBox):
            _sort(child, texts, inner)
        else:
            inner.append(child)


def _spaces(context: Any) -> Callable[[Any], float]:
    known: dict[int, float] = {}

    def space(style: Any) -> float:
        if id(style) not in known:
            measure = widths.measure(style, context)
            spaced = style["letter_spacing"]  # what is put after every letter is no part of a space
            known[id(style)] = measure("n n") - measure("nn") - (0 if spaced == "normal" else spaced)
        return known[id(style)]

    return space


def _line(line: Any, texts: Sequence[Any], height: float, space: Callable[[Any], float]) -> Line:
    begins, ends = min(box.position_x for box in texts), max(box.position_x + box.width for box in texts)
    text = "".join(box.text for box in texts)
    gaps: list[float] = []
    for number, box in enumerate(texts):
        inside = box.text.lstrip(" ") if number == 0 else box.text
        count = (inside.rstrip(" ") if number == len(texts) - 1 else inside).count(" ")
        if count:
            gaps += [_points(space(box.style) + box.justification_spacing)] * count
    return Line(
        text.strip(),
        _points(begins),
        _points(ends),
        _points(height - line.position_y - line.baseline),
        _points(max(texts, key=lambda box: len(box.text)).style["font_size"]),
        tuple(gaps),
    )


def _points(pixels: float) -> float:
    return round(pixels * _POINTS, 2)
