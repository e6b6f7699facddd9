"""What a folder of posts holds, by every name that a link may call it by."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote, unquote

from book.almanac.words import fold
from book.errors import BookError
from book.header import parse
from book.slug import heading_name, slug
from book.sources._localpictures import find
from book.sources._pathdates import name_of
from book.sources._treefiles import pictures_in, posts_in
from book.sources._unknown import read
from book.textfile import is_inside

_WIKI = re.compile(
    r"(?P<shown>!?)(?<!\[)\[\[(?![\s\[])(?P<target>[^\[\]|#^\n\\]{0,300})"
    r"(?:#?\^(?P<block>[\w-]{1,100})|#(?P<part>[^\[\]|\n]{1,300}?))?"
    r"(?:\\?\|(?P<words>[^\[\]\n]{0,300}))?\]\](?![(\[\]])"
)
_REFERRED = re.compile(r"\[\[[^\[\]|\n]{0,300}\^([\w-]{1,100})[\]|\\]")
_BLOCK = re.compile(r"(?:^|(?<=\S)[ \t]+)\^(?P<name>[A-Za-z0-9-]{1,100})[ \t]*$", re.MULTILINE)
"""The name of a paragraph or a line, as a link calls it."""
_MADE_BY_PROGRAM = re.compile(r"[0-9a-f]{6}")
_SIZE = re.compile(r"\s*\d+(?:x\d+)?\s*")
_CONTENTS = {"toc", "_toc_"}


class Catalogue:
    """The posts and pictures of a folder, looked through when they are first asked for."""

    def __init__(self, folder: Path, name_of: Callable[[Path], str] = name_of) -> None:
        """Look at a folder whose posts are called what `name_of` says."""
        self.folder = folder
        self.name_of = name_of

    def slug_of(self, file: Path) -> str | None:
        """Return the slug that a post will have; None for a file that is none."""
        return self._slugs.get(file.resolve())

    def linked(self, address: str, file: Path) -> str | None:
        """Return what a link in `file` to another post's file becomes: a name that the post still has."""
        target = find(address.partition("#")[0], file, self.folder)
        known = self.slug_of(target) if target is not None else None
        fragment = address.partition("#")[2]
        return known and f"{known}.md" + (f"#{fragment}" if fragment else "")

    def settle_wiki(self, text: str) -> str:
        """Make links and pictures of what stands in double brackets, and words of what leads nowhere.

        Names of paragraphs become what links lead to, where any does.
        """
        text = _WIKI.sub(self._settled, text) if "[[" in text else text
        return _BLOCK.sub(self._named, text) if "^" in text else text

    def _named(self, match: re.Match[str]) -> str:
        name = match["name"]
        if name in self._referred:
            return f'<span id="{name}"></span>'
        return "" if _MADE_BY_PROGRAM.fullmatch(name) else match[0]

    def _settled(self, match: re.Match[str]) -> str:
        target, words = match["target"].strip(), (match["words"] or "").strip()
        name = PurePosixPath(target).name
        if match["shown"] and (picture := self._pictures.get(name.casefold())):
            alt = "" if _SIZE.fullmatch(words) else words
            return f"![{alt}]({picture})"
        heading = (match["part"] or "").rpartition("#")[2].strip()
        if not re.search(r"[^\W\d_]", target + heading + (match["block"] or "")):
            return match[0]
        if target.casefold() in _CONTENTS:
            return ""
        shown = words or " > ".join(filter(None, (target, heading))) or "↑"
        known = self._names.get(fold(target)) or self._names.get(fold(name))
        part = match["block"] or heading_name(heading)
        if not known and (target or not part):
            return shown
        return f"[{shown}]({f'{known}.md' if known else ''}{f'#{quote(part)}' if part else ''})"

    @cached_property
    def _read(self) -> dict[Path, tuple[dict[str, Any], frozenset[str]]]:
        return {file: _said(file) for file in posts_in(self.folder) if is_inside(file, self.folder)}

    @cached_property
    def _referred(self) -> frozenset[str]:
        """The names of paragraphs that links in the folder lead to."""
        return frozenset().union(*(names for _, names in self._read.values()))

    def _slug(self, file: Path, values: dict[str, Any]) -> str:
        named = values.get("slug")
        written = slug(unquote(named) if isinstance(named, str) else "")
        return written or slug(self.name_of(file)) or file.stem

    @cached_property
    def _slugs(self) -> dict[Path, str]:
        return {file.resolve(): self._slug(file, values) for file, (values, _) in self._read.items()}

    @cached_property
    def _names(self) -> dict[str, str]:
        names: dict[str, str] = {}
        for file, (values, _) in self._read.items():
            aliases = values.get("aliases")
            path = file.relative_to(self.folder).with_suffix("").as_posix()
            called = [file.stem, path, self.name_of(file), self._slug(file, values), values.get("title")]
            called += aliases if isinstance(aliases, list) else [aliases]
            for name in called:
                if isinstance(name, str) and name:
                    names.setdefault(fold(name), self._slug(file, values))
        return names

    @cached_property
    def _pictures(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for file in pictures_in(self.folder):
            path = file.relative_to(self.folder).as_posix()
            found.setdefault(file.name.casefold(), "/" + quote(path, errors="surrogateescape"))
        return found


def _said(file: Path) -> tuple[dict[str, Any], frozenset[str]]:
    """Return what a post's header says, and the names of paragraphs that it links to."""
    try:
        text = read(file)[0]
        return dict(parse(text, file, check_dates=False).values), frozenset(_REFERRED.findall(text))
    except BookError:
        return {}, frozenset()
