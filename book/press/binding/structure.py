"""The structure tree of a tagged book: the parts' trees under one document, with one parent tree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf


class Structure:
    """Takes the parts' trees one by one, in the order of the book."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self._document = pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Document, P=self._root, K=Array())
        )
        self._nodes: list[Any] = []
        self._next = 0

    def take(self, part: Pdf, pages: Sequence[Any]) -> None:
        """Take a part's tree; `pages` are its pages, already copied."""
        tree = part.Root.StructTreeRoot
        document = self._pdf.copy_foreign(tree.K[0])
        for element in document.K:
            element.P = self._document
            self._document.K.append(element)
        numbers = list(self._pdf.copy_foreign(tree.ParentTree).Nums)
        base, count = self._next, len(numbers) // 2
        if not count:
            return
        for page in pages:
            page.StructParents = base + int(page.StructParents)
            for annotation in page.get("/Annots", ()):
                if "/StructParent" in annotation:
                    annotation.StructParent = base + int(annotation.StructParent)
        flat = [thing for at in range(count) for thing in (base + int(numbers[2 * at]), numbers[2 * at + 1])]
        limits = Array([base, base + count - 1])
        self._nodes.append(self._pdf.make_indirect(Dictionary(Limits=limits, Nums=Array(flat))))
        self._next = base + count

    def finish(self) -> None:
        """Hang the tree into the file."""
        self._root.K = Array([self._document])
        self._root.ParentTree = self._pdf.make_indirect(Dictionary(Kids=Array(self._nodes)))
        self._root.ParentTreeNextKey = self._next
        self._pdf.Root.StructTreeRoot = self._root
        self._pdf.Root.MarkInfo = Dictionary(Marked=True)
