"""What WeasyPrint makes anew for every line of text, made once for all lines that are set alike."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from weasyprint.layout import inline
from weasyprint.text import line_break
from weasyprint.text.ffi import FROM_UNITS, ffi, gobject, pango

from book.press.engine.pages import replaced

DESCRIBED = (
    "font_family", "font_style", "font_stretch", "font_weight", "font_size", "font_variant_caps",
    "font_variation_settings",
)  # fmt: skip
"""The properties that make a font description."""

MODELLED = (
    "direction", "font_language_override", "lang", "text_decoration_line", "font_kerning",
    "font_variant_ligatures", "font_variant_position", "font_variant_caps", "font_variant_numeric",
    "font_variant_alternates", "font_variant_east_asian", "font_feature_settings",
)  # fmt: skip
"""The other properties that a layout is set up by."""

ffi.cdef("PangoLayout * pango_layout_copy (PangoLayout *src);")

_set_up = line_break.Layout.setup
_strut = line_break.strut
_describe = line_break.get_font_description
_descriptions: dict[tuple[Any, ...], Any] = {}
_OWN = {"justification_spacing", "max_width", "text", "style"}
"""What a layout has besides."""
_models: dict[tuple[Any, ...], dict[str, Any]] = {}
_extents = ffi.new("PangoRectangle *")

_features = lru_cache(maxsize=256)(line_break.font_features)


@contextmanager
def remembered() -> Iterator[None]:
    """Have WeasyPrint set lines with what is remembered."""
    with (
        replaced(line_break, get_font_description=_description, font_features=_features, line_size=line_size),
        replaced(line_break.Layout, setup=_from_model),
        replaced(inline, strut=strut),
    ):
        yield


def _from_model(layout: Any, style: Any) -> None:
    """Stand for `Layout.setup`: copy a layout that is set up for such a style, and has no text yet."""
    known = style.__dict__.get("_model")
    if known is None or known[0] != style["font_size"]:  # a table's type may be made smaller
        known = style.__dict__["_model"] = style["font_size"], _model(layout, style)
    layout.__dict__.update(known[1])
    layout.style = style
    layout.layout = ffi.gc(pango.pango_layout_copy(layout.layout), gobject.g_object_unref)


def _model(layout: Any, style: Any) -> dict[str, Any]:
    """Return the fields that WeasyPrint sets up a layout with: Pango's, which costs most, and others."""
    key = (id(style.font_config), *_described(style), *[_hashable(style[name]) for name in MODELLED])
    if key not in _models:
        _set_up(layout, style)
        _models[key] = {name: value for name, value in vars(layout).items() if name not in _OWN}
    return _models[key]


def strut(style: Any) -> tuple[float, float]:
    """Stand for `strut`: the line height and baseline of a style that was asked for before."""
    size = style["font_size"], style["line_height"]
    known = style.__dict__.get("_strut")
    if known is None or known[0] != size:
        known = style.__dict__["_strut"] = size, _strut(style)
    found: tuple[float, float] = known[1]
    return found


def _description(style: Any) -> Any:
    """Stand for `get_font_description`. Pango copies a description that it is given."""
    key = _described(style)
    if key not in _descriptions:
        _descriptions[key] = _describe(style)
    return _descriptions[key]


def _described(style: Any) -> tuple[Any, ...]:
    return tuple([_hashable(style[name]) for name in DESCRIBED])


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else frozenset(value) if isinstance(value, set) else value


def line_size(line: Any, style: Any) -> tuple[float, float]:
    """Stand for WeasyPrint's `line_size`, without a new rectangle for every line."""
    pango.pango_layout_line_get_extents(line, ffi.NULL, _extents)
    width, height = _extents.width * FROM_UNITS, _extents.height * FROM_UNITS
    spacing = style["letter_spacing"]
    return (width if spacing == "normal" else width + spacing), height
