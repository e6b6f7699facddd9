"""Bring a feed by its address: all its pages, as far as it or its blog's program leads on to older ones."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlunsplit

from book.errors import BookError
from book.fetching.doors import Refused
from book.fetching.fetcher import Fetcher
from book.model import Notice
from book.sources._feed.entries import Feed
from book.sources._feed.reading import read_feed
from book.urls import urljoin, urlsplit

PAGES = 2000
HOURS = 2
TOTAL_BYTES = 2 << 30
_HINT = "the address of a feed often ends in `/feed`, `/rss.xml`, `/atom.xml` or `/feed.json`"


@dataclass(frozen=True, slots=True)
class FetchedFeed:
    """The folder that holds the pages of a feed, and whether these are all there are."""

    folder: Path
    whole: bool
    warnings: tuple[Notice, ...] = ()


def fetch_feed(url: str, fetcher: Fetcher, tell: Callable[[str], None] = lambda _: None) -> FetchedFeed:
    """Fetch a feed, or that of a web page which names one, page after page; raise BookError for none."""
    folder = fetcher.store / _name(url)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    pages = _Pages(fetcher, folder, tell)
    address, feed = pages.first(url)
    following: str | None = pages.after(address, feed)
    while following is not None:
        following = pages.turn(following)
    return FetchedFeed(folder, pages.whole, tuple(pages.said))


def _name(url: str) -> str:
    return "feed." + re.sub(r"[^a-z0-9]+", "-", url.lower().partition("//")[2]).strip("-")[:80]


@dataclass(slots=True)
class _Pages:
    """The pages that were fetched, and what they hold."""

    fetcher: Fetcher
    folder: Path
    tell: Callable[[str], None]
    whole: bool = False
    said: list[Notice] = field(default_factory=list)
    _held: set[str] = field(default_factory=set)
    _asked: set[str] = field(default_factory=set)
    _bytes: int = 0
    _begun: float = field(default_factory=time.monotonic)

    def first(self, url: str) -> tuple[str, Feed]:
        """Return the first page, and its address: the one given, or one that a web page there names."""
        for address in self._candidates(url):
            try:
                feed = self._page(address)
            except Refused as refused:
                hint = "look whether it opens in a browser"
                raise BookError(f"`{address}` cannot be fetched: {refused}", hint=hint) from refused
            if feed is not None:
                self._held |= {entry.ident for entry in feed.entries}
                return address, feed
        raise BookError(f"`{url}` is no feed, and names none", hint=_HINT)

    def _candidates(self, url: str) -> Iterator[str]:
        yield url
        page = self.folder / "page-0001.xml"
        if page.is_file():
            named = next(_named(page.read_bytes(), url), None)
            page.unlink()
            if named is not None:
                yield named

    def _page(self, address: str) -> Feed | None:
        """Fetch one page into the folder; None if it is no feed."""
        self._asked.add(address)
        path = self.folder / f"page-{len(list(self.folder.iterdir())) + 1:04}.xml"
        self.fetcher.fresh(address).replace(path)
        self._bytes += path.stat().st_size
        self.tell(f"fetching the feed: page {path.stem[5:].lstrip('0')}")
        return read_feed(path.read_bytes(), path)

    def turn(self, address: str) -> str | None:
        """Fetch a further page, and return the address of the one after it, if there is one."""
        if why := self._enough():
            self._say(f"the feed goes on at `{address}`, but {why}")
            return None
        try:
            feed = self._page(address)
        except Refused as refused:
            self.whole = "404" in str(refused) and _is_counted(address)
            if not self.whole:
                self._say(f"a page of the feed, `{address}`, could not be had: {refused}")
            return None
        except BookError as error:
            self._drop_last()
            self._say(f"a page of the feed, `{address}`, cannot be read: {error.notices[0].message}")
            return None
        idents = {entry.ident for entry in feed.entries} if feed is not None else set()
        if feed is None or not idents - self._held:
            self._drop_last()
            self.whole = not idents
            return None
        self._held |= idents
        return self.after(address, feed)

    def after(self, address: str, feed: Feed) -> str | None:
        """Return the address of the page after this one, as the feed says or its blog's program has it."""
        following = _address(address, feed.next) if feed.next else self._counted(address, feed)
        if following in self._asked:
            return None
        if following is None:
            self.whole = len(self._asked) > 1 or bool(feed.total and feed.total <= len(self._held))
        return following

    def _counted(self, address: str, feed: Feed) -> str | None:
        program = feed.generator.lower()
        if "wordpress" in program and feed.entries:
            return _with(address, "paged", int(_value(address, "paged") or 1) + 1)
        if "blogger" in program and (feed.total or 0) > len(self._held):
            return _with(address, "start-index", len(self._held) + 1)
        return None

    def _enough(self) -> str | None:
        if len(self._asked) >= PAGES:
            return f"{PAGES} pages were fetched"
        if self._bytes > TOTAL_BYTES or time.monotonic() - self._begun > HOURS * 3600:
            return "the time or the bytes for all its pages were used up"
        return None

    def _say(self, why: str) -> None:
        hint = "gather again to try once more; an export from the blog's own settings holds all posts"
        self.said.append(Notice(f"{why}; older posts are missing", hint=hint))

    def _drop_last(self) -> None:
        max(self.folder.iterdir()).unlink()


def _address(base: str, address: str) -> str | None:
    try:
        return urljoin(base, address)
    except ValueError:
        return None


def _value(address: str, name: str) -> str:
    value = dict(parse_qsl(urlsplit(address).query)).get(name, "")
    return value if value.isascii() and value.isdigit() else ""


def _is_counted(address: str) -> bool:
    return bool(_value(address, "paged") or _value(address, "start-index"))


def _with(address: str, name: str, value: int) -> str:
    parts = urlsplit(address)
    kept = [(key, one) for key, one in parse_qsl(parts.query, keep_blank_values=True) if key != name]
    return urlunsplit(parts._replace(query=urlencode([*kept, (name, str(value))])))


def _named(page: bytes, url: str) -> Iterator[str]:
    """Yield the feeds that a web page names, those of comments last."""
    from lxml import etree, html

    try:
        root = html.fromstring(page)
    except (etree.LxmlError, ValueError):
        return
    links = [
        (one.get("href", ""), f"{one.get('title', '')} {one.get('href', '')}".lower())
        for one in root.iter("link")
        if "alternate" in one.get("rel", "") and re.search(r"(rss|atom)\+xml|feed\+json", one.get("type", ""))
    ]
    for href, _ in sorted(links, key=lambda link: "comment" in link[1]):
        if href and (address := _address(url, href)):
            yield address
