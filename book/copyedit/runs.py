"""Runs of text as a reader sees them: through inline elements, around what is not prose."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lxml import etree

OPAQUE = "\ufffc"
"""Stands in a run for what is not corrected: code, math, pictures, note references, addresses."""

_NOT_PROSE = {"code", "pre", "kbd", "samp", "var", "math", "svg", "img", "br", "hr", "wbr", "tt", "time"}
_INLINE = {"a", "abbr", "b", "bdi", "bdo", "cite", "del", "dfn", "em", "i", "ins", "mark", "q", "s", "small",
           "span", "strong", "sub", "sup", "u"}  # fmt: skip
_BREAKS = {"pre", "hr"}
_ADDRESS = re.compile(
    r"(?:https?://|www\.|mailto:)\S+|\b[\w.+-]{1,64}@[\w-]+\.[\w.]+|\b[\w-]{1,63}\.(?:com|org|net)/\S*"
)

_SIGNS = ("@", "://", "www.", "mailto:", ".com/", ".org/", ".net/")
"""Without one of these there is no address in a text, and looking for one takes long."""


class Edit(NamedTuple):
    """Characters `start` to `end` of a run become `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a run: an element's text or its tail. Without an element it is opaque."""

    text: str
    element: etree._Element | None = None
    tail: bool = False

    def rewritten(self, text: str) -> Piece:
        """Return the piece with another text, having written that where it stands."""
        if self.element is not None and self.tail:
            self.element.tail = text
        elif self.element is not None:
            self.element.text = text
        return replace(self, text=text)


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one language, uninterrupted by a block."""

    language: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The whole text, as long as it is; addresses in it are masked."""
        whole = "".join(piece.text for piece in self.pieces)
        if not any(sign in whole for sign in _SIGNS):
            return whole
        return _ADDRESS.sub(lambda match: OPAQUE * len(match[0]), whole)


def apply(run: Run, edits: Sequence[Edit]) -> Run:
    """Make `edits`, which do not overlap; what one removes across pieces it puts into the first."""
    texts = [piece.text for piece in run.pieces]
    starts = [0, *accumulate(map(len, texts))]
    for edit in sorted(edits, reverse=True):
        first = bisect_right(starts, edit.start, hi=len(texts)) - 1
        for number in range(len(texts) - 1, first - 1, -1):
            low, high = max(edit.start, starts[number]), min(edit.end, starts[number + 1])
            if low < high or number == first:
                base, new = starts[number], edit.text if number == first else ""
                texts[number] = texts[number][: low - base] + new + texts[number][max(low, high) - base :]
    changed = zip(run.pieces, texts, strict=True)
    return Run(run.language, tuple(p if p.text == text else p.rewritten(text) for p, text in changed))


def runs(root: etree._Element, language: str) -> list[Run]:
    """Return the runs under `root`, in order. Bodies may nest deep: there is no recursion."""
    found: list[Run] = []
    pending: list[Piece] = []

    def close(tongue: str) -> None:
        if any(piece.element is not None and piece.text.strip() for piece in pending):
            found.append(Run(tongue, tuple(pending)))
        pending.clear()

    stack: list[tuple[bool, etree._Element, str]] = [(True, root, language)]
    while stack:
        opening, element, outer = stack.pop()
        inner = element.get("lang") or outer
        flows = element is not root and element.tag in _INLINE and inner == outer
        if opening and _is_opaque(element):
            if _local(element) in _BREAKS:
                close(outer)
            else:
                pending.append(Piece("\n" if _local(element) == "br" else OPAQUE))
            stack.append((False, element, outer))
        elif opening:
            if not flows:
                close(outer)
            pending.append(Piece(element.text or "", element))
            stack.append((False, element, outer))
            stack.extend((True, child, inner) for child in reversed(element))
        else:
            if not flows and not _is_opaque(element):
                close(inner)
            if element is not root and element.tail:
                pending.append(Piece(element.tail, element, tail=True))
    close(language)
    return found


def _is_opaque(element: etree._Element) -> bool:
    classes = (element.get("class") or "").split()
    return _local(element) in _NOT_PROSE or bool({"noteref", "checkbox", "embed"} & set(classes))


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]
