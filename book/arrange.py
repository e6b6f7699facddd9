"""Posts into a book: which, in what order, in which chapters and parts, between what matter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from book.config import ChapterRules, Config
from book.copyedit import chosen, corrected
from book.crosslinks import resolve
from book.errors import BookError
from book.glossary import with_terms
from book.grouping import chapters, parts
from book.index.gathering import with_indexes
from book.index.lists import before_colophon
from book.labels import catalogue
from book.matter import BACK, FRONT, idents, leaves, role_of, unplaced
from book.matter import year_letters as letters_of_years
from book.model import Book, Leaf, Metadata, Notice, Part, Post, Reading, Skipped
from book.openers import opens_years
from book.selection import select


def arrange(
    reading: Reading, config: Config, *, project: Path | None = None, modified: datetime | None = None
) -> Book:
    """Make the book of what was read.

    `modified` (UTC) stands for the newest date in the book, for builds that set
    `SOURCE_DATE_EPOCH`; `project` is where labels of the author's own may lie.
    Raises BookError when nothing is left to print, and for rules that contradict each other.
    """
    labels = catalogue(config.language, project)
    selected, left_out = select(reading.posts, config.chapters)
    pages = [post for post in selected if post.kind == "page"]
    posts = in_order([post for post in selected if post.kind != "page"], config.chapters.order)
    if not posts:
        raise _nothing(reading, left_out)
    placed = [page for page in pages if role_of(page) is not None]
    resolved, warnings = resolve([*posts, *placed], reading.posts, config.url, idents(placed))
    body, placed = resolved[: len(posts)], resolved[len(posts) :]
    front = leaves(FRONT, placed, labels, series=bool(config.series or config.also or config.volumes))
    back = leaves(BACK, placed, labels)
    years = {post.day.year for post in body} if opens_years(config.chapters) else set()
    year_letters, homeless = letters_of_years(placed, years, labels)
    bound = parts(chapters(body, config, labels), config.chapters, labels)
    shown = [*body, *(leaf.post for leaf in (*front, *year_letters, *back) if leaf.post)]
    used = {name for post in shown for name in post.media}
    book = Book(
        metadata=_metadata(config, body, modified),
        front=front,
        parts=_uniquely_named(bound),
        back=back,
        media=tuple(media for media in reading.media if media.name in used),
        cover=next((media for media in reading.media if media.name == "cover"), None),
        warnings=(*reading.warnings, *warnings, *_idle_openers(config.chapters)),
        skipped=(*reading.skipped, *left_out, *unplaced(pages), *homeless),
        year_letters=year_letters,
    )
    if config.letters.place == "appendix" and any(post.letters for post in body):
        book = replace(book, back=before_colophon(book.back, [Leaf("letters", labels.text("letters"))]))
    return with_indexes(with_terms(book), config.index, labels, project)


def _idle_openers(rules: ChapterRules) -> list[Notice]:
    if not rules.year_openers or opens_years(rules):
        return []
    hint = 'set `parts = "year"` in `[chapters]`, or take `year-openers` out'
    return [Notice("`year-openers` is set, and nothing in the book is a year", hint=hint)]


def in_order(posts: Sequence[Post], order: str) -> list[Post]:
    """Sort by the author's own clock: date-only posts first in their day, then `order`, then as read."""
    back = -1 if order == "newest-first" else 1
    read = {post.slug: number for number, post in enumerate(posts)}

    def key(post: Post) -> tuple[tuple[date, bool, time, float], int, int]:
        leader, turn = (post.place.leader, post.place.turn) if post.place else (post.slug, 0)
        return _clock(post), read.get(leader, read[post.slug]), back * turn

    return sorted(posts, key=key)[::back]


def _clock(post: Post) -> tuple[date, bool, time, float]:
    when, order = (post.place.date, post.place.order) if post.place else (post.date, post.order or 0.0)
    clock = when.time() if isinstance(when, datetime) else time()
    return post.stands, isinstance(when, datetime), clock, order


def _nothing(reading: Reading, left_out: Sequence[Skipped]) -> BookError:
    if not reading.posts:
        return BookError(
            "there are no posts to make a book of",
            hint="put Markdown files into `chapters/`, or gather them: `book gather SOURCE`",
        )
    reasons = Counter(skipped.reason for skipped in left_out)
    said = ", ".join(f"{reason}: {count}" for reason, count in sorted(reasons.items()))
    if reasons.keys() == {"draft"} and any(post.undated for post in reading.posts):
        said += "; write a `date` in the headers of those without, and take `draft: true` out"
    elif reasons.keys() == {"draft"}:
        said += "; `drafts = true` below `[chapters]` in book.toml takes them in"
    elif said:
        said += "; see `[chapters]` in book.toml"
    return BookError(
        f"none of the {len(reading.posts)} posts is left for the book",
        hint=said or "all of them are pages, not posts",
    )


def _metadata(config: Config, posts: Sequence[Post], modified: datetime | None) -> Metadata:
    authors = config.authors or _authors(posts)
    tags = Counter(tag for post in posts for tag in post.tags)
    common = sorted(tags, key=lambda tag: (-tags[tag], tag))[:12]
    passes = chosen(config.copyedit)

    def set_right(text: str | None) -> str | None:
        return text and corrected(text, config.language, passes)

    return Metadata(
        title=corrected(config.title, config.language, passes),
        language=config.language,
        identifier=config.identifier or _identifier(config, authors),
        subtitle=set_right(config.subtitle),
        authors=authors,
        publisher=config.publisher,
        rights=set_right(config.rights),
        description=set_right(config.description),
        url=config.url,
        subjects=tuple(common),
        modified=modified or max(_utc(when) for post in posts for when in (post.date, post.updated) if when),
        series=set_right(config.series),
        volume=config.volume,
        also=tuple(filter(None, map(set_right, config.also))),
    )


def _authors(posts: Sequence[Post]) -> tuple[str, ...]:
    counted = Counter(author for post in posts for author in post.authors)
    return tuple(sorted(counted, key=lambda author: (-counted[author], author)))


def _identifier(config: Config, authors: Sequence[str]) -> str:
    name = config.url or "\n".join((config.title, *authors, config.language))
    if config.series:  # whose volumes come from one blog
        name = f"{name}\n{config.series}\n{config.volume or config.title}"
    return f"urn:uuid:{uuid5(NAMESPACE_URL, name)}"


def _utc(when: date) -> datetime:
    if not isinstance(when, datetime):
        return datetime.combine(when, time(), UTC)
    try:
        return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
    except OverflowError:  # the first or the last day that there is
        return when.replace(tzinfo=UTC)


def _uniquely_named(bound: tuple[Part, ...]) -> tuple[Part, ...]:
    """Give chapters whose names collide a number, in order."""
    seen: Counter[str] = Counter()
    result = []
    for part in bound:
        named = []
        for chapter in part.chapters:
            seen[chapter.name] += 1
            nth = seen[chapter.name]
            named.append(chapter if nth == 1 else replace(chapter, name=f"{chapter.name}-{nth}"))
        result.append(replace(part, chapters=tuple(named)))
    return tuple(result)
