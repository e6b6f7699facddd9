"""What is said of a post while it is read, with the words by which its line can be found."""

from __future__ import annotations

from collections.abc import Callable

Say = Callable[[str], None]
"""Hears a message; one that is a `Remark` tells where to look."""


class Remark(str):
    """A message about something that stands in the text as `near`."""

    __slots__ = ("near",)
    near: str


def remark(message: str, near: str) -> Remark:
    """Make a message about what the author wrote as `near`."""
    made = Remark(message)
    made.near = near
    return made


def line_of(said: str, text: str) -> int | None:
    """Return the line of `text`, counted from 0, that a message is about; None where nothing tells."""
    near = getattr(said, "near", "")
    place = text.find(near) if near else -1
    return text.count("\n", 0, place) if place >= 0 else None
