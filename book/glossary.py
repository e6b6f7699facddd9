"""The terms of a glossary, marked where the text first uses them: in each chapter, once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from book.index.phrases import Lexicon, Phrase, Tokens, phrase
from book.mentions import replaced
from book.model import Book, Leaf, Notice, Post
from book.trees import Element, inner, parse

ROLE = "glossary"
_SILENT = {"a", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "code", "kbd", "samp", "figcaption", "dt", "ruby"}
"""Elements whose words are links already, or are not running text."""
_OTHER_NAMES = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of a glossary: the names that stand for it in the text, and where it is explained."""

    name: str
    names: tuple[str, ...]
    ident: str


@dataclass(slots=True)
class _Marked:
    """What has been marked: in this chapter, and anywhere."""

    lexicon: Lexicon
    targets: Mapping[str, str]
    here: set[str] = field(default_factory=set)
    ever: set[str] = field(default_factory=set)


def with_terms(book: Book) -> Book:
    """Return the book with links from its terms to their explanations; unchanged where it has no glossary."""
    if not any(leaf.role == ROLE and leaf.post for leaf in book.back):
        return book
    terms: dict[str, Term] = {}
    notices: list[Notice] = []
    back = tuple(
        _read(leaf, terms, notices) if leaf.role == ROLE and leaf.post else leaf for leaf in book.back
    )
    marked = _Marked(Lexicon.of(_phrases(terms.values())), {name: one.ident for name, one in terms.items()})
    posts: dict[str, Post] = {}
    for chapter in book.chapters:
        marked.here.clear()
        posts |= {post.slug: _mark(post, marked) for post in chapter.posts}
    notices += _unused([one for name, one in terms.items() if name not in marked.ever], back)
    book = replaced(book, lambda post: posts[post.slug])
    return replace(book, back=back, warnings=(*book.warnings, *notices))


def _read(leaf: Leaf, terms: dict[str, Term], notices: list[Notice]) -> Leaf:
    """Take the terms of a glossary, and return it with a name for each."""
    path = leaf.post.origin.path if leaf.post else None
    root = parse(f"<div>{leaf.body}</div>")
    taken = {str(one.get("id")) for one in root.iter() if one.get("id")}
    found = list(_entries(root))
    for number, names in enumerate(found, 1):
        name = f"{leaf.ident}.term-{number}"
        ident = names[0].get("id") or (name if name not in taken else f"{name}-{number}")
        names[0].set("id", ident)
        every = tuple(one for each in names for one in _names(each))
        if not every:
            continue
        term = Term(every[0], every, ident)
        if term.name.casefold() in terms:
            hint = "explain it once; the first explanation is linked to"
            notices.append(Notice(f"the glossary explains `{term.name}` twice", path, hint=hint))
        terms.setdefault(term.name.casefold(), term)
    if not found:
        hint = "write each term on a line, and under it `: ` and what it means"
        notices.append(Notice("the glossary has no terms", path, hint=hint))
    return replace(leaf, body=inner(root))


def _entries(root: Element) -> Iterator[list[Element]]:
    """Yield the names of each entry: several lines may have one explanation."""
    for held in root.iter("dl"):
        names: list[Element] = []
        for child in held:
            if child.tag == "dt":
                names.append(child)
            elif names:
                yield names
                names = []


def _names(element: Element) -> Iterator[str]:
    """Yield the names in a line: what stands before parentheses, and what stands in them."""
    words = _words(element)
    for one in (_OTHER_NAMES.sub(" ", words), *_OTHER_NAMES.findall(words)):
        if one.strip():
            yield " ".join(one.split())


def _words(element: Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def _phrases(terms: Iterable[Term]) -> Iterator[Phrase]:
    for term in terms:
        for name in term.names:
            if made := phrase(name, (term.name.casefold(),)):
                yield made


def _unused(terms: Sequence[Term], back: Sequence[Leaf]) -> list[Notice]:
    if not terms:
        return []
    path = next(leaf.post.origin.path for leaf in back if leaf.role == ROLE and leaf.post)
    named = ", ".join(f"`{term.name}`" for term in terms)
    hint = "other forms of a name can stand after it in parentheses: `quoin (quoins)`"
    return [Notice(f"terms of the glossary that stand nowhere in the text: {named}", path, hint=hint)]


def _mark(post: Post, marked: _Marked) -> Post:
    """Link the first place of each term that its chapter has not linked yet."""
    if not marked.lexicon:
        return post
    root = parse(f"<div>{post.body}</div>")
    before = len(marked.here)
    for element in _speaking(root):
        _link_text(element, marked)
    return replace(post, body=inner(root)) if len(marked.here) > before else post


def _speaking(root: Element) -> list[Element]:
    """Return the elements with running text, in order, before anything is changed."""
    found, silent = [], 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        mute = str(element.tag) in _SILENT or str(element.tag).startswith("{")
        silent += mute if event == "start" else -mute
        if event == "start" and not silent:
            found.append(element)
    return found


def _link_text(element: Element, marked: _Marked) -> None:
    """Link terms in an element's own text: what it begins with, and what follows each of its children."""
    for child in [None, *element]:
        text = (element.text if child is None else child.tail) or ""
        words = Tokens(text)
        end = 0
        pieces: list[tuple[str, str, str]] = []
        for hit in sorted(marked.lexicon.find(words), key=lambda one: (one.first, -one.end)):
            name, start = hit.heading[0], words[hit.first].start
            if name in marked.here or start < end:
                continue
            marked.here.add(name)
            marked.ever.add(name)
            stop = words[hit.end - 1].end
            pieces.append((text[end:start], text[start:stop], marked.targets[name]))
            end = stop
        if pieces:
            _write(element, child, pieces, text[end:])


def _write(parent: Element, child: Element | None, pieces: Sequence[tuple[str, str, str]], rest: str) -> None:
    at = 0 if child is None else parent.index(child) + 1
    links = []
    for _, words, ident in pieces:
        link = etree.Element("a", {"class": "term", "href": f"#{ident}"})
        link.text = words
        links.append(link)
    befores = [before for before, _, _ in pieces]
    if child is None:
        parent.text = befores[0]
    else:
        child.tail = befores[0]
    for link, after in zip(links, [*befores[1:], rest], strict=True):
        link.tail = after
    parent[at:at] = links
