"""The table of contents as a tree: parts, chapters, posts, and the matter worth finding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from book.labels import Labels
from book.model import Book, Chapter, Entry, Leaf, Part, Post

# What stands before the contents, or is found without them, is not listed in them.
_UNLISTED = {
    "halftitlepage", "series-page", "titlepage", "copyright-page", "dedication", "epigraph", "toc",
    "colophon",
}  # fmt: skip


def contents(book: Book, labels: Labels, *, grouped: bool) -> tuple[Entry, ...]:
    """Return the contents in reading order.

    `grouped` tells that parts name the year already, so that dates can do without it.
    """
    return (
        *_matter(book.front),
        *(entry for part in book.parts for entry in _part(part, book.year_letters, labels, grouped)),
        *_matter(book.back),
    )


def _matter(leaves: Sequence[Leaf]) -> Iterator[Entry]:
    for leaf in leaves:
        if leaf.role not in _UNLISTED:
            yield Entry(leaf.title, leaf.ident)


def _part(part: Part, letters: Sequence[Leaf], labels: Labels, grouped: bool) -> Iterator[Entry]:
    if part.title is None:
        for chapter in part.chapters:
            own = letters if not chapter.single else ()
            yield from (Entry(leaf.title, leaf.ident) for leaf in of_year(own, chapter.posts[0]))
            yield _chapter(chapter, labels, grouped)
    else:
        opening = (Entry(leaf.title, leaf.ident) for leaf in of_year(letters, part.chapters[0].posts[0]))
        entries = (_chapter(chapter, labels, grouped) for chapter in part.chapters)
        yield Entry(part.title, part.ident, children=(*opening, *entries))


def of_year(letters: Sequence[Leaf], post: Post) -> Iterator[Leaf]:
    """Yield the letters that open the year of a post."""
    return (leaf for leaf in letters if leaf.post and leaf.post.day.year == post.day.year)


def _chapter(chapter: Chapter, labels: Labels, grouped: bool) -> Entry:
    if chapter.single:
        return _post(chapter.posts[0], labels, grouped)
    children = (_post(post, labels, grouped) for post in _named(chapter))
    return Entry(chapter.title, chapter.ident, children=tuple(children))


def _named(chapter: Chapter) -> Iterator[Post]:
    """Yield a chapter's posts, those that have a day for their title once a day, and not below that day."""
    said = {chapter.title}
    for post in chapter.posts:
        if not post.untitled or post.title not in said:
            yield post
        said |= {post.title} if post.untitled else set()


def _post(post: Post, labels: Labels, grouped: bool) -> Entry:
    label = labels.day_and_month(post.day) if grouped else labels.day(post.day)
    return Entry(post.title, post.ident, None if post.untitled else label, post.language)
