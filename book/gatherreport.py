"""What gathering did, as `book gather` tells it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from book.model import Notice, Skipped
from book.triage.triage import Triage


@dataclass(frozen=True, slots=True)
class GatherReport:
    """What gathering did: the posts it wrote, those it left as they were, and what could not be had.

    `found` and `missing` count pictures. `title`, `language`, `url` and `author` are what the sources say
    of the blog, or what can be guessed from them.
    """

    added: tuple[Path, ...] = ()
    updated: tuple[Path, ...] = ()
    unchanged: int = 0
    kept: tuple[Path, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    found: int = 0
    missing: int = 0
    warnings: tuple[Notice, ...] = ()
    title: str | None = None
    language: str | None = None
    url: str | None = None
    comments: int = 0
    triage: Triage = field(default_factory=Triage)
    author: str | None = None
    title_from: str | None = None
    """What `title` was made of, where no source names one."""
    gone: tuple[Path, ...] = ()
    """Posts gathered before that are no longer where they came from; they are kept."""
    files: int = 0
    """How many files were looked at in folders of them: each is a post now, or left out."""

    def json(self) -> dict[str, Any]:
        """Return the report as `book gather --json` prints it."""
        from book.report import notices, place

        return {
            "files": self.files,
            "added": [place(path) for path in self.added],
            "updated": [place(path) for path in self.updated],
            "unchanged": self.unchanged,
            "kept": [place(path) for path in self.kept],
            "gone": [place(path) for path in self.gone],
            "skipped": [{"origin": _origin(one), "reason": one.reason} for one in self.skipped],
            "media": {"found": self.found, "missing": self.missing},
            "comments": self.comments,
            "warnings": notices(self.warnings),
            "triage": self.triage.json(),
        }


def _origin(one: Skipped) -> str | None:
    if one.path is None:
        return None
    return f"{one.path.absolute()}:{one.line}" if one.line else str(one.path.absolute())
