"""Lists on request: an index of titles, a list of pictures, a calendar of posts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count, groupby

from book.alttexts import says
from book.config import IndexRules
from book.index.articles import without_article
from book.index.collation import Collation
from book.index.entries import grouped
from book.index.letters import Heading, Letter, Locator
from book.labels import Labels
from book.mentions import replaced
from book.model import Book, Leaf, Post
from book.trees import Element, inner, parse


def with_lists(book: Book, rules: IndexRules, labels: Labels) -> Book:
    """Return the book with the lists that are asked for."""
    made = []
    if rules.calendar:
        made.append(Leaf("calendar", labels.text("calendar"), letters=tuple(_calendar(book, labels))))
    if rules.titles:
        made.append(Leaf("titles", labels.text("titles"), letters=_titles(book, labels)))
    index = [leaf for leaf in book.back if leaf.role == "index"]
    others = [leaf for leaf in book.back if leaf.role != "index"]
    book = replace(book, back=before_colophon(others, [*made, *index])) if made else book
    return _with_pictures(book, labels) if rules.pictures else book


def before_colophon(back: Sequence[Leaf], leaves: Sequence[Leaf]) -> tuple[Leaf, ...]:
    """Put leaves where indexes stand: after everything but the colophon."""
    last = [leaf for leaf in back if leaf.role == "colophon"]
    return (*(leaf for leaf in back if leaf.role != "colophon"), *leaves, *last)


def _titles(book: Book, labels: Labels) -> tuple[Letter, ...]:
    collation = Collation(labels.language)
    posts = [post for post in book.posts if not post.untitled]
    filed = {post.slug: without_article(post.title, post.language or labels.language) for post in posts}
    ordered = sorted(posts, key=lambda post: (collation.key(filed[post.slug]), post.day, post.slug))
    headings = [
        (filed[post.slug], _of_post("titles", number, post, str(post.day.year)))
        for number, post in enumerate(ordered, 1)
    ]
    return grouped(headings, collation)


def _calendar(book: Book, labels: Labels) -> Iterator[Letter]:
    posts = sorted(book.posts, key=lambda post: post.day)
    numbers = count(1)
    for _, run in groupby(posts, key=lambda post: post.day.year):
        of_year = list(run)
        headings = tuple(
            _of_post("calendar", next(numbers), post, labels.day_and_month(post.day)) for post in of_year
        )
        yield Letter(labels.year(of_year[0].day), headings)


def _of_post(role: str, number: int, post: Post, label: str) -> Heading:
    place = (Locator(post.ident, post.ident, post.title),)
    return Heading(f"{role}.{number}", post.title, place, language=post.language, label=label)


def _with_pictures(book: Book, labels: Labels) -> Book:
    found: list[Heading] = []
    posts = {post.slug: _pictured(post, found) for post in book.posts}
    if not found:
        return book
    leaf = Leaf("pictures", labels.text("pictures"), letters=(Letter("", tuple(found)),))
    at = next((n for n, one in enumerate(book.front, 1) if one.role == "toc"), len(book.front))
    front = (*book.front[:at], leaf, *book.front[at:])
    return replaced(replace(book, front=front), lambda post: posts[post.slug])


def _pictured(post: Post, found: list[Heading]) -> Post:
    """Note a post's pictures that have words, and return it with a name for each."""
    if "<figure" not in post.body:
        return post
    root = parse(f"<div>{post.body}</div>")
    taken = {element.get("id") for element in root.iter() if element.get("id")}
    fresh = (name for n in count(1) if (name := f"{post.ident}.picture-{n}") not in taken)
    for figure in root.iter("figure"):
        caption = next(figure.iter("figcaption"), None)
        picture = next(figure.iter("img"), None)
        if picture is None:
            continue
        words = "" if caption is None else "".join(map(str, caption.itertext()))
        if not words.strip() and says(picture.get("alt"), _file(picture)):
            words = picture.get("alt") or ""
        if words := " ".join(words.split()):
            figure.set("id", figure.get("id") or next(fresh))
            place = (Locator(figure.get("id") or "", post.ident, post.title),)
            found.append(Heading(f"pictures.{len(found) + 1}", words, place, language=post.language))
    return replace(post, body=inner(root))


def _file(picture: Element) -> str:
    """Return the name that a picture's file had before it was named for editions."""
    return re.sub(r"-[0-9a-f]{8}(?=\.\w+$)", "", picture.get("src") or "")
