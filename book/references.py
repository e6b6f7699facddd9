"""Links within the book, in print: after a link's words stands the page where they would lead.

On a screen a link can be followed, and nothing is added to it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace

from lxml import etree

from book.labels import Labels
from book.model import Book, Galley, Post
from book.nesting import unwrap
from book.press.gatherings import identifiers
from book.templates import Templates
from book.trees import classes, insert_after, parse, write
from book.volumes.abroad import Abroad

_LINK = re.compile(r'<a\s[^>]*?href="#')
_SILENT = {"h1", "h2", "h3", "h4", "h5", "h6", "nav", "header", "pre"}
_INLINE = {"em", "strong", "i", "b", "cite", "q", "span", "u", "ins", "mark", "small", "sub", "sup", "abbr"}
_CLOSING = re.compile(r"[’”»›“‘\"'）」』》]+(?!\w)")
_OPENING = re.compile("[(（]")
_LISTS = {"toc", "index", "titles", "pictures", "calendar"}
_PLACED = {"noteref", "backlink", "pageref", "locator", "term"}
"""Classes of links that say themselves where they lead."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a link leads to, and the post it is in if it is in one; `front` where folios are roman.

    What is in another volume has the number of that, and its folio where it has one.
    """

    ident: str
    title: str
    post: Post | None
    front: bool
    volume: int = 0
    folio: str | None = None


def refer(
    galleys: Sequence[Galley],
    book: Book,
    templates: Templates,
    labels: Labels,
    form: str,
    abroad: Abroad | None = None,
    among: Sequence[Galley] = (),
) -> tuple[Galley, ...]:
    """Put a printed reference after every link to another place in the book.

    `form` is what it says: `page`, `title` (and page) or `date` (title, date and page); with
    `none` only links to other volumes of a set have one. Those are no links any more. Links may lead
    to galleys `among` which these stand, too.
    """
    if (form == "none" and not abroad) or not any(_LINK.search(galley.body) for galley in galleys):
        return tuple(galleys)
    printer = _Printer(_targets((*among, *galleys), book), templates, labels, form, abroad)
    return tuple(printer.printed(galley) for galley in galleys)


def _targets(galleys: Sequence[Galley], book: Book) -> Mapping[str, Target]:
    posts = {post.ident: post for post in book.posts}
    found = {}
    for galley in galleys:
        for ident in identifiers(galley.body):
            post = posts.get(ident.partition(".")[0])
            title = post.title if post and (ident != galley.ident or galley.title == post.title) else None
            found[ident] = Target(ident, title or galley.title, post, galley.matter == "front")
    return found


class _Printer:
    def __init__(
        self,
        targets: Mapping[str, Target],
        templates: Templates,
        labels: Labels,
        form: str,
        abroad: Abroad | None = None,
    ) -> None:
        self._targets, self._templates, self._labels, self._form = targets, templates, labels, form
        self._abroad = abroad
        self._made: dict[tuple[str, str, bool], etree._Element] = {}

    def printed(self, galley: Galley) -> Galley:
        """Return a galley with its references."""
        if galley.role in _LISTS or not _LINK.search(galley.body):
            return galley
        root = parse(galley.body)
        told: set[tuple[str, str]] = set()
        for link in list(root.iter("a")):
            target = self._target(link)
            if target is None:
                self._undo_abroad(link)
                continue
            here = _post_around(link)
            named = (here, target.title)
            says_title = _alike("".join(map(str, link.itertext())), target.title)
            known = says_title or named in told or (target.post is not None and target.post.ident == here)
            told.add(named)
            wanted = "title" if self._form == "none" else self._form
            form = "page" if known else wanted
            _place(deepcopy(self._reference(target, form, _within(link))), link)
            if target.volume:
                _undo(link)
        return replace(galley, body=write(root))

    def _target(self, link: etree._Element) -> Target | None:
        href = link.get("href") or ""
        words = "".join(map(str, link.itertext())).strip()
        if not href.startswith("#") or not words or classes(link) & _PLACED:
            return None
        if any(above.tag in _SILENT for above in link.iterancestors()):
            return None
        here = self._targets.get(href[1:])
        return self._elsewhere(href[1:]) if here is None else here if self._form != "none" else None

    def _undo_abroad(self, link: etree._Element) -> None:
        """Make no link of one that leads to another volume, from where nothing is said of it."""
        ident = (link.get("href") or "").removeprefix("#")
        if ident not in self._targets and self._elsewhere(ident):
            _undo(link)

    def _elsewhere(self, ident: str) -> Target | None:
        found = self._abroad.find(ident) if self._abroad else None
        if found is None:
            return None
        return Target(ident, found.title, found.post, False, found.volume, found.folio)

    def _reference(self, target: Target, form: str, within: bool) -> etree._Element:
        name = (target.ident, form, within)
        if name not in self._made:
            day = self._labels.day(target.post.day) if target.post and not target.post.untitled else None
            view = {
                "ident": target.ident,
                "title": target.title,
                "date": day,
                "front": target.front,
                "form": "title" if form == "date" and day is None else form,
                "within": within,
                "volume": target.volume,
                "folio": target.folio,
            }
            self._made[name] = parse(self._templates.render("reference.xhtml", reference=view))
        return self._made[name]


def _undo(link: etree._Element) -> None:
    """Make no link of one; by its name other places may still mean it."""
    ident = link.get("id")
    if ident is None:
        unwrap(link)
        return
    link.tag = "span"
    link.attrib.clear()
    link.set("id", ident)


def _post_around(element: etree._Element) -> str:
    """Return the identifier of the post, or leaf, in which an element stands."""
    return next((a.get("id", "") for a in element.iterancestors("section") if a.get("id")), "")


def _alike(words: str, title: str) -> bool:
    """Tell whether a link's words are a title already, whatever their case and ornaments."""
    return _bare(words) == _bare(title)


def _bare(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\W_]+", " ", folded).strip() or folded.strip()


def _within(link: etree._Element) -> bool:
    """Tell whether a link stands inside parentheses."""
    block = next((a for a in link.iterancestors() if a.tag not in _INLINE), None)
    if block is None or not _OPENING.search("".join(map(str, block.itertext()))):
        return False
    depth = 0
    for character in "".join(_text_before(block, link)):
        depth += character in "(（"
        depth = max(0, depth - (character in ")）"))
    return depth > 0


def _text_before(block: etree._Element, end: etree._Element) -> Iterator[str]:
    """Yield the text of a block up to an element in it."""
    for event, element in etree.iterwalk(block, events=("start", "end")):
        if event == "start":
            if element is end:
                return
            yield element.text or ""
        elif element is not block:
            yield element.tail or ""


def _place(reference: etree._Element, link: etree._Element) -> None:
    """Put a reference after a link, and after what closes there: italics, quotation marks."""
    at = link
    while not at.tail and (above := at.getparent()) is not None and above.tag in _INLINE and above[-1] is at:
        at = above
    closing = _CLOSING.match(at.tail or "")
    insert_after(at, reference, closing[0] if closing else "")
