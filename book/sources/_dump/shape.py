"""What a line of plain text looks like: how wide it is, how it begins and how it ends."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_CLOSERS = "\"'”’»)]}›」』）】*_"
_OPENERS = "\"'“‘«([{‹「『（【*_¿¡"
_STOPS = ".。．۔।॥。"
_CALLS = "?!？！؟…⁉‽"
_OPEN_ENDS = ",;:،؛、，；：—–-=&+/"
_LIST_ITEM = re.compile(r"(?:[-*+•◦‣·▪–—]|\(?\d{1,3}[.)]|\(?[A-Za-z][.)])\s+\S")
_ADDRESS = re.compile(r"\S*(?:://|www\.|@\S+\.)\S*$")
_ODD = frozenset("/\\#@*_{}$=<>|~^`+")
_WIDE = "WF"


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: its number in the file, its text, and how many blank lines stand before it.

    In a hard-wrapped file a line may be several, joined; `number` is that of the first.
    """

    number: int
    text: str
    gap: int


def lines_of(text: str) -> list[Line]:
    """Return the lines of a text that are not blank, without the white space around them."""
    found: list[Line] = []
    gap = 0
    for number, row in enumerate(text.split("\n"), start=1):
        if row.strip():
            found.append(Line(number, row.strip(), gap))
            gap = 0
        else:
            gap += 1
    return found


def width(text: str) -> int:
    """Return how many columns a text takes: two for an ideograph, none for a mark on another letter."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in _WIDE else 1 for c in text
    )


def ending(text: str) -> str:
    """Return how a line ends: with a `stop`, a `call` (a question and the like), `open`, or with a `word`."""
    core = text.rstrip(_CLOSERS + " ") or text
    if core.endswith("..."):
        return "call"
    for kind, marks in (("stop", _STOPS), ("call", _CALLS), ("open", _OPEN_ENDS)):
        if core[-1] in marks:
            return kind
    return "word"


def is_list_item(text: str) -> bool:
    """Tell whether a line begins as an item of a list does."""
    return _LIST_ITEM.match(text) is not None


def is_address(text: str) -> bool:
    """Tell whether a line is an address of the web or of mail."""
    return _ADDRESS.match(text) is not None


def odd_signs(text: str) -> frozenset[str]:
    """Return the signs in a line that belong to code, addresses and tables rather than to prose."""
    return _ODD.intersection(text)


def begins_small(text: str) -> bool:
    """Tell whether a line begins with a letter that has a capital form, and not with that."""
    core = text.lstrip(_OPENERS + " ")
    return bool(core) and core[0].islower() and core[0].upper() != core[0]


def is_capitalised(text: str) -> bool:
    """Tell whether the long words of a line all begin with capitals, and there are some."""
    words = [word for word in re.findall(r"[^\W\d_]{4,}", text) if word[0].lower() != word[0].upper()]
    return bool(words) and all(word[0].isupper() for word in words)
