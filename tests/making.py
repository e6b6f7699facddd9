"""Small values for tests of the stages between read and bind."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from book.config import ChapterRules, Config
from book.model import Origin, Post, Reading


def post(slug: str, when: date | datetime, **more: Any) -> Post:
    """Make a post whose body is one paragraph that names it."""
    values: dict[str, Any] = {
        "title": slug.replace("-", " ").capitalize(),
        "body": f"<p>{slug}</p>",
        "origin": Origin(Path(f"chapters/{slug}.md"), 1),
        "words": 1,
    }
    return Post(slug=slug, date=when, **(values | more))


def config(**more: Any) -> Config:
    """Make a configuration; keys of `[chapters]` go to its rules (`only_by` for its `authors`)."""
    own = {
        "only_by": "authors",
        **{name: name for name in ChapterRules.__dataclass_fields__ if name != "authors"},
    }
    rules = {own[key]: more.pop(key) for key in list(more) if key in own}
    return Config(**({"title": "Test", "chapters": ChapterRules(**rules)} | more))


def reading(*posts: Post) -> Reading:
    """Make what reading gives from posts alone."""
    return Reading(tuple(posts))
