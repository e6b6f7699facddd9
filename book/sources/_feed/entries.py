"""A feed and its entries as values: what each kind of feed says, in one form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html import escape, unescape

from book.sources._newlines import with_breaks

_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>")
_SOUND = re.compile(r"audio|video", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry. `texts` are its text and its summary as HTML, as far as it has them; dates are as written."""

    ident: str
    title: str
    """As HTML."""
    full: str
    short: str
    published: str
    updated: str
    address: str
    base: str
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    language: str = ""
    picture: str = ""
    sounds: tuple[tuple[str, str], ...] = ()
    """The addresses of what can be heard or seen with it, and what they are called."""
    is_comment: bool = False
    elsewhere: str = ""
    """Where its text is, if the feed only says that."""
    line: int | None = None

    @property
    def html(self) -> str:
        """The longest text there is."""
        return max(self.full, self.short, key=lambda text: len(letters(text)))


@dataclass(slots=True)
class Feed:
    """A feed. `next` is the address of the page that follows this one, `total` of how many posts these are.

    `generator` is the program that wrote it.
    """

    title: str = ""
    language: str = ""
    home: str = ""
    next: str = ""
    generator: str = ""
    total: int | None = None
    entries: list[Entry] = field(default_factory=list)


def letters(html: str) -> str:
    """Return the letters of a text, to compare it with another."""
    return re.sub(r"\W+", "", unescape(_TAG.sub("", html)))


def html_of(text: str) -> str:
    """Return a text of a feed as HTML; one without any tag is plain, and its lines are its author's."""
    if not _TAG.search(text):
        return with_breaks(escape(unescape(text), quote=False))
    return text


def plain_html(text: str) -> str:
    """Return plain text as HTML."""
    return with_breaks(escape(text, quote=False))


def person(text: str) -> str:
    """Return the name in how feeds name a person: by itself, or beside an address."""
    found = re.fullmatch(r"\s*\S+@\S+\s*\((.+)\)\s*|\s*(.+?)\s*<\S+@\S+>\s*", text, re.DOTALL)
    name = (found[1] or found[2]) if found else text
    return "" if "@" in name else " ".join(name.split())


def is_sound(kind: str) -> bool:
    """Tell whether a media type is one of something to hear or to watch."""
    return _SOUND.match(kind) is not None


def once(entries: list[Entry]) -> Iterator[Entry]:
    """Give each entry once, as it is longest: feeds of one blog hold the same posts."""
    best: dict[str, Entry] = {}
    for entry in entries:
        known = best.get(entry.ident)
        if known is None or len(entry.html) > len(known.html):
            tags = (*(known.tags if known else ()), *entry.tags)
            best[entry.ident] = replace(entry, tags=tuple(dict.fromkeys(tags)))
    yield from best.values()
