"""The normal form of a text: blocks that hold blocks or inlines, and nothing that only decorates.

Blocks: `p`, `h1` … `h6`, `ul`, `ol`, `li`, `blockquote`, `pre`, `hr`, `table` (`thead`, `tbody`, `tr`,
`th`, `td`, `caption`), `dl`, `dt`, `dd`, `figure` (`figcaption`), `math`. `p`, headings, `dt`, `caption` and
`figcaption` hold inlines; `pre` holds text as it is; the others hold blocks.

Inlines: text, `br`, `img`, `math`, `anchor`, `noteref`, and elements with inlines in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field


def words(text: str) -> frozenset[str]:
    """Return a set of names, written one after another."""
    return frozenset(text.split())


SPACE = " \t\n\r\f\v\x1c\x1d\x1e\x1f\x85\u2028\u2029"
SPACES = re.compile(f"[{SPACE}]+")
BLANK = re.compile(r"[\s\u200b\ufeff\u2060]*")
BLOCKS = words(
    """address article aside blockquote caption center dd details dialog div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main nav ol p pre search section table tbody td
    tfoot th thead tr ul"""
)
"""The elements of HTML that are no part of a line."""

LEAVES = words("img br math anchor noteref wbr")


@dataclass(slots=True)
class Node:
    """An element of the normal form."""

    tag: str
    children: list[Node | str] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)

    def nodes(self) -> list[Node]:
        """Return the elements directly in it."""
        return [child for child in self.children if isinstance(child, Node)]

    def walk(self) -> Iterator[Node]:
        """Give it and all the elements in it."""
        yield self
        for child in self.nodes():
            yield from child.walk()

    def texts(self) -> Iterator[str]:
        """Give all the text in it, and what its pictures are called."""
        yield from (self.attributes[name] for name in ("alt", "title") if name in self.attributes)
        for child in self.children:
            if isinstance(child, str):
                yield child
            else:
                yield from child.texts()


@dataclass(slots=True)
class Tidied:
    """A text in its normal form, with its footnotes by their labels."""

    blocks: list[Node]
    notes: dict[str, list[Node]] = field(default_factory=dict)
