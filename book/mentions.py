"""Where a post is mentioned later in the book: found in the links of the posts after it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from html import unescape
from itertools import count

from book.model import Book, Post

_LINK = re.compile(r'<a(\s[^>]*?)?\shref="#(post-[^"]+)"([^>]*)>')
_ID = re.compile(r'\sid="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Mention:
    """A link from a later post: the post, and the identifier of the link in it."""

    post: Post
    ident: str


Mentions = Mapping[str, tuple[Mention, ...]]
"""The mentions of each post that has some, by its identifier."""


def mentions(book: Book) -> tuple[Book, Mentions]:
    """Find the links that lead back to earlier posts; return the book with a name for each, and them."""
    found: dict[str, list[Mention]] = {}
    earlier: set[str] = set()
    marked: dict[str, Post] = {}
    for post in book.posts:
        marked[post.slug] = _marked(post, earlier, found)
        earlier.add(post.ident)
    return replaced(book, lambda post: marked[post.slug]), {n: tuple(m) for n, m in found.items()}


def _marked(post: Post, earlier: set[str], found: dict[str, list[Mention]]) -> Post:
    """Give the links to earlier posts identifiers, and note them."""
    taken = set(_ID.findall(post.body))
    fresh = (name for number in count(1) if (name := f"{post.ident}.mention-{number}") not in taken)

    def mark(match: re.Match[str]) -> str:
        target = unescape(match[2]).partition(".")[0]
        if target not in earlier or "noteref" in match[0]:
            return match[0]
        own = _ID.search(match[0])
        ident = own[1] if own else next(fresh)
        found.setdefault(target, []).append(Mention(post, ident))
        return match[0] if own else f'<a id="{ident}"{match[0][2:]}'

    return replace(post, body=_LINK.sub(mark, post.body))


def replaced(book: Book, change: Callable[[Post], Post]) -> Book:
    """Return the book with every post of its chapters changed."""
    parts = tuple(
        replace(
            part,
            chapters=tuple(
                replace(chapter, posts=tuple(map(change, chapter.posts))) for chapter in part.chapters
            ),
        )
        for part in book.parts
    )
    return replace(book, parts=parts)
