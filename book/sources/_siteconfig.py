"""What the configuration of a website's generator says of the blog: its title, address and language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from book import headeryaml
from book.errors import BookError
from book.textfile import read_text

_FILES = (
    "_config.yml",
    "_config.yaml",
    "hugo.toml",
    "config.toml",
    "hugo.yaml",
    "config.yaml",
    "config.yml",
    "zola.toml",
)


@dataclass(frozen=True, slots=True)
class Site:
    """A blog's own title, language and address, where they are known."""

    title: str | None = None
    language: str | None = None
    url: str | None = None


def site(folder: Path) -> Site:
    """Read what a folder's configuration says; nothing where it says nothing, or cannot be read."""
    for name in _FILES:
        path = folder / name
        if path.is_file() and path.resolve().is_relative_to(folder.resolve()):
            try:
                return _site(_values(path))
            except (BookError, tomllib.TOMLDecodeError, RecursionError):
                continue
    return Site()


def _values(path: Path) -> Mapping[str, Any]:
    text = read_text(path)
    if path.suffix == ".toml":
        return tomllib.loads(text)
    return headeryaml.load(
        text, path, {"title", "lang", "language", "languageCode", "url", "baseURL", "baseurl"}
    )[0]


def _site(values: Mapping[str, Any]) -> Site:
    def first(*keys: str) -> str | None:
        found = (values.get(key) for key in keys)
        return next((value for value in found if isinstance(value, str) and value.strip()), None)

    url = first("url", "baseURL", "base_url", "baseurl")
    return Site(
        first("title"),
        first("languageCode", "lang", "language", "default_language", "defaultContentLanguage"),
        url if url and url.startswith(("http://", "https://")) else None,
    )
