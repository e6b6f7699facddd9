"""All that Octavo uses of WeasyPrint 70 beyond what WeasyPrint promises, in one place.

WeasyPrint lays out a document and numbers its pages in one go. The press needs
the two apart: the body of a gathering is laid out before anybody knows its
folios, and heads and folios are set when they are known. `Engine.lay_out` runs
the first half, `Laid.paint` the second. Page numbers of targets are handed in
as known values instead of being looked up in the document, which holds only a
part of the book. A contract test compares all this with the installed version.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import ModuleType
from typing import Any
from xml.etree.ElementTree import Element

import cssselect2
import pydyf
from weasyprint import CSS, DEFAULT_OPTIONS, HTML, layout
from weasyprint.css import get_all_computed_styles
from weasyprint.css.counters import CounterStyle
from weasyprint.css.targets import TargetCollector, TargetLookupItem, anchor_name_from_token
from weasyprint.document import Document, Page
from weasyprint.formatting_structure import build
from weasyprint.images import get_image_from_uri
from weasyprint.layout import LayoutContext, layout_document
from weasyprint.layout.background import layout_backgrounds
from weasyprint.layout.page import make_margin_boxes
from weasyprint.pdf.metadata import DocumentMetadata
from weasyprint.text.fonts import FontConfiguration

from book.press.folios import Counting, Step, Tally

CONTRACT = "70."
"""The versions of WeasyPrint that this module was written against."""


@contextmanager
def _replaced(module: ModuleType, **names: Any) -> Iterator[None]:
    before = {name: getattr(module, name) for name in names}
    for name, value in names.items():
        setattr(module, name, value)
    try:
        yield
    finally:
        for name, value in before.items():
            setattr(module, name, value)


class _Elsewhere:
    """What a target in another gathering looks like to WeasyPrint: counters, and its text."""

    def __init__(self, folio: int, text: str) -> None:
        self.cached_counter_values = {"page": [folio]}
        self._text = text

    def extract_text(self, style: str) -> str:
        return self._text[:1] if style == "first-letter" else self._text


class _Targets(TargetCollector):  # type: ignore[misc]
    """Answers `target-counter(…, page)` from the book's known folios; remembers what was asked."""

    def __init__(self, folios: Mapping[str, int], texts: Mapping[str, str]) -> None:
        super().__init__()
        self._folios, self._texts = folios, texts
        self.asked: set[str] = set()

    def collect_anchor(self, anchor_name: Any) -> None:
        super().collect_anchor(anchor_name)
        item = self.target_lookup_items.get(anchor_name)
        if item is not None and anchor_name in self._folios:
            item.cached_page_counter_values = {"page": [self._folios[anchor_name]]}

    def lookup_target(self, anchor_token: Any, source_box: Any, css_token: Any, parse_again: Any) -> Any:
        name = _anchor(anchor_token, source_box)
        if name is None:
            return super().lookup_target(anchor_token, source_box, css_token, parse_again)
        self.asked.add(name)
        if name in self.target_lookup_items or name not in self._folios:
            return super().lookup_target(anchor_token, source_box, css_token, parse_again)
        item = TargetLookupItem("up-to-date")
        item.target_box = _Elsewhere(self._folios[name], self._texts.get(name, ""))
        return item

    def cache_target_page_counters(self, *_: Any) -> None:
        """Do nothing: the press knows the folios, and sets again what they change."""


def _anchor(token: Any, source_box: Any) -> str | None:
    if token[0] == "attr()":
        value = source_box.element.get(token[1][0]) or ""
        return value[1:] if value.startswith("#") else None
    name = anchor_name_from_token(token)
    return name if isinstance(name, str) else None


class Engine:
    """WeasyPrint with the book's style sheets and fonts loaded, for any number of gatherings."""

    def __init__(self, fetcher: Any) -> None:
        self.fetcher = fetcher
        self.fonts = FontConfiguration()
        self.counter_style = CounterStyle()
        self.profiles: dict[str, Any] = {}
        self.sheets: list[CSS] = []

    def load(self, text: str) -> None:
        """Parse a style sheet and add it after those loaded before."""
        self.sheets.append(
            CSS(
                string=text,
                url_fetcher=self.fetcher,
                font_config=self.fonts,
                counter_style=self.counter_style,
                color_profiles=self.profiles,
            )
        )

    def lay_out(
        self, root: Element, *, recto: bool, folios: Mapping[str, int], texts: Mapping[str, str]
    ) -> Laid:
        """Lay out a document whose first page is `recto` or not, up to its heads and folios."""
        html = self._html(root)
        targets = _Targets(folios, texts)
        style_for = get_all_computed_styles(
            html, self.sheets, False, self.fonts, self.counter_style, self.profiles, [], [], targets, False
        )
        image = functools.partial(
            get_image_from_uri, cache={}, url_fetcher=self.fetcher, options=dict(DEFAULT_OPTIONS)
        )
        context = LayoutContext(style_for, image, self.fonts, self.counter_style, targets)
        boxes = build.build_formatting_structure(
            root, style_for, context.get_image_from_uri, None, targets, self.counter_style, context.footnotes
        )
        with _replaced(
            layout,
            initialize_page_maker=functools.partial(_begin, recto),
            make_margin_boxes=lambda *_: (),
            layout_backgrounds=lambda *_: None,
        ):
            pages = list(layout_document(html, boxes, context))
        return Laid(self, context, targets, pages)

    def _html(self, root: Element) -> Any:
        html = HTML.__new__(HTML)
        html.base_url, html.url_fetcher, html.media_type = None, self.fetcher, "print"
        html.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        html.etree_element = html.wrapper_element.etree_element
        return html


_initialize_page_maker = layout.initialize_page_maker


def _begin(recto: bool, context: Any, root_box: Any) -> None:
    _initialize_page_maker(context, root_box)
    resume_at, next_page, _, state, remake = context.page_maker[0]
    ltr = root_box.style["direction"] == "ltr"
    context.page_maker[0] = (resume_at, next_page, recto is ltr, state, remake)


class Laid:
    """A laid-out document, before heads and folios are set."""

    def __init__(self, engine: Engine, context: Any, targets: _Targets, pages: list[Any]) -> None:
        self._engine, self._context, self._targets, self._pages = engine, context, targets, pages

    def __len__(self) -> int:
        return len(self._pages)

    def asked(self) -> frozenset[str]:
        """Return the identifiers whose folios or text stand somewhere in the document."""
        return frozenset(self._targets.asked)

    def steps(self) -> tuple[Step, ...]:
        """Return what each page does to the page counters."""
        return tuple(
            Step(
                tuple(page.style["counter_reset"]),
                tuple(page.style["counter_set"]),
                tuple(page.style["counter_increment"]),
            )
            for page in self._pages
        )

    def anchors(self) -> dict[str, int]:
        """Return, for each identifier, the index of the page on which it begins."""
        found: dict[str, int] = {}
        for index, page in enumerate(self._pages):
            for box in page.descendants(placeholders=True):
                anchor = box.style["anchor"]
                if anchor and anchor not in found:
                    found[anchor] = index
        return found

    def paint(self, counting: Counting, total: int, metadata: Mapping[str, Any]) -> Document:
        """Set heads and folios, and return WeasyPrint's document, ready to be written."""
        context = self._context
        for index, (page, tally) in enumerate(zip(self._pages, counting, strict=True)):
            context.current_page = index + 1
            page.children += tuple(make_margin_boxes(context, page, _state(tally, total)))
            layout_backgrounds(page, context.get_image_from_uri)
        return Document(
            [Page(page) for page in self._pages],
            DocumentMetadata(**metadata),
            self._engine.fetcher,
            self._engine.fonts,
            self._engine.profiles,
            None,
        )


def _state(tally: Tally, total: int) -> Any:
    values = {"pages": [total]} | {name: [value] for name, value in tally.items()}
    return [0], values, [set(values)], []


def options(**given: Any) -> dict[str, Any]:
    """Return WeasyPrint's options for writing, with those `given` in place of its own."""
    return {**DEFAULT_OPTIONS, **given}


def write(document: Document, front: int, chosen: Mapping[str, Any]) -> bytes:
    """Write `document` as a PDF of its own, its first `front` pages labelled in roman numerals."""

    def label(_: Document, pdf: Any) -> None:
        ranges = [0, pydyf.Dictionary({"S": "/r"})] if front else []
        ranges += [front, pydyf.Dictionary({"S": "/D"})]
        pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array(ranges)})

    result: bytes = document.write_pdf(finisher=label, **chosen)
    return result


def sheet_faults(records: Sequence[Any]) -> list[tuple[str, int | None]]:
    """Read WeasyPrint's log records about a style sheet as (message, line)."""
    import re

    faults = []
    for record in records:
        message = record.getMessage()
        place = re.search(r" at (\d+):\d+", message)
        line = int(place[1]) if place else None
        faults.append((message.replace(place[0], "") if place else message, line))
    return faults
