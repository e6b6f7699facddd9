"""The page of everything in a finished PDF that a link can mean."""

from __future__ import annotations

from pathlib import Path

from book.destinations import pages_of


def folios(path: Path) -> dict[str, str]:
    """Return the folio of each id that a link can lead to, as it is printed."""
    import pikepdf

    with pikepdf.open(path) as pdf:
        labels = [str(page.label) for page in pdf.pages]
    return {name: labels[at] for name, at in pages(path).items()}


def pages(path: Path) -> dict[str, int]:
    """Return the page, counted from 0, of each id that a link can lead to."""
    import pikepdf

    with pikepdf.open(path) as pdf:
        return pages_of(pdf)
