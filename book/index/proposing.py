"""Headings that an author might want: names and recurring terms, written into the file to be accepted."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path as File

from book.index.phrases import Token, Tokens
from book.index.terms import FILE, terms
from book.model import Post
from book.textfile import read_text
from book.trees import parse
from book.wholefile import write_whole

_OPENING = "# Proposed by `book index --propose`: take the `# ` away from those that you want."
_PROPOSED = re.compile(r'^#\s*\[("(?:[^"\\]|\\.)*")\]', re.MULTILINE)
_ENDS = set(".!?…:;\"'(—–-•|/")
_JOINING = {"of", "de", "da", "di", "du", "la", "van", "von", "der", "den", "al", "bin", "y"}
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
    return f"{one.times} times, in {one.posts} post{'s' if one.posts != 1 else ''}"


def proposals(posts: Sequence[Post], language: str) -> list[Proposal]:
    """Find names and terms that recur, the commonest first; names before terms."""
    names, words, pairs = _Counts(), _Counts(), _Counts()
    least = 2 if language.partition("-")[0] in _NOUNS_ARE_CAPITAL else 1
    for post in posts:
        text = Tokens("\n\n".join(_paragraphs(post)))
        names.add(_names(text, least))
        words.add(token.text for token in text if token.text.islower() and len(token.text) > 4)
        pairs.add(_pairs(text))
    told = [one for one in names.proposals() if one.times > 2 or one.posts > 1]
    terms_found = _recurring(words, len(posts), 4) + _recurring(pairs, len(posts), 3)
    return _first(told) + _first(terms_found)


def _first(found: Iterable[Proposal]) -> list[Proposal]:
    return sorted(found, key=lambda one: (-one.times, one.name))[:_MOST]


def _recurring(counts: _Counts, posts: int, least: int) -> list[Proposal]:
    """Keep what recurs in some posts and not in most: that is what those are about."""
    return [
        one
        for one in counts.proposals()
        if one.times >= least and one.posts <= max(1, posts // 4) and one.times >= 2 * one.posts
    ]


def _paragraphs(post: Post) -> Iterator[str]:
    root = parse(f"<div>{post.body}</div>")
    for element in root.iter("p", "li", "dd", "dt", "td", "h2", "h3", "h4", "figcaption"):
        if not any(child.tag in {"p", "ul", "ol"} for child in element):
            yield ". " + " ".join("".join(map(str, element.itertext())).split())


def _names(text: Sequence[Token], least: int) -> Iterator[str]:
    """Yield runs of capital words that do not merely begin a sentence."""
    at = 0
    while at < len(text):
        run = _run(text, at)
        begins = at == 0 or text[at - 1].text in _ENDS
        if run and not (begins and len(run) == 1) and len(run) >= least:
            yield " ".join(token.text for token in run)
        at += max(1, len(run))


def _run(text: Sequence[Token], at: int) -> list[Token]:
    run: list[Token] = []
    while at < len(text) and len(run) < 5:
        word = text[at].text
        follows = at + 1 < len(text) and _is_capital(text[at + 1].text)
        if not (_is_capital(word) or (run and word in _JOINING and follows)):
            break
        run.append(text[at])
        at += 1
    return run


def _is_capital(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and word.isalpha()


def _pairs(text: Sequence[Token]) -> Iterator[str]:
    for one, other in pairwise(text):
        long = min(len(one.text), len(other.text)) > 3
        if long and one.text.islower() and other.text.islower() and other.start == one.end + 1:
            yield f"{one.text} {other.text}"
