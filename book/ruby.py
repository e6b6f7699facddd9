"""Ruby: readings above what they are of, in the order that HTML wants."""

from __future__ import annotations

import re

from lxml import etree

from book.nesting import BLOCKS, add_text, unwrap

_PARTS = ("rt", "rp", "rb", "rtc")
_SHAPE = re.compile(r"(?:b*(?:t+|p(?:tp)+))+")
"""What a `ruby` may hold, as HTML and EPUBCheck have it."""


def settle_ruby(root: etree._Element) -> None:
    """Make each `ruby` under `root` one that XHTML allows; what cannot be one is words like others."""
    for part in list(root.iter(*_PARTS)):
        if (parent := part.getparent()) is not None and parent.tag != "ruby":
            unwrap(part)
    for ruby in reversed(list(root.iter("ruby"))):
        if any(True for _ in ruby.iter(*BLOCKS)):
            _undo(ruby)
        elif not _SHAPE.fullmatch(_shape(ruby)):
            _settle(ruby)


def _shape(ruby: etree._Element) -> str:
    """Spell what stands in a `ruby`: `b` for what is read, `t` for a reading, `p` for a bracket."""
    spelt = "b" if (ruby.text or "").strip() else ""
    for child in ruby:
        own = {"rt": "t", "rp": "x" if len(child) else "p"}.get(str(child.tag), "b")
        spelt += own + ("b" if (child.tail or "").strip() else "")
    return spelt


def _settle(ruby: etree._Element) -> None:
    """Take brackets away, and put what stands behind the last reading after the whole."""
    for bracket in ruby.findall("rp"):
        if not any(map(str.isalnum, "".join(map(str, bracket.itertext())))):
            bracket[:], bracket.text = [], None
        unwrap(bracket)
    readings, parent = ruby.findall("rt"), ruby.getparent()
    if not readings or parent is None:
        _undo(ruby)
        return
    last, behind = readings[-1], ruby.tail
    after, place = list(last.itersiblings()), parent.index(ruby) + 1
    ruby.tail, last.tail = last.tail, None
    parent[place:place] = after
    if behind:
        add_text(parent, place + len(after), behind)


def _undo(ruby: etree._Element) -> None:
    for part in ruby.findall("*"):
        if part.tag in _PARTS:
            unwrap(part)
    unwrap(ruby)
