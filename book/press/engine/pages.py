"""Pages before their text: the styles that page rules give them, their sides and their measures."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from weasyprint import layout
from weasyprint.formatting_structure.boxes import PageBox
from weasyprint.layout import page as page_layout
from weasyprint.layout.block import block_level_page_break
from weasyprint.layout.percent import resolve_percentages

from book.press.folios import Step, Tally

Signature = tuple[tuple[str | None, tuple[int, ...]], ...]
"""Which declarations apply to a page and to its margin boxes: equal ones make equal pages."""

SIDES = frozenset(("left", "right", "recto", "verso"))

_set_styles = page_layout.set_page_type_computed_styles
_initialize_page_maker = layout.initialize_page_maker
_PageType = page_layout.PageType


@contextmanager
def replaced(module: ModuleType, **names: Any) -> Iterator[None]:
    """Put other values in place of a module's names, for a while."""
    before = {name: getattr(module, name) for name in names}
    for name, value in names.items():
        setattr(module, name, value)
    try:
        yield
    finally:
        for name, value in before.items():
            setattr(module, name, value)


class PageStyles:
    """Computes the styles of each kind of page once, in place of once a page."""

    def __init__(self) -> None:
        self._known: dict[Signature, dict[str | None, Any]] = {}

    def __call__(self, page_type: Any, html: Any, style_for: Any) -> None:
        """Stand in for WeasyPrint's `set_page_type_computed_styles`."""
        signature = self.signature(page_type, style_for)
        computed = style_for.get_computed_styles()
        if signature not in self._known:
            _set_styles(page_type, html, style_for)
            self._known[signature] = {
                pseudo: computed[page_type, pseudo]
                for pseudo, _ in ((None, ()), *signature)
                if pseudo is None or not _empty_margin(pseudo, computed[page_type, pseudo])
            }
            style_for.get_cascaded_styles().clear()
            for pseudo, _ in signature:
                computed.pop((page_type, pseudo), None)
        for pseudo, style in self._known[signature].items():
            computed[page_type, pseudo] = style

    @staticmethod
    def signature(page_type: Any, style_for: Any) -> Signature:
        """Return what applies to a page of this type."""
        found: dict[str | None, list[int]] = {}
        for sheet, _, _ in style_for._sheets:
            for _, selectors, declarations in sheet.page_rules:
                for _, pseudo, selector in selectors:
                    if style_for._page_type_match(selector, page_type):
                        found.setdefault(pseudo, []).append(id(declarations))
        return tuple((pseudo, tuple(ids)) for pseudo, ids in found.items())


def _empty_margin(pseudo: str, style: Any) -> bool:
    return pseudo not in ("@footnote", "@note-area") and style["content"] in ("normal", "inhibit", "none")


def counting_from(index: int) -> Callable[..., Any]:
    """Return a stand-in for `PageType` that counts `index` pages before the document's."""

    def page_type(side: str, blank: bool, name: str, at: int, groups: Any) -> Any:
        return _PageType(side, blank, name, at + index, groups)

    return page_type


def page_type(recto: bool, ltr: bool, blank: bool, name: str, index: int, groups: Any) -> Any:
    """Return what page selectors are matched with."""
    return _PageType("right" if recto is ltr else "left", blank, name, index, tuple(map(tuple, groups)))


def beginning(recto: bool, tally: Tally) -> Callable[[Any, Any], None]:
    """Return a stand-in for `initialize_page_maker`: the first page's side, the counters before it."""
    return functools.partial(_begin, recto, tally)


def _begin(recto: bool, tally: Tally, context: Any, root_box: Any) -> None:
    _initialize_page_maker(context, root_box)
    resume_at, next_page, _, state, remake = context.page_maker[0]
    for name, value in tally.items():
        state[1][name] = [value]
        state[2][0].add(name)
    context.page_maker[0] = (resume_at, next_page, recto is left_to_right(root_box), state, remake)


def left_to_right(root_box: Any) -> bool:
    """Tell whether the book's pages turn to the left, so that a recto is a right page."""
    return bool(root_box.style["direction"] == "ltr")


def breaks(root_box: Any) -> tuple[str, str]:
    """Return how a document's first page must open, and how the page after its last."""
    children = root_box.children[0].children if root_box.children else []
    if not children:
        return "page", "page"
    ltr = left_to_right(root_box)
    before, after = (
        block_level_page_break(None, children[0]),
        block_level_page_break(children[-1], None),
    )
    sides = {"right": "recto" if ltr else "verso", "left": "verso" if ltr else "recto"}
    opens, closes = sides.get(before, before), sides.get(after, after)
    return (
        opens if opens in ("recto", "verso") else "page",
        closes if closes in ("recto", "verso") else "page",
    )


def step(style: Any) -> Step:
    """Return what a page of this style does to the page counters."""
    page_layout._standardize_page_based_counters(style, None)
    return Step(*(tuple(map(tuple, style[f"counter_{what}"])) for what in ("reset", "set", "increment")))


def measures(box: Any) -> tuple[float, ...]:
    """Return a page's measures that its text depends on: all but where the text area begins."""
    top = box.margin_top + box.padding_top + box.border_top_width
    height = box.height + getattr(box, "shortened", 0)  # a page that was nudged
    exact = (box.width, height, top, box.margin_width(), box.margin_height())
    return tuple(round(length, 6) for length in exact)


def measured(context: Any, style: Any, kind: Any) -> Any:
    """Return a page box of this style and type, its measures resolved, without content."""
    box = PageBox(kind, style)
    resolve_percentages(box, style["size"])
    box.position_x = box.position_y = 0
    page_layout.page_width(box, context, style["size"][0])
    page_layout.page_height(box, context, style["size"][1])
    return box


class Mirror:
    """Says whether text set for one side would be set the same on the other, only shifted."""

    def __init__(self, html: Any, context: Any, styles: PageStyles) -> None:
        self._html, self._context, self._styles = html, context, styles
        self._known: dict[tuple[Signature, Signature], bool] = {}

    def even(self, page: Any) -> bool:
        """Tell whether `page` and its like on the other side are laid out alike."""
        kind = page.page_type
        other = kind._replace(side="left" if kind.side == "right" else "right")
        style_for = self._context.style_for
        key = (self._styles.signature(kind, style_for), self._styles.signature(other, style_for))
        if key not in self._known:
            self._known[key] = self._compare(page, other, *map(dict, key))
        return self._known[key]

    def _compare(self, page: Any, other: Any, ours: Mapping[Any, Any], theirs: Mapping[Any, Any]) -> bool:
        if any(ours.get(area) != theirs.get(area) for area in ("@footnote", "@note-area")):
            return False
        style_for = self._context.style_for
        self._styles(other, self._html, style_for)
        mirrored = measured(self._context, style_for(other), other)
        return measures(mirrored) == measures(page)
