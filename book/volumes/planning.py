"""Where a long book is divided: at the ends of years where they allow it, into volumes of like size."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, groupby

from book.errors import BookError

_FINER = (1, 3, 10, 40, math.inf)
"""Into how many parts, one after the other, the room of a volume is thought of; in the end, into days."""
_CUT = {4: 0.0, 7: 0.02, 10: 0.06}
"""What it costs to end a volume with a year, a month or a day, against how it differs in size, squared."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A chapter: the day of its first post, its posts and words, and how many pages it has or may have."""

    title: str
    day: date
    posts: int
    words: int
    pages: float


@dataclass(frozen=True, slots=True)
class Share:
    """The chapters of one volume; `until` is the day, month or year with which they end."""

    chapters: tuple[Weighed, ...]
    until: str

    @property
    def pages(self) -> float:
        """The pages of its chapters."""
        return sum(chapter.pages for chapter in self.chapters)


def shares(chapters: Sequence[Weighed], room: float, count: int | None = None) -> tuple[Share, ...]:
    """Divide chapters, the oldest first, into as few volumes as have room for them, or into `count`.

    Years are kept whole where they have room, but where `count` volumes could not hold them so.
    `room` is how many pages of chapters a volume can have. Raises BookError where they cannot
    be divided so.
    """
    if room < 1:
        raise BookError("front and back matter alone fill a volume", hint="allow more pages a volume")
    check_count(len(chapters), count)
    least = max(1, math.ceil(sum(chapter.pages for chapter in chapters) / room))
    for ends in _FINER if count else _FINER[:1]:
        pieces = list(_pieces(chapters, room, ends))
        for volumes in (count,) if count else range(least, len(pieces) + 1):
            if divided := _divided(pieces, room, volumes):
                return divided
    if count and count > len(pieces):
        message = f"the posts are of {len(pieces)} days, too few for {count} volumes"
        raise BookError(message, hint="a volume ends with a day: ask for fewer")
    more = f"at least {least} volumes" if least > (count or 0) else "more volumes"
    many = "one volume" if count == 1 else f"{count} volumes"
    whole = sum(chapter.pages for chapter in chapters)
    message = f"{whole:.0f} pages of chapters do not fit into {many}: a volume has room for {room:.0f}"
    raise BookError(message, hint=f"allow more pages a volume, or {more}")


def check_count(chapters: int, count: int | None) -> None:
    """Raise BookError for more volumes than there are chapters."""
    if count and count > chapters:
        message = f"there are {chapters} chapters, too few for {count} volumes"
        raise BookError(message, hint="a chapter stands in one volume: ask for fewer")


def _pieces(chapters: Sequence[Weighed], room: float, ends: float, length: int = 4) -> Iterator[Share]:
    """Yield what stands together: years, and of those that are too long months, and of those days.

    With more `ends` pieces are a smaller part of the room.
    """
    for until, run in groupby(chapters, key=lambda one: one.day.isoformat()[:length]):
        piece = Share(tuple(run), until)
        if piece.pages * ends <= room or (length == 10 and piece.pages <= room):
            yield piece
        elif length < 10:
            yield from _pieces(piece.chapters, room, ends, length + 3)
        else:
            longest = max(piece.chapters, key=lambda one: one.pages)
            message = f"‘{longest.title}’ and what is of its day has {piece.pages:.0f} pages"
            raise BookError(f"{message}, and a volume has room for {room:.0f}")


def _divided(pieces: Sequence[Share], room: float, volumes: int) -> tuple[Share, ...] | None:
    """Divide pieces into so many volumes, as evenly as may be; None where they cannot be."""
    if volumes > len(pieces):
        return None
    before = [0.0, *accumulate(piece.pages for piece in pieces)]
    mean = before[-1] / volumes
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for nth in range(1, volumes + 1):
        best = {
            end: min(
                (cost + _cost(pieces, before[end] - before[at], mean, end), (*ends, end))
                for at, (cost, ends) in best.items()
                if at < end and before[end] - before[at] <= room
            )
            for end in range(nth, len(pieces) + 1)
            if any(at < end and before[end] - before[at] <= room for at in best)
        }
    if len(pieces) not in best:
        return None
    ends = best[len(pieces)][1]
    return tuple(_joined(pieces, at, end) for at, end in zip((0, *ends), ends, strict=False))


def _cost(pieces: Sequence[Share], pages: float, mean: float, end: int) -> float:
    """Say how bad a volume is that ends before the piece `end`."""
    return ((pages - mean) / mean) ** 2 + _CUT[len(_until(pieces, end))]


def _until(pieces: Sequence[Share], end: int) -> str:
    """Return the year, month or day with which a volume ends that ends before the piece `end`."""
    last = pieces[end - 1].chapters[-1].day.isoformat()
    after = pieces[end].until if end < len(pieces) else ""
    return next(last[:length] for length in (4, 7, 10) if last[:length] != after[:length])


def _joined(pieces: Sequence[Share], at: int, end: int) -> Share:
    chapters = tuple(chapter for piece in pieces[at:end] for chapter in piece.chapters)
    return Share(chapters, _until(pieces, end))
