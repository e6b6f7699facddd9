"""Notes that leave their posts: for the chapter's end, or all for one leaf at the book's end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from markupsafe import Markup

from book.labels import Labels
from book.model import Book, Galley, Leaf, Post
from book.outlinks import OWNERS, notable
from book.templates import Templates
from book.trees import Element, classes, parse, write
from book.views import View, leaf_view

ROLE = "backnotes"
_AFTER = {"about-the-author", "letters", "calendar", "titles", "index", "colophon"}
"""What stands after the notes, as every book has it."""


def with_leaf(book: Book, labels: Labels) -> Book:
    """Return the book with a leaf for its notes, if it has any."""
    noted = any(post.notes or notable(post.body) for post in _texts(book))
    if not noted:
        return book
    leaf = Leaf(ROLE, labels.text("notes"))
    at = next((n for n, one in enumerate(book.back) if one.role in _AFTER), len(book.back))
    return replace(book, back=(*book.back[:at], leaf, *book.back[at:]))


def _texts(book: Book) -> Iterator[Post]:
    yield from book.posts
    yield from (leaf.post for leaf in (*book.front, *book.back) if leaf.post)


def moved(galleys: Sequence[Galley], book: Book, templates: Templates) -> tuple[Galley, ...]:
    """Move the notes of every galley onto the leaf for them; unchanged where there is no such leaf."""
    leaf = next((one for one in book.back if one.role == ROLE), None)
    if leaf is None:
        return tuple(galleys)
    titles = {post.ident: (post.title, post.language) for post in book.posts}
    stripped: list[Galley] = []
    groups: list[View] = []
    slugs: list[str] = []
    for galley in galleys:
        body, found = _taken(galley, titles) if 'class="footnotes' in galley.body else (galley.body, [])
        groups += found
        slugs += galley.posts if found else ()
        stripped.append(replace(galley, body=body))
    text = templates.render(f"{ROLE}.xhtml", leaf={**leaf_view(leaf), "groups": tuple(groups)})
    return tuple(
        replace(galley, body=text, posts=tuple(slugs)) if galley.ident == leaf.ident else galley
        for galley in stripped
    )


def to_chapter_ends(galleys: Sequence[Galley], book: Book) -> tuple[Galley, ...]:
    """Move the notes at the ends of posts to the ends of their chapters, under the posts' titles."""
    titles = {post.ident: (post.title, post.language) for post in book.posts}
    return tuple(
        replace(galley, body=_at_the_end(galley, titles)) if len(galley.posts) > 1 else galley
        for galley in galleys
    )


def _at_the_end(galley: Galley, titles: Mapping[str, tuple[str, str | None]]) -> str:
    root = parse(galley.body)
    for section in [one for one in root.iter("section") if "endnotes" in classes(one)]:
        owner = next(one for one in section.iterancestors("section") if classes(one) & OWNERS)
        title = next((one for one in section.iterchildren("p") if "notes-title" in classes(one)), None)
        if owner is root or title is None:
            continue
        title.text, language = titles[owner.get("id", "")]
        if language:
            section.set("lang", language)
        _take_out(section)
        root.append(section)
    return write(root)


def _taken(galley: Galley, titles: Mapping[str, tuple[str, str | None]]) -> tuple[str, list[View]]:
    """Take the notes out of a galley; return what is left of it, and them under their posts' titles."""
    root = parse(galley.body)
    groups: list[View] = []
    for section in [one for one in root.iter("section") if "footnotes" in classes(one)]:
        owner = next(one for one in section.iterancestors("section") if classes(one) & OWNERS)
        ident = owner.get("id") or galley.ident
        title, language = titles.get(ident, (galley.title, None))
        notes = Markup("".join(write(one) for one in section.iter("ol") if one.getparent() is section))
        front = galley.matter == "front"
        groups.append({"ident": ident, "title": title, "language": language, "front": front, "notes": notes})
        _take_out(section)
    return write(root), groups


def _take_out(section: Element) -> None:
    parent = section.getparent()
    if parent is not None:
        parent.remove(section)
