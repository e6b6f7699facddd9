"""What an author may want to look at first, among the posts that were gathered."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from book.body import count_words
from book.crosslinks import page_of
from book.model import Draft
from book.pictures import references
from book.shares import shared
from book.triage.garbled import is_garbled
from book.triage.likeness import alike, sketch
from book.triage.pageroles import role_of
from book.triage.plainwords import plain
from book.triage.series import series

_LINK = re.compile(
    r"\[[^\[\]]*\]\([^()]*\)|<a\b(?:(?!<a\b).)*?</a>|<?https?://[^\s<>]+>?", re.DOTALL | re.IGNORECASE
)
_PICTURE = re.compile(r"!\[(?:(?!!\[)[^\]])*\]\([^()]*\)|<img\b[^<>]*>", re.IGNORECASE)
_FEW_WORDS, _SHORT = 12, 200
_SHOWN = 12
"""How many lines of one kind are told; JSON has them all."""
_NAMED = 3
"""How many files one line names; it counts the others."""
_GARBLED = "signs like `â€™` or `Ã©`, of a text that was once read in a wrong encoding"
_CLOSED = Path(__file__).with_name("closedservices.toml")
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Triage:
    """Published posts by year (`none` for undated ones) and their words; and files that stand out.

    Those with little more than a link, those with signs of a wrong encoding, groups much alike, groups
    that are parts of one thing, those that lead to services that are gone (with the address), those that
    lead to others, and pages that have no role (with one that may fit, or nothing).
    """

    years: Mapping[str, int] = field(default_factory=dict)
    words: int = 0
    only_links: tuple[str, ...] = ()
    garbled: tuple[str, ...] = ()
    alike: tuple[tuple[str, ...], ...] = ()
    series: tuple[tuple[str, ...], ...] = ()
    dead: Pairs = ()
    linked: Pairs = ()
    pages: Pairs = ()

    def json(self) -> dict[str, Any]:
        """Return the triage as `book gather --json` prints it."""
        return {
            "years": dict(self.years),
            "words": self.words,
            "link-only": list(self.only_links),
            "garbled": list(self.garbled),
            "alike": [list(group) for group in self.alike],
            "series": [list(group) for group in self.series],
            "dead": [list(pair) for pair in self.dead],
            "linked": [list(pair) for pair in self.linked],
            "pages": [list(pair) for pair in self.pages],
        }

    def told(self) -> list[str]:
        """Return the lines that an author reads at the end of gathering."""
        lines = _first([_offered(name, role) for name, role in self.pages])
        if not self.years:
            return lines
        years = ", ".join(f"{year}: {count}" for year, count in self.years.items())
        lines.insert(0, f"by year: {years}; words: {self.words}")
        lines += _first([f"{name}: little more than a link" for name in self.only_links])
        lines += _first([f"{name}: {_GARBLED}" for name in self.garbled])
        lines += _first([f"{first}: much like {_few(rest)}" for first, *rest in self.alike])
        lines += _first([f"{first}: goes on in {_few(rest)}" for first, *rest in self.series])
        lines += _first(
            [f"{name}: leads to a service that is gone, {address}" for name, address in self.dead]
        )
        if self.linked:
            posts = len({one for pair in self.linked for one in pair})
            lines.append(f"links from post to post: {len(self.linked)}, among {posts} posts")
        return lines


def _offered(name: str, role: str) -> str:
    named = f"`role: {role}`" if role else "a `role`, such as `appendix`,"
    return f"{name}: a page, which no book has by itself; {named} in its header makes it front or back matter"


def _first(lines: Sequence[str]) -> list[str]:
    more = [f"… and {len(lines) - _SHOWN} more; `--json` names them"] if len(lines) > _SHOWN else []
    return [*lines[:_SHOWN], *more]


def _few(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


@dataclass(frozen=True, slots=True)
class _Look:
    """What is seen in one post by itself."""

    length: int
    is_link: bool
    is_garbled: bool
    sketch: Sequence[int]
    addresses: tuple[str, ...]
    dead: tuple[str, ...]


def triage(posts: Iterable[tuple[str, Draft]]) -> Triage:
    """Look over posts, each with the name of its file."""
    ordered = sorted(posts, key=lambda post: post[0])
    drafts = dict(ordered)
    looks = dict(zip(drafts, shared(_look, list(drafts.values())), strict=True))
    published = [name for name, draft in drafts.items() if draft.kind == "post" and not draft.draft]
    dates = (drafts[name].date for name in published)
    years = Counter(f"{date.year:04}" if date else "none" for date in dates)
    return Triage(
        dict(sorted(years.items())),
        sum(looks[name].length for name in published),
        tuple(name for name, look in looks.items() if look.is_link),
        tuple(name for name, look in looks.items() if look.is_garbled),
        tuple(alike({name: look.sketch for name, look in looks.items()})),
        tuple(series((name, draft.title, draft.extra) for name, draft in ordered)),
        tuple((name, address) for name, look in looks.items() for address in look.dead),
        tuple(_linked((name, draft, looks[name].addresses) for name, draft in ordered)),
        tuple(
            (name, role_of(draft.title, draft.slug))
            for name, draft in ordered
            if draft.kind == "page" and not draft.role
        ),
    )


def _look(draft: Draft) -> _Look:
    words = plain(draft.body)
    length = count_words(words)
    addresses = _addresses(draft)
    return _Look(
        length,
        length < _SHORT and bool(_LINK.search(draft.body)) and _is_only_a_link(draft.body),
        is_garbled(f"{draft.title}\n{words}"),
        sketch(words),
        addresses,
        tuple(_dead(addresses)),
    )


def _is_only_a_link(body: str) -> bool:
    """Tell whether a post is a link, and hardly a word besides; a picture is more than a link."""
    if _PICTURE.search(body):
        return False
    return count_words(plain(_LINK.sub(" ", body))) < _FEW_WORDS


def _addresses(draft: Draft) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.address for one in references(draft.body) if not one.shown))


def _dead(addresses: Iterable[str]) -> Iterator[str]:
    """Yield the addresses in a post where nothing is any more."""
    for address in addresses:
        try:
            parts = urlsplit(address)
        except ValueError:
            continue
        labels = (parts.hostname or "").split(".")
        hosts = {".".join(labels[place:]) for place in range(len(labels))}
        if hosts & closed().keys() or parts.path.lower().endswith(".swf"):
            yield address


@lru_cache
def closed() -> Mapping[str, int]:
    """Return the hosts of services that are gone, with the year of their end."""
    return tomllib.loads(_CLOSED.read_text(encoding="utf-8"))


def _linked(posts: Iterable[tuple[str, Draft, Sequence[str]]]) -> Iterator[tuple[str, str]]:
    """Yield each post that leads to another, with that other; `posts` come with the addresses in them."""
    posts = list(posts)
    pages: dict[tuple[str, str], str] = {}
    for name, draft, _ in posts:
        if draft.url and (page := _page(draft.url)):
            pages.setdefault(page, name)
    for name, draft, addresses in posts:
        found = (_page(_whole(address, draft.url)) for address in addresses)
        others = dict.fromkeys(pages[page] for page in found if page in pages)
        yield from ((name, other) for other in others if other != name)


def _whole(address: str, base: str | None) -> str:
    try:
        return urljoin(base or "", address)
    except ValueError:
        return ""


def _page(address: str) -> tuple[str, str] | None:
    try:
        page = page_of(address)
    except ValueError:
        return None
    return page if page[1] else None
