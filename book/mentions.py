"""Where a post is mentioned later in the book, or in its set: found in the links of the posts after it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from html import unescape
from itertools import count

from book.model import Book, Post
from book.volumes.abroad import Abroad

_LINK = re.compile(r'<a(\s[^>]*?)?\shref="#(post-[^"]+)"([^>]*)>')
_ID = re.compile(r'\sid="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Mention:
    """A link from a later post: the post, and the identifier of the link in it.

    In another volume of a set, that has a number, and where pages are printed, the link its folio there.
    """

    post: Post
    ident: str
    volume: int = 0
    folio: str | None = None


Mentions = Mapping[str, tuple[Mention, ...]]
"""The mentions of each post that has some, by its identifier."""


def mentions(book: Book, abroad: Abroad | None = None) -> tuple[Book, Mentions]:
    """Find the links that lead back to earlier posts; return the book with a name for each, and them.

    In a volume that knows its set, earlier posts are also in the volumes before it, later ones in those
    after it.
    """
    found: dict[str, list[Mention]] = {}
    earlier = {post.ident for volume in (abroad.before if abroad else ()) for post in volume.posts}
    marked: dict[str, Post] = {}
    for post in book.posts:
        marked[post.slug] = _marked(post, earlier, found)
        earlier.add(post.ident)
    if abroad:
        _mentioned_abroad(abroad, earlier, found)
    return replaced(book, lambda post: marked[post.slug]), {n: tuple(m) for n, m in found.items()}


def _mentioned_abroad(abroad: Abroad, earlier: set[str], found: dict[str, list[Mention]]) -> None:
    """Note the links of later volumes, by the names that those give them when they are set."""
    for volume in abroad.after:
        for post in volume.posts:
            there: dict[str, list[Mention]] = {}
            _marked(post, earlier, there)
            earlier.add(post.ident)
            for target, some in there.items():
                found.setdefault(target, []).extend(_standing(one, abroad) for one in some)


def _standing(mention: Mention, abroad: Abroad) -> Mention:
    place = abroad.find(mention.ident)
    return replace(mention, volume=place.volume, folio=place.folio) if place else mention


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
