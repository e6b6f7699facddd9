"""`chapters/` into posts: headers understood, bodies clean XHTML, pictures checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

from book.config import ChapterRules, Project
from book.copyedit import chosen
from book.decisions.deciding import decided, renamed
from book.errors import BookError
from book.letters import homeless, letters
from book.manner import Manner
from book.manuscript import Source, sources
from book.mends import Mend, told
from book.model import Notice, Post, Reading
from book.picturelinks import settle_picture_links
from book.postrecord import Record
from book.reading import records
from book.selection import reason_against
from book.showing import Shelf, show
from book.textfile import is_inside, read_bytes


def read(project: Project, *, jobs: int = 1, fresh: bool = False) -> Reading:
    """Read every post and page of a project, at most `jobs` at a time.

    What is remembered is used again unless `fresh`. Raises one BookError that holds the
    faults of all files.
    """
    config = project.config
    found, skipped = sources(project)
    manner = _manner(project)
    read_so_far = _distinct(records(found, manner, project.store / "posts", jobs=jobs, fresh=fresh))
    shelf = Shelf(project.root, project.store / "media", jobs=jobs, fresh=fresh)
    shelf.gather([(record.post, one) for record in read_so_far for one in record.post.media])
    posts, warnings = [], []
    mends: list[Mend] = []
    for record in read_so_far:
        post, missing = show(record.post, shelf, config.language)
        posts.append(post)
        warnings += [*_notices(record), *missing]
        mends += record.mends
        mends += [mend for one in record.post.media for mend in shelf.mends(record.post, one)]
    posts, linked = settle_picture_links(posts, shelf, project.root)
    media = list(shelf.used())
    if config.cover is not None:
        media.append(shelf.cover(config.cover, project))
    post_letters = letters(project, posts, manner, jobs=jobs, fresh=fresh)
    posts = [replace(post, letters=post_letters.get(post.slug, ())) for post in posts]
    skipped = [*skipped, *homeless(project, posts)]
    posts = decided(posts, project, manner)
    out = _left_out(posts, config.chapters)
    said = [*warnings, *linked, *told(mend for mend in mends if mend.path not in out)]
    heard = tuple(notice for notice in said if notice.path not in out)
    return Reading(tuple(posts), tuple(media), heard, tuple(skipped))


def _left_out(posts: Sequence[Post], rules: ChapterRules) -> set[Path | None]:
    """Return the files of posts that are left out, as is told: nobody need mend what no book shows."""
    return {post.origin.path for post in posts if post.origin.path and reason_against(post, rules)}


def again(project: Project, reading: Reading, path: Path) -> Reading | None:
    """Return a reading in which one file's post is as it is now, and the others are as they were.

    None where there was none of that file, or is none now, or it has another name. Raises BookError for
    faults of the file.
    """
    before = next((post for post in reading.posts if post.origin.path == path), None)
    if before is None or not path.is_file() or not is_inside(path, project.root):
        return None
    manner, source = _manner(project), Source(path, read_bytes(path))
    [record] = records([source], manner, project.store / "posts", jobs=1, fresh=False, some=True)
    shelf = Shelf(project.root, project.store / "media", jobs=1, fresh=False)
    shelf.gather([(record.post, one) for one in record.post.media])
    post, _ = show(record.post, shelf, project.config.language)
    [post], _ = settle_picture_links([post], shelf, project.root)
    [post] = decided([replace(post, letters=before.letters)], project, manner)
    if post.slug != before.slug:
        return None
    media = {one.name: one for one in (*reading.media, *shelf.used())}
    posts = tuple(post if one is before else one for one in reading.posts)
    return replace(reading, posts=posts, media=tuple(media.values()))


def _manner(project: Project) -> Manner:
    config = project.config
    return Manner(config.language, chosen(config.copyedit), config.authors)


def _distinct(read_so_far: Sequence[Record]) -> list[Record]:
    """Number slugs that only look alike in ASCII; refuse two posts with one: a link could mean either."""
    taken: dict[str, Record] = {}
    faults: list[Notice] = []
    result = []
    for record in read_so_far:
        post = record.post
        if (twin := taken.get(post.slug)) is not None:
            if record.named == twin.named:
                message = f"post has the slug `{post.slug}`, and so has {_name(twin.post)}"
                hint = "give one of them another `slug` in its header"
                faults.append(Notice(message, post.origin.path, 1, hint))
            number = next(n for n in count(2) if f"{post.slug}-{n}" not in taken)
            post = renamed(post, f"{post.slug}-{number}")
        taken[post.slug] = record
        result.append(replace(record, post=post))
    if faults:
        raise BookError.of(tuple(faults))
    return result


def _name(post: Post) -> str:
    return post.origin.path.name if post.origin.path else post.title


def _notices(record: Record) -> list[Notice]:
    place = record.post.origin.path
    return [Notice(message, place, line, hint) for message, hint, line in record.said]
