"""What is said of a post while it is read, with the words by which its line can be found."""

from __future__ import annotations

from collections.abc import Callable

Say = Callable[[str], None]
"""Hears a message; one that is a `Remark` tells where to look."""


class Remark(str):
    """A message about something that stands in the text as `near`."""

    __slots__ = ("near",)
    near: str


class Mended(Remark):
    """What was changed, in the author's words: `kind` tells how, as `book.mends` has it."""

    __slots__ = ("kind",)
    kind: str


def remark(message: str, near: str) -> Remark:
    """Make a message about what the author wrote as `near`."""
    made = Remark(message)
    made.near = near
    return made


def mended(kind: str, what: str, near: str = "") -> Mended:
    """Make a message about a repair, which is told together with others of its kind."""
    made = Mended(" ".join(what.split())[:60])
    made.kind, made.near = kind, near or what
    return made


def line_of(said: str, text: str) -> int | None:
    """Return the line of `text`, counted from 0, that a message is about; None where nothing tells."""
    near = getattr(said, "near", "")
    place = text.find(near) if near else -1
    return text.count("\n", 0, place) if place >= 0 else None
