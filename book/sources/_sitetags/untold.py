"""Tags that mean nothing in a book: told where they stand, or once if a theme has them in many posts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from book.model import Notice

HINT = "write in the post what it stood for"
_MANY = 3
"""In more posts than this, a tag is the theme's, or the website's, and no author's."""
_SHOWN = 80


@dataclass(slots=True)
class UnknownTags:
    """The tags that were found, each with the posts and lines where it stands."""

    found: dict[str, dict[Path, int]] = field(default_factory=dict)

    def add(self, tag: str, file: Path, line: int) -> None:
        """Note a tag; of several in one post that are the same, the first."""
        self.found.setdefault(_shown(tag), {}).setdefault(file, line)

    def forget(self, tag: str, file: Path) -> None:
        """Tell nothing of a tag in a post: what it stood for was found without it."""
        self.found.get(_shown(tag), {}).pop(file, None)

    def told(self) -> Iterator[Notice]:
        """Return what is to be said."""
        for shown, places in self.found.items():
            if not places:
                continue
            message = f"the tag `{shown}` has no meaning in a book"
            if len(places) > _MANY:
                message += f"; it stands in {len(places)} posts"
                places = dict([next(iter(places.items()))])
            for file, line in places.items():
                yield Notice(message, file, line, HINT)


def _shown(tag: str) -> str:
    tag = " ".join(tag.split())
    return tag if len(tag) <= _SHOWN else tag[: _SHOWN - 1] + "…"
