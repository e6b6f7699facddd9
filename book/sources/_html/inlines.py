"""Bring runs of inlines to their normal form: one space, none at the edges of emphasis, nothing empty."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from book.sources._html.nodes import BLANK, LEAVES, SPACES, Node

Inlines = list[Node | str]
_MERGING = frozenset(
    ("strong", "em", "del", "code", "a", "sup", "sub", "u", "mark", "small", "kbd", "q", "ins")
)
_MANY = re.compile("  +")
_TWO = re.compile("(?<=\\S)(?:\u00a0 | \u00a0)(?=\\S)")
"""What editors make of two spaces after a full stop: one would stand before the first word of a line."""
_EDGE = " \u00a0\u2002\u2003\u2009\u3000\u200b\ufeff"


def settled(run: Iterable[Node | str]) -> Inlines:
    """Return the normal form of one line's or paragraph's inlines."""
    return _trimmed(_spaced(_merged(run)))


def paragraphs(run: Iterable[Node | str]) -> Iterator[Inlines]:
    """Part a run where two or more line breaks follow one another; give what is not empty, in normal form."""
    part: Inlines = []
    breaks = 0
    held: Inlines = []
    for item in _split(_merged(run)):
        if isinstance(item, Node) and item.tag == "br":
            breaks += 1
            held.append(item)
        elif isinstance(item, str) and breaks and BLANK.fullmatch(item):
            held.append(item)
        else:
            if breaks > 1:
                yield from _one(part)
                part = []
            else:
                part += held
            held, breaks = [], 0
            part.append(item)
    yield from _one(part)


def _one(part: Inlines) -> Iterator[Inlines]:
    found = settled(part)
    if not is_blank(found):
        yield found


def is_blank(run: Inlines) -> bool:
    """Tell whether a run shows nothing."""
    return all(BLANK.fullmatch(item) if isinstance(item, str) else item.tag in ("br", "wbr") for item in run)


def _split(run: Inlines) -> Inlines:
    """Bring the breaks that stand inside emphasis or a link to the top, where they come in twos."""
    found: Inlines = []
    for item in run:
        if isinstance(item, str) or item.tag in LEAVES or not _has_double_break(item):
            found.append(item)
            continue
        part: Inlines = []
        for child in [*_split(item.children), None]:
            if child is None or (isinstance(child, Node) and child.tag == "br"):
                if part:
                    found.append(Node(item.tag, part, item.attributes))
                    part = []
                if child is not None:
                    found.append(child)
            else:
                part.append(child)
    return found


def _has_double_break(node: Node) -> bool:
    breaks = 0
    for child in node.children:
        if isinstance(child, Node) and child.tag == "br":
            breaks += 1
            if breaks > 1:
                return True
        elif not (isinstance(child, str) and BLANK.fullmatch(child)):
            breaks = 0
            if isinstance(child, Node) and child.tag not in LEAVES and _has_double_break(child):
                return True
    return False


def _merged(run: Iterable[Node | str]) -> Inlines:
    """Settle what is inside inlines, hoist the spaces at their edges, and join what belongs together."""
    found: Inlines = []
    for item in run:
        if isinstance(item, str):
            _push(found, SPACES.sub(" ", item))
        elif item.tag in LEAVES:
            found.append(item)
        else:
            for piece in _hoisted(Node(item.tag, _merged(item.children), item.attributes)):
                _push(found, piece)
    return found


def _push(found: Inlines, piece: Node | str) -> None:
    last = found[-1] if found else None
    if isinstance(piece, str):
        if isinstance(last, str):
            found[-1] = last + piece
        elif piece:
            found.append(piece)
    elif (
        isinstance(last, Node)
        and last.tag == piece.tag
        and piece.tag in _MERGING
        and last.attributes == piece.attributes
    ):
        found[-1] = Node(last.tag, _merged([*last.children, *piece.children]), last.attributes)
    else:
        found.append(piece)


def _hoisted(node: Node) -> Iterator[Node | str]:
    """Give an inline without the spaces and breaks at its edges, and these before and after it."""
    children = list(node.children)
    before: Inlines = []
    after: Inlines = []
    while children and (edge := _edge(children, 0)) is not None:
        before.append(edge)
    while children and (edge := _edge(children, -1)) is not None:
        after.insert(0, edge)
    yield from before
    if children:
        yield from _simplified(Node(node.tag, children, node.attributes))
    yield from after


def _edge(children: Inlines, place: int) -> Node | str | None:
    """Take the space or break off one edge; None where there is none."""
    item = children[place]
    if isinstance(item, Node):
        return children.pop(place) if item.tag == "br" else None
    rest = item.lstrip(_EDGE) if place == 0 else item.rstrip(_EDGE)
    if rest == item:
        return None
    edge = item[: len(item) - len(rest)] if place == 0 else item[len(rest) :]
    if rest:
        children[place] = rest
    else:
        children.pop(place)
    return edge


def _simplified(node: Node) -> Iterator[Node | str]:
    """Give one element where two say the same, and `strong` around `em` rather than within."""
    only = node.children[0] if len(node.children) == 1 else None
    if node.tag == "em" and isinstance(only, Node) and only.tag == "strong":
        yield Node("strong", [Node("em", only.children)])
    elif node.tag in ("strong", "em", "del", "code", "a") and any(
        _same(child, node.tag) for child in node.children
    ):
        flat: Inlines = []
        for child in node.children:
            flat += child.children if isinstance(child, Node) and child.tag == node.tag else [child]
        yield Node(node.tag, _merged(flat), node.attributes)
    else:
        yield node


def _same(child: Node | str, tag: str) -> bool:
    return isinstance(child, Node) and child.tag == tag


def _spaced(run: Inlines) -> Inlines:
    """Leave one space where several meet."""
    found, _ = _spaced_after(run, True)
    return found


def _spaced_after(run: Inlines, after_space: bool) -> tuple[Inlines, bool]:
    found: Inlines = []
    for item in run:
        if isinstance(item, str):
            text = _MANY.sub(" ", _TWO.sub(" ", item))
            text = text[1:] if after_space and text.startswith(" ") else text
            if text:
                found.append(text)
                after_space = text.endswith(" ")
        elif item.tag in LEAVES:
            if item.tag == "br" and found and isinstance(found[-1], str):
                found[-1] = found[-1].rstrip(" ")
                if not found[-1]:
                    found.pop()
            found.append(item)
            after_space = item.tag == "br"
        else:
            children, after_space = _spaced_after(item.children, after_space)
            if children:
                found.append(Node(item.tag, children, item.attributes))
    return found, after_space


def _trimmed(run: Inlines) -> Inlines:
    """Leave out spaces and breaks at both ends."""
    run = list(run)
    while run and _edge(run, 0) is not None:
        pass
    while run and _edge(run, -1) is not None:
        pass
    return run
