"""Repairs told: what was changed in posts and pictures, one notice for each post, or one for many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from types import MappingProxyType

from book.model import Notice
from book.remarks import Mended

_FEW = 3
"""So many posts have a notice each, and so many things in one notice their names."""


@dataclass(frozen=True, slots=True)
class Mend:
    """One repair: of which kind, of what, and where it stands."""

    kind: str
    what: str
    path: Path | None = None
    line: int | None = None


KINDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "title": (
            "markup in a title was left out: {}",
            "write titles as plain text",
        ),
        "unclosed": (
            "HTML that nothing closes ends with its paragraph: {}",
            "close it with a tag such as `</div>`",
        ),
        "heading": (
            "headings left a level out, and were moved up: {}",
            "below `##` comes `###`",
        ),
        "ident": (
            "identifiers that stood twice in a post were renamed: {}",
            "links lead to the first of them",
        ),
        "layout": (
            "tables without headings put their contents side by side; they stand one below the other: {}",
            "a table of data begins with a row of `th`",
        ),
        "wrapped": (
            "lines that were broken where a width was full run on: {}",
            "`wraps = false` under `[copyedit]` keeps the end of every line",
        ),
        "drawing": (
            "drawings lost what no book may hold: {}",
            "draw without scripts, and with nothing from elsewhere",
        ),
        "damaged": (
            "pictures are damaged, and show what can be read of them: {}",
            "look at them in the book; a sound copy of the file shows all of it",
        ),
        "ended": (
            "pictures lacked the mark at their end, and got it: {}",
            "they were cut off there, and nothing that shows is lost; a sound copy of the file has it",
        ),
        "suffix": (
            "pictures are of another kind than their names say, and were renamed: {}",
            "rename the file, or leave it: the book has the right name",
        ),
    }
)
"""What is told of each kind of repair, and what would make it needless; in this order."""


def in_words(said: str) -> str:
    """Return what is said of a post, a repair with what it repairs, where each is told alone."""
    return KINDS[said.kind][0].format(f"`{said}`") if isinstance(said, Mended) else said


def told(mends: Iterable[Mend]) -> list[Notice]:
    """Return notices of repairs: one for each post, or for the whole book where many posts have them."""
    by_kind: dict[str, list[Mend]] = {}
    for mend in mends:
        by_kind.setdefault(mend.kind, []).append(mend)
    return [notice for kind in KINDS if kind in by_kind for notice in _of_kind(kind, by_kind[kind])]


def _of_kind(kind: str, mends: Sequence[Mend]) -> list[Notice]:
    message, hint = KINDS[kind]
    posts = [list(run) for _, run in groupby(mends, key=lambda mend: mend.path)]
    if len(posts) > _FEW:
        names = [run[0].path.name if run[0].path else run[0].what for run in posts]
        return [Notice(f"in {len(posts)} posts {message.format(_listed(names))}", hint=hint)]
    return [
        Notice(message.format(_listed([one.what for one in run])), run[0].path, run[0].line, hint)
        for run in posts
    ]


def _listed(names: Iterable[str]) -> str:
    """Name the first few, and count the others."""
    each = list(dict.fromkeys(names))
    more = f" and {len(each) - _FEW} more" if len(each) > _FEW else ""
    return ", ".join(f"`{name}`" for name in each[:_FEW]) + more
