"""A part of the book, laid out: what its proof says, and its pages for painting."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from weasyprint.document import Page

from book.press.engine import pages as sides
from book.press.engine.painting import Painter, Slot
from book.press.engine.places import Places
from book.press.folios import Step
from book.press.proofs import Needs, PageProof

POINTS = 0.75
"""PDF points in a CSS pixel."""


class Laid:
    """Page bodies that are laid out, their heads and folios still open."""

    def __init__(
        self,
        html: Any,
        context: Any,
        root_box: Any,
        styles: sides.PageStyles,
        boxes: list[Any],
        places: Places,
    ) -> None:
        self.html, self.context, self.styles, self.boxes = html, context, styles, boxes
        self._places = places
        self.opens, self.closes = sides.breaks(root_box)
        self.ltr = sides.left_to_right(root_box)

    def painter(self) -> Painter:
        """Return what paints these pages with slots for folios."""
        return Painter(self.context.target_collector.slots())

    def needs(
        self, painter: Painter, shown: Iterable[str], *, exact: Iterable[str], index: bool, counters: bool
    ) -> Needs:
        """Return what the layout depends on; folios that `painter` gave slots may change.

        `shown` are texts that are taken from the pages elsewhere: a folio in one of them must be true.
        """
        targets = self.context.target_collector
        figures = {figures for _, figures in painter.slots.values()}
        taken = any(one in text for one in figures for text in shown)
        slotted = set() if taken else painter.filled - painter.refused
        return Needs(
            targets=tuple(sorted(targets.asked)),
            exact=tuple(sorted({*exact, *targets.exact(slotted)})),
            recto=not self._turnable(),
            index=index,
            tally=targets.show_page_counters(),
            counters=counters,
        )

    def _turnable(self) -> bool:
        forced = (entry[1]["break"] for entry in self.context.page_maker[1:])
        if any(value in sides.SIDES for value in forced):
            return False
        mirror = sides.Mirror(self.html, self.context, self.styles)
        return all(mirror.even(box) for box in self.boxes)

    def counters_at(self, anchor: str) -> dict[str, int]:
        """Return the values of counters at an element, or nothing where there is no such element."""
        item = self.context.target_collector.target_lookup_items.get(anchor)
        values = item.target_box.cached_counter_values if item and item.target_box else None
        return {name: stack[-1] for name, stack in (values or {}).items() if stack}

    def first_pages(self) -> dict[str, int]:
        """Return, for each identifier, the index of the page on which it begins."""
        found: dict[str, int] = {}
        for index, page in enumerate(self.boxes):
            for box in page.descendants(placeholders=True):
                if box.style["anchor"]:
                    found.setdefault(box.style["anchor"], index)
        return found

    def steps(self) -> tuple[Step, ...]:
        """Return what each page does to the page counters."""
        return tuple(sides.step(box.style) for box in self.boxes)

    def blank_step(self) -> Step:
        """Return what a blank page before this does to the page counters."""
        kind = sides.page_type(False, self.ltr, True, "", 1, ())
        self.styles(kind, self.html, self.context.style_for)
        return sides.step(self.context.style_for(kind))

    def proofs(self, pages: list[Page], slots: list[list[Slot]]) -> tuple[PageProof, ...]:
        """Describe each page; `pages` are WeasyPrint's, made of these boxes."""
        found = zip(pages, slots, strict=True)
        return tuple(self._proof(index, page, own) for index, (page, own) in enumerate(found))

    def _proof(self, index: int, page: Page, slots: list[Slot]) -> PageProof:
        box, height = page._page_box, page.height
        kind = box.page_type
        strings = {
            name: tuple(by_page[index + 1])
            for name, by_page in self.context.string_set.items()
            if index + 1 in by_page
        }
        return PageProof(
            recto=(kind.side == "right") is self.ltr,
            blank=kind.blank,
            name=kind.name,
            groups=tuple((name, at) for name, at in kind.groups),
            x=box.content_box_x(),
            step=sides.step(box.style),
            strings=strings,
            starts=tuple(name for name in strings if _starts(box, name)),
            bookmarks=tuple(
                (level, label, x * POINTS, (height - y) * POINTS, state)
                for level, label, (x, y), state in page.bookmarks
            ),
            slots=tuple(slot.opening() for slot in slots),
        )

    def anchors(self, pages: list[Page]) -> dict[str, tuple[int, float, float]]:
        """Return where each identifier stands: index of the page, x and y in PDF points."""
        found = {
            name: (index, x * POINTS, (pages[index].height - y) * POINTS)
            for name, (index, x, y) in self._places.found(self.boxes).items()
        }
        for index, page in enumerate(pages):
            for name, (x, y, _, _) in page.anchors.items():
                found.setdefault(name, (index, x * POINTS, (page.height - y) * POINTS))
        return found


def _starts(page: Any, name: str) -> bool:
    """Tell whether the elements with which a page begins set the named string `name`."""
    box = page
    while box:
        if box.style["string_set"] != "none" and any(own == name for own, _ in box.style["string_set"]):
            return True
        box = box.children[0] if getattr(box, "children", None) else None
    return False
