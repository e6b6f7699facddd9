"""What WeasyPrint makes anew for every line of text, made once for all lines that are set alike."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from weasyprint.text import line_break
from weasyprint.text.ffi import FROM_UNITS, ffi, pango

from book.press.engine.pages import replaced

DESCRIBED = (
    "font_family", "font_style", "font_stretch", "font_weight", "font_size", "font_variant_caps",
    "font_variation_settings",
)  # fmt: skip
"""The properties that make a font description."""

_describe = line_break.get_font_description
_descriptions: dict[tuple[Any, ...], Any] = {}
_extents = ffi.new("PangoRectangle *")

_features = lru_cache(maxsize=256)(line_break.font_features)


@contextmanager
def remembered() -> Iterator[None]:
    """Have WeasyPrint set lines with what is remembered."""
    with replaced(
        line_break, get_font_description=_description, font_features=_features, line_size=line_size
    ):
        yield


def _description(style: Any) -> Any:
    """Stand for `get_font_description`. Pango copies a description that it is given."""
    key = tuple([_hashable(style[name]) for name in DESCRIBED])
    if key not in _descriptions:
        _descriptions[key] = _describe(style)
    return _descriptions[key]


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def line_size(line: Any, style: Any) -> tuple[float, float]:
    """Stand for WeasyPrint's `line_size`, without a new rectangle for every line."""
    pango.pango_layout_line_get_extents(line, ffi.NULL, _extents)
    width, height = _extents.width * FROM_UNITS, _extents.height * FROM_UNITS
    spacing = style["letter_spacing"]
    return (width if spacing == "normal" else width + spacing), height
