"""What a bound PDF's links say and where they lead, for tests of printed references and indexes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2


@dataclass(frozen=True)
class Pointer:
    """A link within a PDF: the page it is on, the words in it, what it leads to, and that page's label."""

    page: int
    words: str
    target: str
    leads_to: int
    label: str


class Printed:
    """A PDF, read."""

    def __init__(self, path: Path) -> None:
        self._pdfium = pypdfium2.PdfDocument(path)
        self.texts = [self._words(page) for page in self._pdfium]
        self.labels = [self._pdfium.get_page_label(n) for n in range(len(self._pdfium))]
        with pikepdf.open(path) as pdf:
            numbers = {page.objgen: number for number, page in enumerate(pdf.pages)}
            self.places = {name: numbers[place[0].objgen] for name, place in _names(pdf.Root.Names.Dests)}
            self.pointers = list(self._pointers(pdf))
        self._pdfium.close()

    @staticmethod
    def _words(page: Any) -> str:
        return " ".join(page.get_textpage().get_text_range().replace("\ufffe", "").split())

    def _pointers(self, pdf: pikepdf.Pdf) -> Iterator[Pointer]:
        for number, page in enumerate(pdf.pages):
            text = self._pdfium[number].get_textpage()
            for link in page.get("/Annots", ()):
                name = str(link.get("/Dest", ""))
                if name in self.places:
                    words = text.get_text_bounded(*(float(edge) for edge in link.Rect))
                    place = self.places[name]
                    yield Pointer(number, " ".join(words.split()), name, place, self.labels[place])

    def with_page_numbers(self) -> list[Pointer]:
        """Return the links that show a page number and nothing else."""
        return [one for one in self.pointers if re.fullmatch(r"[0-9]+|[ivxl]+", one.words)]

    def page(self, label: str) -> str:
        """Return the text of the page with this label."""
        return self.texts[self.labels.index(label)]


def _names(node: Any) -> Iterator[tuple[str, Any]]:
    for kid in node.get("/Kids", ()):
        yield from _names(kid)
    pairs = list(node.get("/Names", ()))
    for name, place in zip(pairs[::2], pairs[1::2], strict=True):
        yield str(name), place if isinstance(place, pikepdf.Array) else place.D
