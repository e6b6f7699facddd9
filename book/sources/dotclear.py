"""A Dotclear blog: its flat export, as a text file or in a zip."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from html import escape
from pathlib import Path
from zoneinfo import ZoneInfo

from book.errors import BookError
from book.markup import to_html
from book.model import Comment, Draft, Gathered, Origin, When
from book.sources._containers import Container, opened
from book.sources._decoding import decoded
from book.sources._dotclear.tables import MARK, Row, Tables, tables_of
from book.sources._harvest import Harvest
from book.sources._html_to_markdown import to_markdown
from book.sources._moments import if_later, moment, on_clock, zone_named
from book.sources._threads import by_author, threaded
from book.sources._titles import plain, title_of

_PUBLISHED = "1"
_UNWRITTEN = {"-1": "scheduled", "0": "a draft"}
_KINDS = {"post": "post", "page": "page"}
_PATHS = {"post": "post", "page": "pages"}
"""What stands before a post's own part in its address."""


def recognises(source: Path) -> bool:
    """Tell whether a source is a Dotclear export, or holds one."""
    try:
        with opened(source) as container:
            return any(True for _ in _exports(container))
    except BookError:
        return False


def _exports(container: Container) -> Iterator[str]:
    for name in container.names:
        is_text = name.lower().endswith((".txt", ".dat")) or len(container.names) == 1
        if is_text and container.head(name, 64).removeprefix(b"\xef\xbb\xbf").startswith(MARK):
            yield name


def gather(
    source: Path,
    *,
    drafts: bool = False,
    private: bool = False,
    pages: bool = False,
    blog: str | None = None,
    url: str | None = None,
    recover: bool = False,
) -> Gathered:
    """Gather the posts of a Dotclear export.

    `drafts` brings in what was not published, `private` what has a password, `pages` pages. `blog` is the
    name of one of several blogs in an export of a whole installation, `url` the blog's address where the
    export does not say it; `recover` leaves out rows that are broken.
    """
    asked = frozenset(
        name for name, is_asked in (("drafts", drafts), ("private", private), ("pages", pages)) if is_asked
    )
    with opened(source) as container:
        harvest = Harvest(container)
        taken = [_take(container, name, harvest, asked, blog, url, recover) for name in _exports(container)]
        first = taken[0]
        return harvest.gathered(title=first.title, language=first.language, url=first.home or None)


def _take(
    container: Container,
    name: str,
    harvest: Harvest,
    asked: frozenset[str],
    blog: str | None,
    url: str | None,
    recover: bool,
) -> _Blog:
    path = container.place(name)
    text, mends = decoded(container.read(name))
    harvest.say_mends(mends, Origin(path))
    tables = tables_of(text, path, recover=recover)
    harvest.warnings += tables.warnings
    found = _Blog(tables, harvest, path, _wanted(tables, blog, path), (url or "").strip())
    found.take(asked)
    return found


def _wanted(tables: Tables, blog: str | None, path: Path) -> str:
    """Return the name of the blog that is wanted; raise BookError where there are several, or it is none."""
    names = dict.fromkeys(row.text("blog_id") for row in tables.rows["post"])
    if (blog is None and len(names) > 1) or (blog is not None and blog not in names):
        message = f"this holds the posts of several blogs: {', '.join(f'`{name}`' for name in sorted(names))}"
        hint = f"say which: `--option blog={min(names, default='default')}`"
        raise BookError(
            message if blog is None else f"there is no blog `{blog}` in this", path=path, hint=hint
        )
    return blog or next(iter(names), "")


@dataclass(slots=True)
class _Blog:
    """One blog of an export, and where what is taken from it goes."""

    tables: Tables
    harvest: Harvest
    path: Path
    ident: str
    home: str
    tags: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    people: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.home:
            self.home = self._about("blog_url")
        for row in self.tables.rows["meta"]:
            if row.text("meta_type", "meta_key") == "tag":
                tag = row.text("meta_value") if "meta_key" in row.values else row.text("meta_id")
                self.tags[row.text("post_id")].append(tag)
        for row in self.tables.rows["user"]:
            both = f"{row.text('user_firstname', 'user_prenom')} {row.text('user_name')}".strip()
            self.people[row.text("user_id")] = row.text("user_displayname", "user_pseudo") or both

    @property
    def title(self) -> str:
        """What the blog is called; only exports of whole installations say it."""
        return plain(self._about("blog_name"))

    @property
    def language(self) -> str:
        """The blog's language."""
        return self.tables.setting("lang", self.ident)

    def _about(self, name: str) -> str:
        rows = self.tables.rows["blog"]
        return next((row.text(name) for row in rows if row.text("blog_id") == self.ident), "")

    def take(self, asked: frozenset[str]) -> None:
        """Take in the posts that are wanted."""
        comments = self._comments()
        for row in self.tables.rows["post"]:
            if row.text("blog_id") != self.ident:
                continue
            title = self._title(row)
            if reason := _unwanted(row, asked):
                self.harvest.leave_out(plain(title) or row.text("post_id"), reason, self._origin(row))
            else:
                self.harvest.add(self._draft(row, title, comments.get(row.text("post_id"), [])))

    def _origin(self, row: Row) -> Origin:
        return Origin(self.path, row.line)

    def _title(self, row: Row) -> str:
        """Return a title as HTML, as which Dotclear 1 kept it and Dotclear 2 does not."""
        return title_of(row.text("post_titre") or escape(row.text("post_title"), quote=False))

    def _draft(self, row: Row, title: str, comments: list[Comment]) -> Draft:
        date = self._date(row, "post")
        name = plain(title) or row.text("post_url", "post_id")
        address = self._address(row)
        author = self.people.get(row.text("user_id")) or row.text("user_id")
        is_draft = _status(row) != _PUBLISHED
        return Draft(
            title=title,
            date=date,
            body=self.harvest.markdown(_html(row), name, self._origin(row), base=address or None),
            origin=self._origin(row),
            updated=if_later(on_clock(moment(f"{row.text('post_upddt')}Z"), self._zone(row, "post")), date),
            authors=(author,) if author else (),
            slug=row.text("post_url", "post_titre_url").rpartition("/")[2] or None,
            url=None if is_draft else address or None,
            tags=self._tags(row),
            draft=is_draft,
            language=row.text("post_lang") or None,
            kind=_KINDS[row.text("post_type") or "post"],
            source=f"dotclear:{self.ident}/{row.text('post_id')}",
            comments=threaded(
                [replace(one, by_author=by_author(one.author, (author,))) for one in comments], {}
            ),
        )

    def _tags(self, row: Row) -> tuple[str, ...]:
        """Return a post's category and its tags."""
        rows = self.tables.rows["category"]
        names = [
            one.text("cat_title", "cat_libelle") for one in rows if one.text("cat_id") == row.text("cat_id")
        ]
        return tuple(dict.fromkeys(filter(None, [*names, *self.tags[row.text("post_id")]])))

    def _address(self, row: Row) -> str:
        own = row.text("post_url")
        path = _PATHS[row.text("post_type") or "post"]
        parting = "" if self.home.endswith(("/", "?")) else "/"
        return f"{self.home}{parting}{path}/{own}" if self.home and own else ""

    def _zone(self, row: Row, of: str) -> ZoneInfo | None:
        return zone_named(row.text(f"{of}_tz") or self.tables.setting("blog_timezone", self.ident))

    def _date(self, row: Row, of: str) -> When | None:
        """Return when something was written, on its author's clock."""
        found, zone = moment(row.text(f"{of}_dt")), self._zone(row, of)
        if not isinstance(found, datetime) or zone is None:
            return found
        return found.replace(tzinfo=timezone(found.replace(tzinfo=zone).utcoffset() or timedelta()))

    def _comments(self) -> dict[str, list[Comment]]:
        """Return the comments on each post that were published, without those that other blogs sent."""
        found: dict[str, list[Comment]] = defaultdict(list)
        for row in self.tables.rows["comment"]:
            text = row.text("comment_content")
            is_shown = row.text("comment_status", "comment_pub") == _PUBLISHED
            if text and is_shown and row.text("comment_trackback") in ("", "0"):
                name = row.text("comment_author", "comment_auteur")
                body = to_markdown(text).markdown
                comment = Comment(name, self._date(row, "comment"), body, row.text("comment_id"))
                found[row.text("post_id")].append(comment)
        return found


def _status(row: Row) -> str:
    return row.text("post_status", "post_pub") or _PUBLISHED


def _unwanted(row: Row, asked: frozenset[str]) -> str | None:
    kind, status = row.text("post_type") or "post", _status(row)
    if kind not in _KINDS:
        return f"neither a post nor a page: `{kind}`"
    if status != _PUBLISHED and "drafts" not in asked:
        return f"{_UNWRITTEN.get(status, 'waiting to be published')}; `--drafts` brings it in"
    if row.text("post_password") and "private" not in asked:
        return "behind a password; `--private` brings it in"
    return "a page; `--pages` brings it in" if kind == "page" and "pages" not in asked else None


def _html(row: Row) -> str:
    """Return a post's text as its readers had it, with what stands above it on its page."""
    body = row.text("post_content_xhtml")
    if not body and (text := row.text("post_content")):
        body = to_html(text) if row.text("post_format") == "markdown" else text
    return "\n\n".join(filter(None, (row.text("post_excerpt_xhtml", "post_chapo"), body)))
