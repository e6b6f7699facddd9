"""What a chapter is, and what a part is: runs of posts by post, day, month, quarter, year or tag."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import groupby

from book.config import ChapterRules, Config
from book.errors import BookError
from book.labels import Labels
from book.model import Chapter, Part, Post

Key = tuple[str, date]
_COARSER = {"post": 0, "day": 1, "month": 2, "quarter": 3, "year": 4}


def chapters(posts: Sequence[Post], config: Config, labels: Labels) -> list[Chapter]:
    """Group posts, already in order, into chapters."""
    rules = config.chapters
    if rules.by == "post":
        return [_single(post, labels) for post in posts]
    if rules.by == "tag":
        return _by_tag(posts, labels)
    name, title = _PERIODS[rules.by]
    if rules.by == "month" and rules.parts == "year":
        title = Labels.month_alone
    return [
        _group(f"chapter-{key}", key, title(labels, run[0].stands), run)
        for key, run in _runs(posts, lambda post: name(post.stands))
    ]


def _single(post: Post, labels: Labels) -> Chapter:
    return Chapter(
        ident=post.ident,
        name=f"{post.day.isoformat()}-{post.slug}",
        title=post.title,
        posts=(post,),
        label=labels.day(post.day),
        language=post.language,
    )


def _group(ident: str, name: str, title: str, run: Iterable[Post]) -> Chapter:
    return Chapter(ident=ident, name=name, title=title, posts=tuple(run), single=False)


def _runs(posts: Iterable[Post], key: Callable[[Post], str]) -> list[tuple[str, list[Post]]]:
    return [(name, list(run)) for name, run in groupby(posts, key)]


def _quarter(day: date) -> str:
    return f"{day.year}-q{(day.month - 1) // 3 + 1}"


_PERIODS: dict[str, tuple[Callable[[date], str], Callable[[Labels, date], str]]] = {
    "day": (date.isoformat, Labels.day),
    "month": (lambda day: f"{day:%Y-%m}", Labels.month),
    "quarter": (_quarter, Labels.quarter),
    "year": (lambda day: f"{day.year:04}", Labels.year),
}


def _by_tag(posts: Sequence[Post], labels: Labels) -> list[Chapter]:
    """Set each post under its first listed tag only; tags in order of first use, the untagged last."""
    groups: dict[str, list[Post]] = {}
    names: dict[str, str] = {}
    for post in posts:
        tag = post.tags[0] if post.tags else ""
        names.setdefault(tag.casefold(), tag)
        groups.setdefault(tag.casefold(), []).append(post)
    ordered = sorted(groups, key=lambda folded: folded == "")
    made = []
    for number, folded in enumerate(ordered, 1):
        slug = _ascii(folded) or str(number)
        title = names[folded] or labels.text("untagged")
        made.append(_group(f"chapter-tag-{number}", f"tag-{slug}", title, groups[folded]))
    return made


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def parts(made: Sequence[Chapter], rules: ChapterRules, labels: Labels) -> tuple[Part, ...]:
    """Group chapters into parts; one part without a title holds them all where there are none.

    Raises BookError where a chapter would not fit into one part.
    """
    if rules.parts == "none":
        return (Part("part", "part", None, tuple(made)),)
    if rules.by == "tag" or _COARSER[rules.by] > _COARSER[rules.parts]:
        raise BookError(
            f"chapters by {rules.by} do not fit into parts by {rules.parts}",
            hint='set `parts = "none"`, or a smaller `by`, in `[chapters]`',
        )
    name, title = _PERIODS[rules.parts]
    runs = groupby(made, lambda chapter: name(chapter.posts[0].stands))
    return tuple(_part(key, list(run), title, labels) for key, run in runs)


def _part(key: str, run: list[Chapter], title: Callable[[Labels, date], str], labels: Labels) -> Part:
    return Part(f"part-{key}", f"part-{key}", title(labels, run[0].posts[0].stands), tuple(run))
