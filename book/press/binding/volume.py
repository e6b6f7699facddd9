"""The bound file: what goes into it, and in what order."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, String

from book.destinations import name_of
from book.model import Metadata
from book.press.binding.catalogue import BoundPage, destinations, labels, outline
from book.press.binding.frames import Frames
from book.press.binding.metadata import describe
from book.press.binding.resources import Shared, exact
from book.press.binding.structure import Structure
from book.press.imposition import Leafage, Placed, folios, pages
from book.press.margins import Margins, Top

POINTS = 0.75
"""PDF points in a CSS pixel."""

_NODE = 32
"""Pages in a node of the page tree."""


@dataclass(frozen=True, slots=True)
class Volume:
    """Everything that is bound. `part` gives the painted bodies of a gathering by its number."""

    placed: Sequence[Placed]
    part: Callable[[int], bytes]
    margins: Margins
    fonts: bytes
    metadata: Metadata
    tagged: bool = False
    numbers: Mapping[str, int] | None = None
    """The folios of what stands elsewhere, where not all of a book is bound."""


def bind(volume: Volume) -> bytes:
    """Join the parts of a book to one PDF. The same parts give the same bytes."""
    binder = _Binder(volume)
    return save(binder.bind())


def save(pdf: Pdf, *, version: str | None = None, packed: bool = True) -> bytes:
    """Write a PDF so that the same objects give the same bytes, as exactly that version of PDF where given.

    Objects are not `packed` into streams where old printers' programs read them (PDF 1.5 has such streams).
    """
    out = io.BytesIO()
    pdf.save(
        out,
        min_version="" if version else "1.7",
        force_version=version or "",
        deterministic_id=True,
        object_stream_mode=ObjectStreamMode.generate if packed else ObjectStreamMode.disable,
        compress_streams=True,
    )
    return out.getvalue()


class _Binder:
    def __init__(self, volume: Volume) -> None:
        self._volume = volume
        self._pdf = Pdf.new()
        self._open: list[Pdf] = []
        self._shared = Shared(self._pdf, self._file(volume.fonts).Root.Fonts, artifacts=volume.tagged)
        self._structure = Structure(self._pdf) if volume.tagged else None

    def bind(self) -> Pdf:
        """Make the file."""
        volume, root = self._volume, self._pdf.Root
        leaves = list(pages(volume.placed))
        self._frames = Frames(self._pdf, self._shared, volume.margins, self._file)
        bodies = self._bodies(volume.numbers or folios(volume.placed))
        bound = [
            self._page(leaf, next(bodies) if leaf.proof else None, top)
            for leaf, top in zip(leaves, volume.margins.tops, strict=True)
        ]
        root.Pages = self._tree([one.page for one in bound])
        root.PageLabels = labels(leaves)
        if places := destinations(self._pdf, volume.placed, bound):
            root.Names = Dictionary(Dests=places)
        if entries := outline(self._pdf, leaves, bound):
            root.Outlines = entries
            root.PageMode = Name.UseOutlines
        if self._structure:
            self._structure.finish()
        describe(self._pdf, volume.metadata, tagged=volume.tagged)
        return self._pdf

    def _file(self, data: bytes) -> Pdf:
        """Open a part; it stays open until the book is written, for its streams are read then."""
        pdf = pikepdf.open(io.BytesIO(data))
        self._open.append(pdf)
        return pdf

    def _copy(self, page: Any) -> Any:
        del page["/Parent"]
        return self._pdf.copy_foreign(page)

    def _bodies(self, numbers: Mapping[str, int]) -> Iterator[Any]:
        """Copy the painted bodies of all pages, in order, and write the folios into their slots."""
        for number, place in enumerate(self._volume.placed):
            part = self._file(self._volume.part(number))
            copied = [self._copy(page) for page in part.Root.Pages.Kids]
            for page, proof in zip(copied, place.proof.pages, strict=True):
                self._shared.fill(page, proof.slots, numbers)
            if copied:
                self._shared.take(copied[0].Resources, [use["hash"] for use in place.proof.fonts])
            if self._structure:
                self._structure.take(part, copied)
            yield from copied

    def _page(self, leaf: Leafage, body: Any, top: Top) -> BoundPage:
        """Lay a body between background and head, shifted to where the text area is on its side."""
        frames = self._frames
        shift = (frames.x(top) - leaf.proof.x) * POINTS if leaf.proof else 0.0
        page = body if body is not None else Dictionary(Type=Name.Page, Resources=Dictionary())
        head = frames.page(top)
        for box in ("/MediaBox", "/TrimBox", "/BleedBox"):
            page[box] = head[box]
        text = page.Contents if body is not None else None
        page.Contents = self._shared.layers(page, frames.ground(top), text, frames.head(top), shift)
        for link in page.get("/Annots", ()):
            if "/Dest" in link:
                link.Dest = String(name_of(str(link.Dest)))
            if abs(shift) > 1e-6:
                left, bottom, right, upper = (float(edge) for edge in link.Rect)
                link.Rect = Array([exact(left + shift), exact(bottom), exact(right + shift), exact(upper)])
        return BoundPage(self._pdf.make_indirect(page) if body is None else page, shift)

    def _tree(self, bound: list[Any]) -> Any:
        """Build the page tree at once: adding page after page takes longer the more there are."""
        root = self._pdf.make_indirect(Dictionary(Type=Name.Pages, Count=len(bound), Kids=Array()))
        nodes = []
        for start in range(0, len(bound), _NODE):
            kids = bound[start : start + _NODE]
            node = self._pdf.make_indirect(
                Dictionary(Type=Name.Pages, Parent=root, Count=len(kids), Kids=Array(kids))
            )
            for page in kids:
                page.Parent = node
            nodes.append(node)
        root.Kids = Array(nodes)
        return root
