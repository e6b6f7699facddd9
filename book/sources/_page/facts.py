"""What a page's head tells of it: for other sites, for search engines, and by the browser that saved it."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from book.sources._rows import Row, row_in, text_in

_SAVED = re.compile(r"\s*saved from url=\(\d+\)(\S+)\s*")
_ARTICLES = re.compile(r"(?:\w*Article|BlogPosting|Posting|Report|Review|Recipe|CreativeWork)$")
_LONGEST = 500_000


class Facts(HTMLParser):
    """Reads a page's head; what it finds is in its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.title = ""
        self.language = ""
        self.canonical = ""
        self.saved_from = ""
        self.metas: dict[str, list[str]] = defaultdict(list)
        self.article: Row = {}
        self._within = ""
        self._script: list[str] = []
        self.feed(page)
        self.close()

    def meta(self, *names: str) -> str:
        """Return the first value that the page gives for one of these names."""
        return next((value for name in names for value in self.metas.get(name, ()) if value), "")

    @property
    def address(self) -> str:
        """Where the page was published."""
        found = (self.canonical, self.meta("og:url"), text_in(self.article, "url"), self.saved_from)
        return next((one for one in found if one.startswith(("http://", "https://"))), "")

    @property
    def authors(self) -> tuple[str, ...]:
        """The names of those who wrote it."""
        written = self.article.get("author")
        people = written if isinstance(written, list) else [written]
        names = [text_in(one, "name") if isinstance(one, dict) else one for one in people]
        found = [name for name in names if isinstance(name, str) and name] or [
            self.meta("author", "dc.creator")
        ]
        plain = (" ".join(name.split()) for name in found)
        return tuple(dict.fromkeys(name for name in plain if name and "@" not in name and "://" not in name))

    @property
    def tags(self) -> tuple[str, ...]:
        """What it is about."""
        words = self.article.get("keywords")
        named = words.split(",") if isinstance(words, str) else words if isinstance(words, list) else []
        found = [*self.metas.get("article:tag", ()), *(word for word in named if isinstance(word, str))]
        return tuple(dict.fromkeys(word.strip() for word in found if word.strip()))

    @property
    def site(self) -> str:
        """The name of the blog."""
        publisher = row_in(self.article, "publisher") or row_in(self.article, "isPartOf")
        return self.meta("og:site_name", "application-name") or text_in(publisher, "name")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element tells."""
        known = {name: (value or "").strip() for name, value in attrs}
        if tag == "html":
            self.language = self.language or known.get("lang", "") or known.get("xml:lang", "")
        elif tag == "meta":
            name = known.get("property") or known.get("name") or known.get("itemprop") or ""
            self.metas[name.lower()].append(known.get("content", ""))
        elif tag == "link" and "canonical" in known.get("rel", "").lower().split():
            self.canonical = self.canonical or known.get("href", "")
        elif tag == "title" and not self.title:
            self._within = "title"
        elif tag == "script" and known.get("type", "").lower() == "application/ld+json":
            self._within, self._script = "script", []

    def handle_data(self, data: str) -> None:
        """Note the text of the title, and of what is said for search engines."""
        if self._within == "title":
            self.title += data
        elif self._within == "script":
            self._script.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Note the end of the title, and of what is said for search engines."""
        if tag == "script" and self._within == "script" and not self.article:
            self.article = next(_articles("".join(self._script)), {})
        if tag == self._within:
            self._within = ""

    def handle_comment(self, data: str) -> None:
        """Note where a browser says that it saved the page from."""
        if found := _SAVED.fullmatch(data):
            self.saved_from = found[1]


def _articles(script: str) -> Iterator[Row]:
    """Give what a script in JSON says of articles."""
    try:
        document = json.loads(script) if len(script) < _LONGEST else None
    except (ValueError, RecursionError):
        return
    yield from _articles_in(document, 0)


def _articles_in(value: Any, depth: int) -> Iterator[Row]:
    if depth > 4:
        return
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            kinds = one.get("@type")
            names = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(name, str) and _ARTICLES.match(name) for name in names):
                yield one
            yield from _articles_in(one.get("@graph"), depth + 1)
            yield from _articles_in(one.get("mainEntity"), depth + 1)
