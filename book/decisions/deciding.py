"""Posts as their author decided: left out, under another title, made one of several, put after another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import reduce

from book.config import Project
from book.decisions.decisions import Decisions, decisions
from book.labels import catalogue
from book.manner import Manner
from book.model import Note, Place, Post
from book.titles import heading, set_title

_CALL = re.compile(r'(<a class="noteref"[^>]*>)(\d+)(?=</a>)')
_HEADING = re.compile(r"(</?h)([2-5])\b")


def decided(posts: Sequence[Post], project: Project, manner: Manner) -> list[Post]:
    """Return posts as `chapters/decisions.toml` has them; raise BookError for faults in it."""
    wanted = decisions(project.chapters, posts)
    by_slug = {post.slug: _titled(post, wanted, manner) for post in posts}
    for group in wanted.merged:
        by_slug[group[0]] = reduce(_merged, (by_slug.pop(slug) for slug in group[1:]), by_slug[group[0]])
    for group in wanted.ordered:
        first = by_slug[group[0]]
        for turn, slug in enumerate(group):
            place = Place(first.slug, first.date, first.order or 0.0, turn)
            by_slug[slug] = replace(by_slug[slug], place=place)
    return [replace(post, left_out=post.slug in wanted.left_out) for post in by_slug.values()]


def _titled(post: Post, wanted: Decisions, manner: Manner) -> Post:
    if post.slug not in wanted.titles:
        return post
    title = wanted.titles[post.slug]
    if not title:
        return replace(post, title=catalogue(manner.language).day(post.day), title_code=(), untitled=True)
    words, code = set_title(title, post.language or manner.language, manner.passes)
    return replace(post, title=words, title_code=code, untitled=False)


def _merged(first: Post, other: Post) -> Post:
    """Put a post at the end of another, below its title; links to it lead there."""
    part = renamed(other, f"{first.slug}.{other.slug}")
    count = len(first.notes)
    opening = f'<hr id="{part.ident}"/>'
    body = part.body
    if not part.untitled:
        opening = f'<h2 id="{part.ident}">{heading(part.title, part.title_code)}</h2>'
        body = _HEADING.sub(lambda match: f"{match[1]}{int(match[2]) + 1}", body)
    return replace(
        first,
        body="\n".join((first.body, opening, _renumbered(body, count))),
        notes=(*first.notes, *(_later(note, count) for note in part.notes)),
        authors=tuple(dict.fromkeys((*first.authors, *other.authors))),
        tags=tuple(dict.fromkeys((*first.tags, *other.tags))),
        media=tuple(dict.fromkeys((*first.media, *other.media))),
        words=first.words + other.words,
        letters=(*first.letters, *other.letters),
        absorbed=(*first.absorbed, part, *part.absorbed),
    )


def _later(note: Note, count: int) -> Note:
    return replace(note, number=note.number + count, body=_renumbered(note.body, count))


def _renumbered(body: str, count: int) -> str:
    return _CALL.sub(lambda match: f"{match[1]}{int(match[2]) + count}", body) if count else body


def renamed(post: Post, slug: str) -> Post:
    """Give a post another slug, and every identifier in it the name that follows."""
    old, new = f"{post.ident}.", f"post-{slug}."

    def mended(text: str) -> str:
        return text.replace(f'id="{old}', f'id="{new}').replace(f'href="#{old}', f'href="#{new}')

    notes = (
        replace(note, ident=note.ident.replace(old, new, 1), body=mended(note.body)) for note in post.notes
    )
    return replace(post, slug=slug, body=mended(post.body), notes=tuple(notes))
