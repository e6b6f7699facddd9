"""What WeasyPrint asks of every box, answered without detours: lengths, place in the flow, backgrounds.

A book has some hundred boxes a page, and nearly all of them have lengths in pixels, stand in the
flow and have no background. These are settled here at once; the others are left to WeasyPrint.
The contract test compares what is replaced with what is installed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.draw.color import get_color
from weasyprint.formatting_structure import boxes
from weasyprint.layout import absolute, background, block, column, float, grid, inline, page, percent, table

from book.press.engine.pages import replaced

RESOLVERS = (absolute, block, column, float, grid, inline, page, table)
"""The modules that ask for lengths by a name of their own."""

_LENGTHS = (
    "margin_left", "margin_right", "margin_top", "margin_bottom",
    "padding_left", "padding_right", "padding_top", "padding_bottom",
    "width", "min_width", "max_width", "height", "min_height", "max_height",
)  # fmt: skip
_BORDERS = ("border_top_width", "border_right_width", "border_bottom_width", "border_left_width")
_RADII = (
    "border_top_left_radius", "border_top_right_radius",
    "border_bottom_right_radius", "border_bottom_left_radius",
)  # fmt: skip
_SQUARE = (0, 0)

_plain_resolve = percent.resolve_percentages
_plain_flow = boxes.Box.is_in_normal_flow
_plain_backgrounds = background.layout_box_backgrounds


@contextmanager
def settled() -> Iterator[None]:
    """Have WeasyPrint settle most boxes in this way."""
    with replaced(boxes.Box, is_in_normal_flow=_in_flow):
        before = [module.resolve_percentages for module in RESOLVERS]
        for module in RESOLVERS:
            module.resolve_percentages = _resolve
        try:
            yield
        finally:
            for module, function in zip(RESOLVERS, before, strict=True):
                module.resolve_percentages = function


def _resolve(box: Any, containing_block: Any) -> None:
    """Stand for `resolve_percentages`, where every length is in pixels, or `auto`."""
    style, used = box.style, {}
    if not isinstance(box, boxes.Box):  # what stands for one that is placed elsewhere
        _plain_resolve(box, containing_block)
        return
    for name in _LENGTHS:
        value = style[name]
        if value == "auto":
            used[name] = value
        elif getattr(value, "unit", None) == "px":
            used[name] = value.value
        else:
            _plain_resolve(box, containing_block)
            return
    if style["box_sizing"] != "content-box" or style["border_collapse"] == "collapse":
        _plain_resolve(box, containing_block)
        return
    for name in ("min_width", "min_height"):
        if used[name] == "auto":
            used[name] = 0
    for name in _BORDERS:
        used[name] = style[name]
    vars(box).update(used)


def _in_flow(box: Any) -> bool:
    """Stand for `Box.is_in_normal_flow`."""
    style = box.style
    if style["float"] == "none" and style["position"] in ("static", "relative"):
        return True
    return bool(_plain_flow(box))


@contextmanager
def bare() -> Iterator[None]:
    """Have WeasyPrint pass over the backgrounds of boxes that have none."""
    with replaced(background, layout_box_backgrounds=_backgrounds):
        yield


def _backgrounds(
    page: Any, box: Any, get_image: Any, layout_children: bool = True, style: Any = None
) -> None:
    """Stand for `layout_box_backgrounds`."""
    odd = box is page or style is not None or not layout_children or not isinstance(box, boxes.Box)
    if odd or not _is_bare(box.style):
        _plain_backgrounds(page, box, get_image, layout_children, style)
        return
    for child in box.all_children():
        _backgrounds(page, child, get_image)
    vars(box).update(dict.fromkeys(_RADII, _SQUARE), background=None)


def _is_bare(style: Any) -> bool:
    """Tell whether boxes of a style have neither background nor shadow, nor round corners."""
    known = style.__dict__.get("_is_bare")
    if known is None:
        known = style.__dict__["_is_bare"] = (
            all((0, "px") in style[name] for name in _RADII)
            and style["border_image_source"][0] == style["mask_border_source"][0] == "none"
            and style["visibility"] != "hidden"
            and all(kind == "none" for kind, _ in style["background_image"])
            and get_color(style, "background_color").alpha == 0
            and not style["box_shadow"]
        )
    return bool(known)
