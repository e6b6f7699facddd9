"""Pages of a blog that a browser saved: one, or a folder or zip of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from lxml import etree

from book.errors import BookError
from book.model import Draft, Gathered, Origin, Skipped
from book.sources._addresses import home_of, joined, last_words
from book.sources._containers import Container, opened
from book.sources._harvest import Harvest, figure
from book.sources._html.parsing import classes, text_of
from book.sources._html_to_markdown import parse_html
from book.sources._localpictures import find
from book.sources._moments import if_later, on_clock, zone_wanted
from book.sources._page.article import Found, posts_on, settle
from book.sources._page.dates import published, updated
from book.sources._page.facts import Facts
from book.sources._page.sitetitle import PARTS, site_title
from book.sources._rows import text_in
from book.sources._signs import beginning, is_medium_story, is_page, is_tumblr_post
from book.sources._titles import alike, plain, title_of
from book.sources._unknown import text_of as text_of_bytes

_PAGES = (".html", ".htm", ".xhtml")
_OTHERS = (".md", ".markdown", ".qmd", ".xml", ".atom", ".rss", ".csv", ".json", ".opml")
_THEME = ("www.google.com/2005/gml/b", "<$BlogPageTitle$>", "<$BlogMetaData$>")
_CHARSET = re.compile(rb"""<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_BODY = re.compile(r"<body\b[^>]*>(.*)(?:</body\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[a-zA-Z][^<>]{0,2000}>")
_MEANING = re.compile(r"\s(itemprop|rel|role)(?=\s*=)", re.IGNORECASE)
_FOLDER = re.compile(r"(.+)[_.-]\w+", re.DOTALL)
_FEATURED = re.compile(
    r"(?:^|[\s_-])(?:featured|post-thumbnail|wp-post-image|attachment-post|eyecatch)(?:$|[\s_-])"
)


def recognises(source: Path) -> bool:
    """Tell whether a source is a page, or holds pages and no other form of a blog."""
    try:
        with opened(source) as container:
            return any(True for _ in _pages(container)) and not any(_others(container))
    except BookError:
        return False


def _own(container: Container) -> Iterator[str]:
    """Give the names of the files, without those that a browser saved with a page.

    These stand in a folder that has the page's name, and a word more.
    """
    pages = {PurePosixPath(name).with_suffix("").as_posix() for name in container.names if _is_named(name)}
    for name in container.names:
        folders = (_FOLDER.fullmatch(folder.as_posix()) for folder in PurePosixPath(name).parents)
        if not any(folder and folder[1] in pages for folder in folders):
            yield name


def _others(container: Container) -> Iterator[str]:
    """Give the names of files that hold a blog in another form."""
    for name in _own(container) if len(container.names) > 1 else ():
        if name.lower().endswith(_OTHERS) or (_is_named(name) and _is_exported(beginning(container, name))):
            yield name


def _pages(container: Container) -> Iterator[str]:
    """Give the names of the pages; a file alone may be a piece of one."""
    alone = len(container.names) == 1
    for name in _own(container):
        if _is_named(name) or alone:  # a picture is long to read as text
            head = beginning(container, name)
            if _is_saved(head) or (_is_named(name) and alone and _is_piece(head)):
                yield name


def _is_piece(head: str) -> bool:
    """Tell whether a file that is named as a page may be a piece of one, or empty; none has a header."""
    return not head.lstrip().startswith("---") and not _is_exported(head)


def _is_named(name: str) -> bool:
    return name.lower().endswith(_PAGES)


def _is_saved(head: str) -> bool:
    return is_page(head) and not _is_exported(head)


def _is_exported(head: str) -> bool:
    """Tell whether a page is one that another importer knows."""
    return is_medium_story(head) or is_tumblr_post(head) or any(mark in head for mark in _THEME)


def gather(source: Path, *, zone: str | None = None, encoding: str | None = None) -> Gathered:
    """Gather the posts of pages that a browser saved.

    `zone` is the author's time zone, for pages that tell universal time; `encoding` how the pages are
    written where they do not say it, and it is guessed wrongly.
    """
    clock = zone_wanted(zone)
    with opened(source) as container:
        harvest = Harvest(container)
        pages = [_read(container, name, harvest, encoding) for name in _pages(container)]
        titles = []
        for page in pages:
            before = len(harvest.drafts)
            _take(page, harvest, clock, alone=len(pages) == 1)
            titles += _titled(page, harvest.drafts[before:])
        facts = next((page.facts for page in pages if page.facts.site or page.facts.language), None)
        home = next((home for page in pages if (home := home_of(page.facts.address))), None)
        site, language = (facts.site, facts.language) if facts else ("", "")
        return harvest.gathered(title=site or site_title(titles), language=language, url=home)


def _titled(page: _Page, drafts: list[Draft]) -> list[tuple[str, str | None]]:
    """Return the title of a page, and that of its post if it is the only one; nothing for a page without."""
    return [(page.facts.title, plain(drafts[0].title) if len(drafts) == 1 else None)] if drafts else []


@dataclass(frozen=True, slots=True)
class _Page:
    """A page: what it tells, its tree, and where its pictures may stand."""

    origin: Origin
    facts: Facts
    root: etree._Element
    losses: tuple[str, ...]
    file: Path | None
    folder: Path
    empty: bool = False

    def local(self, address: str) -> Path | None:
        """Return the picture that was saved with the page, if an address means one."""
        return find(address, self.file, self.folder) if self.file else None


def _read(container: Container, name: str, harvest: Harvest, encoding: str | None) -> _Page:
    data = container.read(name)
    declared = _CHARSET.search(data[:4096])
    text, mends = _decoded(data, encoding, declared[1].decode() if declared else None)
    origin = Origin(container.place(name))
    harvest.say_mends(mends, origin)
    body = _BODY.search(text)
    root, losses = parse_html(_TAG.sub(_kept, body[1] if body else text))
    folder = container.source if container.source.is_dir() else container.source.parent
    return _Page(
        origin, Facts(text), root, tuple(losses), container.path(name), folder, empty=not text.strip()
    )


def _decoded(data: bytes, wanted: str | None, declared: str | None) -> tuple[str, Mapping[str, int]]:
    """Return a page's text: in the encoding it says it is in, unless that is wrong or unknown."""
    if wanted is None and declared is not None:
        try:
            return data.decode(declared).removeprefix("\ufeff"), {}
        except (LookupError, UnicodeDecodeError):
            pass
    return text_of_bytes(data, wanted)


def _kept(match: re.Match[str]) -> str:
    """Keep what attributes say that would not be looked at under their own names."""
    return _MEANING.sub(r" data-\1", match[0])


def _take(page: _Page, harvest: Harvest, clock: ZoneInfo | None, *, alone: bool) -> None:
    """Take in the posts of a page; all of it is the post where it stands alone and shows no other."""
    said = list(page.losses)
    posts = posts_on(page.root, said.append)
    if not posts and alone and page.empty:
        harvest.say("this page is empty, and so is its post", page.origin)
        posts = [Found(page.root, page.root)]
    elif not posts and alone and (text_of(page.root) or page.root.find(".//img") is not None):
        posts = [Found(page.root, page.root)]
    elif not posts:
        harvest.skipped.append(Skipped(page.origin.path, "no post was found on this page"))
    for found in posts:
        harvest.add(_draft(found, page, harvest, clock, alone=len(posts) == 1, losses=said))
        said = []


def _draft(
    found: Found, page: _Page, harvest: Harvest, clock: ZoneInfo | None, *, alone: bool, losses: list[str]
) -> Draft:
    facts = page.facts
    address = facts.address if alone else _permalink(found, facts.address)
    title = _title(found, facts) if alone else escape(_heading(found))
    if page.empty and page.origin.path:
        title = escape(page.origin.path.stem)
    date = on_clock(published(facts, found.region, address, alone=alone), clock)
    named = [one for one in found.region.iter("a") if "tag" in one.get("data-rel", "").split()]
    tags = facts.tags if alone and facts.tags else tuple(dict.fromkeys(filter(None, map(text_of, named))))
    picture = _picture(found, page)
    body = settle(found, plain(title), losses.append)
    _settle_addresses(body, page, harvest)
    markdown = harvest.markdown(body, plain(title) or address, page.origin, losses=losses, picture=picture)
    return Draft(
        title=title_of(title),
        date=date,
        body=markdown,
        origin=page.origin,
        updated=if_later(on_clock(updated(facts), clock), date) if alone else None,
        authors=facts.authors if alone and facts.authors else _authors(found),
        slug=last_words(address),
        url=address or None,
        tags=tags,
        summary=_summary(facts, text_of(body)) if alone else None,
        source=f"html:{address or f'{PurePosixPath(str(page.origin.path)).name}/{plain(title)}'}",
    )


def _title(found: Found, facts: Facts) -> str:
    """Return the title of the post that a page is about, as HTML."""
    if headline := text_in(facts.article, "headline", "name"):
        return headline
    told = _letters(facts.title)
    headings = [text_of(one) for one in found.headings]
    for heading in headings:
        if (not told or _letters(heading) in told) and not alike(heading, facts.site):
            return escape(heading)
    named = facts.meta("og:title", "twitter:title", "dc.title") or " ".join(facts.title.split())
    parts = [part for part in PARTS.split(named) if not alike(part, facts.site)]
    return escape(next((one for one in (*parts, named, *headings) if one), ""))


def _heading(found: Found) -> str:
    return next(map(text_of, found.headings), "")


def _permalink(found: Found, page: str) -> str:
    """Return where one of several posts on a page was published: where its heading leads."""
    links = [one for heading in found.headings[:1] for one in heading.iter("a")]
    links += [one for one in found.region.iter("a") if "bookmark" in one.get("data-rel", "").split()]
    target = next((one.get("href", "") for one in links if one.get("href", "").strip("#")), "")
    address = joined(page, target) if target else ""
    return address if address.startswith("http") else ""


def _authors(found: Found) -> tuple[str, ...]:
    """Return the authors that a post shows."""
    marked = [
        one
        for one in found.region.iter("a", "span", "address", "p", "div")
        if "author" in one.get("data-rel", "").split() or {"author", "p-author", "fn"} & set(classes(one))
    ]
    names = [text_of(one) for one in marked]
    return tuple(dict.fromkeys(name for name in names if name and len(name) < 60 and "@" not in name))[:1]


def _picture(found: Found, page: _Page) -> str:
    """Return the picture that stands for a post, where the page shows one above its text."""
    for image in found.region.iter("img"):
        names = " ".join(classes(image) + [one for above in image.iterancestors() for one in classes(above)])
        if found.body not in image.iterancestors() and _FEATURED.search(names) and image.get("src"):
            source = image.get("src", "")
            kept = source if page.local(source) else joined(page.facts.address, source)
            return figure(kept, alt=image.get("alt", ""))
    return ""


def _settle_addresses(body: etree._Element, page: _Page, harvest: Harvest) -> None:
    """Make addresses whole, but for those of pictures that were saved with the page."""
    for link in body.iter("a"):
        if (target := link.get("href", "")) and not target.startswith("#"):
            link.set("href", joined(page.facts.address, target))
    for image in page.root.iter("img"):
        source = image.get("src", "").strip()
        if source.startswith("data:") or not source:
            continue
        if saved := page.local(source):
            harvest.media[source] = saved
        elif harvest.lookup.name(source) is None:
            image.set("src", joined(page.facts.address, source))


def _summary(facts: Facts, text: str) -> str | None:
    told = plain(escape(facts.meta("description", "og:description")))
    return told if told and not _letters(text).startswith(_letters(told)[:60]) else None


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()
