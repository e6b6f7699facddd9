"""`chapters/` into posts: headers understood, bodies clean XHTML, pictures checked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from book.config import Project
from book.copyedit import chosen
from book.errors import BookError
from book.manuscript import sources
from book.model import Notice, Post, Reading
from book.postrecord import Record
from book.posts import Manner
from book.reading import records
from book.showing import Shelf, show


def read(project: Project, *, jobs: int = 1, fresh: bool = False) -> Reading:
    """Read every post and page of a project, at most `jobs` at a time.

    What is remembered is used again unless `fresh`. Raises one BookError that holds the
    faults of all files.
    """
    config = project.config
    found, skipped = sources(project)
    manner = Manner(config.language, chosen(config.copyedit), config.authors)
    read_so_far = records(found, manner, project.store / "posts", jobs=jobs, fresh=fresh)
    _raise_for_twins([record.post for record in read_so_far])
    shelf = Shelf(project.root, project.store / "media", jobs)
    shelf.gather([(record.post, one) for record in read_so_far for one in record.post.media])
    posts, warnings = [], []
    for record in read_so_far:
        post, missing = show(record.post, shelf, config.language)
        posts.append(post)
        warnings += [*_notices(record), *missing]
    media = list(shelf.used())
    if config.cover is not None:
        media.append(shelf.cover(config.cover, project))
    return Reading(tuple(posts), tuple(media), tuple(warnings), tuple(skipped))


def _raise_for_twins(posts: Sequence[Post]) -> None:
    """Refuse two posts with one slug: a link to it could mean either."""
    named: dict[str, list[Post]] = defaultdict(list)
    for post in posts:
        named[post.slug].append(post)
    faults = [
        Notice(
            f"post has the slug `{slug}`, and so has {_name(twins[0])}",
            twin.origin.path,
            1,
            "give one of them another `slug` in its header",
        )
        for slug, twins in named.items()
        for twin in twins[1:]
    ]
    if faults:
        raise BookError.of(tuple(faults))


def _name(post: Post) -> str:
    return post.origin.path.name if post.origin.path else post.title


def _notices(record: Record) -> list[Notice]:
    place = record.post.origin.path
    return [Notice(message, place, None, hint) for message, hint in record.said]
