"""One file as a feed, whatever form it has."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from book.sources._decoding import decoded
from book.sources._feed import jsonfeed, xmlfeed
from book.sources._feed.entries import Feed
from book.sources._json import load
from book.sources._signs import first_element

ROOTS = ("rss", "feed", "rdf:rdf", "rdf")
_HEAD = 1 << 16


def read_feed(data: bytes, path: Path) -> Feed | None:
    """Read a feed; None for what is none. Raises BookError for one that is broken."""
    head = decoded(data[:_HEAD])[0].removeprefix("\ufeff").lstrip()
    if head.startswith("{"):
        return jsonfeed.feed_of(load(data, path))
    return xmlfeed.feed_of(BytesIO(data), path)[0] if first_element(head) in ROOTS else None
