"""A Substack newsletter: its export, as the zip or its folder. Lists of subscribers in it are never read."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from lxml import etree

from book.errors import BookError
from book.model import Draft, Gathered, Origin
from book.sources._containers import Container, opened
from book.sources._decoding import decoded
from book.sources._harvest import Harvest, link
from book.sources._html.parsing import classes, text_of
from book.sources._html_to_markdown import parse_html
from book.sources._moments import moment, on_clock, zone_wanted
from book.sources._rows import Row, text_in
from book.sources._substack.settling import asking_addresses, settle_widgets
from book.sources._titles import plain, title_of
from book.urls import urlsplit

_COLUMNS = (b"post_id", b"post_date", b"is_published")
_OPEN = ("", "everyone")
_THANKS = re.compile(r"(?:Thanks|Thank you) for reading (?!this\b|my\b|and\b)([^\s!][^!]{0,79}?)\s*!")


def recognises(source: Path) -> bool:
    """Tell whether a source is a Substack export, or the list of posts of one."""
    try:
        with opened(source) as container:
            return any(True for _ in _lists(container))
    except BookError:
        return False


def _lists(container: Container) -> Iterator[str]:
    for name in container.names:
        if name.lower().endswith(".csv") or len(container.names) == 1:
            header = container.head(name).partition(b"\n")[0]
            if all(column in header for column in _COLUMNS):
                yield name


def gather(
    source: Path,
    *,
    drafts: bool = False,
    private: bool = False,
    pages: bool = False,
    url: str | None = None,
    zone: str | None = None,
) -> Gathered:
    """Gather the posts of a Substack export.

    `drafts` brings in drafts too, `private` what only some subscribers could read. `url` is the
    newsletter's address and `zone` its author's time zone: no export tells them.
    """
    clock = zone_wanted(zone)
    with opened(source) as container:
        if len(container.names) == 1:
            hint = "name the zip, or the folder that it was unpacked to"
            raise BookError(
                "this lists a newsletter's posts, but does not hold their texts", path=source, hint=hint
            )
        harvest = Harvest(container)
        posts = [post for name in _lists(container) for post in _posts(container, name, harvest)]
        home, title = (url or _home(posts) or "").rstrip("/"), _title(posts)
        for post in posts:
            if reason := _unwanted(post.row, drafts, private, pages):
                harvest.leave_out(post.name, reason, post.origin)
            else:
                harvest.add(_draft(post, home, harvest, clock))
        if clock is None:
            harvest.say_no_zone(Origin(source))
        return harvest.gathered(title=title, url=home)


@dataclass(frozen=True, slots=True)
class _Post:
    """A post: its row in the list, and its text, if the export holds it."""

    row: Row
    origin: Origin
    text: etree._Element | None
    losses: tuple[str, ...]

    @property
    def slug(self) -> str:
        """The end of its address."""
        return text_in(self.row, "post_id").partition(".")[2]

    @property
    def name(self) -> str:
        """What to call it in a message."""
        return plain(text_in(self.row, "title")) or self.slug or text_in(self.row, "post_id")

    @property
    def is_draft(self) -> bool:
        """Whether it was never published."""
        return text_in(self.row, "is_published").lower() not in ("true", "1", "yes")


def _posts(container: Container, name: str, harvest: Harvest) -> Iterator[_Post]:
    text, mends = decoded(container.read(name))
    path = container.place(name)
    harvest.say_mends(mends, Origin(path))
    files = {PurePosixPath(one).name: one for one in container.names if one.endswith(".html")}
    rows = csv.DictReader(StringIO(text))
    try:
        for row in rows:
            ident = text_in(row, "post_id")
            if ident:
                file = files.get(f"{ident}.html")
                yield _read(container, file, row, Origin(path, rows.line_num))
    except csv.Error as error:
        message = f"the list of posts is broken, and what stands after is lost: {error}"
        harvest.say(message, Origin(path, rows.line_num))


def _read(container: Container, file: str | None, row: Row, origin: Origin) -> _Post:
    if file is None:
        return _Post(row, origin, None, ())
    text, _ = decoded(container.read(file))
    tree, losses = parse_html(text)
    return _Post(row, Origin(container.place(file)), tree, tuple(losses))


def _unwanted(row: Row, drafts: bool, private: bool, pages: bool) -> str | None:
    published = text_in(row, "is_published").lower() in ("true", "1", "yes")
    kind = text_in(row, "type").lower()
    if kind == "restack":
        return "what somebody else wrote, and was only passed on"
    if not published and not drafts:
        return "a draft; `--drafts` brings it in"
    if text_in(row, "audience").lower() not in _OPEN and not private:
        return "for some subscribers only; `--private` brings it in"
    return "a page; `--pages` brings it in" if kind == "page" and not pages else None


def _draft(post: _Post, home: str, harvest: Harvest, clock: ZoneInfo | None) -> Draft:
    row = post.row
    address = f"{home}/p/{post.slug}" if home and post.slug and not post.is_draft else ""
    return Draft(
        title=title_of(text_in(row, "title")),
        date=on_clock(moment(text_in(row, "post_date")), clock),
        body=_body(post, harvest, address),
        origin=post.origin,
        slug=post.slug or None,
        url=address or None,
        draft=post.is_draft,
        summary=plain(text_in(row, "subtitle")) or None,
        kind="page" if text_in(row, "type").lower() == "page" else "post",
        source=f"substack:{text_in(row, 'post_id').partition('.')[0]}",
    )


def _body(post: _Post, harvest: Harvest, address: str) -> str:
    said = list(post.losses)
    sound = text_in(post.row, "podcast_url")
    head = harvest.markdown(link(sound, post.name), post.name, post.origin) if sound else ""
    if post.text is None:
        if not sound:
            harvest.say(f"`{post.name}`: its text is not in the export", post.origin)
        return head
    settle_widgets(post.text, said.append)
    body = harvest.markdown(post.text, post.name, post.origin, base=address or None, losses=said)
    return f"{head}\n\n{body}".strip("\n")


def _home(posts: list[_Post]) -> str | None:
    """Return the newsletter's address by its own buttons, which ask to subscribe there."""
    homes = Counter(
        f"{parts.scheme}://{parts.netloc}"
        for post in posts
        if post.text is not None
        for address in asking_addresses(post.text)
        if (parts := urlsplit(address)).netloc
    )
    return min(homes, key=lambda home: (-homes[home], home)) if homes else None


def _title(posts: list[_Post]) -> str | None:
    """Return the newsletter's name, as it thanks for reading where it asks to subscribe."""
    texts = (one.text for one in posts if one.text is not None)
    asked = (text_of(one) for text in texts for one in text.iter("p") if "cta-caption" in classes(one))
    named = Counter(found[1] for said in asked if (found := _THANKS.match(said)))
    return min(named, key=lambda name: (-named[name], name)) if named else None
