"""Heads, folios and backgrounds for a list of pages, without the text between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.css.targets import TargetCollector
from weasyprint.document import Page
from weasyprint.layout import LayoutContext, initialize_page_maker
from weasyprint.layout import page as page_layout
from weasyprint.layout.background import layout_backgrounds
from weasyprint.layout.page import make_margin_boxes

from book.press.engine import pages as sides
from book.press.engine.engine import Engine, state
from book.press.engine.resolving import bare, settled
from book.press.engine.roomy import replaced, shortened
from book.press.engine.shaping import remembered
from book.press.head import Head

_TRIES = 40
"""How many words are cut from the titles in a head at most."""


class _Context(LayoutContext):  # type: ignore[misc]
    """Takes named strings from the head that is being made."""

    head: Head

    def get_string_set_for(self, page: Any, name: str, keyword: str = "first") -> tuple[str, ...]:
        return self.head.string(name, keyword)


@dataclass(frozen=True, slots=True)
class Made:
    """Pages with nothing but margins, and pages with nothing but a background, by their number."""

    heads: list[Page]
    grounds: dict[int, Page]


def heads(engine: Engine, language: str, wanted: Sequence[Head]) -> Made:
    """Make the margins of pages, and the backgrounds of those that have one."""
    with remembered(), settled(), bare():
        return _made(engine, language, wanted)


def _made(engine: Engine, language: str, wanted: Sequence[Head]) -> Made:
    root = Element("html", {"lang": language})
    root.append(Element("body"))
    html, context, root_box = engine.structure(root, TargetCollector(), _Context)
    styles = sides.PageStyles()
    ltr = sides.left_to_right(root_box)
    frames: dict[tuple[sides.Signature, bool], Any] = {}
    cut: dict[tuple[sides.Signature, bool], dict[str, str]] = {}
    made = Made([], {})
    for number, head in enumerate(wanted):
        kind = sides.page_type(head.recto, ltr, head.blank, head.name, head.index, head.groups)
        styles(kind, html, context.style_for)
        key = (styles.signature(kind, context.style_for), head.blank)
        if key not in frames:
            frames[key] = _frame(context, root_box, kind)
        box = frames[key].deepcopy()
        box.page_type = kind
        inner = (box.children[0],)
        box.children = (*inner, *_margins(context, box, head, cut.setdefault(key, {})))
        layout_backgrounds(box, context.get_image_from_uri)
        made.heads.append(Page(box))
        if _has_ground(box):
            ground = box.copy()
            ground.children = inner
            made.grounds[number] = Page(ground)
    return made


def _margins(context: Any, box: Any, head: Head, cut: dict[str, str]) -> list[Any]:
    """Make the boxes of a page's margins; titles that have no room are cut, and noted in `cut`."""
    for _ in range(_TRIES):
        context.head, context.current_page = replaced(head, cut), 1
        made = list(make_margin_boxes(context, box, state(head.tally, head.total)))
        found = shortened(context.head, made, box)
        if found is None:
            break
        whole = next((value for value, shown in cut.items() if shown == found[0]), found[0])
        cut[whole] = found[1]
    return made


def _has_ground(box: Any) -> bool:
    widths = (box.border_top_width, box.border_right_width, box.border_bottom_width, box.border_left_width)
    drawn = box.style["marks"] or box.style["mask_border_source"][0] != "none"
    return bool(drawn or any(widths) or _paints(box.background) or _paints(box.canvas_background))


def _paints(background: Any) -> bool:
    """Tell whether a background shows; every page has one, which mostly does not."""
    if background is None:
        return False
    pictures = any(layer.image is not None for layer in background.layers)
    return bool(background.color.alpha or pictures or background.style["box_shadow"])


def _frame(context: Any, root_box: Any, kind: Any) -> Any:
    """Lay out a page of this type with nothing on it."""
    initialize_page_maker(context, root_box)
    context.rendered_notes = []
    page, _, _ = page_layout.make_page(context, root_box, kind, None, 1, context.page_maker[0][3])
    return page
