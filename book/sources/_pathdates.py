"""What the path of a post says: its day, in names and folders, and its own name."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from book.dates import split_name
from book.errors import BookError

_DATED_PATH = re.compile(r"(?:^|/)(\d{4})[-/_](\d{1,2})[-/_](\d{1,2})(?=[-_/. ]|$)")
_WHOLE = {"index", "content", "post", "article", "page", "+page"}
"""Names of files that are the post, and their folders its name."""
_REST_OF_DATE = re.compile(r"\d{1,2}(?:[-_]\d{1,2})?[-_](?=\D)")


def day_of(file: Path, root: Path) -> date | None:
    """Return the day that a post's name says, or its folder's; raise BookError for one that never was."""
    day = split_name(file)[0] or split_name(file.parent / f"{file.parent.name}.md")[0]
    return day or _day_in(file.relative_to(root).as_posix())


def _day_in(path: str) -> date | None:
    """Return the day that folders and a name together say: `2014/11/20/name`, `2014/11-20-name`."""
    match = _DATED_PATH.search(path)
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def named_by(file: Path) -> Path:
    """Return the path that names a post: its own, or its folder's where the file's says nothing."""
    if file.stem.lower() not in _WHOLE:
        return file
    folder = file.parent if file.parent.name else file.parent.resolve()
    return folder.parent / f"{folder.name}.md"


def name_of(file: Path) -> str:
    """Return a post's name, without a date: its file's, or its folder's where the file is an `index`."""
    named = named_by(file)
    try:
        name = split_name(named)[1]
    except BookError:
        name = named.stem
    if name == named.stem and re.search(r"/\d{4}(?:/\d{1,2})?$", f"/{named.parent.as_posix()}"):
        name = _REST_OF_DATE.sub("", name, count=1) if _REST_OF_DATE.match(name) else name
    return name.encode(errors="replace").decode()
