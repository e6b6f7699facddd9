"""Links to pictures of the project, as blogs have them to show one larger: made links to where it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape, unescape
from itertools import count
from pathlib import Path

from book.media import Unusable, locate
from book.model import Notice, Post
from book.pictures import names_image
from book.showing import Shelf

_LINK = re.compile(r'(<a\b[^>]*?)\shref="([^"#?:]+)"')
_AROUND = re.compile(r'<a\b[^>]*?\shref="([^"#?:]+)"[^>]*>\s*(<img\b[^>]*/>)\s*</a>')
_IDENT = re.compile(r'\sid="([^"]*)"')


def settle_picture_links(posts: Sequence[Post], shelf: Shelf, root: Path) -> tuple[list[Post], list[Notice]]:
    """Lead links to pictures of the project in `root` to where they are shown: in the same post, if they are.

    A link around a picture is taken away, for it would show what is seen already. One to a picture that
    no post shows keeps its words, and is told.
    """
    linked = {post.slug: found for post in posts if (found := _linked(post, shelf, root))}
    if not linked:
        return list(posts), []
    settled = {post.slug: _without_links_around(post, linked.get(post.slug, {})) for post in posts}
    first: dict[str, str] = {}
    for post in posts:
        for shown in post.media:
            first.setdefault(shown, post.slug)
    notices: list[Notice] = []
    for slug, pictures in linked.items():
        leads: dict[str, str | None] = {}
        for address in sorted(_addresses(settled[slug]) & pictures.keys()):
            name = pictures[address]
            if name is None:
                leads[address] = None
                notices.append(_nowhere(address, settled[slug]))
                continue
            owner = slug if name in settled[slug].media else first[name]
            settled[owner], ident = _named(settled[owner], name)
            leads[address] = f"#{ident}" if owner == slug else _from_afar(settled[owner], ident)
        settled[slug] = _led(settled[slug], leads)
    return [settled[post.slug] for post in posts], notices


def _linked(post: Post, shelf: Shelf, root: Path) -> Mapping[str, str | None]:
    """Return the names of the pictures that a post links to, by address; None for those nobody shows."""
    found: dict[str, str | None] = {}
    for address in _addresses(post):
        if names_image(address):
            try:
                found[address] = shelf.shown(locate(address, post.origin.path or root, root))
            except Unusable:  # it is not in the project: an address like any other
                continue
    return found


def _texts(post: Post) -> tuple[str, ...]:
    return (post.body, *(note.body for note in post.notes))


def _addresses(post: Post) -> set[str]:
    return {unescape(address) for text in _texts(post) for _, address in _LINK.findall(text)}


def _without_links_around(post: Post, pictures: Mapping[str, str | None]) -> Post:
    def bare(match: re.Match[str]) -> str:
        return match[2] if unescape(match[1]) in pictures else match[0]

    return replace(post, body=_AROUND.sub(bare, post.body)) if pictures else post


def _named(post: Post, picture: str) -> tuple[Post, str]:
    """Give the place where a post first shows a picture an identifier, if it has none; return both."""
    place = re.search(rf'<img\b[^>]*\ssrc="media/{re.escape(picture)}"[^>]*/>', post.body)
    if place is None:  # in a note, which is too small a place to lead to
        return post, post.ident
    if known := _IDENT.search(place[0]):
        return post, known[1]
    taken = {*_IDENT.findall(post.body)}
    ident = next(name for n in count(1) if (name := f"{post.ident}.picture-{n}") not in taken)
    at = place.start() + len("<img")
    return replace(post, body=f'{post.body[:at]} id="{ident}"{post.body[at:]}'), ident


def _from_afar(post: Post, ident: str) -> str:
    """Return the address by which another post names a place in this one."""
    file = post.origin.path.name if post.origin.path else post.slug
    return f"{file}#{ident.partition('.')[2]}"


def _led(post: Post, leads: Mapping[str, str | None]) -> Post:
    def lead(match: re.Match[str]) -> str:
        address = unescape(match[2])
        target = leads.get(address, address)
        return match[1] if target is None else f'{match[1]} href="{escape(target)}"'

    notes = tuple(replace(note, body=_LINK.sub(lead, note.body)) for note in post.notes)
    return replace(post, body=_LINK.sub(lead, post.body), notes=notes)


def _nowhere(address: str, post: Post) -> Notice:
    message = f"the picture `{address}` is linked to and nowhere shown; its words are kept, the link is not"
    return Notice(message, post.origin.path, hint=f"show it in a post: `![…]({address})`")
