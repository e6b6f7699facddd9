"""A PDF that was made in one piece, given what a bound book has."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name

from book.model import Metadata
from book.press.binding.metadata import describe
from book.press.binding.volume import save


def finish(pdf: bytes, front: int, folios: Sequence[int], metadata: Metadata, *, tagged: bool) -> bytes:
    """Label the pages of a PDF, of which `front` belong to the front matter, and describe it."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        ranges = [0, Dictionary(S=Name.r, St=max(1, folios[0]))] if front else []
        if front < len(folios):
            ranges += [front, Dictionary(S=Name.D, St=max(1, folios[front]))]
        opened.Root.PageLabels = Dictionary(Nums=Array(ranges))
        describe(opened, metadata, tagged=tagged)
        return save(opened)
