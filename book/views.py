"""What templates see: plain values, no paths and nothing that can be called."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from types import MappingProxyType
from typing import Any

from markupsafe import Markup, escape

from book.config import ChapterRules, EditionPlan
from book.dropcaps import with_drop_cap
from book.index.views import letters_of_index
from book.labels import Labels
from book.letters import Letter
from book.mentions import Mention, Mentions
from book.model import Book, Chapter, Entry, Leaf, Note, Part, Post
from book.titles import heading

View = Mapping[str, Any]
_CLAIM = re.compile(r"(?:<[^>]*>|\s)*(?:©|\(c\)|copyright\b)", re.IGNORECASE)
"""How rights begin that say whose they are: no copyright line is needed above them."""
PLAIN = ChapterRules()
NO_LOOKS: Mapping[str, str] = MappingProxyType({})
NO_MENTIONS: Mentions = MappingProxyType({})


def book_view(
    book: Book, labels: Labels, families: tuple[str, ...], editions: Sequence[EditionPlan] = ()
) -> View:
    """Describe the book as a whole, with the ISBNs of all its `editions`."""
    posts = list(book.posts)
    days = sorted(post.day for post in posts)
    first, last = days[0], days[-1]
    meta = book.metadata
    return {
        "title": meta.of_set or meta.title,
        "subtitle": meta.subtitle,
        "authors": meta.authors,
        "byline": byline(meta.authors, labels),
        "language": meta.language,
        "publisher": meta.publisher,
        "rights": meta.rights,
        "claimed": bool(meta.rights and _CLAIM.match(meta.rights)),
        "description": meta.description,
        "url": meta.url,
        "address": _bare(meta.url) if meta.url else None,
        "identifier": meta.identifier,
        "isbn": meta.isbn,
        "isbns": _isbns(meta.isbn, editions, labels),
        "series": meta.series,
        "volume": meta.volume,
        "also": meta.also,
        "part": meta.part,
        "first": first,
        "last": last,
        "years": book.years,
        "posts": len(posts),
        "words": sum(post.words for post in posts),
        "families": families,
    }


def _isbns(own: str | None, editions: Sequence[EditionPlan], labels: Labels) -> tuple[View, ...]:
    """Describe the ISBNs of all editions; an only one needs no name of its edition."""
    named = {plan.isbn: _edition(plan, labels) for plan in editions if plan.isbn}
    if own and named.keys() <= {own}:
        named = {own: None}
    return tuple({"isbn": isbn, "edition": edition} for isbn, edition in named.items())


def _edition(plan: EditionPlan, labels: Labels) -> str | None:
    """Name an edition as readers know it."""
    key = "edition-ebook" if plan.format == "epub" else f"edition-{plan.called}"
    return labels.text(key) if key in labels.words else re.sub("[-_]", " ", plan.called)


def byline(authors: tuple[str, ...], labels: Labels) -> str:
    """Join authors as the language does: `Ann, Ben and Cem`."""
    if len(authors) < 2:
        return "".join(authors)
    return ", ".join(authors[:-1]) + labels.text("and") + authors[-1]


def _bare(url: str) -> str:
    return re.sub(r"^https?://(www\.)?|/+$", "", url)


def leaf_view(leaf: Leaf) -> View:
    """Describe a piece of front or back matter."""
    post = leaf.post
    return {
        "role": leaf.role,
        "ident": leaf.ident,
        "title": leaf.title,
        "body": Markup(leaf.body),
        "notes": _notes(post.notes) if post else (),
        "letters": letters_of_index(leaf.letters),
    }


def part_view(part: Part, opener: View | None = None) -> View:
    """Describe a part, without its chapters' texts; `opener` is what opens its year."""
    posts = [post for chapter in part.chapters for post in chapter.posts]
    return {
        "ident": part.ident,
        "title": part.title,
        "chapters": len(part.chapters),
        "posts": len(posts),
        "words": sum(post.words for post in posts),
        "first": posts[0].day,
        "last": posts[-1].day,
        "year": opener,
    }


def chapter_view(
    chapter: Chapter,
    book: Book,
    labels: Labels,
    mentions: Mentions = NO_MENTIONS,
    opener: View | None = None,
    rules: ChapterRules = PLAIN,
    looks: Mapping[str, str] = NO_LOOKS,
) -> View:
    """Describe a chapter with its posts; their headings begin one level under their own title.

    `mentions` tells where later posts mention them; `opener` is what opens a chapter's year. By
    the `rules` posts stand under their days, or each under its own date. `looks` are the theme's settings.
    """
    headed = not chapter.single and (rules.by == "day" or rules.arrangement == "diary")
    diary = headed and rules.by != "day"
    dates = looks.get("dates", "day")
    large = looks.get("first-words") == "drop-cap"
    depth = 0 if chapter.single else 2 if diary else 1

    def view(post: Post) -> View:
        below = depth - (headed and post.untitled)  # which then has no heading of its own
        return (
            _post_view(post, book, labels, below, dates)
            | {
                "mentions": _mentions(mentions.get(post.ident, ())),
                "letters": () if _has_appendix(book) else _letters(post, labels),
                "headed": headed,
            }
            | ({"body": Markup(with_drop_cap(post.body))} if chapter.single and large else {})
        )

    runs = groupby(chapter.posts, key=lambda post: post.day if diary else None)
    days = tuple((day, tuple(map(view, posts))) for day, posts in runs)
    return {
        "ident": chapter.ident,
        "title": chapter.title,
        "heading": _heading(chapter.posts[0]) if chapter.single else Markup(escape(chapter.title)),
        "label": labels.dated(chapter.posts[0].day, dates) if chapter.single else chapter.label,
        "single": chapter.single,
        "language": chapter.language,
        "year": opener,
        "posts": tuple(post for _, posts in days for post in posts),
        "days": tuple(
            {"day": day.isoformat() if day else None, "label": day and labels.day(day), "posts": posts}
            for day, posts in days
        ),
    }


def _post_view(post: Post, book: Book, labels: Labels, depth: int, dates: str) -> dict[str, Any]:
    by_another = bool(post.authors) and post.authors != book.metadata.authors
    return {
        "ident": post.ident,
        "title": post.title,
        "heading": _heading(post),
        "untitled": post.untitled,
        "date": post.date,
        "day": post.day.isoformat(),
        "label": labels.dated(post.day, dates),
        "updated": post.updated,
        "byline": byline(post.authors, labels) if by_another else None,
        "tags": post.tags,
        "url": post.url,
        "summary": post.summary,
        "language": post.language,
        "level": depth + 1,
        "body": Markup(_shifted(post.body, depth)),
        "notes": _notes(post.notes),
    }


def _heading(post: Post) -> Markup:
    return Markup(heading(post.title, post.title_code))


def _has_appendix(book: Book) -> bool:
    return any(leaf.role == "letters" for leaf in book.back)


def letters_view(book: Book, labels: Labels) -> View:
    """Describe the letters of the whole book, for a leaf that holds them."""
    return {
        "posts": tuple(
            {"title": post.title, "ident": post.ident, "letters": _letters(post, labels)}
            for post in book.posts
            if post.letters
        )
    }


def _letters(post: Post, labels: Labels) -> tuple[View, ...]:
    return tuple(_letter(one, labels) for one in post.letters)


def _letter(one: Letter, labels: Labels) -> View:
    return {
        "ident": one.ident,
        "name": one.name,
        "date": labels.day(one.date) if one.date else None,
        "by_author": one.by_author,
        "body": Markup(one.body),
        "answers": tuple(_letter(answer, labels) for answer in one.answers),
    }


def _mentions(mentions: Sequence[Mention]) -> tuple[View, ...]:
    return tuple(
        {
            "ident": one.ident,
            "volume": one.volume,
            "folio": one.folio,
            "post": {
                "volume": one.volume,
                "ident": one.post.ident,
                "title": one.post.title,
                "language": one.post.language,
            },
        }
        for one in mentions
    )


def _notes(notes: tuple[Note, ...]) -> tuple[View, ...]:
    return tuple(
        {"ident": n.ident, "number": n.number, "body": Markup(n.body), "references": _references(n)}
        for n in notes
    )


def _references(note: Note) -> tuple[str, ...]:
    """Return the identifiers of a note's references, in order."""
    first = note.ident.replace(".note-", ".noteref-")
    return tuple(first if nth == 1 else f"{first}-{nth}" for nth in range(1, note.calls + 1))


def _shifted(body: str, depth: int) -> str:
    if not depth:
        return body
    return re.sub(r"(</?h)([2-6])\b", lambda m: f"{m[1]}{min(6, int(m[2]) + depth)}", body)


def entry_view(entry: Entry, front: frozenset[str] = frozenset()) -> View:
    """Describe a line of the contents, with those under it; what is in `front` has roman folios."""
    return {
        "title": entry.title,
        "ident": entry.ident,
        "label": entry.label,
        "language": entry.language,
        "front": entry.ident in front,
        "children": tuple(entry_view(child, front) for child in entry.children),
    }
