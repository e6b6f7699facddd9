"""Named destinations of a PDF: what its links lead to, by the ids that places have in the book.

In the file their names are ASCII. Any other name could be searched for in vain: some readers hold the
tree of names to be sorted by bytes (ISO 32000-1, 7.9.6), others by the letters that they mean.
"""

from __future__ import annotations

from string import ascii_letters, digits, punctuation
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

if TYPE_CHECKING:
    from pikepdf import Pdf

_PLAIN = (ascii_letters + digits + punctuation).replace("%", "")


def name_of(ident: str) -> str:
    """Return the name of the destination of what has this id."""
    return quote(ident, safe=_PLAIN)


def pages_of(pdf: Pdf) -> dict[str, int]:
    """Return the page, counted from 0, of each id that a link can lead to."""
    from pikepdf import Dictionary, NameTree

    numbers: dict[Any, int] = {page.objgen: number for number, page in enumerate(pdf.pages)}
    names: Any = pdf.Root.get("/Names")
    tree: Any = NameTree(names["/Dests"]) if names is not None and "/Dests" in names else {}
    found = {}
    for name, place in tree.items():
        target = place["/D"] if isinstance(place, Dictionary) else place
        if (number := numbers.get(target[0].objgen)) is not None:
            found[unquote(str(name))] = number
    return found
