"""What the configuration of a website's generator says of the blog: title, address, language, author."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from book import headeryaml
from book.errors import BookError
from book.textfile import is_inside, read_text

_FILES = (
    *("_config.yml", "_config.yaml", "_quarto.yml", "_quarto.yaml"),
    *("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml", "config.yaml", "config.yml"),
    *("config/_default/hugo.toml", "config/_default/hugo.yaml", "config/_default/config.toml"),
    *("config/_default/config.yaml", "zola.toml", "pelicanconf.py", "conf.py"),
    *("_data/site.json", "_data/metadata.json", "src/_data/site.json", "src/_data/metadata.json"),
)
_TITLES = ("title", "SITENAME", "BLOG_TITLE", "blog_title", "name")
_LANGUAGES = (
    *("languageCode", "lang", "language", "default_language", "defaultContentLanguage"),
    *("DEFAULT_LANG", "locale"),
)
_ADDRESSES = ("url", "baseURL", "base_url", "baseurl", "site-url", "SITEURL", "SITE_URL", "blog_baseurl")
_AUTHORS = ("author", "authors", "author-meta", "AUTHOR", "BLOG_AUTHOR", "blog_authors", "authorName")
_HANDLE = re.compile(r"[@a-z0-9_.-]+")
"""How some write who they are to their generator, and no reader."""
_WITHIN = ("website", "params", "extra", "site")
"""Tables in which generators keep what others have at the top."""


@dataclass(frozen=True, slots=True)
class Site:
    """A blog's own title, language, address and author, where they are known."""

    title: str | None = None
    language: str | None = None
    url: str | None = None
    author: str | None = None


def site(folder: Path) -> Site:
    """Read what a folder's configuration says; nothing where it says nothing, or cannot be read."""
    for name in _FILES:
        path = folder / name
        if path.is_file() and is_inside(path, folder):
            try:
                found = _site(_values(path))
            except (BookError, ValueError, SyntaxError, RecursionError, MemoryError):
                continue
            if found != Site():
                return found
    return Site()


def _values(path: Path) -> Mapping[str, Any]:
    text = read_text(path)
    if path.suffix == ".toml":
        return tomllib.loads(text)
    if path.suffix == ".py":
        return dict(_assigned(text))
    if path.suffix == ".json":
        values = json.loads(text)
        return values if isinstance(values, dict) else {}
    return headeryaml.load(text, path, {*_TITLES, *_LANGUAGES, *_ADDRESSES, *_AUTHORS})[0]


def _assigned(text: str) -> Iterator[tuple[str, str]]:
    """Give the names to which a module assigns plain text; nothing of it is run."""
    for statement in ast.parse(text).body:
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant):
            for target in statement.targets:
                if isinstance(target, ast.Name) and isinstance(statement.value.value, str):
                    yield target.id, statement.value.value


def _site(values: Mapping[str, Any]) -> Site:
    tables = [values, *(table for name in _WITHIN if isinstance(table := values.get(name), dict))]

    def first(names: tuple[str, ...]) -> str | None:
        found = (_text(table.get(name)) for table in tables for name in names)
        return next((value for value in found if value), None)

    url, author = first(_ADDRESSES), first(_AUTHORS)
    return Site(
        first(_TITLES),
        first(_LANGUAGES),
        url if url and url.startswith(("http://", "https://")) else None,
        author if author and not _HANDLE.fullmatch(author) else None,
    )


def _text(value: Any) -> str | None:
    """Return a text, or the name in a table or of a list's only person."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("name")
    return value.strip() if isinstance(value, str) and value.strip() else None
