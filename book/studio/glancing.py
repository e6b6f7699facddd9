"""A glance ahead: the chapter that is looked at, set anew before the rest of the book is read again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from book import registry
from book.build import again, renewed
from book.config import Project
from book.cores import cores
from book.desk import Desk
from book.model import Book, Composition, Reading
from book.press.sight import Sight

_LOOKS = ("styles/", "templates/")
"""Folders whose files shape how a book looks, and not what it holds."""


@dataclass(frozen=True, slots=True)
class Left:
    """What the last build left of a printed edition."""

    project: Project
    reading: Reading
    book: Book
    composition: Composition


def glance(left: Left, project: Project, changed: Collection[str], name: str, sight: Sight) -> None:
    """Show what the chapter that `sight` looks at has become, if that can be told from what is `left`.

    It can where no more has `changed` than one post, or how the edition `name` looks. What is shown is what
    the whole book will have, but for what other chapters have to do with it. Raises BookError for what is
    wrong with them.
    """
    plan = next((one for one in project.config.editions if one.name == name), None)
    mark = f'id="{sight.ident}"'
    before = next((one for one in left.composition.galleys if mark in one.body), None)
    if plan is None or plan.format != "pdf" or plan.volume or before is None:
        return
    posts = [path for name in changed if (path := project.root / name).is_relative_to(project.chapters)]
    if not changed or not _are_told(left, project, changed, posts, before.posts):
        return
    book = again(left.reading, project, posts[0]) if posts else left.book
    made = book and renewed(left.composition, before.ident, book, project, plan)
    if made is None:
        return
    edition = registry.find("editions", plan.format)
    options = registry.options(edition.bind, plan.options, where=f"`[editions.{plan.name}]`")
    nowhere = Path()  # nothing is written but what is remembered
    desk = Desk(plan.name, nowhere, project.store, cores(), root=project.root, sight=sight)
    sight.alone = True
    try:
        edition.bind(made, desk, **options)
    finally:
        sight.alone = False


def _are_told(
    left: Left, project: Project, changed: Collection[str], posts: Sequence[Path], seen: Collection[str]
) -> bool:
    """Tell whether changes are those of looks, and of one of the `posts` at the most, which is `seen`.

    What is seen is known by slugs.
    """
    others = [name for name in changed if project.root / name not in posts]
    if len(posts) > 1 or not all(name == "book.toml" or name.startswith(_LOOKS) for name in others):
        return False
    own = {post.origin.path for post in left.reading.posts if post.slug in seen}
    return own.issuperset(posts) and _alike(left.project, project)


def _alike(one: Project, other: Project) -> bool:
    """Tell whether two states of a project differ in the looks of their editions at the most."""
    return replace(other.config, style=one.config.style, editions=one.config.editions) == one.config
