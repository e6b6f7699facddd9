"""A Blogger blog: its backup file, or what Google Takeout gives, as a zip or a folder."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from html import escape
from pathlib import Path

from book.errors import BookError
from book.model import Comment, Draft, Gathered, Notice, Origin, Skipped
from book.sources._blogger.albums import lookup_in
from book.sources._blogger.entries import Entry, entry_of, identity, kind_of_setting, number_of
from book.sources._blogger.settings import Settings, is_home, settings_in, settings_of
from book.sources._containers import Container, opened
from book.sources._html_to_markdown import Converted, parse_html, to_markdown
from book.sources._newlines import with_breaks
from book.sources._sitetags.shortcodes import moved_along
from book.sources._threads import by_author, threaded
from book.sources._xml import XmlReader
from book.urls import urlsplit

_BACKUP = b"schemas.google.com/blogger/2008/kind#"
_TAKEOUT = b"schemas.google.com/blogger/2018"
_THEME = (b"www.google.com/2005/gml/b", b"<$BlogPageTitle$>", b"<$BlogMetaData$>")
_PARTED = re.compile(r"<(?:br|p|div|ul|ol|table|blockquote|h[1-6])\b", re.IGNORECASE)
_LIVE = frozenset(("live", "published"))
_UNWRITTEN = {"draft": "a draft", "scheduled": "scheduled"}


def recognises(source: Path) -> bool:
    """Tell whether a source is a Blogger export, holds one, or is a part of one that has no posts."""
    try:
        with opened(source) as container:
            return any(True for _ in _exports(container)) or _is_theme(container)
    except BookError:
        return False


def _exports(container: Container) -> Iterator[str]:
    """Give the names of the blogs' files; comments on other people's blogs are no part of this one."""
    for name in container.names:
        named = name.endswith((".atom", ".xml")) or len(container.names) == 1
        if named and "Comments" not in Path(name).parts[:-1]:
            head = container.head(name)
            if b"<feed" in head and (_BACKUP in head or _TAKEOUT in head):
                yield name


def _is_theme(container: Container) -> bool:
    """Tell whether a single file is what a blog looks like, rather than what is in it."""
    head = container.head(container.names[0]) if len(container.names) == 1 else b""
    return b"<feed" not in head and any(mark in head for mark in _THEME)


def gather(
    source: Path,
    *,
    blog: str | None = None,
    drafts: bool = False,
    pages: bool = False,
    recover: bool = False,
) -> Gathered:
    """Gather the posts of a Blogger blog.

    `blog` names the one that is wanted of several, `drafts` brings in drafts and scheduled posts too,
    `pages` pages; `recover` reads broken XML.
    """
    with opened(source) as container:
        if _is_theme(container):
            hint = "in Blogger, Settings › Manage blog › Back up content gives a file with the posts"
            raise BookError("this is a blog's theme, and holds no posts", path=source, hint=hint)
        names = list(_exports(container))
        chosen = [name for name in names if blog in (None, Path(name).parent.name)]
        if names and not chosen:
            there_are = ", ".join(f"`{Path(name).parent.name}`" for name in names)
            raise BookError(
                f"there is no blog named `{blog}` in it", path=source, hint=f"there are: {there_are}"
            )
        blogs = [_Blog(container, name, drafts, pages, recover) for name in chosen]
        return _joined([one.gathered() for one in blogs], source)


def _joined(found: list[Gathered], source: Path) -> Gathered:
    """Make one of several blogs; say that they are several."""
    if not found:
        return Gathered((), skipped=(Skipped(source, "there is no blog in it"),))
    several = [one for one in found if one.drafts]
    first = max(found, key=lambda one: len(one.drafts))
    warnings = [notice for one in found for notice in one.warnings]
    if len(several) > 1:
        names = ", ".join(f"`{one.title}`" for one in several)
        hint = f"`--option {shlex.quote(f'blog={several[0].title}')}` brings in that one alone"
        warnings.append(Notice(f"this holds {len(several)} blogs: {names}", source, hint=hint))
    drafts = sorted((draft for one in found for draft in one.drafts), key=_age)
    media = {address: where for one in found for address, where in one.media.items()}
    skipped = tuple(skipped for one in found for skipped in one.skipped)
    return Gathered(tuple(drafts), media, tuple(warnings), skipped, first.title, first.language, first.url)


def _age(draft: Draft) -> datetime:
    return draft.date.replace(tzinfo=None) if isinstance(draft.date, datetime) else datetime.max


@dataclass(slots=True)
class _Blog:
    """One blog of an export."""

    container: Container
    name: str
    drafts: bool
    pages: bool
    recover: bool
    settings: Settings = field(default_factory=Settings)
    entries: list[Entry] = field(default_factory=list)
    warnings: list[Notice] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    home: str = ""

    def gathered(self) -> Gathered:
        """Read the blog, and make drafts of what is wanted."""
        title, made_at = self._read()
        addresses = {self._key(entry): self._address(entry) for entry in self._posts() if entry.address}
        wanted = [entry for entry in self._posts() if self._is_wanted(entry, made_at)]
        self._warn_of_zone(wanted)
        lookup = lookup_in(self.container, title)
        comments = self._comments()
        drafts: list[Draft] = []
        media: dict[str, Path | bytes | None] = {}
        for entry in wanted:
            made = self._body(entry, addresses)
            drafts.append(self._draft(entry, made, comments.get(number_of(entry.ident), []), made_at))
            media |= {address: lookup.find(address) for address in made.media if address not in media}
            media |= made.inlined
        if not self._posts() and self.entries:
            reason = f"`{title}` holds {len(self.entries)} comments and no post: they were written elsewhere"
            self.skipped.append(Skipped(self.container.place(self.name), reason))
        language = self.settings.locale.replace("_", "-") or None
        return Gathered(
            tuple(drafts),
            media,
            tuple(self.warnings),
            tuple(self.skipped),
            title or None,
            language,
            self.home or None,
        )

    def _read(self) -> tuple[str, str]:
        """Take in the file; return the blog's title, and when the export was made."""
        path = self.container.place(self.name)
        values: dict[str, str] = {}
        with self.container.open(self.name) as stream:
            reader = XmlReader(stream, path, items={"entry"}, recover=self.recover)
            for element in reader:
                if entry := entry_of(element, path):
                    self.entries.append(entry)
                elif setting := kind_of_setting(element):
                    values[setting[0]] = setting[1]
        self.warnings += reader.warnings
        beside = str(Path(self.name).with_name("settings.csv"))
        has_settings = beside in self.container.names
        self.settings = settings_in(self.container.read(beside)) if has_settings else settings_of(values)
        links = [one.attributes for one in reader.root.all("link")]
        alternate = next((one.get("href", "") for one in links if one.get("rel") == "alternate"), "")
        self.home = (alternate or self.settings.home).rstrip("/")
        return " ".join(reader.root.text("title").split()), reader.root.text("updated").strip()

    def _posts(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.kind != "comment"]

    def _is_wanted(self, entry: Entry, made_at: str) -> bool:
        status = self._status(entry, made_at)
        name = entry.title or number_of(entry.ident)
        if status in _UNWRITTEN and not self.drafts:
            reason = f"`{name}` is {_UNWRITTEN[status]}; `--drafts` brings it in"
        elif status not in _LIVE and status not in _UNWRITTEN:
            reason = f"`{name}` is in the bin"
        elif entry.kind == "page" and not self.pages:
            reason = f"`{name}` is a page; `--pages` brings it in"
        else:
            return True
        self.skipped.append(Skipped(entry.path, reason, entry.line))
        return False

    def _status(self, entry: Entry, made_at: str) -> str:
        """Return an entry's status; a backup does not mark what is scheduled, but its date is yet to come."""
        from book.sources._blogger.entries import moment

        made = moment(made_at)
        if entry.status == "live" and made and entry.published and made.tzinfo and entry.published.tzinfo:
            return "scheduled" if entry.published > made else "live"
        return entry.status

    def _warn_of_zone(self, wanted: list[Entry]) -> None:
        dated = [one.published for one in wanted if one.published is not None]
        if dated and not any(one.utcoffset() for one in dated) and not self.settings.knows_its_zone():
            zone = f"; `{self.settings.time_zone}` is none that is known" if self.settings.time_zone else ""
            message = f"the blog's time zone is not in the export{zone}: days are those of Greenwich"
            self.warnings.append(Notice(message, self.container.place(self.name)))

    def _address(self, entry: Entry) -> str:
        return self.home + entry.address if entry.address.startswith("/") else entry.address

    def _key(self, entry: Entry) -> str:
        return urlsplit(entry.address).path

    def _body(self, entry: Entry, addresses: dict[str, str]) -> Converted:
        html = entry.body if _PARTED.search(entry.body) else with_breaks(entry.body)
        said: list[str] = []
        tree, losses = parse_html(moved_along(html, said.append))
        for link in tree.iter("a"):
            address = link.get("href", "")
            parts = urlsplit(address) if re.match(r"https?://", address) else None
            if parts and parts.path in addresses and is_home(parts.hostname, self.home):
                fragment = f"#{parts.fragment}" if parts.fragment else ""
                link.set("href", addresses[parts.path] + fragment)
        made = to_markdown(tree, base=self._address(entry) if self.home else None)
        name = entry.title or number_of(entry.ident)
        self.warnings += [
            Notice(f"`{name}`: {loss}", entry.path, entry.line) for loss in (*said, *losses, *made.losses)
        ]
        return made

    def _draft(self, entry: Entry, made: Converted, comments: list[Comment], made_at: str) -> Draft:
        date = self.settings.on_own_clock(entry.published)
        updated = self.settings.on_own_clock(entry.updated)
        if entry.dated and date is None:
            message = f"`{entry.title}`: `{entry.dated}` is not a date that exists"
            self.warnings.append(Notice(message, entry.path, entry.line))
        is_draft = self._status(entry, made_at) in _UNWRITTEN
        body = made.markdown
        if entry.links_to:
            body = f"{to_markdown(_link(entry.links_to)).markdown}\n\n{body}".strip()
        return Draft(
            title=entry.title,
            date=date,
            body=body,
            origin=Origin(entry.path, entry.line),
            updated=updated if date and updated and updated > date else None,
            authors=(entry.author,) if entry.author else (),
            url=None if is_draft or not entry.address else self._address(entry),
            tags=entry.labels,
            draft=is_draft,
            kind=entry.kind,
            source=identity(entry.ident),
            comments=tuple(
                replace(one, by_author=one.by_author and by_author(one.author, (entry.author,)))
                for one in comments
            ),
        )

    def _comments(self) -> dict[str, list[Comment]]:
        """Return the published comments of each post, by its number.

        They are marked as the author's where whoever wrote them was signed in: the name decides.
        """
        found: dict[str, list[Comment]] = {}
        answers: dict[str, str | None] = {}
        for entry in self.entries:
            if entry.kind == "comment":
                number = number_of(entry.ident)
                answers[number] = number_of(entry.answers) if entry.answers else None
                if entry.status in _LIVE:
                    body = to_markdown(with_breaks(entry.body)).markdown
                    when = self.settings.on_own_clock(entry.published)
                    comment = Comment(entry.author, when, body, number, answers[number], entry.is_signed)
                    found.setdefault(number_of(entry.parent), []).append(comment)
        return {post: list(threaded(comments, answers)) for post, comments in found.items()}


def _link(address: str) -> str:
    return f'<p><a href="{escape(address)}">{escape(address)}</a></p>'
