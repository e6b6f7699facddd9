"""Feeds in JSON."""

from __future__ import annotations

from typing import Any

from book.sources._addresses import joined
from book.sources._feed.entries import Entry, Feed, is_sound, person, plain_html
from book.sources._rows import Row, list_in, row_in, rows_in, text_in

MARK = "jsonfeed.org/version/"


def feed_of(document: Any) -> Feed | None:
    """Read a feed; None for any other JSON."""
    if not isinstance(document, dict) or MARK not in text_in(document, "version"):
        return None
    home = text_in(document, "home_page_url") or text_in(document, "feed_url")
    authors = _authors(document)
    return Feed(
        title=text_in(document, "title"),
        language=text_in(document, "language"),
        home=text_in(document, "home_page_url"),
        next=text_in(document, "next_url"),
        entries=[_entry(item, home, authors) for item in rows_in(document, "items")],
    )


def _entry(item: Row, home: str, authors: tuple[str, ...]) -> Entry:
    address = joined(home, text_in(item, "url")) if text_in(item, "url") else ""
    html, text = text_in(item, "content_html"), text_in(item, "content_text")
    published, updated = text_in(item, "date_published"), text_in(item, "date_modified")
    number = item.get("id")
    ident = text_in(item, "id") or (str(number) if isinstance(number, int) else "")
    title = text_in(item, "title")
    sounds = (
        (text_in(one, "url"), text_in(one, "title"))
        for one in rows_in(item, "attachments")
        if is_sound(text_in(one, "mime_type")) and text_in(one, "url")
    )
    return Entry(
        ident=ident or address or f"{title}/{published}",
        title=plain_html(title),
        full=html or plain_html(text),
        short=plain_html(text_in(item, "summary")),
        published=published or updated,
        updated=updated,
        address=address,
        base=address or home,
        authors=_authors(item) or authors,
        tags=tuple(
            dict.fromkeys(tag for tag in list_in(item, "tags") if isinstance(tag, str) and tag.strip())
        ),
        language=text_in(item, "language"),
        picture=text_in(item, "image", "banner_image"),
        sounds=tuple(sounds),
    )


def _authors(row: Row) -> tuple[str, ...]:
    people = rows_in(row, "authors") or [row_in(row, "author")]
    return tuple(dict.fromkeys(name for one in people if (name := person(text_in(one, "name")))))
