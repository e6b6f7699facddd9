"""Lines of code that go on: where one is too long for the page, a hook stands before the rest of it.

A reader of code has to know which lines are whole. `--continued: hook` in a style sheet asks for the
mark; it is drawn in the space at the left of the code, and is no text that a search would find.
The contract test compares what is replaced with what is installed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint import draw
from weasyprint.formatting_structure import boxes

from book.press.engine.pages import replaced

_plain_text = draw.draw_text
# In parts of the size of type: where the hook begins and ends, its height, its arrow, its line.
_LEFT, _RIGHT, _HIGH, _LOW, _ARROW, _LINE = 0.68, 0.22, 0.52, 0.24, 0.13, 0.075
_THINNEST = 1.0  # of a pixel: thinner lines may fail to print


def noted(box: Any, skip_stack: Any, lines: Iterator[Any]) -> Iterator[Any]:
    """Give lines as they are made, those noted that go on with one that was too long."""
    if not _asked(box):
        yield from lines
        return
    goes_on = skip_stack is not None and not _ends(box, skip_stack)
    for line, resume_at in lines:
        if goes_on:
            _note(line)
        goes_on = resume_at is not None and not _ends(box, resume_at)
        yield line, resume_at


def _asked(box: Any) -> bool:
    style = box.style
    return (
        style["white_space"] == "pre-wrap"
        and style["direction"] == "ltr"
        and any(token.type == "ident" and token.value == "hook" for token in style["__continued"] or ())
    )


def _ends(box: Any, place: Any) -> bool:
    """Tell whether the author ends a line right before a place in a box, or nothing stands before it."""
    found = _before(box, place)
    return found is None or found.endswith("\n")


def _before(box: Any, place: Any) -> str | None:
    if place is None:
        return None
    ((index, rest),) = place.items()
    if isinstance(box, boxes.TextBox):
        return box.text.encode()[:index].decode() or None
    if index < len(box.children):
        found = _before(box.children[index], rest)
        if found is not None:
            return found
    for child in reversed(box.children[:index]):
        texts = [one.text for one in _texts(child) if one.text]
        if texts:
            return str(texts[-1])
    return None


def _texts(box: Any) -> Iterator[Any]:
    if isinstance(box, boxes.TextBox):
        yield box
    for child in getattr(box, "children", ()):
        yield from _texts(child)


def _note(line: Any) -> None:
    first = next(_texts(line), None)
    if first is not None:
        first.continues = True


@contextmanager
def hooks() -> Iterator[None]:
    """Have WeasyPrint draw a hook before each line that is noted."""
    with replaced(draw, draw_text=_text):
        yield


def _text(stream: Any, textbox: Any, offset_x: float, *others: Any) -> None:
    """Stand for `draw_text`."""
    _plain_text(stream, textbox, offset_x, *others)
    if getattr(textbox, "continues", False) and textbox.style["visibility"] == "visible":
        _hook(stream, textbox)


def _hook(stream: Any, textbox: Any) -> None:
    size, x, base = textbox.style["font_size"], textbox.position_x, textbox.position_y + textbox.baseline
    left, right, low, high = x - _LEFT * size, x - _RIGHT * size, base - _LOW * size, base - _HIGH * size
    arrow = _ARROW * size
    with stream.stacked():
        stream.set_color(textbox.style["color"], stroke=True)
        stream.set_line_width(max(_THINNEST, _LINE * size))
        for line in (
            ((left, high), (left, low), (right, low)),
            ((right - arrow, low - arrow), (right, low), (right - arrow, low + arrow)),
        ):
            stream.move_to(*line[0])
            for point in line[1:]:
                stream.line_to(*point)
            stream.stroke()
