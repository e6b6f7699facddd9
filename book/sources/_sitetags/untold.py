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
        shown = " ".join(tag.split())
        shown = shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"
        self.found.setdefault(shown, {}).setdefault(file, line)

    def told(self) -> Iterator[Notice]:
        """Return what is to be said."""
        for shown, places in self.found.items():
            message = f"the tag `{shown}` has no meaning in a book"
            if len(places) > _MANY:
                message += f"; it stands in {len(places)} posts"
                places = dict([next(iter(places.items()))])
            for file, line in places.items():
                yield Notice(message, file, line, HINT)
