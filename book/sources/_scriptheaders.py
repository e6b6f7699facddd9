"""What scripts say of posts: in the post's own file, or in a list of all that stands elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any

from book.almanac.words import fold
from book.errors import BookError
from book.header import Header
from book.sources._json import load
from book.sources._scriptvalues import values_in
from book.sources._unknown import read
from book.textfile import is_inside

SCRIPTS = (".js", ".ts", ".mjs", ".mts")
WITH_SCRIPTS = (".md", ".mdx", ".svx", ".markdown")
_IDENTS = ("slug", "id", "file", "filename", "path", "href", "url", "link", "name")
_BEFORE = re.compile(r"(?:[ \t]*(?:import\b[^\n]*|export\b[^\n]*|<script\b[^>\n]*>|//[^\n]*)?\n)*[ \t]{0,3}")
"""What stands before it: the rest of a script, and nothing of the post."""
_LARGEST, _MOST = 2**18, 200
"""Bytes of a list of posts, and files in a folder that may be one."""


def handed_out(header: Header) -> Header:
    """Return what a post's own text hands out of itself (`export const meta = {…}`) as its header.

    It leaves the text; lines stay where they are.
    """
    for _, value, (start, end) in values_in(header.body) if "export" in header.body else ():
        if is_about_post(value) and _BEFORE.fullmatch(header.body, 0, start):
            taken = header.body[start:end]
            body = header.body[:start] + "\n" * taken.count("\n") + header.body[end:]
            return Header({**value, **header.values}, body, header.body_line)
    return header


def is_about_post(value: Any) -> bool:
    """Tell whether a value in a script tells of a post."""
    return isinstance(value, dict) and isinstance(value.get("title"), str)


class PostLists:
    """The lists of posts that scripts and files of JSON in a folder hold, read when first asked for."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def about(self, name: str) -> Mapping[str, Any]:
        """Return what a list says of the post of that name; nothing where none has it."""
        return self._listed.get(fold(name), {})

    @cached_property
    def _listed(self) -> dict[str, Mapping[str, Any]]:
        found: dict[str, Mapping[str, Any]] = {}
        for path in islice(_files(self.folder), _MOST) if self.folder else ():
            for row in _rows(path):
                for ident in _idents(row):
                    found.setdefault(fold(ident), row)
        return found


def _files(folder: Path) -> Iterator[Path]:
    """Give the files of a website's own that may be lists, always in the same order."""
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.name.startswith((".", "_site")) or path.name in ("node_modules", "vendor", "dist", "build"):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _files(path)
        elif path.suffix in (*SCRIPTS, ".json") and is_inside(path, folder):
            yield path


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:
    try:
        if path.stat().st_size > _LARGEST:
            return
        text = read(path)[0]
        values = (
            [load(text.encode(), path)] if path.suffix == ".json" else [one for _, one, _ in values_in(text)]
        )
    except (BookError, OSError):
        return
    for value in values:
        lists = [value, *value.values()] if isinstance(value, dict) else [value]
        for held in lists:
            if isinstance(held, list):
                yield from (row for row in held if is_about_post(row))
            elif isinstance(held, dict):  # named by their slugs
                yield from ({"slug": slug, **row} for slug, row in held.items() if is_about_post(row))


def _idents(row: Mapping[str, Any]) -> Iterator[str]:
    for key in _IDENTS:
        if isinstance(value := row.get(key), str) and (name := PurePosixPath(value.strip("/")).name):
            yield name.removesuffix(".html")
            yield PurePosixPath(name).stem
