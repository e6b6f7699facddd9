"""Blocks that an edition leaves out, since its author says so: a sign stands in the place of each."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any

from book.model import Composition, Galley, Notice

SIGN = "[…]"
HOLDERS = frozenset(
    ("section", "div", "blockquote", "ul", "ol", "dl", "li", "dd", "aside", "header", "figure")
)
"""Elements that hold blocks; what stands in others is a part of a line."""
_ITEMS = frozenset(("li", "dt", "dd"))
_SHOWN = 40


def mark(element: Any) -> str:
    """Return what a block is known by, as long as nothing in it changes.

    `element` may be of lxml or of the standard library.
    """
    return hashlib.blake2b("".join(_written(element)).encode(), digest_size=5).hexdigest()


def _written(element: Any) -> Iterator[str]:
    waiting: list[Any] = [element]  # a galley may be nested more deeply than calls can be
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
            continue
        attributes = sorted((_local(name), value) for name, value in one.attrib.items())
        yield f"<{_local(one.tag)} {attributes}>{one.text or ''}"
        waiting.append("</>")
        for child in reversed(one):
            waiting += [child.tail or "", *([child] if isinstance(child.tag, str) else [])]


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def leave_out(section: Any, omitted: Collection[str]) -> Iterator[tuple[str, str]]:
    """Put a sign in place of each block whose mark is in `omitted`; yield the mark, and how it began."""
    for parent in list(section.iter()):
        for index, child in enumerate(list(parent)):
            if isinstance(child.tag, str) and (known := mark(child)) in omitted:
                yield known, begins(child)
                parent[index] = _sign(parent, child)


def _sign(parent: Any, child: Any) -> Any:
    tag = _local(child.tag)
    name = tag if tag in _ITEMS else "p" if _local(parent.tag) in HOLDERS else "span"
    sign = parent.makeelement(name, {"class": "gap"})
    sign.text, sign.tail = SIGN, child.tail
    return sign


def begins(element: Any) -> str:
    """Return how the text of a block begins."""
    return " ".join("".join(element.itertext()).split())[:_SHOWN]


def without(composition: Composition, omitted: Sequence[str]) -> tuple[Composition, tuple[Notice, ...]]:
    """Leave blocks out of a composition, each named as `galley#mark`; tell of each, and of any not there."""
    if not omitted:
        return composition, ()
    found: dict[str, str] = {}
    galleys = tuple(_lacking(galley, omitted, found) for galley in composition.galleys)
    notices = [_told(name, found.get(name)) for name in dict.fromkeys(omitted)]
    return replace(composition, galleys=galleys), tuple(notices)


def _lacking(galley: Galley, omitted: Sequence[str], found: dict[str, str]) -> Galley:
    from book.trees import parse, write

    marks = {known for ident, _, known in (name.rpartition("#") for name in omitted) if ident == galley.ident}
    if not marks:
        return galley
    root = parse(galley.body)
    here = {f"{galley.ident}#{known}": words for known, words in leave_out(root, marks)}
    found |= here
    return replace(galley, body=write(root)) if here else galley


def _told(name: str, words: str | None) -> Notice:
    if words is None:
        return Notice(f"there is no block `{name}` to leave out", hint="take it from the edition's `omit`")
    said = f", “{words}”," if words else ""
    return Notice(f"the block `{name}`{said} is left out, as `omit` says; {SIGN} stands in its place")
