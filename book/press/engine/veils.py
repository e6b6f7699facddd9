"""What can be seen through stands in the page itself, where it can be tagged.

WeasyPrint paints what has an `opacity` as a drawing of its own, whose text belongs to no element of
a tagged PDF (PDF/UA-1, 7.1). In tagged PDFs it is painted here like everything else, in colours
that can be seen through by so much.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint import draw
from weasyprint.pdf.stream import Stream

from book.press.engine.pages import replaced

_plain_draw = draw.draw_stacking_context
_plain_alpha = Stream.set_alpha


@contextmanager
def veiled() -> Iterator[None]:
    """Have WeasyPrint paint what can be seen through without drawings of its own."""
    Stream.set_alpha = _alpha
    try:
        with replaced(draw, draw_stacking_context=_draw):
            yield
    finally:
        Stream.set_alpha = _plain_alpha


def _alpha(self: Any, alpha: float, stroke: bool = False, fill: bool | None = None) -> None:
    """Stand for `Stream.set_alpha`."""
    _plain_alpha(self, alpha * getattr(self, "veil", 1), stroke, fill)


def _draw(stream: Any, stacking_context: Any) -> None:
    """Stand for `draw_stacking_context`."""
    style = stacking_context.box.style
    opacity = style["opacity"]
    if opacity >= 1:
        _plain_draw(stream, stacking_context)
        return
    before = getattr(stream, "veil", 1)
    style["opacity"], stream.veil = 1, before * opacity
    with stream.stacked():
        stream.set_alpha(1, stroke=True, fill=True)
        _plain_draw(stream, stacking_context)
    style["opacity"], stream.veil = opacity, before
