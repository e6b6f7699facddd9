"""Links from post to post: by file, slug or published address, made links inside the book."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from html import escape, unescape
from pathlib import PurePosixPath
from types import MappingProxyType
from urllib.parse import unquote

from book.composed import composed
from book.model import Notice, Post
from book.slug import folded
from book.urls import urljoin, urlsplit

_KEPT = 4096
"""Texts of which the last answers are kept: a preview asks again for those that have not changed."""
_LINK = re.compile(r'(<a\b[^>]*?)\shref="([^"]*)"')
_IDENT = re.compile(r'\sid="([^"]*)"')
_TEXT_FILE = re.compile(r"\.(md|markdown|mdown|mkd|txt)$", re.IGNORECASE)

NO_LEAVES: Mapping[str, str] = MappingProxyType({})


@dataclass(slots=True)
class _Directory:
    """Every way in which a link can name a post."""

    inside: dict[str, Post]
    known: dict[str, Post]
    idents: dict[str, set[str]]
    home: str | None
    leaves: Mapping[str, str]
    warnings: list[Notice] = field(default_factory=list)


def resolve(
    posts: Sequence[Post],
    every: Sequence[Post],
    home: str | None,
    leaves: Mapping[str, str] = NO_LEAVES,
) -> tuple[list[Post], list[Notice]]:
    """Make links that mean a post of the book point to it.

    `every` holds the posts left out too: a link to one of those goes to where it
    was published, or is undone with a warning. `home` is the blog's address. `leaves` has the
    identifiers of pages that are front or back matter, by those that they would have as posts.
    """
    directory = _Directory(
        inside=_names([*posts, *(one for post in posts for one in post.absorbed)]),
        known=_names(every),
        idents={one.slug: _idents(post) for post in posts for one in (post, *post.absorbed)},
        home=home,
        leaves=leaves,
    )
    resolved = [_linked(post, directory) for post in posts]
    return resolved, directory.warnings


def _names(posts: Sequence[Post]) -> dict[str, Post]:
    names: dict[str, Post] = {}
    for post in posts:
        for name in _names_of(post):
            names.setdefault(name, post)
    return names


def _names_of(post: Post) -> list[str]:
    names = [f"slug:{post.slug.rpartition('.')[2]}"]
    if post.origin.path is not None:
        names.append(f"file:{_same(post.origin.path.stem)}")
    if post.url:
        host, path = page_of(post.url)
        names += [f"url:{host}{path}", f"path:{path}"]
    return names


def _idents(post: Post) -> set[str]:
    texts = (post.body, *(note.body for note in post.notes))
    notes = {note.ident for note in post.notes}
    return notes.union(*map(_idents_in, texts))


@lru_cache(maxsize=_KEPT)
def _idents_in(text: str) -> frozenset[str]:
    return frozenset(_IDENT.findall(text))


def _same(name: str) -> str:
    """Return a name without what file systems change in it, composition and case."""
    return composed(name).casefold()


@lru_cache(maxsize=_KEPT)
def page_of(url: str) -> tuple[str, str]:
    """Reduce an address to what tells posts apart: host without `www.`, path without its ornaments."""
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").removeprefix("www.").casefold()
    path = unquote(parts.path)
    path = re.sub(r"/(index\.(html?|php))?$", "", path)
    path = _same(re.sub(r"\.html?$", "", path))
    numbered = re.search(r"(?:^|&)(p|page_id)=(\d+)", parts.query)
    return host, path + (f"?{numbered[1]}={numbered[2]}" if numbered and not path.strip("/") else "")


def _linked(post: Post, directory: _Directory) -> Post:
    def mend(match: re.Match[str]) -> str:
        href = unescape(match[2])
        try:
            target = _target(href, post, directory)
        except ValueError:  # no address at all: it stays as its author wrote it
            return match[0]
        return match[1] if target is None else f'{match[1]} href="{escape(target)}"'

    body = _LINK.sub(mend, post.body)
    notes = tuple(replace(note, body=_LINK.sub(mend, note.body)) for note in post.notes)
    return replace(post, body=body, notes=notes)


def _target(href: str, post: Post, directory: _Directory) -> str | None:
    """Return what `href` becomes: `#…` inside the book, an address outside it, None for no link at all."""
    if href.startswith(("#", "mailto:", "tel:")):
        return href
    fragment = composed(unquote(urlsplit(href).fragment))
    keys = _keys(href, post, directory)
    found = next((directory.inside[key] for key in keys if key in directory.inside), None)
    if found is not None:
        return _inside(found, fragment, directory)
    left_out = next((directory.known[key] for key in keys if key in directory.known), None)
    if left_out is not None and left_out.url:
        return urljoin(directory.home or "", left_out.url) + (f"#{fragment}" if fragment else "")
    if _absolute(href) and left_out is None:
        return href
    return _outside(href, post, directory, left_out)


def _absolute(href: str) -> bool:
    return bool(urlsplit(href).scheme)


def _keys(href: str, post: Post, directory: _Directory) -> list[str]:
    parts = urlsplit(href)
    host, path = page_of(href)
    if parts.scheme or parts.netloc:
        own = {page_of(url)[0] for url in (directory.home, post.url) if url}
        return [f"url:{host}{path}"] + ([f"path:{path}"] if host in own and path.strip("/") else [])
    name = PurePosixPath(unquote(parts.path)).name
    if _TEXT_FILE.search(name):
        stem = _same(_TEXT_FILE.sub("", name))
        return [f"file:{stem}", f"slug:{stem}"]
    based = page_of(urljoin(post.url or directory.home or "", href))[1]
    slug = _same(re.sub(r"\.html?$", "", PurePosixPath(unquote(parts.path).rstrip("/")).name))
    return [f"path:{based}", f"path:{path}", f"slug:{slug}", f"file:{slug}"]


def _inside(found: Post, fragment: str, directory: _Directory) -> str:
    ident = f"{found.ident}.{fragment}"
    known = directory.idents[found.slug] if fragment else ()
    if ident in known:
        return f"#{ident}"
    if alike := [one for one in known if folded(one) == folded(ident)]:  # made of words in another way
        return f"#{min(alike)}"
    return f"#{directory.leaves.get(found.ident, found.ident)}"


def _outside(href: str, post: Post, directory: _Directory, left_out: Post | None) -> str | None:
    base = post.url or directory.home
    if left_out is None and base and urlsplit(base).scheme and not _TEXT_FILE.search(urlsplit(href).path):
        return urljoin(base, href)
    what = "a post that is left out" if left_out else "nothing in the book"
    directory.warnings.append(
        Notice(
            f"the link `{href}` leads to {what}; its words are kept, the link is not",
            post.origin.path,
            hint="link by file name (`2017-08-30-closing-gaps.md`), by slug, or by the full address",
        )
    )
    return None
