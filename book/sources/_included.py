"""Texts and listings that a post has in files of their own, put where its tags include them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from book.errors import BookError
from book.sources._fences import fenced
from book.sources._markups import notebook
from book.sources._unknown import read
from book.textfile import is_inside

_INCLUDE = re.compile(
    r"\{%-?\s*include(?P<relative>_relative)?\s+(?P<path>[\w./-]+\.(?:md|markdown))\s*-?%\}", re.IGNORECASE
)
_CODE = re.compile(r"\{%-?\s*include_code\s+(?P<given>[^%{}\n]+?)\s*-?%\}")
_NOTEBOOK = re.compile(
    r"\{%-?\s*notebook\s+(?P<path>[\w./+ -]+?\.ipynb)"
    r"(?:\s+cells\[(?P<first>\d{0,6}):(?P<last>\d{0,6})\])?[^%{}\n]*?-?%\}"
)
_FOLDERS = ("", "content", "source")
_LISTINGS = ("", "downloads/code", "code")
"""Where Octopress, Pelican and Hexo look for the listings that a tag names."""
_FILE = re.compile(r"[\w./+-]+\.\w+")
_LANGUAGE = re.compile(r"\blang:(\w+)")
_DEEPEST = 4
_LONGEST = 2_000_000
"""Characters that the texts which one file includes may come to."""
_LARGEST = 16_000_000
"""Characters of a notebook, which holds its pictures."""


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

    if "{%" not in body:
        return body
    body = _INCLUDE.sub(included, body)
    body = _CODE.sub(lambda match: _listing(match, root) or match[0], body)
    return _NOTEBOOK.sub(lambda match: _notebook(match, root) or match[0], body)


def _listing(match: re.Match[str], root: Path) -> str | None:
    """Return the listing that a tag like `{% include_code demo.py lang:python Demo %}` names."""
    words = match["given"].split()
    name = next((word for word in words if _FILE.fullmatch(word)), None)
    path, text = _found([f"{folder}/{name}" for folder in _LISTINGS], root) if name else (None, "")
    language = _LANGUAGE.search(match["given"])
    if path is None:
        return None
    return f"\n\n{fenced(text.rstrip(), language[1] if language else path.suffix[1:])}\n\n"


def _notebook(match: re.Match[str], root: Path) -> str | None:
    """Return the cells of a notebook that a tag like `{% notebook demo.ipynb cells[2:] %}` names."""
    path, text = _found([match["path"]], root, _LARGEST)
    if path is None:
        return None
    first, last = (int(match[name]) if match[name] else None for name in ("first", "last"))
    try:
        return f"\n\n{notebook.markdown(text, path, slice(first, last))}\n\n"
    except BookError:
        return None


def _found(names: Sequence[str], root: Path, most: int = _LONGEST) -> tuple[Path | None, str]:
    """Return the first of some files that a folder has, and its text; none where that is too long."""
    for path in (root / folder / name.lstrip("/") for folder in _FOLDERS for name in names):
        if is_inside(path, root) and path.is_file():
            try:
                text = read(path)[0]
            except BookError:
                return None, ""
            return (path, text) if len(text) <= most else (None, "")
    return None, ""
