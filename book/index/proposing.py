"""Headings that an author might want: names and recurring terms, written into the file to be accepted."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path as File

from book.index.noticing import Noticed, name, names_of_days, noticed
from book.index.terms import FILE, terms
from book.model import Post
from book.nouns import many
from book.textfile import read_text
from book.trees import parse
from book.wholefile import write_whole

_OPENING = "# Proposed by `book index --propose`: take the `# ` away from those that you want."
_PROPOSED = re.compile(r'^#\s*\[("(?:[^"\\]|\\.)*")\]', re.MULTILINE)
_NOUNS_ARE_CAPITAL = {"de", "lb"}
_MOST = 60


@dataclass(frozen=True, slots=True)
class Proposal:
    """A heading, how often it stands in the book, and in how many posts."""

    name: str
    times: int
    posts: int


@dataclass(slots=True)
class _Counts:
    """How often something stands in the book, and in which posts."""

    times: Counter[str] = field(default_factory=Counter)
    posts: Counter[str] = field(default_factory=Counter)

    def add(self, found: Iterable[str]) -> None:
        counted = Counter(found)
        self.times.update(counted)
        self.posts.update(counted.keys())

    def proposals(self) -> Iterator[Proposal]:
        return (Proposal(name, times, self.posts[name]) for name, times in self.times.items())


def propose(posts: Sequence[Post], language: str, chapters: File) -> tuple[Proposal, ...]:
    """Add headings to the file of terms, as comments; return those that it did not have."""
    file = chapters / FILE
    written = read_text(file) if file.is_file() else ""
    known = {term.path[-1].casefold() for term in terms(file)}
    known |= {str(json.loads(name)).casefold() for name in _PROPOSED.findall(written)}
    fresh = tuple(one for one in proposals(posts, language) if one.name.casefold() not in known)
    if fresh:
        lines = [f"# [{json.dumps(one.name, ensure_ascii=False)}]  # {_counted(one)}" for one in fresh]
        before = f"{written.rstrip()}\n\n" if written.strip() else ""
        write_whole(file, (before + "\n".join([_OPENING, *lines]) + "\n").encode())
    return fresh


def _counted(one: Proposal) -> str:
    return f"{one.times} times, in {many(one.posts, 'post')}"


def proposals(posts: Sequence[Post], language: str) -> list[Proposal]:
    """Find names and terms that recur, the commonest first; names before terms."""
    read = [noticed("\n\n".join(_paragraphs(post)), post.language or language) for post in posts]
    names, words, pairs = _Counts(), _Counts(), _Counts()
    small = {word for one in read for word in one.small}
    everyday = names_of_days(language)
    least = 2 if language.partition("-")[0] in _NOUNS_ARE_CAPITAL else 1
    for one in read:
        found = (name(run, small, least) for run in one.runs)
        names.add(each for each in found if each and each.casefold() not in everyday)
        words.add(word for word in one.words if word.casefold() not in everyday)
        pairs.add(one.pairs)
    told = [one for one in names.proposals() if one.times > 2 or one.posts > 1]
    usual = _usual(read)
    telling = [one for one in pairs.proposals() if usual.isdisjoint(one.name.split())]
    return _first(told) + _first(_recurring(words.proposals(), read, 4) + _recurring(telling, read, 3))


def _first(found: Iterable[Proposal]) -> list[Proposal]:
    return sorted(found, key=lambda one: (-one.times, one.name))[:_MOST]


def _usual(read: Sequence[Noticed]) -> set[str]:
    """Return the words that most posts have: those a language cannot do without."""
    counted = Counter(word for one in read for word in one.small)
    return {word for word, times in counted.items() if 4 * times > 3 * len(read) > 6}


def _recurring(found: Iterable[Proposal], read: Sequence[Noticed], least: int) -> list[Proposal]:
    """Keep what recurs in some posts and not in most: that is what those are about."""
    return [
        one
        for one in found
        if one.times >= least and one.posts <= max(1, len(read) // 4) and one.times >= 2 * one.posts
    ]


def _paragraphs(post: Post) -> Iterator[str]:
    root = parse(f"<div>{post.body}</div>")
    for element in root.iter("p", "li", "dd", "dt", "td", "h2", "h3", "h4", "figcaption"):
        if not any(child.tag in {"p", "ul", "ol"} for child in element):
            yield ". " + " ".join("".join(map(str, element.itertext())).split())
