"""A drawing that cannot be painted leaves nothing behind: a fault of WeasyPrint's, mended.

Where painting an SVG fails half way, WeasyPrint goes on with whatever transformations and
colours the drawing had got to, and the rest of the page is painted with them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.images import SVGImage
from weasyprint.logger import LOGGER

_STATE = (
    "_current_color", "_current_color_stroke", "_current_alpha", "_current_alpha_stroke",
    "_current_font", "_old_font",
)  # fmt: skip


@contextmanager
def whole_or_not() -> Iterator[None]:
    """Have WeasyPrint paint drawings whole or not at all."""
    plain = SVGImage.draw
    SVGImage.draw = _draw
    try:
        yield
    finally:
        SVGImage.draw = plain


def _draw(self: Any, stream: Any, concrete_width: float, concrete_height: float, _style: Any) -> None:
    """Stand for `SVGImage.draw`."""
    painted, stack = len(stream.stream), list(stream._ctm_stack)
    state = {name: getattr(stream, name) for name in _STATE}
    try:
        self._svg.draw(stream, concrete_width, concrete_height, self._base_url, self._context)
    except Exception as error:
        del stream.stream[painted:]
        stream._ctm_stack = stack
        for name, value in state.items():
            setattr(stream, name, value)
        LOGGER.warning("the drawing `%s` cannot be painted: %s", _name(self._base_url), error)


def _name(address: str | None) -> str:
    return (address or "in the text").removeprefix("book:")
