"""What stands in the other volumes of a set: which volume, which post, and on what page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape, unescape

from book.model import Book, Galley, Post

_UNKNOWN = "000"
"""As many figures as most pages have, so that lines stay when the true ones are known."""
_LOCATOR = re.compile(r'<a class="locator( front)?" href="#([^"]+)"(?: data-to="([^"]+)")?></a>')


@dataclass(frozen=True, slots=True)
class Standing:
    """A place in another volume; `folio` is the page as it is printed there, when that is known."""

    volume: int
    title: str
    post: Post | None
    folio: str | None


@dataclass(frozen=True, slots=True)
class Abroad:
    """The set as one of its volumes sees it.

    `roots` has the posts and leaves of the others by their identifiers, `folios` the page
    of everything in them that a link can mean; `unknown` stands for one that is not known yet.
    `before` and `after` are the volumes on both sides of it.
    """

    volume: int
    roots: Mapping[str, Standing]
    folios: Mapping[str, str]
    unknown: str | None
    before: tuple[Book, ...] = ()
    after: tuple[Book, ...] = ()

    def find(self, ident: str) -> Standing | None:
        """Return where an identifier stands, if it is in another volume."""
        root = self.roots.get(ident.partition(".")[0])
        if root is None:
            return None
        folio = self.folios.get(ident) or self.folios.get(ident.partition(".")[0]) or self.unknown
        return replace(root, folio=folio)


Folios = Mapping[int, Mapping[str, str]]
"""For each volume the pages of what is in it, as they are printed."""


def seen_from(volume: int, volumes: Sequence[Book], folios: Folios | None) -> Abroad:
    """Return the set as the volume of that number sees it; `folios` are None where there are no pages."""
    roots: dict[str, Standing] = {}
    pages: dict[str, str] = {}
    own = set(_idents(volumes[volume - 1]))
    for nth, book in enumerate(volumes, start=1):
        if nth != volume:
            found = {ident: one for ident, one in _roots(nth, book) if ident not in own}
            roots = found | roots
            told = folios.get(nth, {}) if folios else {}
            pages |= {ident: page for ident, page in told.items() if ident.partition(".")[0] in found}
    before, after = tuple(volumes[: volume - 1]), tuple(volumes[volume:])
    return Abroad(volume, roots, pages, None if folios is None else _UNKNOWN, before, after)


def _idents(book: Book) -> Iterable[str]:
    return (ident for ident, _ in _roots(0, book))


def _roots(nth: int, book: Book) -> Iterable[tuple[str, Standing]]:
    for part in book.parts:
        yield part.ident, Standing(nth, part.title or "", None, None)
    for chapter in book.chapters:
        yield chapter.ident, Standing(nth, chapter.title, None, None)
        for post in chapter.posts:
            yield post.ident, Standing(nth, post.title, post, None)
    for leaf in (*book.front, *book.year_letters, *book.back):
        yield leaf.ident, Standing(nth, leaf.title, None, None)
        if leaf.post:
            yield leaf.post.ident, Standing(nth, leaf.title, None, None)


def with_volumes(galleys: Sequence[Galley], abroad: Abroad) -> tuple[Galley, ...]:
    """Say in the index of a set in which volume each of its places is, and the page if in another."""
    return tuple(
        replace(galley, body=_LOCATOR.sub(lambda match: _located(match, abroad), galley.body))
        if galley.role == "index"
        else galley
        for galley in galleys
    )


def _located(match: re.Match[str], abroad: Abroad) -> str:
    front, start, end = match.groups()
    there = abroad.find(unescape(start))
    if there is None:
        return f'{match[0].removesuffix("></a>")} data-volume="{abroad.volume}"></a>'
    last = abroad.find(unescape(end)) if end else None
    pages = [one.folio for one in (there, last) if one and one.folio]
    said = zip(("folio", "last"), pages, strict=False)
    told = "".join(f' data-{name}="{escape(page)}"' for name, page in said)
    return f'<a class="locator{front or ""}" data-volume="{there.volume}"{told}></a>'
