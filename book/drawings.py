"""Drawings that stand in a post's own text: made safe, or their words put in their place."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from book.allowed import SPACES
from book.nesting import replace
from book.remarks import Say, remark
from book.svg import settle_drawing

_SPACE = f"{{{SPACES['svg']}}}"
_LETTERED = frozenset(f"{_SPACE}{tag}" for tag in ("text", "tspan", "textPath", "title", "desc"))


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
