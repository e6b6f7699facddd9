"""Galleys into content documents: one file each, linked, marked up, with nothing of their text changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from book.epub import semantics
from book.epub.addresses import inward, outward
from book.epub.frame import frame
from book.epub.markup import (
    EPUB_TYPE,
    MATHML,
    SVG,
    XLINK,
    XML_LANG,
    elements,
    is_wordless,
    parse,
    serialise,
    tag,
    text_of,
)
from book.epub.names import stem, unique
from book.errors import BookError
from book.labels import Labels
from book.model import Galley, Notice

NAVIGATION = "nav.xhtml"
"""The navigation document, in the same folder as all documents."""


@dataclass(frozen=True, slots=True)
class Document:
    """A content document: its file name, and its tree, which nobody changes once it is made."""

    name: str
    title: str
    galley: Galley
    root: Any

    @property
    def ident(self) -> str:
        """The manifest's name for it."""
        return f"doc-{self.name.removesuffix('.xhtml')}"

    @property
    def data(self) -> bytes:
        """The document as its file holds it."""
        return serialise(self.root)

    @property
    def properties(self) -> tuple[str, ...]:
        """What the manifest must say of it: exactly what is in it."""
        has = {element.tag.partition("}")[0][1:] for element in elements(self.root)}
        return tuple(name for name, space in (("mathml", MATHML), ("svg", SVG)) if space in has)


@dataclass(frozen=True, slots=True)
class Places:
    """Where identifiers stand: `files` by document, `tops` those that are a whole document."""

    files: Mapping[str, str]
    tops: Mapping[str, str]


def documents(
    galleys: Sequence[Galley],
    pictures: Mapping[str, str],
    sheets: Sequence[str],
    labels: Labels,
    reserved: Mapping[str, str],
    notices: list[Notice],
) -> tuple[tuple[Document, ...], Places]:
    """Make a document of each galley but the contents, which navigation sets itself.

    `pictures` maps the names that bodies use to files of the publication, `sheets` are
    the files of its style, `reserved` maps file names that others have to their titles.
    What had to be changed is added to `notices`.
    """
    drafts = list(_drafts(galleys, reserved))
    places = _places(drafts, galleys)
    for draft in drafts:
        _mend_links(draft, places, notices)
        _place_pictures(draft, pictures, notices)
        semantics.mark_notes(draft.root, labels.text("notes"))
        semantics.mark_asides(draft.root)
        frame(draft.root, draft.galley.language, draft.title, sheets)
        semantics.mark_languages(draft.root)
    return tuple(drafts), places


def _drafts(galleys: Sequence[Galley], reserved: Mapping[str, str]) -> Iterator[Document]:
    names, titles = set(reserved), set(reserved.values())
    for galley in galleys:
        if galley.role == "toc":
            continue
        try:
            root = parse(galley.body)
        except BookError as error:
            raise BookError(f"in `{galley.name}`: {error}") from error
        _make_idents_unique(root)
        semantics.mark_section(_section(root, galley), galley.role, galley.title)
        root[1].set(EPUB_TYPE, semantics.MATTERS[galley.matter])
        title = unique(_title(galley, root), titles, "{} ({})")
        yield Document(unique(stem(galley.name), names, suffix=".xhtml"), title, galley, root)


def _section(root: Any, galley: Galley) -> Any:
    """Return the element that a galley is; a template of the author's may have wrapped it."""
    own = (element for element in elements(root[1]) if element.get("id") == galley.ident)
    return next(own, root[1][0] if len(root[1]) else root[1])


def _title(galley: Galley, root: Any) -> str:
    heading = next((text_of(h) for h in elements(root, "h1") if text_of(h)), None)
    return heading or " ".join(galley.title.split()) or galley.name


def _make_idents_unique(root: Any) -> None:
    seen: set[str] = set()
    for element in elements(root):
        ident = element.get("id")
        if ident is not None and (ident in seen or not re.fullmatch(r"[^\s]+", ident)):
            del element.attrib["id"]
        elif ident is not None:
            seen.add(ident)


def _places(drafts: Sequence[Document], galleys: Sequence[Galley]) -> Places:
    files = {galley.ident: NAVIGATION for galley in galleys if galley.role == "toc"}
    tops = dict(files)
    for draft in drafts:
        for element in elements(draft.root):
            if element.get("id"):
                files.setdefault(element.get("id"), draft.name)
        tops.setdefault(draft.galley.ident, draft.name)
    return Places(files, tops)


def _mend_links(draft: Document, places: Places, notices: list[Notice]) -> None:
    own = {element.get("id") for element in elements(draft.root) if element.get("id")}
    for link in elements(draft.root, "a"):
        href = link.get("href")
        if href is None:
            continue
        if href.startswith("#"):
            new = href if href[1:] in own else inward(href[1:], draft.name, places.files, places.tops)
        else:
            new = outward(href)
        if new is None:
            notices.append(Notice(f"the link to `{href}` in “{draft.title}” leads nowhere, and was undone"))
            link.tag = tag("span")
            for attribute in set(link.attrib) - {"id", "class", "lang", XML_LANG, "dir", "title"}:
                del link.attrib[attribute]
        else:
            link.set("href", new)
            if is_wordless(link):
                link.set("aria-label", re.sub(r"^[a-z]+:(//)?(www\.)?|\.xhtml|[#/]+$", "", new))


def _place_pictures(draft: Document, pictures: Mapping[str, str], notices: list[Notice]) -> None:
    for picture in elements(draft.root, "img"):
        source = picture.get("src", "").removeprefix("media/")
        if source in pictures:
            picture.set("src", f"../{pictures[source]}")
            continue
        notices.append(Notice(f"the picture `{picture.get('src')}` in “{draft.title}” is not there"))
        words = picture.get("alt")
        tail, parent = picture.tail, picture.getparent()
        stand_in = parent.makeelement(tag("span"), {"class": "missing-picture"})
        stand_in.text, stand_in.tail = f"[{words}]" if words else "[…]", tail
        parent.replace(picture, stand_in)
    for image in list(draft.root.iter(f"{{{SVG}}}image")):
        source = image.get("href") or image.get(f"{{{XLINK}}}href") or ""
        if not source.startswith("#"):
            image.getparent().remove(image)
