"""The page of everything in a finished PDF that a link can mean."""

from __future__ import annotations

from pathlib import Path


def folios(path: Path) -> dict[str, str]:
    """Return the folio of each named destination of a PDF, as it is printed."""
    import pikepdf

    with pikepdf.open(path) as pdf:
        labels = [str(page.label) for page in pdf.pages]
    return {name: labels[at] for name, at in pages(path).items()}


def pages(path: Path) -> dict[str, int]:
    """Return the page of each named destination of a PDF, counted from 0."""
    from pikepdf import Dictionary, NameTree, open

    with open(path) as pdf:
        numbers = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
        names = pdf.Root.get("/Names")
        tree = NameTree(names["/Dests"]) if names is not None and "/Dests" in names else {}
        spots = {
            str(name): (target["/D"] if isinstance(target, Dictionary) else target)[0].objgen
            for name, target in tree.items()
        }
    return {name: numbers[spot] for name, spot in spots.items() if spot in numbers}
