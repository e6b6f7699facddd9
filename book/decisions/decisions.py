"""`chapters/decisions.toml`: what an author has decided about posts, whatever a newer export brings.

The posts' files stay as they were gathered, so that they are refreshed as before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from book import kinds
from book.errors import BookError
from book.model import Notice, Post
from book.registry import advice
from book.tables import Document, load
from book.textfile import read_text

FILE = "decisions.toml"
_KEYS = ("leave-out", "rename", "merge", "order")


@dataclass(frozen=True, slots=True)
class Decisions:
    """What was decided, by the slugs of the posts: those in a group of `merge` become one, the first."""

    left_out: frozenset[str] = frozenset()
    titles: Mapping[str, str] = field(default_factory=dict)
    """New titles; an empty one leaves a post without."""
    merged: tuple[tuple[str, ...], ...] = ()
    ordered: tuple[tuple[str, ...], ...] = ()


def decisions(folder: Path, posts: Sequence[Post]) -> Decisions:
    """Read what was decided about `posts`; raise one BookError with every fault in the file."""
    path = folder / FILE
    if not path.is_file():
        return Decisions()
    reader = _Reader(load(path), read_text(path).split("\n"), _Names(posts))
    found = Decisions(
        frozenset(reader.names("leave-out", reader.document.values.get("leave-out", []))),
        dict(reader.titles()),
        tuple(reader.groups("merge")),
        tuple(reader.groups("order")),
    )
    reader.check(found)
    reader.document.raise_faults()
    return found


def left_out(folder: Path) -> frozenset[str]:
    """Return the names of posts, as they are written, that are left out; none where the file is at fault."""
    path = folder / FILE
    try:
        given = load(path).values.get("leave-out", []) if path.is_file() else []
    except BookError:  # building will say what is wrong
        return frozenset()
    names = given if isinstance(given, list) else []
    return frozenset(_plain(name) for name in names if isinstance(name, str))


class _Names:
    """Every way in which a post can be named: by its file, its slug, where it is from, its address."""

    def __init__(self, posts: Iterable[Post]) -> None:
        self.slugs: dict[str, list[str]] = {}
        self.files: list[str] = []
        for post in posts:
            file = post.origin.path.stem if post.origin.path else post.slug
            self.files.append(file)
            for name in dict.fromkeys(filter(None, (file, post.slug, post.source, post.url))):
                self.slugs.setdefault(name, []).append(post.slug)

    def find(self, name: str) -> list[str]:
        return self.slugs.get(name) or self.slugs.get(_plain(name), [])


def _plain(name: str) -> str:
    return name.strip().removeprefix("chapters/").removesuffix(".md")


@dataclass(slots=True)
class _Reader:
    """Reads the tables of the file, and keeps what is wrong with them."""

    document: Document
    rows: list[str]
    posts: _Names

    def names(self, key: str, given: Any) -> Iterator[str]:
        """Yield the slugs of the posts in a list."""
        if not isinstance(given, list):
            self.document.fault((key,), f"`{key}` is not a list", f'write `{key} = ["2017-10-07-gaps"]`')
            return
        for name in given:
            if slug := self._post(key, name):
                yield slug

    def titles(self) -> Iterator[tuple[str, str]]:
        """Yield each post that has a new title, with the title."""
        for name, title in self.document.table("rename").items():
            try:
                words = kinds.LINE.check(title) or ""
            except ValueError as error:
                self.document.fault(("rename", name), f"the title of `{name}` {error.args[0]}")
                continue
            if slug := self._post("rename", name):
                yield slug, words

    def groups(self, key: str) -> Iterator[tuple[str, ...]]:
        """Yield groups of posts, each of two at least."""
        given = self.document.values.get(key, [])
        if not isinstance(given, list) or not all(isinstance(group, list) for group in given):
            hint = f'write `{key} = [["2017-10-07-gaps", "2017-10-09-gaps-again"]]`'
            self.document.fault((key,), f"`{key}` is not a list of lists of posts", hint)
            return
        for group in given:
            if len(group) < 2:
                self.document.fault((key,), f"a list in `{key}` holds fewer than two posts")
            yield tuple(self.names(key, group))

    def check(self, found: Decisions) -> None:
        """Keep a fault for every unknown key, and for decisions that contradict each other."""
        for key in self.document.values:
            if key not in _KEYS:
                self.document.fault((key,), f"unknown key `{key}`", advice(key, list(_KEYS)))
        for key, groups in (("merge", found.merged), ("order", found.ordered)):
            times = Counter(slug for group in groups for slug in group)
            for slug in (slug for slug, count in times.items() if count > 1):
                self._fault(key, slug, f"`{slug}` stands twice in `{key}`", "name it in one place")
            for slug in sorted(found.left_out & times.keys()):
                hint = f"take it out of `leave-out` or of `{key}`"
                self._fault(key, slug, f"`{slug}` is left out, and stands in `{key}`", hint)
        inner = {slug: group[0] for group in found.merged for slug in group[1:]}
        for slug in (slug for group in found.ordered for slug in group if slug in inner):
            hint = f"name `{inner[slug]}` in its place"
            self._fault(
                "order", slug, f"`{slug}` is merged into `{inner[slug]}`, and stands in `order`", hint
            )

    def _post(self, key: str, name: Any) -> str | None:
        if not isinstance(name, str):
            self.document.fault(
                (key,), f"`{name}` in `{key}` is not the name of a post", "write it in quotes"
            )
            return None
        found = self.posts.find(name)
        if len(set(found)) == 1:
            return found[0]
        if found:
            message, hint = f"`{name}` could be one of {len(found)} posts", "name it by its slug"
        else:
            near = advice(_plain(name), self.posts.files)
            hint = near if near.startswith("did") else "a post is named by its file, without `.md`"
            message = f"there is no post `{name}`"
        self._fault(key, name, message, hint)
        return None

    def _fault(self, key: str, name: str, message: str, hint: str) -> None:
        """Keep a fault at the row, under its key, where a post is named."""
        first = self.document.line((key,)) or 1
        row = next((n for n, row in enumerate(self.rows[first - 1 :], first) if name in row), first)
        self.document.faults.append(Notice(message, self.document.path, row, hint))
