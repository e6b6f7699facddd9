"""What stands where a year opens: how much was written, on which days, and pictures of it."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from html import unescape
from typing import Any

from book.config import ChapterRules
from book.direction import direction
from book.labels import Labels
from book.model import Book, Media, Post

View = Mapping[str, Any]

_FULL = (1, 2, 3, 4, 6, 9, 12)
"""How many pictures fill the rows of a mosaic: of a year with others, some from all of it are in."""
_LEAST = 120
"""Pixels across under which a picture is an ornament."""
_SIZES = (0.6, 3.2, 4.0, 4.8)
"""Radii of the signs for days without a post, with one, with two, and with more."""
_PICTURE = re.compile(r'<img\s[^>]*?src="media/([^"]+)"[^>]*>')
_ALT = re.compile(r'\salt="([^"]*)"')


def of_year(posts: Sequence[Post], book: Book, rules: ChapterRules, labels: Labels) -> View | None:
    """Describe what opens a run of posts; None where nothing is asked for, or they are of several years."""
    if not rules.year_openers or len({post.day.year for post in posts}) != 1:
        return None
    wanted = rules.year_openers
    return {
        "counts": tuple(_counts(posts, labels)) if "counts" in wanted else (),
        "months": tuple(_months(posts, labels)) if "calendar" in wanted else (),
        "pictures": _mosaic(posts, book) if "pictures" in wanted else (),
    }


def opens_years(rules: ChapterRules) -> str | None:
    """Return what opens years in the book: a `part`, a `chapter`, or nothing."""
    if rules.parts == "year":
        return "part"
    return "chapter" if rules.by == "year" and rules.parts == "none" else None


def _counts(posts: Sequence[Post], labels: Labels) -> Iterator[str]:
    yield labels.count("posts", len(posts))
    yield labels.count("words", sum(post.words for post in posts))


def _months(posts: Sequence[Post], labels: Labels) -> Iterator[View]:
    """Describe the months of a year: for each day where its sign stands, and how large it is."""
    written = Counter(post.day for post in posts)
    from_right = direction(labels.language) == "rtl"
    year = posts[0].day.year
    for month in range(1, 13):
        days = [date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1)]
        count = sum(written[day] for day in days)
        name = labels.month_alone(days[0])
        yield {
            "name": name,
            "posts": count,
            "words": labels.text("month-posts", month=name, posts=labels.count("posts", count)),
            "days": tuple(
                {
                    "number": day.day,
                    "at": 315 - 10 * day.day if from_right else 10 * day.day - 5,
                    "posts": written[day],
                    "radius": _SIZES[min(written[day], 3)],
                }
                for day in days
            ),
        }


def _mosaic(posts: Sequence[Post], book: Book) -> tuple[View, ...]:
    """Choose pictures from all of a year, each once."""
    media = {one.name: one for one in book.media}
    found: dict[str, View] = {}
    for post in posts:
        for match in _PICTURE.finditer(post.body):
            one = media.get(unescape(match[1]))
            if one is not None and _is_picture(one):
                alt = _ALT.search(match[0])
                words = unescape(alt[1]).strip() if alt else ""
                view = {"name": one.name, "alt": words or post.title, "ident": post.ident}
                found.setdefault(one.digest, view)
    every = list(found.values())
    count = max((full for full in _FULL if full <= len(every)), default=0)
    return tuple(every[at * len(every) // count] for at in range(count))


def _is_picture(one: Media) -> bool:
    return min(one.width, one.height) >= _LEAST
