"""Feeds in XML: RSS of every version, and Atom."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from book.model import Notice
from book.sources._addresses import joined, own_address
from book.sources._feed.entries import Entry, Feed, html_of, is_sound, person, plain_html
from book.sources._xml import Element, XmlReader

_DATES = ("pubDate", "published", "dc:date", "issued", "created", "dcterms:created", "dcterms:issued")
_UPDATES = ("updated", "modified", "atom:updated", "dcterms:modified")
_FURTHER = ("next", "prev-archive")
_SHORT = ("description", "summary", "atom:summary", "itunes:summary")


def feed_of(stream: BinaryIO, path: Path, *, recover: bool = False) -> tuple[Feed, tuple[Notice, ...]]:
    """Read a feed, and return it with what was mended in it."""
    reader = XmlReader(stream, path, items={"item", "entry"}, recover=recover)
    items = list(reader)
    root = reader.root
    channel = root.first("channel") or root
    links = [*channel.all("link"), *channel.all("atom:link")]
    home = next((one for one in map(_page, channel.all("link")) if one), "")
    base = root.attributes.get("xml:base", "") or home
    authors = _authors(channel)
    total = channel.text("openSearch:totalResults") or channel.text("opensearch:totalResults")
    feed = Feed(
        title=channel.text("title"),
        language=channel.text("language")
        or channel.text("dc:language")
        or root.attributes.get("xml:lang", ""),
        home=joined(root.attributes.get("xml:base", ""), home),
        next=next(
            (link.attributes.get("href", "") for link in links if link.attributes.get("rel") in _FURTHER), ""
        ),
        generator=_program(channel.first("generator")),
        total=int(total) if total.strip().isdecimal() else None,
        entries=[_entry(item, base, authors) for item in items],
    )
    return feed, reader.warnings


def _program(generator: Element | None) -> str:
    """Return what is said of the program that wrote a feed: its name, and its address."""
    said = (generator.own_text, *generator.attributes.values()) if generator is not None else ()
    return " ".join(said)


def _page(link: Element) -> str:
    """Return the address of a page that a link leads to; empty if it leads to something else."""
    if link.attributes.get("rel", "alternate") != "alternate":
        return ""
    return link.attributes.get("href", "").strip() or link.own_text.strip()


def _entry(item: Element, base: str, authors: tuple[str, ...]) -> Entry:
    base = joined(base, item.attributes.get("xml:base", ""))
    address = _address(item, base)
    content = item.first("content:encoded") or item.first("content") or item.first("xhtml:body")
    short = next((found for name in _SHORT if (found := item.first(name)) is not None), None)
    full = _html(content)
    guid = (item.text("id") or item.text("guid")).strip()
    title = item.first("title")
    published, updated = _first(item, _DATES), _first(item, _UPDATES)
    inside = joined(address or base, content.attributes.get("xml:base", "") if content is not None else "")
    return Entry(
        ident=guid or address or f"{item.text('title')}/{published}",
        title=_html(title).strip(),
        full=full,
        short=_html(short),
        published=published or updated,
        updated=updated,
        address=address,
        base=inside,
        authors=_authors(item) or authors,
        tags=_tags(item),
        language=item.attributes.get("xml:lang", "") or item.text("dc:language"),
        picture=_picture(item, inside),
        sounds=tuple(_sounds(item, inside)),
        is_comment=item.first("thr:in-reply-to") is not None or "#comment" in address,
        elsewhere=joined(base, content.attributes.get("src", "")) if content is not None and not full else "",
        line=item.line,
    )


def _address(item: Element, base: str) -> str:
    """Return where a post was published."""
    original = item.text("feedburner:origLink").strip()
    found = next((one for one in map(_page, item.all("link")) if one), "")
    guid = item.first("guid")
    named = guid.own_text.strip() if guid is not None else ""
    permanent = named if named.startswith("http") and guid is not None else ""
    if guid is not None and guid.attributes.get("isPermaLink", "true").lower() == "false":
        permanent = ""
    wanted = original or found or permanent
    return own_address(joined(base, wanted)) if wanted else ""


def _html(element: Element | None) -> str:
    """Return what an element holds as HTML, by the type that it says its text has."""
    if element is None:
        return ""
    kind = element.attributes.get("type", "").lower()
    mode = element.attributes.get("mode", "").lower()
    if kind in ("xhtml", "application/xhtml+xml") or mode == "xml" or element.all():
        return element.markup()
    if kind in ("text", "text/plain"):
        return plain_html(element.own_text)
    return html_of(element.own_text)


def _first(item: Element, names: Iterable[str]) -> str:
    return next((text for name in names if (text := item.text(name).strip())), "")


def _authors(item: Element) -> tuple[str, ...]:
    people = [
        one.text("name") if one.first("name") is not None else one.own_text for one in item.all("author")
    ]
    people += [one.own_text for name in ("dc:creator", "itunes:author") for one in item.all(name)]
    return tuple(dict.fromkeys(name for name in map(person, people) if name))


def _tags(item: Element) -> tuple[str, ...]:
    found = [
        one.attributes.get("label") or one.attributes.get("term") or one.own_text
        for one in item.all("category")
    ]
    found += [one.own_text for one in item.all("dc:subject")]
    return tuple(dict.fromkeys(" ".join(tag.split()) for tag in found if tag.strip()))


def _picture(item: Element, base: str) -> str:
    """Return the address of the picture that stands for a post, if it has one."""
    for one in (*item.all("enclosure"), *item.all("media:content")):
        kind = one.attributes.get("type", "") or one.attributes.get("medium", "")
        if kind.startswith("image"):
            return joined(base, one.attributes.get("url", ""))
    return ""


def _sounds(item: Element, base: str) -> Iterable[tuple[str, str]]:
    enclosed = [one for one in item.all("link") if one.attributes.get("rel") == "enclosure"]
    for one in (*item.all("enclosure"), *enclosed):
        address = one.attributes.get("url", "") or one.attributes.get("href", "")
        if address and is_sound(one.attributes.get("type", "")):
            yield joined(base, address), one.attributes.get("title", "")
