"""Entries and comments of a journal as values, whichever tool wrote them down."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from book.clean import Say
from book.markup import to_html
from book.model import When
from book.sources._moments import moment
from book.sources._newlines import needs_breaks, with_breaks
from book.sources._titles import plain
from book.sources._xml import Element

_USER = re.compile(
    r"""<(?:lj|user)\b[^<>]*?\s(?:user|comm|name)\s*=\s*["']?([\w-]+)["']?[^<>]*>(?:\s*</(?:lj|user)>)?""",
    re.IGNORECASE,
)
_LOST = (
    (re.compile(r"<(?:lj-)?poll-\d+[^<>]*>", re.IGNORECASE), "a poll was left out"),
    (
        re.compile(
            r"<(?:lj-embed|site-embed)\b[^<>]*/>|<(lj-embed|site-embed)\b[^<>]*>\s*</\1>", re.IGNORECASE
        ),
        "a player was left out: the export does not say what it played",
    ),
)
_OWN = re.compile(
    r"</?(?:lj-cut|cut|lj-raw|raw-code|lj-template|lj-embed|site-embed|lj-spoiler|lj-like|lj-repost|lj)\b[^<>]*>",
    re.IGNORECASE,
)
_OPEN = ("", "public")
_SHOWN = ("", "A", "F")


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment. `entry` is the number of the entry it stands under."""

    ident: str
    entry: str
    parent: str
    author: str
    """A name, or the number of one."""
    date: When | None
    text: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry. `ident` is the number its site shows, `number` its own within the journal, where known."""

    line: int
    ident: str
    number: str
    subject: str
    text: str
    is_html: bool
    date: When | None
    dated: str
    address: str
    is_open: bool
    tags: tuple[str, ...]
    around: dict[str, str] = field(default_factory=dict)
    """What was playing, how it felt, and where it was written."""
    remarks: tuple[Remark, ...] = ()

    @property
    def name(self) -> str:
        """What to call it in a message."""
        return self.subject or f"entry {self.ident or self.dated}".strip()

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers by which comments may name it."""
        shown = str(int(self.ident) >> 8) if self.ident.isdecimal() else ""
        return tuple(filter(None, (self.number, self.ident, shown)))


def entry_of(element: Element, *, numbered: bool = False) -> Entry:
    """Read an entry; `numbered` tells that its number is its own, not the one its site shows."""
    props = element.first("props") or Element("props", {}, 1)

    def text(*names: str) -> str:
        found = (one.text(name).strip() for name in names for one in (element, props))
        return next((value for value in found if value), "")

    ident = text("itemid")
    labels = re.split(r"\s*,\s*", text("taglist", "tags"))
    dated = text("eventtime")
    around = {
        "music": text("current_music"),
        "mood": text("current_mood"),
        "location": text("current_location"),
    }
    return Entry(
        line=element.line,
        ident=text("ditemid") if numbered else ident,
        number=ident if numbered else "",
        subject=plain(text("subject")),
        text=element.text("event"),
        is_html=text("opt_preformatted") in ("1", "true"),
        date=moment(dated),
        dated=dated,
        address=text("url"),
        is_open=text("security").lower() in _OPEN,
        tags=tuple(dict.fromkeys(label for label in map(plain, labels) if label)),
        around={name: plain(value) for name, value in around.items() if value},
        remarks=tuple(remark_of(one, ident) for one in element.all("comment")),
    )


def remark_of(element: Element, entry: str = "") -> Remark:
    """Read a comment, of which nothing is taken that tells where its writer is found."""
    known = element.attributes

    def text(*names: str) -> str:
        found = (known.get(name, "") or element.text(name).strip() for name in names)
        return next((value for value in found if value), "")

    author = element.first("author")
    subject = plain(element.text("subject"))
    body = element.text("body") or element.text("event")
    return Remark(
        ident=text("id", "itemid"),
        entry=known.get("jitemid", "") or entry,
        parent=text("parentid", "parent_itemid"),
        author=plain(author.text("name")) if author is not None else plain(text("user", "posterid")),
        date=moment(text("date", "eventtime")),
        text=f"<b>{subject}</b>\n{body}" if subject else body,
        is_shown=text("state").upper() in _SHOWN,
    )


def html_of(text: str, say: Say, *, is_html: bool = False) -> str:
    """Return a text as HTML: with breaks where lines end, and names in the place of the site's own marks."""
    if text.lstrip().startswith("!markdown"):
        return to_html(text.lstrip().removeprefix("!markdown").lstrip("\n"))
    text = _USER.sub(r"<b>\1</b>", text)
    for pattern, words in _LOST:
        text, count = pattern.subn("", text)
        if count:
            say(words)
    text = _OWN.sub("", text)
    return text if is_html or not needs_breaks(text) else with_breaks(text)
