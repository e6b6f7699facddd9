"""The people that a website's posts name by what its generator calls them: `author: ann`."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

from book import headeryaml
from book.almanac.words import fold
from book.authornames import is_mail
from book.errors import BookError
from book.header import parse
from book.textfile import is_inside, read_bytes, read_text

_LISTS = (
    "_data/authors", "_data/author", "_data/members", "_data/people", "data/authors", "data/author",
    "authors", ".authors", "blog/authors", "blog/.authors", "docs/blog/.authors", "content/authors",
    "content/author", "src/content/authors", "src/data/authors", "src/_data/authors", "source/_data/authors",
)  # fmt: skip
"""Files in which generators and themes list people, without their suffixes."""
_FOLDERS = (
    "_data/authors", "data/authors", "_authors", "content/authors", "content/author", "src/content/authors",
    "src/content/author", "src/authors", "authors",
)  # fmt: skip
"""Folders with a file, or a folder, for each of them."""
_DATA = (".yml", ".yaml", ".json", ".toml")
_TEXTS = (".md", ".mdx", ".markdown")
_NAMES = ("name", "display_name", "displayname", "full_name", "fullname", "title", "nom")
_IDENTS = ("id", "slug", "username", "user", "login", "key", "handle", "short_name", "email", "mail")
_MOST = 2_000
_HIGHEST = 3
_WITHIN = {"_posts", "blog", "content", "docs", "posts", "post", "source", "src"}
"""Folders within a website's: its lists may stand above them."""
_LARGEST = 2**20


class Authors:
    """Looks up what people are called, when it is first asked for."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def named(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the names of those who are called as a generator calls them, the others' as they are."""
        return tuple(dict.fromkeys(self._people.get(fold(name), name) for name in names))

    @cached_property
    def _people(self) -> dict[str, str]:
        people: dict[str, str] = {}
        whole = self.folder.resolve() if self.folder else None
        for root in [whole, *whole.parents][:_HIGHEST] if whole else ():
            for ident, name in _people_in(root):
                if ident.strip() and name.strip():
                    people.setdefault(fold(ident), " ".join(name.split()))
            if people or root.name not in _WITHIN:
                break
        return people


def _people_in(root: Path) -> Iterator[tuple[str, str]]:
    for place in _LISTS:
        for suffix in _DATA:
            path = root / f"{place}{suffix}"
            if path.is_file() and is_inside(path, root):
                yield from _listed(_values(path))
    for place in _FOLDERS:
        folder = root / place
        if folder.is_dir() and is_inside(folder, root):
            for path in islice(sorted(folder.iterdir()), _MOST):
                if is_inside(path, root):
                    yield from _of_file(path)


def _of_file(path: Path) -> Iterator[tuple[str, str]]:
    """Give the names of the person that a file is about: its own, what it says, and its folder's."""
    if path.is_dir():
        pages = (path / f"{stem}{suffix}" for stem in ("_index", "index") for suffix in (*_TEXTS, *_DATA))
        page = next((one for one in pages if one.is_file()), None)
        ident = path.name
    else:
        page, ident = path, path.stem
    if page is None or page.suffix.lower() not in (*_TEXTS, *_DATA) or ident.startswith("_"):
        return
    about = _values(page)
    if isinstance(about, dict) and (name := _name(about)):
        yield from ((called, name) for called in (ident, *_idents(about)))


def _values(path: Path) -> Any:
    """Return what a file says; nothing where it cannot be read."""
    try:
        if path.stat().st_size > _LARGEST:
            return None
        if path.suffix == ".json":
            return json.loads(read_bytes(path))
        text = read_text(path)
        if path.suffix == ".toml":
            return tomllib.loads(text)
        if path.suffix in _TEXTS:
            return dict(parse(text, path, check_dates=False).values)
        rows = "\n".join(row for row in text.split("\n") if row.strip() and not row.startswith(("#", "---")))
        return headeryaml.load(f"people:\n{rows}" if rows.startswith("-") else rows or "{}", path, set())[0]
    except (BookError, ValueError, OSError, RecursionError):
        return None


def _listed(held: Any) -> Iterator[tuple[str, str]]:
    """Give whom a list names: a table of people by what they are called, or a list of them."""
    if isinstance(held, Mapping):
        for key in ("authors", "people", "members"):  # as MkDocs has them
            if isinstance(within := held.get(key), dict | list):
                yield from _listed(within)
        for ident, about in held.items():
            if isinstance(about, str) and not is_mail(about):
                yield str(ident), about
            elif isinstance(about, Mapping) and (name := _name(about)):
                yield from ((called, name) for called in (str(ident), *_idents(about)))
    elif isinstance(held, list):
        for about in held:
            if isinstance(about, Mapping) and (name := _name(about)):
                yield from ((called, name) for called in _idents(about))


def _plain(about: Mapping[str, Any]) -> dict[str, Any]:
    return {str(key).lower().replace("-", "_"): value for key, value in about.items()}


def _name(about: Mapping[str, Any]) -> str:
    """Return what a person is called: a name, or a first and a last one, or (as Gatsby's are) the `id`."""
    known = _plain(about)
    found = (known.get(key) for key in _NAMES)
    if name := next((one for one in found if isinstance(one, str) and one.strip()), ""):
        return name
    parts = (known.get(key) for key in ("first_name", "firstname", "last_name", "lastname"))
    both = " ".join(part for part in parts if isinstance(part, str))
    return both or (known["id"] if isinstance(known.get("id"), str) else "")


def _idents(about: Mapping[str, Any]) -> Iterator[str]:
    known = _plain(about)
    return (value for key in _IDENTS if isinstance(value := known.get(key), str) and value.strip())
