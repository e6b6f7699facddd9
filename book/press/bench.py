"""What a press process has on its bench: WeasyPrint with the book's styles, ready for galleys."""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from book.errors import BookError
from book.model import Galley, Metadata, Notice, Sheet
from book.press.folios import count
from book.press.leaves import leaf


@dataclass(frozen=True, slots=True)
class Setup:
    """Everything that shapes pages besides the text in them."""

    sheets: tuple[Sheet, ...]
    assets: Mapping[str, tuple[Path, str]]
    metadata: Metadata
    foot: int = 900
    tagged: bool = False

    def open(self) -> Bench:
        """Load WeasyPrint with the style sheets; raise BookError if it cannot be loaded."""
        return Bench(self)


class Bench:
    """Lays out and writes galleys."""

    def __init__(self, setup: Setup) -> None:
        internals = _weasyprint()
        from book.press.fetcher import BookFetcher

        self._setup, self._internals = setup, internals
        self._fetcher = BookFetcher(setup.assets)
        self._engine = internals.Engine(self._fetcher)
        self.notices: list[Notice] = []
        for sheet in setup.sheets:
            with _listening() as records:
                self._engine.load(sheet.text)
            for message, line in internals.sheet_faults(records):
                self.notices.append(Notice(message, sheet.path, line))
        gc.collect()
        gc.freeze()
        gc.disable()

    def whole(self, galleys: Sequence[Galley]) -> tuple[bytes, int, list[Notice]]:
        """Typeset a whole book as one document: its PDF, its page count, and what to say about it."""
        folios: dict[str, int] = {}
        start = next((galley.ident for galley in galleys if galley.matter == "body"), None)
        with _listening() as records:
            for _ in range(8):
                laid = self._engine.lay_out(self._document(galleys), recto=True, folios=folios, texts={})
                anchors = laid.anchors()
                restarts = {anchors[start]: 1} if start in anchors else {}
                counting = count(laid.steps(), {"page": 0}, restarts)
                found = {name: counting[index]["page"] for name, index in anchors.items()}
                settled = all(found.get(name) == folios.get(name) for name in laid.asked())
                folios = found
                if settled:
                    break
                records.clear()
            document = laid.paint(counting, len(laid), self._metadata())
            options = self._internals.options(pdf_tags=self._setup.tagged)
            pdf = self._internals.write(document, anchors.get(start, 0) if start else 0, options)
        return pdf, len(laid), self.notices + _notices(records)

    def _document(self, galleys: Sequence[Galley]) -> Element:
        html = Element("html", {"lang": self._setup.metadata.language})
        body = Element("body")
        for galley in galleys:
            body.append(leaf(galley.body, foot=self._setup.foot))
        html.append(body)
        return html

    def _metadata(self) -> dict[str, Any]:
        of = self._setup.metadata
        stamp = of.modified.strftime("%Y-%m-%dT%H:%M:%SZ") if of.modified else None
        return {
            "title": of.title,
            "authors": list(of.authors),
            "description": of.description or of.subtitle,
            "keywords": list(of.subjects),
            "generator": "Octavo",
            "created": stamp,
            "modified": stamp,
            "lang": of.language,
        }


def _weasyprint() -> Any:
    try:
        from book.press import weasyprint_internals
    except OSError as error:
        raise BookError(
            f"the typesetting library cannot be loaded: {str(error).splitlines()[0]}",
            hint="install Pango: `apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0`, "
            "`brew install pango` or `dnf install pango`; the EPUB does not need it",
        ) from error
    return weasyprint_internals


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@contextmanager
def _listening() -> Iterator[list[logging.LogRecord]]:
    """Collect what WeasyPrint logs meanwhile."""
    listener = _Listener()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(listener)
    try:
        yield listener.records
    finally:
        logger.removeHandler(listener)


def _notices(records: Sequence[logging.LogRecord]) -> list[Notice]:
    return [Notice(message) for message in dict.fromkeys(record.getMessage() for record in records)]
