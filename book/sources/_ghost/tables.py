"""The tables of a Ghost export that matter to a book: posts, and by whom and on what they are.

No other is looked at: exports hold passwords, keys and the addresses of subscribers too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from book.model import When
from book.sources._moments import moment, on_clock, since_epoch, zone_named
from book.sources._rows import Row, number_in, row_in, rows_in, text_in

_ZONES = ("timezone", "active_timezone", "activeTimezone")
_SETTINGS = ("title", "locale", "lang", "default_locale", *_ZONES)


def data_of(document: Any) -> Row | None:
    """Return the tables of an export, in any of the forms it may have; None if it is none."""
    if not isinstance(document, Mapping):
        return None
    outer = next(iter(rows_in(document, "db")), document)
    data = row_in(outer, "data") or outer
    posts = rows_in(data, "posts")
    known = ("mobiledoc", "lexical", "markdown", "html")
    if isinstance(data.get("posts"), list) and ("db" in document or "data" in outer):
        return data if not posts or any(name in posts[0] for name in known) else None
    return None


_BODIES = ("html", "lexical", "mobiledoc", "markdown")
_SIGNS = (
    ("posts_tags", {"post_id", "tag_id"}),
    ("posts_authors", {"post_id", "author_id"}),
    ("settings", {"key", "value"}),
    ("users", {"id", "name", "email", "slug"}),
    ("tags", {"id", "name", "slug"}),
)
"""The tables by what a row of each holds; the first that fits."""


def with_loose_rows(data: Row, rows: Iterable[Row]) -> Row:
    """Return the tables of a broken export with what was found whole outside of them, by its looks."""
    tables: dict[str, Any] = {name: list(table) for name, table in data.items() if isinstance(table, list)}
    for row in rows:
        is_post = "title" in row and "slug" in row and any(name in row for name in _BODIES)
        name = "posts" if is_post else next((name for name, signs in _SIGNS if signs <= row.keys()), "")
        if name:
            tables.setdefault(name, []).append(row)
        elif data_of(row) is not None or any(name in row for name in ("posts", "settings", "users")):
            tables = {**{key: value for key, value in row.items() if isinstance(value, list)}, **tables}
    return tables


class Tables:
    """The tables of one export, its posts with what belongs to them."""

    def __init__(self, data: Row, zone: ZoneInfo | None = None) -> None:
        self.posts = rows_in(data, "posts")
        self.settings = {
            key: value
            for row in rows_in(data, "settings")
            if (key := row.get("key")) in _SETTINGS and isinstance(value := row.get("value"), str)
        }
        self.zone_name = next((self.settings[name] for name in _ZONES if self.settings.get(name)), "")
        self.zone = zone or zone_named(self.zone_name)
        self._tags = {_key(tag, "id"): tag for tag in rows_in(data, "tags")}
        self._names = {_key(user, "id"): text_in(user, "name") for user in rows_in(data, "users")}
        self._tags_of = _grouped(data, "posts_tags", "tag_id")
        self._authors_of = _grouped(data, "posts_authors", "author_id")
        self._metas = {_key(meta, "post_id"): meta for meta in rows_in(data, "posts_meta")}

    @property
    def language(self) -> str:
        """The blog's language, if the export tells."""
        return next((self.settings[name] for name in _SETTINGS[1:4] if self.settings.get(name)), "")

    def tags(self, post: Row) -> tuple[str, ...]:
        """Return a post's tags in order, without those that only Ghost itself sees."""
        found = (self._tags.get(key, {}) for key in self._tags_of[_key(post, "id")])
        shown = (tag for tag in found if tag.get("visibility") != "internal")
        names = (" ".join(text_in(tag, "name").split()) for tag in shown)
        return tuple(dict.fromkeys(name for name in names if name and not name.startswith("#")))

    def authors(self, post: Row) -> tuple[str, ...]:
        """Return the names of a post's authors, in order."""
        keys = self._authors_of[_key(post, "id")] or [_key(post, "author_id")]
        return tuple(dict.fromkeys(name for key in keys if (name := self._names.get(key, ""))))

    def meta(self, post: Row, name: str) -> str:
        """Return what is kept about a post beside it."""
        return text_in(post, name) or text_in(self._metas.get(_key(post, "id"), {}), name)

    def moment(self, post: Row, name: str) -> When | None:
        """Return one of a post's dates on the author's clock; it is written as text, or in milliseconds."""
        value = number_in(post, name)
        found = since_epoch(value) if value else moment(text_in(post, name))
        if isinstance(found, datetime) and found.tzinfo is None:
            found = found.replace(tzinfo=UTC)
        return on_clock(found, self.zone)


def _key(row: Row, name: str) -> str:
    value = row.get(name)
    return str(value) if isinstance(value, str | int) else ""


def _grouped(data: Row, table: str, other: str) -> dict[str, list[str]]:
    """Return what belongs to each post by a table that joins the two, in that table's order."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in sorted(rows_in(data, table), key=lambda row: number_in(row, "sort_order")):
        found[_key(row, "post_id")].append(_key(row, other))
    return found
