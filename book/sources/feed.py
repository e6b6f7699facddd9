"""A feed that was saved: RSS, Atom or JSON Feed, one file or several of one blog."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

from lxml import etree

from book.errors import BookError
from book.model import Draft, Gathered, Origin
from book.nouns import many
from book.sources._addresses import last_words
from book.sources._containers import Container, opened
from book.sources._feed import jsonfeed, xmlfeed
from book.sources._feed.entries import Entry, Feed, letters, once
from book.sources._feed.reading import ROOTS
from book.sources._harvest import Harvest, figure, link
from book.sources._html.parsing import remove, text_of
from book.sources._html_to_markdown import parse_html
from book.sources._json import load
from book.sources._moments import if_later, moment, on_clock, zone_wanted
from book.sources._signs import beginning, first_element
from book.sources._titles import plain, title_of
from book.sources._wordpress.pictures import Attachments, Gallery
from book.sources._wordpress.shortcodes import Shortcodes
from book.urls import urlsplit

_OTHER_KINDS = (
    "wordpress.org/export/", "<wp:", "blogger/2008/kind#", "schemas.google.com/blogger/2018", "<urlset",
)  # fmt: skip
_XML = (".xml", ".rss", ".atom", ".rdf")
_TEXTS = (*_XML, ".html", ".htm", ".md", ".markdown", ".csv", ".txt")
_CUT = re.compile(r"(?:…|\[…\]|\[?\.{3}\]?|\[&hellip;\])\s*$")
_FEW_WORDS = 40


def recognises(source: Path) -> bool:
    """Tell whether a source is a feed, or holds feeds and no other form of a blog."""
    try:
        with opened(source) as container:
            feeds = set(_feeds(container))
            others = (name for name in container.names if name.lower().endswith(_TEXTS))
            return bool(feeds) and feeds.issuperset(others)
    except BookError:
        return False


def _feeds(container: Container) -> Iterator[str]:
    for name in container.names:
        is_xml = name.lower().endswith(_XML)
        named = is_xml or name.lower().endswith(".json") or len(container.names) == 1
        if named and _is_feed(beginning(container, name), is_xml=is_xml):
            yield name


def _is_feed(head: str, *, is_xml: bool) -> bool:
    if head.lstrip().startswith("{"):
        return jsonfeed.MARK in head
    is_root = first_element(head, after_words=is_xml) in ROOTS
    return is_root and not any(one in head for one in _OTHER_KINDS)


def gather(source: Path, *, zone: str | None = None, whole: bool = False, recover: bool = False) -> Gathered:
    """Gather the posts of a feed.

    `zone` is the author's time zone, for feeds that write universal time. `whole` says that these are
    all the pages of a feed. `recover` reads broken XML.
    """
    clock = zone_wanted(zone)
    with opened(source) as container:
        harvest = Harvest(container)
        found = _Found(harvest, clock, whole)
        for name in _feeds(container):
            found.read(container, name, recover)
        return found.gathered(source)


@dataclass(slots=True)
class _Found:
    """The feeds that were read, and what their entries give."""

    harvest: Harvest
    clock: ZoneInfo | None
    whole: bool = False
    feeds: list[Feed] = field(default_factory=list)
    places: dict[str, Path] = field(default_factory=dict)
    cut: list[str] = field(default_factory=list)

    def read(self, container: Container, name: str, recover: bool) -> None:
        """Take in one feed."""
        path = container.place(name)
        if beginning(container, name).lstrip().startswith("{"):
            mends: Counter[str] = Counter()
            feed = jsonfeed.feed_of(load(container.read(name), path, mends)) or Feed()
            self.harvest.say_mends(mends, Origin(path))
        else:
            with container.open(name) as stream:
                feed, warnings = xmlfeed.feed_of(stream, path, recover=recover)
            self.harvest.warnings += warnings
        self.feeds.append(feed)
        for entry in feed.entries:
            self.places.setdefault(entry.ident, path)

    def gathered(self, source: Path) -> Gathered:
        """Make drafts of the entries, and say what a feed does not hold."""
        entries = [entry for feed in self.feeds for entry in feed.entries]
        posts = [entry for entry in once(entries) if not entry.is_comment]
        if entries and not posts:
            hint = "name the feed of the posts instead"
            raise BookError("this is a feed of comments, and holds no posts", path=source, hint=hint)
        for entry in posts:
            self.harvest.add(self._draft(entry, Origin(self.places[entry.ident], entry.line)))
        self._say_what_is_missing(source, len(posts))
        if self.clock is None:
            self.harvest.say_no_zone(Origin(source))
        about = max(self.feeds, key=lambda feed: len(feed.entries), default=Feed())
        return self.harvest.gathered(
            title=plain(about.title), language=about.language.strip(), url=about.home
        )

    def _draft(self, entry: Entry, origin: Origin) -> Draft:
        date = on_clock(moment(entry.published), self.clock)
        name = plain(entry.title) or entry.address or entry.ident
        if entry.published and date is None:
            self.harvest.say(f"`{name}`: `{entry.published}` is not a date that exists", origin)
        return Draft(
            title=title_of(entry.title),
            date=date,
            body=self._body(entry, name, origin),
            origin=origin,
            updated=if_later(on_clock(moment(entry.updated), self.clock), date),
            authors=entry.authors,
            slug=last_words(entry.address),
            url=entry.address or None,
            tags=entry.tags,
            language=entry.language or None,
            summary=_summary(entry),
            source=f"feed:{entry.ident}",
        )

    def _body(self, entry: Entry, name: str, origin: Origin) -> str:
        tree, losses = self._read(entry)
        for player in tree.iter("iframe"):
            player.set("src", _played(player.get("src", "")))
        furniture = _last_line(tree, entry.address)
        if furniture is not None:
            losses.append(f"the feed's own last line was left out: “{text_of(furniture)[:80]}”")
            remove(furniture)
        if _is_cut(entry, text_of(tree), furniture):
            self.cut.append(name)
        for address, words in entry.sounds:
            made, _ = parse_html(link(address, words or name))
            tree.insert(0, made)
        if entry.elsewhere:
            losses.append(f"its text is not in the feed, but at {entry.elsewhere}")
        shown = figure(entry.picture) if entry.picture else ""
        return self.harvest.markdown(
            tree, name, origin, base=entry.base or None, losses=losses, picture=shown
        )

    def _read(self, entry: Entry) -> tuple[etree._Element, list[str]]:
        """Return an entry's text; what WordPress left in brackets, as where a plugin is gone, is settled."""
        said: list[str] = []
        html = entry.html
        if any("wordpress" in feed.generator.lower() for feed in self.feeds):
            html = Shortcodes(Gallery("", Attachments()), said.append).left(html)
        tree, losses = parse_html(html)
        return tree, [*dict.fromkeys(said), *losses]

    def _say_what_is_missing(self, source: Path, count: int) -> None:
        total = max((feed.total or 0 for feed in self.feeds), default=0)
        hint = "an export from the blog's own settings holds all of them"
        if self.whole or 0 < total <= count or not count:
            words = ""
        elif total > count:
            words = f"this feed holds {count} of {total} posts"
        elif any(feed.next for feed in self.feeds):
            words = f"this feed holds {many(count, 'post')}, and others are on further pages of it"
        else:
            words = f"this feed holds {many(count, 'post')}: feeds mostly hold the last ones only"
        if words:
            self.harvest.say(words, Origin(source), hint)
        if self.cut:
            some = ", ".join(f"`{name}`" for name in self.cut[:5]) + (", …" if len(self.cut) > 5 else "")
            self.harvest.say(
                f"posts of which the feed holds only the beginning: {len(self.cut)} ({some})",
                Origin(source),
                hint,
            )


def _played(address: str) -> str:
    """Return what a player plays that stands in another service's frame."""
    try:
        parts = urlsplit(address)
        inner = parse_qs(parts.query).get("url") if (parts.hostname or "").endswith("embedly.com") else None
    except ValueError:
        return address
    return inner[0] if inner else address


def _last_line(tree: etree._Element, address: str) -> etree._Element | None:
    """Return the paragraph at the end of a text that only leads to the post itself, as feeds add one."""
    if not address or not len(tree):
        return None
    last = tree[-1]
    leads = any(_same_page(one.get("href", ""), address) for one in last.iter("a"))
    short = len(text_of(last).split()) < _FEW_WORDS
    return last if last.tag in ("p", "div") and leads and short and not (last.tail or "").strip() else None


def _same_page(one: str, other: str) -> bool:
    def page(address: str) -> tuple[str, str]:
        parts = urlsplit(address)
        return (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/")

    try:
        return page(one) == page(other)
    except ValueError:
        return False


def _is_cut(entry: Entry, text: str, furniture: etree._Element | None) -> bool:
    """Tell whether a feed holds only the beginning of a post."""
    if _CUT.search(text):
        return True
    leads_on = furniture is not None and len(text_of(furniture).split()) < 6
    return leads_on or bool(
        not entry.full and entry.short and len(text) < 1000 and entry.address and "<p" not in entry.short
    )


def _summary(entry: Entry) -> str | None:
    """Return what is said of a post, where that is not how its text begins."""
    short = letters(entry.short)
    if not entry.full or not short or entry.html == entry.short or letters(entry.full).startswith(short[:60]):
        return None
    return plain(entry.short) or None
