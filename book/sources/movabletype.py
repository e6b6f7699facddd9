"""A Movable Type or TypePad export: one text file of entries, their parts between lines of hyphens."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from book.errors import BookError
from book.markup import to_html
from book.model import Comment, Draft, Gathered, Origin
from book.sources._containers import Container, opened
from book.sources._harvest import Harvest, figure
from book.sources._html_to_markdown import to_markdown
from book.sources._movabletype.entries import Entry, entries_in, is_export
from book.sources._newlines import with_breaks
from book.sources._sitetags.shortcodes import moved_along
from book.sources._threads import by_author
from book.sources._titles import plain, title_of
from book.sources._unknown import text_of
from book.urls import urlsplit

_SUFFIXES = (".txt", ".text", ".mt", ".log", ".export", ".dat")
_MARKS = (b"-----", "----".encode("utf-16-le"))
_UNWRITTEN = {"draft": "a draft", "future": "scheduled", "review": "waiting for review"}
_FINISHED = re.compile(r"<(?:p|br|div)\b", re.IGNORECASE)
_DATED = re.compile(r"/\d{4}/\d{1,2}/.*|/[^/]*$")


def recognises(source: Path) -> bool:
    """Tell whether a source is a Movable Type export, or holds one."""
    try:
        with opened(source) as container:
            return any(True for _ in _exports(container))
    except BookError:
        return False


def _exports(container: Container) -> Iterator[str]:
    for name in container.names:
        if len(container.names) == 1 or name.lower().endswith(_SUFFIXES):
            head = container.head(name)
            if any(mark in head for mark in _MARKS) and is_export(text_of(head)[0]):
                yield name


def gather(
    source: Path, *, drafts: bool = False, url: str | None = None, encoding: str | None = None
) -> Gathered:
    """Gather the posts of a Movable Type or TypePad export.

    `drafts` brings in drafts and scheduled posts too. `url` is the blog's address, where the export does
    not tell it, `encoding` how the file is written where that is guessed wrongly.
    """
    with opened(source) as container:
        harvest = Harvest(container)
        for name in _exports(container):
            path = container.place(name)
            text, mends = text_of(container.read(name), encoding)
            harvest.say_mends(mends, Origin(path))
            entries, complete = entries_in(text)
            if not complete:
                words = "this file breaks off in the middle of an entry: what follows is missing"
                harvest.say(words, Origin(path, entries[-1].line), "export the blog again")
            for entry in entries:
                _take(entry, _Place(path, harvest), drafts)
        home = url or _home(draft.url for draft in harvest.drafts if draft.url)
        return harvest.gathered(url=home)


@dataclass(frozen=True, slots=True)
class _Place:
    """The file an entry is in, and where what it gives goes."""

    path: Path
    harvest: Harvest


def _take(entry: Entry, place: _Place, drafts: bool) -> None:
    """Take in an entry, if it is wanted."""
    origin = Origin(place.path, entry.line)
    status = entry.value("STATUS").lower()
    if status in _UNWRITTEN and not drafts:
        reason = f"{_UNWRITTEN[status]}; `--drafts` brings it in"
    elif status not in ("", "publish", "published", *_UNWRITTEN):
        reason = f"no published post: its status is `{entry.value('STATUS')}`"
    elif entry.value("NO ENTRY"):
        reason = "no post, but comments on one"
    else:
        place.harvest.add(_draft(entry, origin, place.harvest))
        return
    place.harvest.leave_out(_name(entry), reason, origin)


def _draft(entry: Entry, origin: Origin, harvest: Harvest) -> Draft:
    if entry.value("DATE") and entry.date is None:
        harvest.say(f"`{_name(entry)}`: `{entry.value('DATE')}` is not a date that exists", origin)
    is_draft = entry.value("STATUS").lower() in _UNWRITTEN
    address = entry.value("UNIQUE URL")
    keywords = " ".join(entry.sections.get("KEYWORDS", "").split())
    author = plain(entry.value("AUTHOR"))
    return Draft(
        title=title_of(entry.value("TITLE")),
        date=entry.date,
        body=_body(entry, origin, harvest),
        origin=origin,
        authors=(author,) if author and "@" not in author else (),
        slug=entry.value("BASENAME").replace("/", "-") or None,
        url=address if address and not is_draft else None,
        tags=entry.labels,
        draft=is_draft,
        summary=plain(entry.sections.get("EXCERPT", "")) or None,
        source=_identity(entry),
        extra={"keywords": keywords} if keywords else {},
        comments=_comments(entry),
    )


def _body(entry: Entry, origin: Origin, harvest: Harvest) -> str:
    """Return the text with what stands after the jump, as Markdown."""
    form = entry.value("CONVERT BREAKS").lower()
    losses: list[str] = []
    if form.startswith("textile"):
        losses.append("it is written in Textile, whose marks stay as they are")
    halves = (entry.sections.get(name, "") for name in ("BODY", "EXTENDED BODY"))
    html = "\n".join(f"<div>{_html(half, form)}</div>" for half in halves if half.strip())
    image = entry.value("IMAGE")
    return harvest.markdown(
        moved_along(html, losses.append),
        _name(entry),
        origin,
        base=entry.value("UNIQUE URL") or None,
        losses=losses,
        picture=figure(image) if image else "",
    )


def _html(text: str, form: str) -> str:
    """Return a text as HTML; what it says of its line breaks is believed only where it is no HTML yet."""
    if form.startswith("markdown"):
        return to_html(text)
    return text if _FINISHED.search(text) else with_breaks(text)


def _comments(entry: Entry) -> tuple[Comment, ...]:
    found = []
    for number, remark in enumerate(entry.remarks, start=1):
        html = remark.body if _FINISHED.search(remark.body) else with_breaks(remark.body)
        name, text = plain(remark.author), to_markdown(html).markdown
        own = by_author(name, (plain(entry.value("AUTHOR")),))
        found.append(Comment(name, remark.date, text, str(number), by_author=own))
    return tuple(found)


def _identity(entry: Entry) -> str:
    """Return a name that a newer export repeats: basenames alone are not unique."""
    if address := entry.value("UNIQUE URL"):
        return f"movabletype:{address}"
    when = entry.date.isoformat() if entry.date else entry.value("DATE")
    return f"movabletype:{entry.value('BASENAME') or plain(entry.value('TITLE'))}/{when}"


def _home(addresses: Iterator[str]) -> str | None:
    """Return the address that most posts have in common, up to their dates."""
    homes = Counter(
        f"{parts.scheme}://{parts.netloc}{_DATED.sub('/', parts.path)}"
        for address in addresses
        if (parts := urlsplit(address)).netloc
    )
    return min(homes, key=lambda home: (-homes[home], home)) if homes else None


def _name(entry: Entry) -> str:
    return plain(entry.value("TITLE")) or entry.value("BASENAME") or "a post without a title"
