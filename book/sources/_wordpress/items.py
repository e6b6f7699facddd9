"""The items of a WordPress export as values: posts, pages, pictures and the rest, with their comments."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from book.sources._xml import Element

LANGUAGE, GROUP = "_wpml_import_language_code", "_wpml_import_translation_group"
"""Under which names WPML says a post's language, and what it shares with its translations."""
_METAS = (
    "_thumbnail_id", "_wp_attached_file", "_wp_attachment_image_alt", "footnotes", "_wpcom_is_markdown",
    LANGUAGE, GROUP,
)  # fmt: skip
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?")
_FARTHEST = timedelta(hours=14)
_QUARTER = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment as the export has it."""

    ident: str
    author: str
    date: datetime | None
    body: str
    approved: bool
    kind: str
    parent: str
    user: str = ""
    """The number of the user who wrote it, `0` for a visitor; empty where the export does not say."""


@dataclass(frozen=True, slots=True)
class Item:
    """An item as the export has it. `ident` is its number; `terms` are (domain, nicename, name)."""

    path: Path
    line: int
    ident: str
    kind: str
    status: str
    title: str
    body: str
    excerpt: str
    creator: str
    link: str
    guid: str
    slug: str
    parent: str
    password: str
    date: datetime | None
    dated: str
    updated: datetime | None
    attachment: str
    terms: tuple[tuple[str, str, str], ...] = ()
    metas: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()

    @property
    def name(self) -> str:
        """What to call it in a message."""
        return self.title or self.slug or f"{self.kind} {self.ident}".strip()


def item_of(element: Element, path: Path) -> Item:
    """Read an item."""
    text = element.text
    written = text("wp:post_date").strip() or text("pubDate").strip()
    return Item(
        path=path,
        line=element.line,
        ident=text("wp:post_id").strip(),
        kind=text("wp:post_type").strip() or "post",
        status=text("wp:status").strip() or "publish",
        title=plain(text("title")),
        body=text("content:encoded"),
        excerpt=text("excerpt:encoded").strip(),
        creator=text("dc:creator").strip(),
        link=text("link").strip(),
        guid=text("guid").strip(),
        slug=unquote(text("wp:post_name").strip()),
        parent=text("wp:post_parent").strip().removeprefix("0"),
        password=text("wp:post_password").strip(),
        date=moment(text("wp:post_date"), text("wp:post_date_gmt")) or _posted(text("pubDate")),
        dated=written,
        updated=moment(text("wp:post_modified"), text("wp:post_modified_gmt")),
        attachment=text("wp:attachment_url").strip(),
        terms=tuple(
            (term.attributes["domain"], unquote(term.attributes.get("nicename", "")), plain(term.own_text))
            for term in element.all("category")
            if "domain" in term.attributes
        ),
        metas={
            key: meta.text("wp:meta_value")
            for meta in element.all("wp:postmeta")
            if (key := meta.text("wp:meta_key").strip()) in _METAS
        },
        remarks=tuple(_remark(comment) for comment in element.all("wp:comment")),
    )


def _remark(comment: Element) -> Remark:
    return Remark(
        ident=comment.text("wp:comment_id").strip(),
        author=plain(comment.text("wp:comment_author")),
        date=moment(comment.text("wp:comment_date"), comment.text("wp:comment_date_gmt")),
        body=comment.text("wp:comment_content"),
        approved=comment.text("wp:comment_approved").strip() == "1",
        kind=comment.text("wp:comment_type").strip() or "comment",
        parent=comment.text("wp:comment_parent").strip(),
        user=comment.text("wp:comment_user_id").strip(),
    )


def plain(text: str) -> str:
    """Return a title or a name without its markup and its character references, on one line."""
    if "<" in text:
        text = re.sub(r"</?[A-Za-z][^<>]*>", "", text)
    return " ".join(unescape(text).split())


def moment(local: str, universal: str) -> datetime | None:
    """Return a date on the author's own clock, with its zone if the two times tell it."""
    here, there = _clock(local), _clock(universal)
    if here is None or there is None:
        return here or (there and there.replace(tzinfo=timezone.utc))  # noqa: UP017
    offset = here - there
    if abs(offset) > _FARTHEST or offset % _QUARTER:
        return here
    return here.replace(tzinfo=timezone(offset))


def _clock(text: str) -> datetime | None:
    match = _DATE.match(text.strip())
    if match is None:
        return None
    try:
        return datetime(*(int(part or 0) for part in match.groups()))  # type: ignore[arg-type]
    except ValueError:
        return None


def _posted(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text.strip())
    except (ValueError, TypeError, OverflowError):
        return None
    return found if found.year > 1 else None
