"""What an edition is handed, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from book.model import Finding, Notice


@dataclass(frozen=True, slots=True)
class Desk:
    """What an edition is handed besides the composition: where to write, and with what means.

    `to` is the finished file's path (write it whole or not at all); `store` a
    folder to remember work in; `jobs` how many processes may work at once. `tell`
    hears, in a few words, what is being done. `others` holds the editions that this one
    follows, by their names, and `root` is the project's folder. `sight` is one who looks on
    while pages are made, a `book.press.sight.Sight`.
    """

    name: str
    to: Path
    store: Path
    jobs: int = 1
    fresh: bool = False
    tell: Callable[[str], None] = lambda _: None
    others: Mapping[str, Bound] = field(default_factory=dict)
    root: Path | None = None
    sight: object | None = None


@dataclass(frozen=True, slots=True)
class Printed:
    """What other editions may ask of a printed one: `width` and `height` of its trim, in points; its ISBN."""

    width: float
    height: float
    isbn: str | None = None


@dataclass(frozen=True, slots=True)
class Bound:
    """What binding an edition gave: its page count (None where there are no pages), and warnings.

    `companions` are files that go beside the edition, by their suffixes: a cover's front as a picture.
    """

    pages: int | None = None
    warnings: tuple[Notice, ...] = ()
    printed: Printed | None = None
    companions: Mapping[str, bytes] = field(default_factory=dict)
    path: Path | None = None
    """The file as it was bound, which is not in its place yet; for editions that follow this one."""
    marks: tuple[Finding, ...] = ()
    """What a typesetter would mark on its pages."""
    texts: tuple[str, ...] = ()
    """The words of each page, where they cannot be read from its PDF; empty for pages where they can."""
