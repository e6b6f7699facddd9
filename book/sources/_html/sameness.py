"""Compare two texts in normal form: what Markdown does not carry, such as tabs in code, is no difference."""

from __future__ import annotations

from collections.abc import Sequence

from book.sources._html.nodes import Node, Tidied


def same(one: Tidied, other: Tidied) -> bool:
    """Tell whether two texts are the same, with their notes."""
    return (
        alike(one.blocks, other.blocks)
        and one.notes.keys() == other.notes.keys()
        and all(alike(blocks, other.notes[label]) for label, blocks in one.notes.items())
    )


def alike(ones: Sequence[Node | str], others: Sequence[Node | str], *, verbatim: bool = False) -> bool:
    """Tell whether two runs of blocks or inlines are the same; `verbatim` for what stands in code."""
    if len(ones) != len(others):
        return False
    return all(_alike(one, other, verbatim) for one, other in zip(ones, others, strict=True))


def _alike(one: Node | str, other: Node | str, verbatim: bool) -> bool:
    if isinstance(one, str) or isinstance(other, str):
        return one == other or (verbatim and _lines(one) == _lines(other))
    if one.tag != other.tag or _attributes(one) != _attributes(other):
        return False
    return alike(one.children, other.children, verbatim=verbatim or one.tag == "pre")


def _attributes(node: Node) -> dict[str, str]:
    return {name: value for name, value in node.attributes.items() if name != "language" and value}


def _lines(text: Node | str) -> list[str]:
    return [line.rstrip() for line in text.expandtabs(4).split("\n")] if isinstance(text, str) else []
