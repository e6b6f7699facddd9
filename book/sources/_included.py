"""Texts that a post has in files of their own, put where its tags include them."""

from __future__ import annotations

import re
from pathlib import Path

from book.errors import BookError
from book.sources._unknown import read
from book.textfile import is_inside

_INCLUDE = re.compile(
    r"\{%-?\s*include(?P<relative>_relative)?\s+(?P<path>[\w./-]+\.(?:md|markdown))\s*-?%\}", re.IGNORECASE
)
_DEEPEST = 4
_LONGEST = 2_000_000
"""Characters that the texts which one file includes may come to."""


def with_included(body: str, file: Path, root: Path, depth: int = 0) -> str:
    """Return a body with the Markdown that it includes from `_includes`, or from beside its own `file`.

    Files outside `root` are not read; pieces of templates stay tags.
    """
    room = _LONGEST

    def included(match: re.Match[str]) -> str:
        nonlocal room
        folder = file.parent if match["relative"] else root / "_includes"
        path = folder / match["path"]
        if depth >= _DEEPEST or not is_inside(path, root) or not path.is_file():
            return match[0]
        try:
            text = read(path)[0]
        except BookError:
            return match[0]
        room -= len(text)
        return with_included(text, path, root, depth + 1) if room > 0 else match[0]

    return _INCLUDE.sub(included, body) if "{%" in body else body
