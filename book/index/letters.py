"""What an index holds: headings under letters, each with the places that it names."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Locator:
    """A place that an index names: `start` and `end` are identifiers, `post` what is there.

    Without `end` it is one place. `front` tells that its folio is roman.
    """

    start: str
    post: str
    title: str
    end: str | None = None
    front: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of an index: its places, what it refers to (words and identifiers), and those under it."""

    ident: str
    term: str
    locators: tuple[Locator, ...] = ()
    see: tuple[tuple[str, str], ...] = ()
    also: tuple[tuple[str, str], ...] = ()
    children: tuple[Heading, ...] = ()
    language: str | None = None
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """The entries of an index that stand under one letter, or one year."""

    name: str
    headings: tuple[Heading, ...]
