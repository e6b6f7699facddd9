"""Drawings that stand in a post's own text: made safe, or their words put in their place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from book import drawingstyles
from book.allowed import SPACES
from book.nesting import replace
from book.remarks import Say, mended, remark
from book.svg import settle_drawing
from book.withheld import withheld

_SPACE = f"{{{SPACES['svg']}}}"
_LETTERED = frozenset(f"{_SPACE}{tag}" for tag in ("text", "tspan", "textPath", "title", "desc"))

_EDGE = re.compile(r"<(/?)svg(?=[\s/>])", re.IGNORECASE)


def painted(html: str, say: Say) -> str:
    """Write what styles in drawings say of their looks as attributes, which outlive cleaning.

    Told is what a drawing loses: scripts, handlers, and what lies outside of it.
    """
    pieces: list[str] = []
    last = 0
    for start, end in _stretches(html):
        drawing = html[start:end]
        if lost := [one for one in withheld(drawing) if one != "script"]:  # which is told wherever it stands
            say(mended("drawing", ", ".join(lost), drawing.partition("\n")[0][:200]))
        pieces += html[last:start], drawingstyles.painted(drawing)
        last = end
    return "".join((*pieces, html[last:]))


def _stretches(html: str) -> Iterator[tuple[int, int]]:
    """Yield where drawings begin and end, those in drawings with them."""
    depth = start = 0
    for edge in _EDGE.finditer(html):
        if not edge[1]:
            start = edge.start() if depth == 0 else start
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                yield start, edge.end()


def settle_drawings(root: etree._Element, say: Say) -> None:
    """Make every drawing in a body safe; one that cannot be shown becomes a note with its words."""
    for drawing in list(root.iter(f"{_SPACE}svg")):
        if any(str(above.tag) == f"{_SPACE}svg" for above in drawing.iterancestors()):
            continue
        words = _words(map(str, drawing.itertext()))
        foreign = any(not str(part.tag).startswith(_SPACE) for part in drawing.iter())
        if not foreign and settle_drawing(drawing) is not None and _words(_lettering(drawing)) == words:
            continue
        said = f"a drawing cannot be shown{f', its words stand instead: `{words[:60]}`' if words else ''}"
        say(remark(said, "<svg"))
        made = etree.Element("span", {"class": "missing-picture"})
        made.text = words
        replace(drawing, [made] if words else [])


def _lettering(drawing: etree._Element) -> list[str]:
    """Return the texts that a drawing shows or tells: those outside of its text elements are neither."""
    texts: list[str] = []
    for event, part in etree.iterwalk(drawing, events=("start", "end")):
        shown = part if event == "start" else part.getparent()
        if shown is not None and shown.tag in _LETTERED:
            texts.append((part.text if event == "start" else part.tail) or "")
    return texts


def _words(texts: Iterable[str]) -> str:
    return " ".join(" ".join(texts).split())
