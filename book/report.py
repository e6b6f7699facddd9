"""What a command has done, for people's programs: dataclasses and their JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from book.model import Edition, Notice, Skipped


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made: its editions, how many posts are in them, and what was left out."""

    editions: tuple[Edition, ...]
    posts: int
    skipped: tuple[Skipped, ...] = ()

    @property
    def warnings(self) -> tuple[Notice, ...]:
        """The warnings of all editions, each once."""
        return tuple(dict.fromkeys(notice for edition in self.editions for notice in edition.warnings))

    def json(self) -> dict[str, Any]:
        """Return the report as `book build --json` prints it."""
        return {
            "editions": [
                {
                    "name": edition.name,
                    "format": edition.format,
                    "path": place(edition.path),
                    "pages": edition.pages,
                    "posts": edition.posts,
                    "chapters": edition.chapters,
                    "words": edition.words,
                    "seconds": round(edition.seconds, 3),
                    "warnings": notices(edition.warnings),
                    "marks": [
                        {"rule": mark.rule, "message": mark.message, "hint": mark.hint}
                        for mark in edition.marks
                    ],
                }
                for edition in self.editions
            ],
            "posts": self.posts,
            "skipped": [{"path": place(one.path), "reason": one.reason} for one in self.skipped],
        }


def notices(given: Iterable[Notice]) -> list[dict[str, Any]]:
    """Return notices as JSON has them."""
    return [
        {"path": place(one.path), "line": one.line, "message": one.message, "hint": one.hint} for one in given
    ]


def place(path: Path | None) -> str | None:
    """Return an absolute path as text."""
    return None if path is None else str(path.absolute())
