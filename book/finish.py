"""What a PDF is made into after it is bound: its standard, its colours, and what it may hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

from book import kinds
from book.kinds import Kind
from book.tables import key

Standard = Literal["none", "x-1a", "x-4", "a-2a", "a-3a"]
STANDARDS = get_args(Standard)
Colour = Literal["srgb", "grey", "cmyk"]


def _count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError("is not a whole number from 1 upwards")
    return value


COUNT = Kind("whole number", _count)


@dataclass(frozen=True, slots=True)
class Finish:
    """`[pdf]` of a profile: what is done to a bound PDF, and what is left in it."""

    standard: Standard = key("none", "the standard it keeps", kinds.one_of(*STANDARDS))  # noqa: RUF009
    colour: Colour = key("srgb", "what its colours are made into", kinds.one_of("srgb", "grey", "cmyk"))  # noqa: RUF009
    intent: str | None = key(None, "the printing condition, by its registered name", kinds.LINE)
    opaque: bool = key(False, "whether what can be seen through is laid on white", kinds.FLAG)
    links: bool = key(True, "whether links can be followed", kinds.FLAG)
    bookmarks: bool = key(True, "whether it has an outline", kinds.FLAG)
    tagged: bool = key(False, "whether it is tagged for screen readers", kinds.FLAG)
    attachments: bool = key(False, "whether the posts are attached", kinds.FLAG)
    ink_limit: int | None = key(None, "the most ink on one spot, in per cent", COUNT, name="ink-limit")
    resolution: int | None = key(None, "pixels to the inch that pictures are made smaller to", COUNT)
