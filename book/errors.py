"""What the author can mend: said with its place and a hint, never with a traceback."""

from __future__ import annotations

import re
from pathlib import Path

from book.model import Notice

_PIECES = re.compile(r"`[^`]*`|[^\s`]+")
_LONG = 400
_SHOWN = 120


def render(notice: Notice) -> str:
    """Write a notice as `path:line: message`, a blank line, `hint: …`, leaving out what is unknown."""
    place = ""
    if notice.path is not None:
        place = f"{notice.path}:{notice.line}: " if notice.line else f"{notice.path}: "
    hint = f"\n\nhint: {_short(notice.hint)}" if notice.hint else ""
    return f"{place}{_short(notice.message)}{hint}"


def _short(text: str) -> str:
    """Return a message in which no name and no word goes on for pages, as strangers write them."""
    return text if len(text) <= _LONG else _PIECES.sub(_shortened, text)


def _shortened(piece: re.Match[str]) -> str:
    if len(piece[0]) <= _LONG:
        return piece[0]
    return f"{piece[0][:_SHOWN]}…" + ("`" if piece[0].endswith("`") else "")


class BookError(Exception):
    """The book or its input is at fault, and the reader of the message can mend it.

    Of an error about an edition, `keys` are the options that it may be about: the first that is set
    has its line.
    """

    def __init__(
        self,
        message: str,
        *,
        path: Path | None = None,
        line: int | None = None,
        hint: str | None = None,
        keys: tuple[str, ...] = (),
    ) -> None:
        super().__init__(message)
        self.notices: tuple[Notice, ...] = (Notice(message, path, line, hint),)
        self.keys = keys

    @classmethod
    def of(cls, notices: tuple[Notice, ...], keys: tuple[str, ...] = ()) -> BookError:
        """Make one error of several notices (at least one)."""
        first = notices[0]
        error = cls(first.message, path=first.path, line=first.line, hint=first.hint, keys=keys)
        error.notices = notices
        return error

    def __str__(self) -> str:
        return "\n\n".join(render(notice) for notice in self.notices)

    def __reduce__(self) -> tuple[object, ...]:
        return (BookError.of, (self.notices, self.keys))


class Untypeset(Exception):
    """Text that would not stand whole on its pages; the message says why, in lower case."""
