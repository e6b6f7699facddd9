"""A Tumblr blog: its export, as the zip, its folder or the file `posts.xml` in it; or its posts as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from lxml import etree

from book.errors import BookError
from book.model import Draft, Gathered, Notice, Origin
from book.sources._containers import Container, opened, unpacked
from book.sources._decoding import decoded
from book.sources._harvest import Harvest
from book.sources._html_to_markdown import parse_html
from book.sources._json import load
from book.sources._moments import on_clock, zone_named, zone_wanted
from book.sources._rows import text_in
from book.sources._signs import beginning, first_element, is_tumblr_post
from book.sources._titles import title_of
from book.sources._tumblr.api import is_answer, post_of_row, rows_of
from book.sources._tumblr.pages import page_of
from book.sources._tumblr.posts import Post, direct, post_of
from book.sources._xml import XmlReader
from book.urls import urlsplit

_UNWRITTEN = {"draft": "a draft", "queued": "waiting to be published", "queue": "waiting to be published"}


def recognises(source: Path) -> bool:
    """Tell whether a source is a Tumblr export, or holds one."""
    try:
        with opened(source) as container:
            return any(
                True for _ in (*_lists(container), *_pages(container), *_answers(container))
            ) or _is_packed(container)
    except BookError:
        return False


def _lists(container: Container) -> Iterator[str]:
    for name in container.names:
        if name.lower().endswith(".xml") or len(container.names) == 1:
            head = beginning(container, name)
            if first_element(head) == "tumblr" and "<post" in head:
                yield name


def _answers(container: Container) -> Iterator[str]:
    """Give the files of posts as the interface for programs gives them."""
    for name in container.names:
        if name.lower().endswith(".json") and is_answer(beginning(container, name)):
            yield name


def _pages(container: Container) -> Iterator[str]:
    """Give the pages of posts: those that say so, and beside them others too long to be seen through."""
    alone = len(container.names) == 1
    pages = [name for name in container.names if alone or name.lower().endswith((".html", ".htm"))]
    known = {name for name in pages if is_tumblr_post(beginning(container, name))}
    folders = {PurePosixPath(name).parent for name in known}
    for name in pages:
        path = PurePosixPath(name)
        if name in known or (path.parent in folders and path.stem.isdecimal()):
            yield name


def _is_packed(container: Container) -> bool:
    """Tell whether the posts are in a zip within the zip, as Tumblr packs large exports."""
    packed = any(PurePosixPath(name).name == "posts.zip" for name in container.ignored)
    return packed and any(
        name.startswith(("media/", "payload")) or "/media/" in name for name in container.names
    )


def gather(
    source: Path,
    *,
    drafts: bool = False,
    private: bool = False,
    zone: str | None = None,
    reblogs: bool = True,
    recover: bool = False,
) -> Gathered:
    """Gather the posts of a Tumblr export.

    `zone` is the author's time zone, for posts as JSON, which have universal time. `drafts` brings in
    drafts and what waits to be published too, `private` private posts; without `reblogs`, what was passed
    on of other people's posts is left out. `recover` reads broken XML.
    """
    with opened(source) as container:
        blog = _Blog(container, Harvest(container), drafts, private, reblogs, zone_wanted(zone))
        if not blog.take_all(container, source, recover) and _is_packed(container):
            for name in container.ignored:
                if PurePosixPath(name).name == "posts.zip":
                    with unpacked(container, name) as inner:
                        blog.take_all(inner, source, recover)
        return blog.gathered(source)


@dataclass(slots=True)
class _Blog:
    """A blog, what is wanted of it, and what was found so far."""

    container: Container
    harvest: Harvest
    drafts: bool
    private: bool
    reblogs: bool
    clock: ZoneInfo | None = None
    title: str = ""
    home: str = ""
    passed_on: list[str] = field(default_factory=list)
    stems: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in self.container.names:
            if "media" in PurePosixPath(name).parts[:-1]:
                self.stems.setdefault(PurePosixPath(name).stem, name)

    def take_all(self, container: Container, source: Path, recover: bool) -> bool:
        """Take in the posts of every list, else of the pages; tell whether there are any."""
        lists = list(_lists(container))
        for name in lists:
            self.take_list(container, name, recover)
        answers = [] if lists else list(_answers(container))
        if answers:
            self.take_answers(container, answers, source)
        pages = [] if lists or answers else list(_pages(container))
        if pages:
            self.take_pages(container, pages, source)
        return bool(lists or answers or pages)

    def take_answers(self, container: Container, names: list[str], source: Path) -> None:
        """Take in posts as JSON, on the clock of their blog where that is told."""
        clock = self.clock
        for name in names:
            mends: Counter[str] = Counter()
            rows, about = rows_of(load(container.read(name), container.place(name), mends))
            self.harvest.say_mends(mends, Origin(container.place(name)))
            clock = clock or zone_named(text_in(about, "timezone"))
            self.title = self.title or text_in(about, "title")
            for post in map(post_of_row, rows):
                tree, losses = parse_html(post.html)
                timed = replace(post, date=on_clock(post.date, clock))
                self._take(timed, tree, losses, Origin(container.place(name)))
        if clock is None:
            self.harvest.say_no_zone(Origin(source))

    def take_list(self, container: Container, name: str, recover: bool) -> None:
        """Take in the posts of a `posts.xml`."""
        path = container.place(name)
        with container.open(name) as stream:
            reader = XmlReader(stream, path, items={"post"}, recover=recover)
            for element in reader:
                post = post_of(element)
                tree, losses = parse_html(post.html)
                self._take(post, tree, losses, Origin(path, post.line))
        self.harvest.warnings += reader.warnings
        about = reader.root.first("tumblelog")
        self.title = self.title or (about.attributes.get("title", "") if about is not None else "")

    def take_pages(self, container: Container, names: list[str], source: Path) -> None:
        """Take in posts by their pages."""
        message = "there is no `posts.xml`, and pages do not tell drafts and private posts from the others"
        self.harvest.warnings.append(Notice(message, source))
        for name in names:
            text, _ = decoded(container.read(name))
            post, tree, losses = page_of(text, name)
            self._take(post, tree, losses, Origin(container.place(name)))

    def _take(self, post: Post, tree: etree._Element, losses: list[str], origin: Origin) -> None:
        if reason := self._unwanted(post):
            self.harvest.leave_out(post.name, reason, origin)
            return
        if post.is_reblog:
            self.passed_on.append(post.name)
        parts = urlsplit(post.address)
        if not self.home and parts.netloc and post.state == "published":
            self.home = f"{parts.scheme}://{parts.netloc}"
        for link in tree.iter("a"):
            link.set("href", direct(link.get("href", "")))
        self._find_pictures(post)
        is_draft = post.state in _UNWRITTEN
        self.harvest.add(
            Draft(
                title=title_of(post.title),
                date=post.date,
                body=self.harvest.markdown(tree, post.name, origin, losses=losses),
                origin=origin,
                slug=post.slug or None,
                url=post.address if post.address and post.state == "published" else None,
                tags=post.tags,
                draft=is_draft,
                source=f"tumblr:{post.ident}",
            )
        )

    def _unwanted(self, post: Post) -> str | None:
        if post.state in _UNWRITTEN:
            return None if self.drafts else f"{_UNWRITTEN[post.state]}; `--drafts` brings it in"
        if post.state == "submission":
            return "what somebody else sent in, and was never published"
        if post.state == "private" and not self.private:
            return "private; `--private` brings it in"
        return "passed on from another blog" if post.is_reblog and not self.reblogs else None

    def _find_pictures(self, post: Post) -> None:
        """Find the pictures that a post shows: files are named by its number, counted from nought."""
        for place, address in enumerate(post.pictures):
            stems = [f"{post.ident}_{place}", *([post.ident] if len(post.pictures) == 1 else [])]
            name = next((self.stems[stem] for stem in stems if stem in self.stems), None)
            if name is not None:
                self.harvest.media[address] = self.container.media(name)

    def gathered(self, source: Path) -> Gathered:
        """Return it all."""
        if self.passed_on:
            count = len(self.passed_on)
            message = f"posts passed on from other blogs, which hold other people's words: {count}"
            hint = "`--option reblogs=false` leaves them out"
            self.harvest.warnings.append(Notice(message, source, hint=hint))
        return self.harvest.gathered(title=self.title, url=self.home)
