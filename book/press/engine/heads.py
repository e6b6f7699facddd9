"""Heads, folios and backgrounds for a list of pages, without the text between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.css.targets import TargetCollector
from weasyprint.document import Page
from weasyprint.formatting_structure import boxes
from weasyprint.layout import LayoutContext, initialize_page_maker
from weasyprint.layout import page as page_layout
from weasyprint.layout.background import layout_backgrounds
from weasyprint.layout.page import make_margin_boxes

from book.press.engine import pages as sides
from book.press.engine.engine import Engine, state
from book.press.engine.painting import Painter, folio_in
from book.press.engine.resolving import bare, settled
from book.press.engine.roomy import replaced, shortened
from book.press.engine.shaping import remembered
from book.press.engine.targets import Owner, OwnFolio
from book.press.head import Head

_TRIES = 40
"""How many words are cut from the titles in a head at most."""


class _Context(LayoutContext):  # type: ignore[misc]
    """Takes named strings from the head that is being made."""

    head: Head
    asked: set[tuple[str, str]]

    def get_string_set_for(self, page: Any, name: str, keyword: str = "first") -> tuple[str, ...]:
        self.asked.add((name, keyword))
        return self.head.string(name, keyword)


Kind = tuple[sides.Signature, bool]
"""The rules for a page, and whether it is blank: pages of one kind differ in what their heads say."""


@dataclass(frozen=True, slots=True)
class Made:
    """Pages with nothing but margins; `which` of them each head is on; and backgrounds, by their page.

    `folios` has, for the pages whose folio stands for others, the boxes that show it; None where
    some do not show it plainly.
    """

    heads: list[Page] = field(default_factory=list)
    which: list[int] = field(default_factory=list)
    grounds: dict[int, Page] = field(default_factory=dict)
    folios: dict[int, dict[Owner, str] | None] = field(default_factory=dict)

    def painter(self) -> Painter:
        """Return what paints these heads with slots for folios."""
        shown = (own for own in self.folios.values() if own)
        return Painter({owner: ("page", figures) for own in shown for owner, figures in own.items()})

    def refused(self, painter: Painter) -> list[int]:
        """Return the pages where a folio has no slot, now that `painter` has painted them."""
        return [
            page
            for page, own in self.folios.items()
            if own is None or not own.keys() <= painter.filled - painter.refused
        ]


def heads(engine: Engine, language: str, wanted: Sequence[Head]) -> Made:
    """Make the margins of pages, and the backgrounds of those that have one."""
    with remembered(), settled(), bare():
        return _Maker(engine, language).make(wanted)


class _Maker:
    def __init__(self, engine: Engine, language: str) -> None:
        root = Element("html", {"lang": language})
        root.append(Element("body"))
        self._html, self._context, self._root = engine.structure(root, TargetCollector(), _Context)
        self._ltr = sides.left_to_right(self._root)
        self._styles = sides.PageStyles()
        self._frames: dict[Kind, Any] = {}
        self._cut: dict[Kind, dict[str, str]] = {}
        self._asked: dict[Kind, set[tuple[str, str]]] = {}
        self._known: dict[Any, int] = {}

    def make(self, wanted: Sequence[Head]) -> Made:
        """Make heads, those that look alike once."""
        made = Made()
        for head in wanted:
            page_type = sides.page_type(head.recto, self._ltr, head.blank, head.name, head.index, head.groups)
            self._styles(page_type, self._html, self._context.style_for)
            kind = (self._styles.signature(page_type, self._context.style_for), head.blank)
            looks = self._looks(kind, head)
            if looks is None or looks not in self._known:
                self._add(made, kind, page_type, head)
                looks = self._looks(kind, head)
                self._known[looks] = len(made.heads) - 1
            made.which.append(self._known[looks])
        return made

    def _looks(self, kind: Kind, head: Head) -> Any:
        """Return all that a head of this kind shows of the book; None until one was made."""
        if kind not in self._asked:
            return None
        shown = (head.string(name, keyword) for name, keyword in sorted(self._asked[kind]))
        return kind, *shown, *sorted(head.tally.items()), head.total, head.takes_folio

    def _add(self, made: Made, kind: Kind, page_type: Any, head: Head) -> None:
        """Make one head."""
        if kind not in self._frames:
            self._frames[kind] = _frame(self._context, self._root, page_type)
        box = self._frames[kind].deepcopy()
        box.page_type = page_type
        inner = (box.children[0],)
        self._context.asked = self._asked.setdefault(kind, set())
        folio = OwnFolio(head.tally["page"])
        margins = self._margins(box, head, folio, self._cut.setdefault(kind, {}))
        box.children = (*inner, *margins)
        layout_backgrounds(box, self._context.get_image_from_uri)
        number = len(made.heads)
        made.heads.append(Page(box))
        if _has_ground(box):
            ground = box.copy()
            ground.children = inner
            made.grounds[number] = Page(ground)
        if head.takes_folio and folio.shown:
            made.folios[number] = _showing(folio, margins)

    def _margins(self, box: Any, head: Head, folio: OwnFolio, cut: dict[str, str]) -> list[Any]:
        """Make the boxes of a page's margins; titles that have no room are cut, and noted in `cut`."""
        context = self._context
        for _ in range(_TRIES):
            context.head, context.current_page = replaced(head, cut), 1
            folio.shown.clear()
            made = list(make_margin_boxes(context, box, state({**head.tally, "page": folio}, head.total)))
            found = shortened(context.head, made, box)
            if found is None:
                break
            whole = next((value for value, shown in cut.items() if shown == found[0]), found[0])
            cut[whole] = found[1]
        return made


def _showing(folio: OwnFolio, margins: Sequence[Any]) -> dict[Owner, str] | None:
    """Return the boxes of text that show a folio, each its own owner; None where one does not plainly."""
    texts = [one for margin in margins for one in margin.descendants() if isinstance(one, boxes.TextBox)]
    showing = [one for one in texts if folio_in(str(int(folio)), one.text)]
    if None in folio.shown or len(showing) != len(folio.shown):
        return None
    for one in showing:
        one.element = one  # boxes of margins belong to no element
    return {(one, one.element_tag): str(int(folio)) for one in showing}


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
