"""The page of everything in a finished PDF that a link can mean, as it is printed there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any


def folios(path: Path) -> dict[str, str]:
    """Read the named destinations of a PDF, and the label of the page that each is on."""
    import pikepdf

    with pikepdf.open(path) as pdf:
        labels = {page.obj.objgen: str(page.label) for page in pdf.pages}
        names = pdf.Root.get("/Names")
        if names is None or "/Dests" not in names:
            return {}
        return dict(_told(pikepdf.NameTree(names["/Dests"]), labels))


def _told(tree: Any, labels: dict[tuple[int, int], str]) -> Iterator[tuple[str, str]]:
    from pikepdf import Dictionary

    for name, target in tree.items():
        spot = target["/D"] if isinstance(target, Dictionary) else target
        label = labels.get(spot[0].objgen)
        if label is not None:
            yield str(name), label
