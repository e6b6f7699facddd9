"""Posts as JSON, as programs write them that know no form of their own: one object a post.

A file holds one post, a list of posts, or an object with such a list in it; a folder or zip several
files. A post is an object with a text and a title, a date or an address, under the names that such
programs use.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from book.errors import BookError
from book.model import Draft, Gathered, Origin, When
from book.sources._addresses import last_words
from book.sources._containers import Container, opened
from book.sources._feed import jsonfeed
from book.sources._harvest import Harvest
from book.sources._json import load
from book.sources._moments import if_later, moment, on_clock, since_epoch, zone_wanted
from book.sources._rows import Row, list_in, number_in, row_in, text_in
from book.sources._signs import beginning
from book.sources._titles import plain, title_of
from book.sources._tumblr.api import is_answer

_LISTS = ("posts", "items", "entries", "articles", "pages", "data", "results")
_HTML = ("bodyhtml", "contenthtml", "html", "rendered")
_TEXT = ("body", "content", "text", "bodytext", "contenttext", "markdown", "description")
_TITLES = ("title", "name", "headline", "subject")
_DATES = (
    "date", "published", "publishedat", "publishedon", "publisheddate", "publishdate", "datepublished",
    "pubdate", "postdate", "createdat", "created", "timestamp",
)  # fmt: skip
_CHANGES = ("updated", "updatedat", "modified", "modifiedat", "datemodified", "lastmodified")
_ADDRESSES = ("url", "link", "permalink", "href")
_OTHERS = (".xml", ".atom", ".rss", ".html", ".htm", ".md", ".markdown", ".csv", ".txt")
_MARKUP = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_MILLISECONDS = 1e11
"""A number so large is no count of seconds that a blog could have a post at."""


def recognises(source: Path) -> bool:
    """Tell whether a source is posts as JSON, or holds such and no other form of a blog."""
    try:
        with opened(source) as container:
            others = any(name.lower().endswith(_OTHERS) for name in container.names)
            return not others and any(True for _ in _files(container))
    except BookError:
        return False


def gather(source: Path, *, zone: str | None = None) -> Gathered:
    """Gather the posts of JSON files; `zone` is the author's time zone, where moments are universal."""
    clock = zone_wanted(zone)
    with opened(source) as container:
        harvest = Harvest(container)
        files = [name for name in container.names if _may_hold(container, name)]
        for name in files:
            path = container.place(name)
            mends: Counter[str] = Counter()
            rows = posts_of(load(container.read(name), path, mends))
            harvest.say_mends(mends, Origin(path))
            for row in rows:
                harvest.add(_draft(row, Origin(path), harvest, clock))
        if clock is None:
            harvest.say_no_zone(Origin(source))
        return harvest.gathered()


def _files(container: Container) -> Iterator[str]:
    for name in container.names:
        try:
            if _may_hold(container, name) and posts_of(load(container.read(name), container.place(name))):
                yield name
        except BookError:
            continue


def _may_hold(container: Container, name: str) -> bool:
    if not (name.lower().endswith(".json") or len(container.names) == 1):
        return False
    head = beginning(container, name).lstrip()
    return head[:1] in ("{", "[") and jsonfeed.MARK not in head and not is_answer(head)


def posts_of(document: Any) -> list[Row]:
    """Return the posts that a document holds; none where it is anything else."""
    if isinstance(document, list):
        return [row for one in document if isinstance(one, dict) and _is_post(row := _row(one))]
    if not isinstance(document, dict):
        return []
    if _is_post(row := _row(document)):
        return [row]
    return next((posts for key in _LISTS if (posts := posts_of(list_in(row, key)))), [])


def _row(value: Row) -> Row:
    """Return an object with its names as all such programs could have them: `publishedAt`, `published_at`."""
    return {re.sub(r"[\W_]", "", name).lower(): one for name, one in value.items()}


def _is_post(value: Row) -> bool:
    if not any(_texts(value)):
        return False
    return bool(text_in(value, *_TITLES, *_ADDRESSES) or _rendered(value, _TITLES) or _when(value, _DATES))


def _texts(row: Row) -> tuple[str, str]:
    """Return a post's text as HTML, or else as what it may be."""
    return text_in(row, *_HTML) or _rendered(row, _TEXT), text_in(row, *_TEXT)


def _rendered(row: Row, names: tuple[str, ...]) -> str:
    """Return a value that stands in an object of its own, as WordPress answers programs."""
    return next((text for name in names if (text := text_in(row_in(row, name), "rendered"))), "")


def _draft(row: Row, origin: Origin, harvest: Harvest, clock: ZoneInfo | None) -> Draft:
    html, text = _texts(row)
    title = text_in(row, *_TITLES) or _rendered(row, _TITLES)
    address = text_in(row, *_ADDRESSES)
    name = plain(title) or address or "post"
    date = on_clock(_when(row, _DATES), clock)
    marked = html or (text if _MARKUP.search(text) else "")
    ident = text_in(row, "id", "guid") or str(row.get("id") or "") or address or f"{name}/{date}"
    return Draft(
        title=title_of(title),
        date=date,
        body=harvest.markdown(marked, name, origin, base=address or None) if marked else text,
        origin=origin,
        updated=if_later(on_clock(_when(row, _CHANGES), clock), date),
        authors=_names(row, "authors", "author", "byline"),
        slug=text_in(row, "slug") or last_words(address),
        url=address or None,
        tags=_names(row, "tags", "categories"),
        draft=row.get("draft") is True or text_in(row, "status") == "draft",
        language=text_in(row, "language", "lang") or None,
        source=f"json:{ident}",
    )


def _when(row: Row, names: tuple[str, ...]) -> When | None:
    """Return the first date among these values; numbers count seconds, or thousandths, since 1970."""
    for name in names:
        if (text := text_in(row, name)) and (found := moment(text)):
            return found
        number = number_in(row, name)
        if number > 0:
            return since_epoch(number if number >= _MILLISECONDS else number * 1000)
    return None


def _names(row: Row, *keys: str) -> tuple[str, ...]:
    """Return the names in the first of these values that has some: one, several, or objects with names."""
    for key in keys:
        values = list_in(row, key) or [row.get(key)]
        texts = [text_in(one, "name", "title") if isinstance(one, dict) else one for one in values]
        if found := tuple(
            dict.fromkeys(one.strip() for one in texts if isinstance(one, str) and one.strip())
        ):
            return found
    return ()
