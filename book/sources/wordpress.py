"""A WordPress export (WXR, 1.0 to 1.2): one file, or the several that a large blog's export is split into."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from book.errors import BookError
from book.model import Draft, Gathered, Notice, Origin, Skipped
from book.shares import shared
from book.sources._containers import Container, opened
from book.sources._html_to_markdown import Converted, to_markdown
from book.sources._medialookup import Lookup
from book.sources._threads import by_author
from book.sources._translations import Tongue, tongue_of
from book.sources._wordpress.bodies import Bodies, names_of
from book.sources._wordpress.comments import comments_of
from book.sources._wordpress.items import Item, Remark, item_of, plain
from book.sources._wordpress.languages import UNCATEGORISED, group_of, language_of, one_version
from book.sources._wordpress.markdownwithin import markdown_bodies
from book.sources._wordpress.pictures import Attachments
from book.sources._xml import Element, XmlReader
from book.urls import urlsplit

_MARKS = (b"wordpress.org/export/", b"<wp:wxr_version", b"<wp:post_type>", b"<wp:base_site_url>")
_OF_THE_SITE = re.compile(
    r"nav_menu_item|revision|attachment|wp_\w+|customize_changeset|custom_css|oembed_cache|user_request|acf-\w+"
    r"|wpcf7_contact_form|feedback|jp_\w+|amp_validated_url|elementor_\w+"
)
_UNWRITTEN = {
    "draft": "a draft",
    "pending": "waiting for review",
    "future": "scheduled",
    "auto-draft": "a draft",
}
_NEVER = frozenset(("trash", "inherit"))


def recognises(source: Path) -> bool:
    """Tell whether a source is a WordPress export, or holds one."""
    try:
        with opened(source) as container:
            return any(True for _ in _exports(container))
    except BookError:
        return False


def _exports(container: Container) -> Iterator[str]:
    for name in container.names:
        if name.lower().endswith((".xml", ".wxr", ".rss", ".txt")) or len(container.names) == 1:
            head = container.head(name)
            if b"<rss" in head and any(mark in head for mark in _MARKS):
                yield name


def gather(
    source: Path,
    *,
    drafts: bool = False,
    private: bool = False,
    pages: bool = False,
    types: str | None = None,
    recover: bool = False,
    best_language: str | None = None,
    in_language: str | None = None,
) -> Gathered:
    """Gather the posts of a WordPress export.

    `drafts` brings in drafts and scheduled posts too, `private` those that are private or protected by a
    password, `types` (names with commas between) posts of other types; `recover` reads broken XML. Of posts
    in several languages the version in the site's own comes in, or that in `best_language`; with
    `in_language` nothing in another, or with `all` every one.
    """
    export = _Export(
        types=frozenset(re.findall(r"[\w-]+", types or "")), drafts=drafts, private=private, pages=pages,
        tongue=tongue_of(best_language, in_language, source),
    )  # fmt: skip
    with opened(source) as container:
        for name in _exports(container):
            with container.open(name) as stream:
                export.read(XmlReader(stream, container.place(name), items={"item"}, recover=recover))
        return export.gathered(Lookup(container))


@dataclass(frozen=True, slots=True)
class _Written:
    """A post, the pictures in it, those that it held itself, and what its author should know."""

    draft: Draft
    media: tuple[str, ...]
    inlined: Mapping[str, bytes]
    told: tuple[Notice, ...]


@dataclass(slots=True)
class _Export:
    """Everything in an export, and which of it is wanted."""

    types: frozenset[str]
    drafts: bool
    private: bool
    pages: bool
    tongue: Tongue = field(default_factory=Tongue)
    wanted: list[Item] = field(default_factory=list)
    attachments: Attachments = field(default_factory=Attachments)
    reusable: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    users: dict[str, str] = field(default_factory=dict)
    warnings: list[Notice] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)
    channel: Element | None = None

    def read(self, reader: XmlReader) -> None:
        """Take in one file."""
        for element in reader:
            self._take(item_of(element, reader.path))
        channel = reader.root.first("channel")
        if channel is not None and self.channel is None:
            self.channel = channel
        for author in channel.all("wp:author") if channel is not None else ():
            display = plain(author.text("wp:author_display_name"))
            login = author.text("wp:author_login").strip()
            self.names.setdefault(login, display)
            self.users.setdefault(author.text("wp:author_id").strip(), login)
        self.warnings += reader.warnings

    def _take(self, item: Item) -> None:
        if item.kind == "attachment":
            self.attachments.add(item)
        elif item.kind == "wp_block":
            self.reusable[item.ident] = item.body
        elif _OF_THE_SITE.fullmatch(item.kind):
            self.others[item.kind] += 1
        elif (reason := self._unwanted(item)) is not None:
            self.skipped.append(Skipped(item.path, f"`{item.name}` is {reason}", item.line))
        else:
            self.wanted.append(item)

    def _unwanted(self, item: Item) -> str | None:
        """Say why an item is left out; None if it is not."""
        if item.kind not in ("post", "page") and item.kind not in self.types:
            return f"of the type `{item.kind}`; `--option types={item.kind}` brings it in"
        if item.kind == "page" and not self.pages:
            return "a page; `--pages` brings it in"
        if item.status in _NEVER:
            return "in the bin"
        if item.status in _UNWRITTEN and not self.drafts:
            return f"{_UNWRITTEN[item.status]}; `--drafts` brings it in"
        if item.status == "private" and not self.private:
            return "private; `--private` brings it in"
        if item.password and not self.private:
            return "protected by a password; `--private` brings it in"
        return None

    def gathered(self, lookup: Lookup) -> Gathered:
        """Make drafts of what is wanted, oldest first."""
        channel = self.channel or Element("channel", {}, 1)
        home = channel.text("wp:base_blog_url").strip() or channel.text("link").strip()
        bodies = Bodies(self.attachments, self.reusable, self._addresses(), home)
        drafts = []
        media: dict[str, Path | bytes | None] = {}
        wanted = sorted(self.wanted, key=_age)
        written = markdown_bodies([item.body for item in wanted])
        for one in shared(partial(self._written, bodies), [*zip(wanted, written, strict=True)]):
            drafts.append(one.draft)
            self.warnings += one.told
            media |= {address: lookup.find(address) for address in one.media if address not in media}
            media |= one.inlined
        groups = {self._identity(item): group for item in wanted if (group := group_of(item))}
        main = channel.text("language").strip() or None
        kept, left_out, told, spoken = one_version(drafts, groups, main, self.tongue)
        return Gathered(
            tuple(kept),
            media,
            warnings=(*self.warnings, *told),
            skipped=(*self.skipped, *left_out, *self._instead()),
            title=plain(channel.text("title")) or None,
            language=spoken,
            url=home or None,
        )

    def _addresses(self) -> dict[str, str]:
        links = [item.link for item in self.wanted] + [item.guid for item in self.wanted]
        if self.channel is not None:
            links += [
                self.channel.text(name).strip() for name in ("link", "wp:base_blog_url", "wp:base_site_url")
            ]
        hosts = {
            (urlsplit(link).hostname or "").removeprefix("www.") for link in links if link.startswith("http")
        }
        found: dict[str, str] = {}
        for item in self.wanted:
            if item.link:
                for name in names_of(item, hosts - {""}):
                    found.setdefault(name, item.link)
        return found

    def _written(self, bodies: Bodies, wanted: tuple[Item, bool]) -> _Written:
        """Write a post, and say what was guessed and lost."""
        item, is_markdown = wanted
        made = bodies.as_written(item) if is_markdown else bodies.converted(item)
        losses = ["it was taken for Markdown, by its looks alone"] if is_markdown else [*made.losses]
        if item.dated and item.date is None and not item.dated.startswith("0000"):
            losses.append(f"`{item.dated}` is not a date that exists")
        told = tuple(Notice(f"`{item.name}`: {loss}", item.path, item.line) for loss in losses)
        made = self._with_featured(item, made)
        return _Written(self._draft(item, made), made.media, made.inlined, told)

    def _draft(self, item: Item, made: Converted) -> Draft:
        return Draft(
            title=item.title,
            date=item.date,
            body=made.markdown,
            origin=Origin(item.path, item.line),
            updated=item.updated if _is_later(item.updated, item.date) else None,
            authors=self._authors(item),
            slug=item.slug or None,
            url=item.link if item.link and item.status == "publish" else None,
            tags=_tags(item),
            draft=item.status in _UNWRITTEN,
            language=language_of(item),
            summary=plain(item.excerpt) or None,
            kind="page" if item.kind == "page" else "post",
            source=self._identity(item),
            comments=comments_of(item.remarks, self._is_author_of(item)),
        )

    def _with_featured(self, item: Item, made: Converted) -> Converted:
        """Put the picture that stands for a post before its text, unless it is in it."""
        featured = self.attachments.by_ident.get(item.metas.get("_thumbnail_id", ""))
        if featured is None or any(self.attachments.of(one) is featured for one in made.media):
            return made
        head = to_markdown(featured.figure())
        body = f"{head.markdown}\n\n{made.markdown}".strip()
        return Converted(body, (*head.media, *made.media), made.losses, made.inlined)

    def _authors(self, item: Item) -> tuple[str, ...]:
        several = [name for domain, _, name in item.terms if domain == "author" and name]
        names = several or [self.names.get(item.creator) or item.creator.lstrip(">")]
        return tuple(dict.fromkeys(name for name in names if name and "@" not in name))

    def _is_author_of(self, item: Item) -> Callable[[Remark], bool]:
        """Tell which comments an item's author wrote: by their number, or by name where there is none."""
        names = (*self._authors(item), item.creator)

        def is_author(remark: Remark) -> bool:
            if remark.user == "0":
                return False
            if remark.user in self.users:
                return self.users[remark.user] == item.creator
            return by_author(remark.author, names)

        return is_author

    def _identity(self, item: Item) -> str:
        site = self.channel.text("wp:base_blog_url") or self.channel.text("link") if self.channel else ""
        parts = urlsplit(site.strip())
        blog = (parts.hostname or "").removeprefix("www.") + parts.path.rstrip("/")
        return (
            f"wordpress:{blog}?p={item.ident}"
            if item.ident
            else f"wordpress:{item.guid or item.slug or item.title}"
        )

    def _instead(self) -> Iterator[Skipped]:
        """Say what an export holds that has no posts."""
        number = len(self.attachments.by_ident)
        if number and not self.wanted and not self.skipped:
            reason = f"it holds {number} pictures; the posts are in another file of the same export"
            yield Skipped(None, reason)


def _age(item: Item) -> tuple[datetime, int]:
    number = int(item.ident) if item.ident.isdecimal() else 0
    return (item.date or datetime.max).replace(tzinfo=None), number


def _is_later(one: datetime | None, other: datetime | None) -> bool:
    if one is None or other is None:
        return False
    return (one.replace(tzinfo=None) - other.replace(tzinfo=None)).total_seconds() > 60


def _tags(item: Item) -> tuple[str, ...]:
    wanted = [
        name
        for domain in ("category", "post_tag", "tag")  # the last before WordPress 3
        for kind, nicename, name in item.terms
        if kind == domain and name and nicename != "uncategorized" and name.casefold() not in UNCATEGORISED
    ]
    return tuple(dict.fromkeys(wanted))
