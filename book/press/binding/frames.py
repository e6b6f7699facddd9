"""What lies under and over the text of pages: their backgrounds, and their heads with folios, as forms."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from pikepdf import Array, Name, Pdf, Stream

from book.press.bench import HeadWork
from book.press.binding.resources import Shared
from book.press.margins import Margins, Top
from book.press.slots import filled

_PAINTS = re.compile(rb"(?m)(?:^|\s)(?:TJ|Tj|Do|sh|S|s|f\*?|[Bb]\*?)$")


class Frames:
    """The forms of all pages, each made once. `file` opens a part, which stays open."""

    def __init__(self, pdf: Pdf, shared: Shared, margins: Margins, file: Callable[[bytes], Pdf]) -> None:
        self._pdf, self._works = pdf, margins.works
        self._heads = [
            self._copies(shared, file(work.pdf), [use["hash"] for use in work.fonts]) for work in self._works
        ]
        self._grounds = [self._backgrounds(shared, work, file) for work in self._works]
        self._forms: dict[tuple[int, int, int | None], Any] = {}

    def page(self, top: Top) -> Any:
        """Return the page that a head was made on."""
        return self._heads[top.work][top.page]

    def x(self, top: Top) -> float:
        """Return where the text area begins, in CSS pixels from the page's left edge."""
        return self._works[top.work].x[top.page]

    def ground(self, top: Top) -> Any:
        """Return the background of a page, None where it has none."""
        return self._grounds[top.work].get(top.page)

    def head(self, top: Top) -> Any:
        """Return the head of a page with its folio, None where it has none."""
        slots = self._works[top.work].slots[top.page]
        name = (top.work, top.page, top.folio if slots else None)
        if name not in self._forms:
            page = self.page(top)
            streams = list(page.Contents) if isinstance(page.Contents, Array) else [page.Contents]
            pieces = [stream.read_bytes() for stream in streams]
            pieces[1::2] = [filled(slot, top.folio) for slot in slots]
            self._forms[name] = self._form(page, b"\n".join(pieces))
        return self._forms[name]

    def _copies(self, shared: Shared, part: Pdf, fonts: Sequence[str]) -> list[Any]:
        pages = []
        for page in part.Root.Pages.Kids:
            del page["/Parent"]
            pages.append(self._pdf.copy_foreign(page))
        shared.take(pages[0].Resources, fonts)
        return pages

    def _backgrounds(self, shared: Shared, work: HeadWork, file: Callable[[bytes], Pdf]) -> dict[int, Any]:
        if not work.grounded:
            return {}
        pages = self._copies(shared, file(work.grounds), [])
        forms = [self._form(page, page.Contents.read_bytes()) for page in pages]
        return dict(zip(work.grounded, forms, strict=True))

    def _form(self, page: Any, code: bytes) -> Any:
        if not _PAINTS.search(code):
            return None
        form = Stream(self._pdf, code)
        form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, page.MediaBox
        form.Resources = page.Resources
        return self._pdf.make_indirect(form)
