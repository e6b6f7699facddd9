"""The files of a manuscript: posts in `chapters/`, and the pages that `book.toml` itself holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from book.config import Project
from book.model import Skipped
from book.textfile import read_bytes

_POST = {".md", ".markdown", ".mdown", ".mkd"}
_IGNORED = re.compile(r"\.|_|~|#|README\b|.*~$|.*\.(?:bak|orig|swp|tmp)$", re.IGNORECASE)
# Files that gathering keeps beside the posts.
_KEPT = {".json", ".csv", ".toml"}


@dataclass(frozen=True, slots=True)
class Source:
    """One post's file with its bytes."""

    path: Path
    data: bytes


def sources(project: Project) -> tuple[list[Source], list[Skipped]]:
    """Return the posts of a project in the order of their paths, and what lies there but is none.

    Raises BookError for a file that cannot be read.
    """
    found: list[Source] = _from_config(project)
    skipped: list[Skipped] = []
    folder = project.chapters
    for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
        inside = path.relative_to(folder)
        if inside.parts[0] == "media" or any(_IGNORED.match(part) for part in inside.parts):
            continue
        if path.suffix.lower() in _POST and (path.is_file() or not path.is_dir()):
            if path.resolve().is_relative_to(project.root.resolve()):
                found.append(Source(path, read_bytes(path)))
            else:
                skipped.append(Skipped(path, "leads out of the project"))
        elif path.is_file() and path.suffix.lower() not in _KEPT:
            skipped.append(Skipped(path, "not a Markdown file (`.md`)"))
    return found, skipped


def _from_config(project: Project) -> list[Source]:
    """Return the pages whose text stands in `book.toml`, as if they were files beside it."""
    texts = {
        "dedication": project.config.dedication,
        "epigraph": project.config.epigraph,
        "about-the-author": project.config.about,
    }
    folder = project.file or project.root / "book.toml"
    return [
        Source(folder, f"---\nkind: page\nrole: {role}\nslug: {role}\n---\n{text}".encode())
        for role, text in texts.items()
        if text
    ]
