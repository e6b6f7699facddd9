"""The files of a manuscript: posts in `chapters/`, and the pages that `book.toml` itself holds."""

from __future__ import annotations

import errno
import os
import re
from dataclasses import dataclass
from pathlib import Path

from book.config import Project
from book.errors import BookError
from book.model import Skipped
from book.textfile import is_inside, read_bytes

_POST = {".md", ".markdown", ".mdown", ".mkd"}
_NO_POSTS = (
    (re.compile(r"README\b", re.IGNORECASE), "it tells of the folder it is in, and is no post"),
    (re.compile(r"[~#]|.*~$|.*\.(?:bak|orig|swp|tmp)$", re.IGNORECASE), "an editor's copy of a file"),
    (re.compile("_"), "its name begins with `_`"),
)
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
    if folder.is_dir() and not is_inside(folder, project.root):
        hint = "put the posts themselves there; nothing outside a project is read"
        raise BookError("this link leads out of the project", path=folder, hint=hint)
    for path in _files(folder):
        inside = path.relative_to(folder)
        if inside.parts[0] == "media" or any(part.startswith(".") for part in inside.parts):
            continue
        if why := _no_post(inside):
            if path.is_file():
                skipped.append(Skipped(path, why))
        elif path.is_dir() and path.is_symlink():
            skipped.append(Skipped(path, "a link to a folder"))
        elif path.suffix.lower() in _POST:
            if not path.is_symlink() or is_inside(path, project.root):  # the folder itself is inside
                found.append(Source(path, read_bytes(path)))
            else:
                skipped.append(Skipped(path, "leads out of the project"))
        elif path.suffix.lower() == ".yaml" and path.parent.name == "comments":
            continue
        elif path.is_file() and path.suffix.lower() not in _KEPT:
            skipped.append(Skipped(path, "not a Markdown file (`.md`)"))
    return found, skipped


def _no_post(inside: Path) -> str | None:
    """Return why a path in the folder of posts is none by its name, if it is."""
    return next((why for name, why in _NO_POSTS for part in inside.parts if name.match(part)), None)


def _files(folder: Path) -> list[Path]:
    """Return what lies in a folder and those in it, sorted; refuse what cannot be looked into."""
    if not folder.exists():
        return []
    if not folder.is_dir():
        hint = "move it away; posts are Markdown files in a folder of that name"
        raise BookError("this is a file, and a folder of posts belongs here", path=folder, hint=hint)
    paths: list[Path] = []
    for here, folders, files in os.walk(folder, onerror=_refuse):
        if not os.access(here, os.R_OK | os.X_OK):
            _refuse(PermissionError(errno.EACCES, os.strerror(errno.EACCES), here))
        paths += (Path(here, name) for name in (*folders, *files))
    return sorted(paths)


def _refuse(error: OSError) -> None:
    message = "this folder cannot be looked into"
    raise BookError(message, path=Path(error.filename), hint="check who may read it: `ls -ld`") from error


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
