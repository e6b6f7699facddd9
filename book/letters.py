"""Comments as letters: those that the author wants, threaded, their words as clean as a post's."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from lxml import etree

from book import comments
from book.composed import composed
from book.config import LetterRules, Project
from book.errors import BookError
from book.manner import Manner
from book.manuscript import Source
from book.model import Comment, Post, Skipped, When
from book.nesting import HEADINGS, unwrap
from book.postrecord import Record
from book.reading import records
from book.slug import LIMIT
from book.textfile import is_inside
from book.trees import Element, classes, inner, parse

DEEPEST = 3
"""How far answers are set in; those to answers further down stand at the same depth."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A comment as the book prints it, with its answers."""

    ident: str
    name: str
    date: When | None
    by_author: bool
    body: str
    answers: tuple[Letter, ...] = ()


Letters = Mapping[str, tuple[Letter, ...]]
"""The letters on each post that has some, by its slug."""


def letters(project: Project, posts: Sequence[Post], manner: Manner, *, jobs: int, fresh: bool) -> Letters:
    """Read the comments on posts and choose among them; nothing where none are asked for.

    Raises BookError for a file of comments at fault, and for a choice of what is not there.
    """
    rules = project.config.letters
    if rules.of == "none":
        return {}
    everything = {post.slug: _comments(post, project) for post in posts}
    wanted = [
        (post, number, one)
        for post in posts
        for number, one in enumerate(_chosen(everything[post.slug], _stem(post), rules), 1)
    ]
    if rules.of == "chosen":
        _require(rules, {composed(f"{_stem(post)}/{one.ident}") for post, _, one in wanted}, project)
    sources = [_source(*one) for one in wanted]
    read = records(sources, manner, project.store / "letters", jobs=jobs, fresh=fresh)
    made: dict[str, dict[str, Record]] = {}
    for (post, _, comment), record in zip(wanted, read, strict=True):
        made.setdefault(post.slug, {})[comment.ident] = record
    return {slug: _threaded(everything[slug], made[slug], rules) for slug in made}


def homeless(project: Project, posts: Sequence[Post]) -> list[Skipped]:
    """Name the files of comments whose posts are gone, where the book has letters."""
    if project.config.letters.of == "none":
        return []
    wanted = {comments.beside(post.origin.path) for post in posts if post.origin.path}
    there = sorted((project.chapters / comments.FOLDER).glob("*.yaml"))
    return [
        Skipped(file, "these comments are on a post that is not there")
        for file in there
        if file not in wanted
    ]


def _comments(post: Post, project: Project) -> tuple[Comment, ...]:
    if post.origin.path is None or post.origin.path == project.file:
        return ()
    file = comments.beside(post.origin.path)
    if not is_inside(file, project.root):
        raise BookError("these comments lie outside the project", path=file, hint="copy them into it")
    return comments.read(file)


def _stem(post: Post) -> str:
    return post.origin.path.stem if post.origin.path else post.slug


def _chosen(found: Sequence[Comment], stem: str, rules: LetterRules) -> list[Comment]:
    """Apply the rule; what the author answered to a letter comes with it."""
    if rules.of == "all":
        return list(found)
    if rules.of == "chosen":
        return [one for one in found if composed(f"{stem}/{one.ident}") in rules.chosen]
    if rules.of == "answered":
        kept = {one.parent for one in found if one.by_author and one.parent}
    else:
        kept = {one.ident for one in found if len(one.body.split()) >= rules.least}
    return [one for one in found if one.ident in kept or (one.by_author and one.parent in kept)]


def _require(rules: LetterRules, there: Collection[str], project: Project) -> None:
    for name in rules.chosen:
        if name not in there:
            raise BookError(
                f"there is no comment `{name}`",
                path=project.file,
                line=project.line("letters", "chosen"),
                hint="name the post's file, a stroke, and the comment's `id`: `2017-08-30-closing-gaps/12`",
            )


def _source(post: Post, number: int, comment: Comment) -> Source:
    """Make of a comment what reading takes for a post: guarded and remembered as posts are."""
    name = _name(post.slug, number)
    head = f"---\nslug: {name}\ntitle: Letter\ndate: {post.day.isoformat()}\n---\n\n"
    path = comments.beside(post.origin.path or Path()).with_suffix(".md")
    return Source(path, (head + comment.body).encode("utf-8", "replace"))


def _name(post: str, number: int) -> str:
    """Return the slug of a letter, short enough not to be cut: what is cut is the same for all of a post."""
    name = f"{post}-letter-{number}"
    if len(name) <= LIMIT:
        return name
    tail = f"-{sha256(post.encode()).hexdigest()[:8]}-letter-{number}"
    return post[: LIMIT - len(tail)].rstrip("-") + tail


@dataclass(slots=True)
class _Node:
    letter: Letter
    depth: int
    answers: list[_Node] = field(default_factory=list)

    def letters(self) -> Letter:
        """Return the letter with its answers."""
        return replace(self.letter, answers=tuple(node.letters() for node in self.answers))


def _threaded(found: Sequence[Comment], made: Mapping[str, Record], rules: LetterRules) -> tuple[Letter, ...]:
    """Put answers under what they answer, or under what that answered where it was not chosen."""
    parents = {one.ident: one.parent for one in found}
    holders: dict[str, tuple[int, list[_Node]]] = {}
    top: list[_Node] = []
    for one in (one for one in found if one.ident in made):
        above = parents[one.ident]
        while above is not None and above not in holders:
            above = parents[above]
        depth, level = holders[above] if above is not None else (0, top)
        node = _Node(_letter(one, made[one.ident], rules), depth)
        level.append(node)
        holders[one.ident] = (depth + 1, node.answers) if depth + 1 < DEEPEST else (depth, level)
    return tuple(node.letters() for node in top)


def _letter(comment: Comment, record: Record, rules: LetterRules) -> Letter:
    reduced = rules.signed == "initials" and not comment.by_author
    author = composed(comment.author)
    name = initials(author) if reduced else author
    return Letter(record.post.ident, name, comment.date, comment.by_author, _body(record.post))


def initials(name: str) -> str:
    """Reduce a name to its first letters: `A. B.`."""
    return " ".join(f"{part[0].upper()}." for part in re.split(r"[\s.]+", name) if part[:1].isalnum())


def _body(post: Post) -> str:
    """Return what a letter says: no headings, no pictures but their words, notes after the text."""
    root = parse(f"<div>{post.body}{''.join(note.body for note in post.notes)}</div>")
    for picture in list(root.iter("img")):
        words = picture.get("alt") or ""
        picture.tag, picture.text = "span", f"[{words}]" if words else "[…]"
        for name in ("src", "alt", "width", "height"):
            picture.attrib.pop(name, None)
    for element in list(_unwanted(root)):
        if element.tag in HEADINGS or element.tag == "figure":
            element.tag = "p"
            element.attrib.clear()
        else:
            unwrap(element)
    return inner(root)


def _unwanted(root: Element) -> Iterator[etree._Element]:
    for element in root.iter("figure", "figcaption", "a", *HEADINGS):
        if element.tag != "a" or "noteref" in classes(element):
            yield element
