"""Comments in threads: each answers a comment that is there, or none; and which the author wrote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from book.model import Comment


def threaded(comments: Sequence[Comment], parents: Mapping[str, str | None]) -> tuple[Comment, ...]:
    """Return comments, oldest first, each answering the nearest one above it that is there too.

    `parents` knows all comments of the post, those that were left out among them.
    """
    known = {one.ident for one in comments}
    found = [replace(one, parent=_above(one, known, parents)) for one in comments]
    return tuple(sorted(found, key=_age))


def by_author(name: str, authors: Iterable[str]) -> bool:
    """Tell whether the name under a comment is that of one of its post's authors."""
    return bool(name) and name.casefold() in {author.casefold() for author in authors}


def _age(comment: Comment) -> str:
    when = comment.date
    if isinstance(when, datetime):
        when = when.replace(tzinfo=None)
    return when.isoformat() if when else ""


def _above(comment: Comment, known: set[str], parents: Mapping[str, str | None]) -> str | None:
    seen = {comment.ident}
    parent = comment.parent
    while parent is not None and parent not in known and parent not in seen:
        seen.add(parent)
        parent = parents.get(parent)
    return parent if parent in known and parent != comment.ident else None
