"""WeasyPrint with a book's style sheets and fonts loaded, for any number of its parts."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from types import MappingProxyType
from typing import Any
from xml.etree.ElementTree import Element

import cssselect2
from weasyprint import CSS, DEFAULT_OPTIONS, HTML, css, layout
from weasyprint.css import get_all_computed_styles, properties, validation
from weasyprint.css.targets import TargetCollector
from weasyprint.document import Document, Page
from weasyprint.formatting_structure import build
from weasyprint.images import get_image_from_uri
from weasyprint.layout import LayoutContext, layout_document
from weasyprint.layout import page as page_layout
from weasyprint.layout.background import layout_backgrounds
from weasyprint.layout.page import make_margin_boxes
from weasyprint.pdf.metadata import DocumentMetadata
from weasyprint.text.ffi import pango
from weasyprint.text.fonts import FontConfiguration

from book.press.engine import pages as sides
from book.press.engine.columns import index_columns
from book.press.engine.endless import break_endless
from book.press.engine.firstlines import first_lines
from book.press.engine.footnotes import Context
from book.press.engine.hanging import hanging_spaces
from book.press.engine.laid import Laid
from book.press.engine.leaders import joined_leaders
from book.press.engine.linefloats import line_floats
from book.press.engine.lines import total_fit
from book.press.engine.measuring import widths
from book.press.engine.narrow import narrowed
from book.press.engine.nudging import nudged
from book.press.engine.places import Places, styled, take
from book.press.engine.pseudostyles import StyleFor
from book.press.engine.resolving import bare, settled
from book.press.engine.selectors import compiled
from book.press.engine.shaping import remembered
from book.press.engine.structure import mend
from book.press.engine.targets import Numerals, Targets, Unknown
from book.press.engine.veils import veiled
from book.press.folios import Counting, Tally

_TYPE_LIBRARY = re.compile(r"/lib(pango|harfbuzz|fontconfig|freetype|fribidi|graphite)[^/]*\.so")

_OF_TABLES = properties.TABLE_WRAPPER_BOX_PROPERTIES | {"margin_break"}
"""What goes from a table to the box that holds its margins: WeasyPrint 70 leaves this one behind."""

NO_TALLY: Tally = MappingProxyType({})


class Engine:
    """Lays out page bodies, and makes heads for pages."""

    def __init__(self, fetcher: Any, *, fit: bool = False) -> None:
        self.fetcher, self._fit = fetcher, fit
        self.font_configuration = FontConfiguration()
        self.counter_style = Numerals()
        self.profiles: dict[str, Any] = {}
        self._loaded: dict[str, CSS] = {}
        self.sheets: list[CSS] = []
        self._styles_places = False

    def load(self, text: str) -> None:
        """Parse a style sheet, once for every time that it is worn."""
        if text in self._loaded:
            return
        with sides.replaced(validation, compile_selector_list=compiled):
            self._loaded[text] = CSS(
                string=text,
                url_fetcher=self.fetcher,
                font_config=self.font_configuration,
                counter_style=self.counter_style,
                color_profiles=self.profiles,
            )

    def wear(self, texts: Sequence[str]) -> None:
        """Set what comes with these style sheets, which are loaded, in this order; forget all others."""
        self._loaded = {text: self._loaded[text] for text in texts}
        self.sheets = [self._loaded[text] for text in texts]
        self._styles_places = any(map(styled, texts))

    def looks_at_page_index(self) -> bool:
        """Tell whether a page rule looks at a page's place in the whole book (`:nth(2n)`)."""
        return any(
            selector.index is not None and selector.index[2] is None
            for sheet in self.sheets
            for _, selectors, _ in sheet.page_rules
            for _, _, selector in selectors
        )

    def lay_out(
        self,
        root: Element,
        known: Mapping[str, tuple[int, str] | None],
        *,
        recto: bool | None = None,
        index: int = 0,
        tally: Tally = NO_TALLY,
        listed: frozenset[str] = frozenset(),
    ) -> Laid:
        """Lay out the bodies of a document's pages; raise Unknown for targets that are not in `known`.

        Its first page is `recto` or verso; None leaves that to the document. `index` counts the
        pages before it, and `tally` holds the page counters before it, for text that shows them.
        `listed` are targets whose folios the text shows already.
        """
        widths.rest()
        targets = Targets(known)
        places = Places() if self._styles_places else take(root, listed)
        html, context, root_box = self.structure(root, targets, Context)
        targets.asked |= listed
        if unknown := targets.asked - known.keys():
            raise Unknown(unknown)
        break_endless(root_box)
        if recto is None:
            recto = sides.breaks(root_box)[0] != "verso"
        styles = sides.PageStyles()
        with (
            hanging_spaces(),
            narrowed(),
            remembered(),
            settled(),
            line_floats(),
            total_fit() if self._fit else first_lines(),
            nudged() if self._fit else nullcontext(),
            index_columns(),
            joined_leaders(),
            context.watching(),
            sides.replaced(
                layout,
                initialize_page_maker=sides.beginning(recto, tally),
                make_margin_boxes=lambda *_: (),
                layout_backgrounds=lambda *_: None,
            ),
            sides.replaced(
                page_layout, set_page_type_computed_styles=styles, PageType=sides.counting_from(index)
            ),
        ):
            boxes = list(layout_document(html, root_box, context))
        return Laid(html, context, root_box, styles, boxes, places)

    def bodies(self, laid: Laid) -> list[Page]:
        """Finish laid-out pages without heads."""
        with bare():
            for box in laid.boxes:
                layout_backgrounds(box, laid.context.get_image_from_uri)
        return [Page(box) for box in laid.boxes]

    def whole(self, laid: Laid, counting: Counting) -> list[Page]:
        """Finish laid-out pages with their heads and folios."""
        context = laid.context
        for index, (box, tally) in enumerate(zip(laid.boxes, counting, strict=True)):
            context.current_page = index + 1
            box.children += tuple(make_margin_boxes(context, box, state(tally, len(laid.boxes))))
        return self.bodies(laid)

    def write_whole(self, laid: Laid, counting: Counting, language: str, *, tagged: bool) -> bytes:
        """Finish laid-out pages with their heads and folios, and write them as a PDF of their own."""
        document = Document(
            self.whole(laid, counting),
            DocumentMetadata(lang=language),
            self.fetcher,
            self.font_configuration,
            self.profiles,
            None,
        )
        with veiled() if tagged else nullcontext():
            pdf: bytes = document.write_pdf(finisher=lambda _, file: mend(file), pdf_tags=tagged)
        return pdf

    def end_counters(self, root: Element, anchor: str) -> dict[str, int]:
        """Return the values of counters at an element, without laying out."""
        targets = Targets({})
        self.structure(root, targets, LayoutContext)
        values = targets.target_lookup_items[anchor].target_box.cached_counter_values
        return {name: stack[-1] for name, stack in values.items() if stack}

    @staticmethod
    def libraries() -> dict[str, str]:
        """Return the versions of the libraries underneath, and the paths of their files."""
        maps = Path("/proc/self/maps")
        lines = maps.read_text().splitlines() if maps.is_file() else []
        loaded = {line.split(maxsplit=5)[-1] for line in lines}
        paths = sorted(path for path in loaded if _TYPE_LIBRARY.search(path))
        named = {Path(path).name: "" for path in paths}
        return {"pango": str(pango.pango_version())} | named | dict.fromkeys(paths, "")

    def structure(self, root: Element, targets: TargetCollector, kind: Any) -> tuple[Any, Any, Any]:
        """Style a document and build its boxes."""
        html = HTML.__new__(HTML)
        html.base_url, html.url_fetcher, html.media_type = None, self.fetcher, "print"
        html.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        html.etree_element = html.wrapper_element.etree_element
        with sides.replaced(css, StyleFor=StyleFor):
            style_for = get_all_computed_styles(
                html,
                self.sheets,
                False,
                self.font_configuration,
                self.counter_style,
                self.profiles,
                [],
                [],
                targets,
            )
        image = functools.partial(
            get_image_from_uri, cache={}, url_fetcher=self.fetcher, options=dict(DEFAULT_OPTIONS)
        )
        context = kind(style_for, image, self.font_configuration, self.counter_style, targets)
        with sides.replaced(properties, TABLE_WRAPPER_BOX_PROPERTIES=_OF_TABLES):
            root_box = build.build_formatting_structure(
                root,
                style_for,
                context.get_image_from_uri,
                None,
                targets,
                self.counter_style,
                context.footnotes,
            )
        for note in context.footnotes:  # which WeasyPrint takes out of the tree before it does this to it
            note.process_whitespace()
            note.process_text_transform()
        return html, context, root_box


def state(tally: Tally, total: int) -> Any:
    """Return the page counters of a page, as margin boxes are made with."""
    values = {"pages": [total]} | {name: [value] for name, value in tally.items()}
    return [0], values, [set(values)], []
