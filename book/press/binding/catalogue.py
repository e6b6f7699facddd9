"""How a reader finds its way in the bound file: page labels, destinations, outline."""

from __future__ import annotations

from codecs import BOM_UTF16_BE
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, String

from book.destinations import name_of
from book.press.binding.resources import exact
from book.press.imposition import Leafage, Placed

_NODE = 64
"""Names in a leaf of a name tree."""


@dataclass(frozen=True, slots=True)
class BoundPage:
    """A page of the bound file, and by how many points its body was shifted."""

    page: Any
    shift: float


def text(value: str) -> String:
    """Encode a text string: in ASCII if it can be, else in UTF-16."""
    try:
        return String(value.encode("ascii"))
    except UnicodeEncodeError:
        return String(BOM_UTF16_BE + value.encode("utf-16-be"))


def labels(leaves: Sequence[Leafage]) -> Dictionary:
    """Return page labels: roman numerals in the front matter, then arabic."""
    ranges: list[Any] = []
    style, expected = "", 0
    for at, leaf in enumerate(leaves):
        kind = "/r" if leaf.place.gathering.matter == "front" or _before_body(leaf) else "/D"
        folio = max(1, leaf.tally["page"])
        if kind != style or folio != expected:
            ranges += [at, Dictionary(S=Name(kind), St=folio)]
        style, expected = kind, folio + 1
    return Dictionary(Nums=Array(ranges))


def _before_body(leaf: Leafage) -> bool:
    """Tell a blank page that closes the front matter."""
    return leaf.proof is None and leaf.at < 0 and leaf.tally["page"] > leaf.place.before["page"]


def destinations(pdf: Pdf, placed: Sequence[Placed], bound: Sequence[BoundPage]) -> Any:
    """Return the name tree of everything that a link can mean, or None if there is nothing."""
    names: dict[str, Any] = {}
    for place in placed:
        for name, (at, x, y) in place.proof.anchors.items():
            target = bound[place.index + at]
            spot = Array([target.page, Name.XYZ, exact(x + target.shift), exact(y), 0])
            names.setdefault(name_of(name), spot)
    pairs = [(String(name), names[name]) for name in sorted(names)]
    if not pairs:
        return None
    kids = []
    for start in range(0, len(pairs), _NODE):
        some = pairs[start : start + _NODE]
        flat = [part for pair in some for part in pair]
        kids.append(pdf.make_indirect(Dictionary(Limits=Array([some[0][0], some[-1][0]]), Names=Array(flat))))
    return pdf.make_indirect(Dictionary(Kids=Array(kids)))


@dataclass(slots=True)
class _Entry:
    item: Any
    level: int
    closed: bool
    children: list[_Entry] = field(default_factory=list)

    def shown(self) -> int:
        """Count the entries that are seen below this one when it is open."""
        return sum(1 + (0 if child.closed else child.shown()) for child in self.children)


def outline(pdf: Pdf, leaves: Sequence[Leafage], bound: Sequence[BoundPage]) -> Any:
    """Return the outline made of all bookmarks, or None if there are none."""
    root = _Entry(pdf.make_indirect(Dictionary(Type=Name.Outlines)), 0, closed=False)
    path = [root]
    for leaf, target in zip(leaves, bound, strict=True):
        for level, label, x, y, state in leaf.proof.bookmarks if leaf.proof else ():
            spot = Array([target.page, Name.XYZ, exact(x + target.shift), exact(y), 0])
            item = pdf.make_indirect(Dictionary(Title=text(label), Dest=spot))
            while path[-1].level >= level:
                path.pop()
            entry = _Entry(item, level, closed=state == "closed")
            path[-1].children.append(entry)
            path.append(entry)
    if not root.children:
        return None
    _link(root)
    return root.item


def _link(entry: _Entry) -> None:
    """Write the links between an entry and those below it."""
    pending = [entry]
    while pending:
        above = pending.pop()
        below = above.children
        if not below:
            continue
        above.item.First, above.item.Last = below[0].item, below[-1].item
        above.item.Count = -above.shown() if above.closed else above.shown()
        for one, other in pairwise(below):
            one.item.Next, other.item.Prev = other.item, one.item
        for child in below:
            child.item.Parent = above.item
        pending += below
