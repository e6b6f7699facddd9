"""A Ghost blog: its JSON export (0.x to 6), by itself or in a zip or folder with its pictures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from book.clean import Say
from book.errors import BookError
from book.markup import to_html
from book.model import Draft, Gathered, Origin
from book.sources._containers import Container, opened
from book.sources._ghost import lexical, mobiledoc
from book.sources._ghost.settling import settle_cards
from book.sources._ghost.tables import Tables, data_of, with_loose_rows
from book.sources._harvest import Harvest, figure
from book.sources._html_to_markdown import parse_html
from book.sources._json import load
from book.sources._jsonrecovery import load_what_is_whole
from book.sources._moments import if_later, zone_wanted
from book.sources._rows import Row, text_in
from book.sources._sitetags.shortcodes import moved_along
from book.sources._titles import title_of

_BEGINS = re.compile(rb'\s*(?:\xef\xbb\xbf)?\s*\{\s*"(?:db|meta|data)"\s*:')
_SIGNS = re.compile(rb'"(?:exported_on|posts_tags|posts_authors|mobiledoc|lexical|feature_image)"')
_PLACEHOLDER = "__GHOST_URL__"
_SIZED = re.compile(r"(/content/images/)size/[wh\d]+/(?:format/\w+/)?")
_UNWRITTEN = {"draft": "a draft", "scheduled": "scheduled"}


def recognises(source: Path) -> bool:
    """Tell whether a source is a Ghost export, or holds one."""
    try:
        with opened(source) as container:
            return any(True for _ in _exports(container))
    except BookError:
        return False


def _exports(container: Container) -> Iterator[str]:
    for name in container.names:
        if name.lower().endswith(".json") or len(container.names) == 1:
            head = container.head(name)
            if _BEGINS.match(head) and (_SIGNS.search(head) or _holds_posts(container, name)):
                yield name


def _holds_posts(container: Container, name: str) -> bool:
    try:
        return data_of(load(container.read(name), container.place(name))) is not None
    except BookError:
        return False


def gather(
    source: Path,
    *,
    drafts: bool = False,
    private: bool = False,
    pages: bool = False,
    url: str | None = None,
    zone: str | None = None,
    recover: bool = False,
) -> Gathered:
    """Gather the posts of a Ghost export.

    `drafts` brings in drafts and scheduled posts too, `private` those that only members could read or
    that were sent by e-mail alone. `url` is the blog's address, which no export holds, `zone` its time
    zone where that is not in it; `recover` reads what there is of a broken file.
    """
    wanted = _Wanted(drafts, private, pages)
    with opened(source) as container:
        harvest = Harvest(container)
        blog = None
        for name in _exports(container):
            path = container.place(name)
            tables = Tables(_data(container, name, recover, harvest), zone_wanted(zone))
            blog = blog or tables
            _Blog(tables, harvest, path, (url or "").rstrip("/")).take(wanted)
        settings = blog.settings if blog else {}
        language = blog.language if blog else ""
        return harvest.gathered(title=settings.get("title"), language=language, url=url)


def _data(container: Container, name: str, recover: bool, harvest: Harvest) -> Row:
    path = container.place(name)
    data = container.read(name)
    mends: Counter[str] = Counter()
    try:
        document = load(data, path, mends)
    except BookError as error:
        if not recover:
            notice = error.notices[0]
            hint = "gather with `--recover` to have what is whole of it"
            raise BookError(notice.message, path=path, line=notice.line, hint=hint) from error
        document, loose, where = load_what_is_whole(data, path)
        tables = with_loose_rows(data_of(document) or {}, loose)
        document = {"data": {"posts": [], **tables}} if tables.get("posts") else document
        harvest.say(
            f"{where}: what was whole was read, and posts: {len(tables.get('posts', ()))}", Origin(path)
        )
    harvest.say_mends(mends, Origin(path))
    found = data_of(document)
    if found is None:
        raise BookError("there are no posts in this file", path=path, hint="it is no export of a Ghost blog")
    return found


@dataclass(frozen=True, slots=True)
class _Wanted:
    drafts: bool
    private: bool
    pages: bool


@dataclass(slots=True)
class _Blog:
    """One export, what is taken from it, and where that goes."""

    tables: Tables
    harvest: Harvest
    path: Path
    home: str

    def take(self, wanted: _Wanted) -> None:
        """Take in the posts that are wanted."""
        shown = [post for post in self.tables.posts if self._is_wanted(post, wanted)]
        for post in shown:
            self.harvest.add(self._draft(post))
        if self.tables.zone is None:
            self.harvest.say_no_zone(Origin(self.path))

    def _is_wanted(self, post: Row, wanted: _Wanted) -> bool:
        status = text_in(post, "status") or "published"
        if status in _UNWRITTEN and not wanted.drafts:
            reason = f"{_UNWRITTEN[status]}; `--drafts` brings it in"
        elif status == "sent" and not wanted.private:
            reason = "sent by e-mail only; `--private` brings it in"
        elif (text_in(post, "visibility") or "public") != "public" and not wanted.private:
            reason = "for members only; `--private` brings it in"
        elif _is_page(post) and not wanted.pages:
            reason = "a page; `--pages` brings it in"
        else:
            return True
        self.harvest.leave_out(_name(post), reason, Origin(self.path))
        return False

    def _draft(self, post: Row) -> Draft:
        tables = self.tables
        is_draft = text_in(post, "status") in _UNWRITTEN
        date = tables.moment(post, "published_at") or (
            tables.moment(post, "created_at") if is_draft else None
        )
        slug = text_in(post, "slug")
        address = f"{self.home}/{slug}/" if self.home and slug and not is_draft else ""
        return Draft(
            title=title_of(escape(text_in(post, "title"))),
            date=date,
            body=self._body(post, address),
            origin=Origin(self.path),
            updated=if_later(tables.moment(post, "updated_at"), date),
            authors=tables.authors(post),
            slug=slug or None,
            url=address or tables.meta(post, "canonical_url") or None,
            tags=tables.tags(post),
            draft=is_draft,
            language=text_in(post, "locale").replace("_", "-") or None,
            summary=" ".join(text_in(post, "custom_excerpt").split()) or None,
            kind="page" if _is_page(post) else "post",
            source=f"ghost:{text_in(post, 'uuid', 'id') or post.get('id') or slug}",
        )

    def _body(self, post: Row, address: str) -> str:
        said: list[str] = []
        html = moved_along(_html(post, self.path, said.append), said.append)
        tree, losses = parse_html(self._settled(html))
        settle_cards(tree, said.append)
        return self.harvest.markdown(
            tree,
            _name(post),
            Origin(self.path),
            base=address or None,
            losses=(*said, *losses),
            picture=self._picture(post),
        )

    def _picture(self, post: Row) -> str:
        picture = text_in(post, "feature_image", "image")
        alt, caption = (self.tables.meta(post, f"feature_image_{part}") for part in ("alt", "caption"))
        return self._settled(figure(picture, alt=alt, caption=caption)) if picture else ""

    def _settled(self, html: str) -> str:
        """Put the blog's address in place of what stands for it, and the whole picture for a smaller one."""
        return _SIZED.sub(r"\1", html.replace(f'"{_PLACEHOLDER}"', f'"{self.home}/"')).replace(
            _PLACEHOLDER, self.home
        )


def _html(post: Row, path: Path, say: Say) -> str:
    """Return a post's text as HTML: as Ghost rendered it, else from what its editor keeps."""
    if html := text_in(post, "html"):
        return html
    for name, render in (("lexical", lexical.to_html), ("mobiledoc", mobiledoc.to_html)):
        if text := text_in(post, name):
            try:
                document = load(text.encode(errors="replace"), path)
            except BookError:
                say(f"its text, in Ghost's form `{name}`, is broken and could not be read")
                continue
            return render(document, say) if isinstance(document, dict) else ""
    return to_html(text) if (text := text_in(post, "markdown", "plaintext")) else ""


def _is_page(post: Row) -> bool:
    return text_in(post, "type") == "page" or str(post.get("page", 0)).lower() in ("1", "true")


def _name(post: Row) -> str:
    return " ".join(text_in(post, "title", "slug").split()) or "a post without a title"
