"""A book with its indexes: anchors in its texts, and leaves that list them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path as File

from book.config import IndexRules
from book.index import lists
from book.index.collation import Collation
from book.index.entries import Entries
from book.index.letters import Locator
from book.index.marking import MARK, Tally, mark
from book.index.phrases import Lexicon, Path, Tokens
from book.index.terms import FILE, Term, terms
from book.labels import Labels
from book.mentions import replaced
from book.model import Book, Leaf, Note, Notice, Post


def with_indexes(book: Book, rules: IndexRules, labels: Labels, project: File | None) -> Book:
    """Return the book with the indexes and lists that are asked for; unchanged where none is.

    Raises BookError for faults in `chapters/index.toml`.
    """
    file = project / "chapters" / FILE if project else None
    listed = terms(file) if file and "terms" in rules.of else ()
    if listed or "tags" in rules.of or any(MARK in text for text in _texts(book)):
        book = _indexed(book, rules, labels, listed, file)
    return lists.with_lists(book, rules, labels)


def _texts(book: Book) -> Iterator[str]:
    leaves = (*book.front, *book.year_letters, *book.back)
    for post in (*book.posts, *(leaf.post for leaf in leaves if leaf.post)):
        yield post.body
        yield from (note.body for note in post.notes)


def _indexed(
    book: Book, rules: IndexRules, labels: Labels, listed: Sequence[Term], file: File | None
) -> Book:
    posts = list(book.posts)
    gathering = _Gathering(rules, listed, Tally(sum(p.words for p in posts), len(posts)))
    front = tuple(gathering.leaf(leaf, front=True) for leaf in book.front)
    year_letters = tuple(gathering.leaf(leaf, front=False) for leaf in book.year_letters)
    marked = {post.slug: gathering.post(post) for post in posts}
    back = tuple(gathering.leaf(leaf, front=False) for leaf in book.back)
    book = replaced(
        replace(book, front=front, back=back, year_letters=year_letters), lambda post: marked[post.slug]
    )
    letters = gathering.entries.letters(Collation(labels.language))
    warnings = (*book.warnings, *gathering.warnings(listed, file))
    leaves = (Leaf("index", labels.text("index"), letters=letters),) if letters else ()
    return replace(book, back=lists.before_colophon(book.back, leaves), warnings=warnings)


@dataclass(slots=True)
class _Gathering:
    """What is found while the book is gone through."""

    rules: IndexRules
    listed: Sequence[Term]
    tally: Tally
    entries: Entries = field(init=False)
    lexicon: Lexicon = field(init=False)
    own: set[str] = field(init=False)
    known: set[Path] = field(init=False)

    def __post_init__(self) -> None:
        self.own = {term.path[-1].casefold() for term in self.listed if term.phrases and len(term.path) == 1}
        self.known = {term.path for term in self.listed}
        self.entries = Entries(self.listed)
        self.lexicon = Lexicon.of(phrase for term in self.listed for phrase in term.phrases)

    def post(self, post: Post) -> Post:
        """Note what stands in a post, and return it with anchors."""
        title = self.lexicon.find(Tokens(post.title))
        for path in dict.fromkeys(hit.heading for hit in title):
            self.tally.count(path, post.ident)
            self.entries.add(path, Locator(post.ident, post.ident, post.title))
        tagged = bool(post.tags) and "tags" in self.rules.of
        body, end = self._body(post.body, post.ident, Locator(post.ident, post.ident, post.title), end=tagged)
        for tag in dict.fromkeys(post.tags) if tagged else ():
            if tag.casefold() in self.own:  # what is listed by its words is not by the tag as well
                continue
            self.entries.add((tag,), Locator(post.ident, post.ident, post.title, end))
        return replace(post, body=body, notes=self._notes(post, Locator(post.ident, post.ident, post.title)))

    def leaf(self, leaf: Leaf, *, front: bool) -> Leaf:
        """Note what stands in front or back matter, and return it with anchors."""
        if leaf.post is None:
            return leaf
        place = Locator(leaf.ident, leaf.ident, leaf.title, front=front)
        body, _ = self._body(leaf.body, leaf.post.ident, place)
        return replace(leaf, body=body, post=replace(leaf.post, notes=self._notes(leaf.post, place)))

    def _notes(self, post: Post, place: Locator) -> tuple[Note, ...]:
        return tuple(replace(note, body=self._body(note.body, note.ident, place)[0]) for note in post.notes)

    def _body(self, body: str, ident: str, place: Locator, *, end: bool = False) -> tuple[str, str | None]:
        if not (self.lexicon or end or MARK in body):
            return body, None
        made, found, closing = mark(body, ident, self.lexicon, end=end, tally=self.tally)
        for one in found:
            if one.heading in self.known or "marks" in self.rules.of:
                self.entries.add(one.heading, replace(place, start=one.ident))
        return made, closing

    def warnings(self, listed: Sequence[Term], file: File | None) -> Iterator[Notice]:
        """Name the terms that say nothing, or too much."""
        for term in listed:
            if term.phrases and not self.tally.places[term.path]:
                hint = "give `match` the words as they stand in the text"
                yield Notice(f"the term `{term.path[-1]}` stands nowhere in the book", file, term.line, hint)
            elif term.path in self.tally.crowded:
                hint = "choose words that mean less, name some in `avoid`, or make sub-entries"
                what = "only its first place in each post is listed"
                message = f"the term `{term.path[-1]}` stands almost everywhere: {what}"
                yield Notice(message, file, term.line, hint)
