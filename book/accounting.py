"""Words counted: whatever stands in a post as it was read stands in its galley, or the build stops.

White space is one, soft hyphens are none, and letters are compared composed (NFC), so that nothing
is a loss but a loss. What editions make of galleys, their pages and documents, is held against them by
letters: lines are broken there, capitals made and notes moved, and still every letter stands somewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from html import unescape
from pathlib import Path
from unicodedata import normalize

from book.errors import BookError
from book.model import Galley, Notice, Post
from book.nouns import many
from book.press.ledger import Ledger
from book.press.store import Store

SHAPERS = Path(__file__).read_bytes()
"""What shapes findings that are remembered: this module."""

_TAG = re.compile(r"<[^<>]*>")
_INITIAL = re.compile(r'<span class="initial">([^<>]*)</span>')
"""A large first letter, which is no word by itself."""
_WORD = re.compile(r"\w+|[\U0001f000-\U0010ffff]")
_SOFT = str.maketrans("", "", "\u00ad\u200b\u2060\ufeff")
_SHOWN = 8


def account(posts: Iterable[Post], galleys: Iterable[Galley], store: Store | None = None) -> None:
    """Raise BookError, with the posts and the words, where a galley lacks what its post holds.

    The `store` remembers which posts are whole in which galleys.
    """
    holders: dict[str, list[str]] = {}
    for galley in galleys:
        for slug in galley.posts:
            holders.setdefault(slug, []).append(galley.body)
    ledger = Ledger(store, "accounts", SHAPERS) if store else None
    faults = tuple(_faults(posts, holders, ledger))
    if faults:
        raise BookError.of(faults)
    if ledger:
        ledger.save()


def _faults(
    posts: Iterable[Post], holders: Mapping[str, list[str]], ledger: Ledger | None
) -> Iterator[Notice]:
    for post in posts:
        galley = "".join(holders.get(post.slug, ()))
        pieces = [post.body, *(note.body for note in post.notes)]
        if ledger and ledger.found(partial(_whole, post, galley), pieces, galley):
            continue
        if lost := missing(post, galley):
            yield _lost(post, lost)


def _whole(post: Post, galley: str) -> bool:
    return not missing(post, galley)


def missing(post: Post, galley: str) -> Counter[str]:
    """Return the words of a post, with its notes, that a galley lacks, and how often."""
    pieces = [piece for piece in (post.body, *(note.body for note in post.notes)) if piece not in galley]
    if not pieces:
        return Counter()
    wanted = words(" ".join((post.body, *(note.body for note in post.notes))))
    return wanted - words(galley)


def words(markup: str) -> Counter[str]:
    """Count the words of markup; signs between them are the typesetter's."""
    text = normalize("NFC", unescape(_TAG.sub(" ", _INITIAL.sub(r"\1", markup))).translate(_SOFT))
    return Counter(_WORD.findall(text))


def unshown(text: str, shown: str, respelled: int = 0) -> Counter[str]:
    """Return the words of a text whose letters are not all among those that are shown.

    `respelled` is how many words may have lost a letter where a line divides them, as some languages ask.
    """
    if "".join(text.split()) in "".join(shown.split()):  # as it nearly always is
        return Counter()
    lost = _letters(text) - _letters(shown)
    if lost.total() <= respelled:
        return Counter()
    return words(_bare(text)) - words(_bare(shown)) or lost


def shown(lost: Counter[str]) -> str:
    """Name some of the words that are lost."""
    return f"{' '.join(list(lost)[:_SHOWN])}{' …' if len(lost) > _SHOWN else ''}"


def _letters(text: str) -> Counter[str]:
    """Count letters and figures without case, accents and ligatures, which typesetting may change."""
    bare = normalize("NFKD", text).casefold().replace("\u0131", "i")
    counted = Counter(normalize("NFKD", bare))
    return Counter({letter: count for letter, count in counted.items() if letter.isalnum()})


def _bare(text: str) -> str:
    """Return a text that is no markup as the markup that it would be."""
    return text.casefold().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _lost(post: Post, lost: Counter[str]) -> Notice:
    count = lost.total()
    return Notice(
        f"{many(count, 'word')} of this post would not be in the book: “{shown(lost)}”",
        post.origin.path,
        post.origin.line,
        "a template that overrides the built-in one may leave out `post.body` or its notes",
    )
