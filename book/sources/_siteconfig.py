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
from book.languagenames import tag_of
from book.sources._scriptvalues import values_in
from book.textfile import is_inside, read_text

_FILES = (
    *("_config.yml", "_config.yaml", "_quarto.yml", "_quarto.yaml", "mkdocs.yml"),
    *("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml", "config.yaml", "config.yml"),
    *("config/_default/hugo.toml", "config/_default/hugo.yaml", "config/_default/config.toml"),
    *("config/_default/config.yaml", "zola.toml", "pelicanconf.py", "conf.py"),
    *("config/_default/languages.toml", "config/_default/languages.yaml", "config/_default/languages.yml"),
    *("_data/site.json", "_data/metadata.json", "src/_data/site.json", "src/_data/metadata.json"),
)
_SCRIPTS = (
    *(
        "gatsby-config",
        "docusaurus.config",
        "data/siteMetadata",
        "siteMetadata",
        "site.config",
        "blog.config",
    ),
    *(".vuepress/config", "docs/.vuepress/config", ".vitepress/config", "docs/.vitepress/config"),
    *("src/consts", "src/config", "src/site.config", "src/data/site", "src/lib/config", "src/lib/info"),
    *("src/config/site", "src/config/index", "config/site", "lib/config", "lib/constants"),
    *("_data/site", "_data/metadata", "src/_data/site", "src/_data/metadata", "astro.config"),
)
"""Where generators that are programs in JavaScript, and what begins with them, keep what a site is."""
_TITLES = ("title", "SITENAME", "BLOG_TITLE", "blog_title", "SITE_TITLE", "siteTitle", "site_name",
           "siteName", "SITE_NAME", "blogTitle", "name")  # fmt: skip
_LANGUAGES = ("languageCode", "lang", "language", "default_language", "default_lang",
              "defaultContentLanguage", "DEFAULT_LANG", "locale", "defaultLocale", "SITE_LANG")  # fmt: skip
_SEVERAL = ("languages", "locales", "language", "lang")
_ADDRESSES = ("url", "baseURL", "base_url", "baseurl", "site-url", "SITEURL", "SITE_URL", "blog_baseurl",
              "siteUrl", "siteURL", "site_url", "site", "website")  # fmt: skip
_AUTHORS = ("author", "authors", "author-meta", "AUTHOR", "BLOG_AUTHOR", "blog_authors", "authorName",
            "site_author", "SITE_AUTHOR")  # fmt: skip
_HANDLE = re.compile(r"[@a-z0-9_.-]+")
"""How some write who they are to their generator, and no reader."""
_MAIL = re.compile(r"\s*[<(]?[^\s<>()]+@[^\s<>()]+\.[^\s<>()]+[>)]?")
_WITHIN = ("website", "params", "extra", "site", "siteMetadata", "i18n")
"""Tables in which generators keep what others have at the top."""
_HIGHEST = 3
_INNER = {"_posts", "_drafts", "blog", "content", "docs", "pages", "post", "posts", "source", "src"}
"""Folders within a website's: what the site is stands above them."""


@dataclass(frozen=True, slots=True)
class Site:
    """A blog's own title, language, address and author, where they are known."""

    title: str | None = None
    language: str | None = None
    url: str | None = None
    author: str | None = None
    titles: tuple[tuple[str, str], ...] = ()
    """The languages that it is in, by their tags, with its title in each where it has one."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that it is in."""
        return tuple(tag for tag, _ in self.titles)

    def with_more(self, other: Site) -> Site:
        """Return what is known, and what another place says besides."""
        return Site(
            self.title or other.title,
            self.language or other.language,
            self.url or other.url,
            self.author or other.author,
            self.titles or other.titles,
        )


def site(folder: Path) -> Site:
    """Read what the configuration of the website says that a folder is, or is part of."""
    roots = [folder.resolve()]
    while roots[-1].name in _INNER and len(roots) < _HIGHEST:
        roots.append(roots[-1].parent)
    return next((found for root in roots if (found := _site_of(root)) != Site()), Site())


def _site_of(folder: Path) -> Site:
    """Return what is said in the first place that says a title; what others say adds to it."""
    known = Site()
    for path in _places(folder):
        if not (path.is_file() and is_inside(path, folder)):
            continue
        try:
            known = known.with_more(_site(_tables(path)))
        except (BookError, ValueError, SyntaxError, RecursionError, MemoryError):
            continue
        if known.title:
            break
    return known


def _places(folder: Path) -> Iterator[Path]:
    yield from (folder / name for name in _FILES)
    yield from (folder / f"{name}{suffix}" for name in _SCRIPTS for suffix in (".js", ".ts", ".mjs", ".cjs"))


def _tables(path: Path) -> list[Mapping[str, Any]]:
    """Return the tables of a configuration; those of a script count alike, whatever their names."""
    if path.suffix not in (".js", ".ts", ".mjs", ".cjs"):
        values = _values(path)
        return [{"languages": values} if path.stem == "languages" else values]
    found = [(name, value) for name, value, _ in values_in(read_text(path))]
    return [dict(found), *(value for _, value in found if isinstance(value, dict))]


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


def _site(outer: list[Mapping[str, Any]]) -> Site:
    inner = (values.get(name) for values in outer for name in _WITHIN)
    tables = [*outer, *(table for table in inner if isinstance(table, dict))]

    def first(names: tuple[str, ...]) -> str | None:
        found = (_text(table.get(name)) for table in tables for name in names)
        return next((value for value in found if value), None)

    url, author = first(_ADDRESSES), first(_AUTHORS)
    said, named = first(_LANGUAGES), dict(pair for table in tables for pair in _languages_in(table))
    main = tag_of(said or "") or said or next(iter(named), None)
    return Site(
        first(_TITLES) or named.get(main or "") or next(filter(None, named.values()), None),
        main,
        url if url and url.startswith(("http://", "https://")) else None,
        author if author and not _HANDLE.fullmatch(author) else None,
        tuple(named.items()),
    )


def _languages_in(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Give the languages that a configuration lists, each with the site's title in it."""
    for held in map(values.get, _SEVERAL):
        for word in held if isinstance(held, dict | list) else ():
            if isinstance(word, str) and (tag := tag_of(word)):
                about = held.get(word) if isinstance(held, dict) else None
                yield tag, (_text(about.get("title")) or "") if isinstance(about, dict) else ""


def _text(value: Any) -> str | None:
    """Return a text, or the name in a table or of a list's only person."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("name")
    return _MAIL.sub("", value).strip() or None if isinstance(value, str) else None
