"""Ways through the book: contents, landmarks, page list, NCX and guide, and whether they agree."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from book.epub.markup import EPUB_TYPE, elements, having, tag, text_of
from book.epub.opened import OPF, OpenedBook, opened
from book.model import Finding

SUFFIXES = (".epub",)

_NCX = "http://www.daisy.org/z3986/2005/ncx/"
_NAV = "EPUB 3.3, 7 Navigation document"
_PAGED = "EPUB Accessibility 1.1, 3.4"
_KINDLE = "Kindle Publishing Guidelines, navigation"
_GUIDE = {"cover": "cover", "toc": "toc", "bodymatter": "text"}
_UNLISTED = {
    *("cover", "halftitlepage", "titlepage", "copyright-page", "imprint", "dedication", "epigraph", "toc"),
    *("colophon", "frontmatter", "landmarks"),
}
Link = tuple[str, str, str]
"""A label, and the file and fragment that it leads to."""


def check(path: Path) -> Iterator[Finding]:
    """Compare each way through the book with the others and with the documents."""
    book = opened(path)
    contents = links(book, book.nav("toc"))
    if book.navigation is not None and contents:
        yield from _chapters(book, contents)
        yield from _order(book, contents)
        yield from _labels(book, contents)
        yield from _landmarks(book)
        yield from _hidden(book)
        yield from _pages(book)
    yield from _ncx(book, contents)


def links(book: OpenedBook, nav: Any) -> list[Link]:
    """Return the links of a `nav` in order."""
    if nav is None or book.navigation is None:
        return []
    name = book.navigation[0]
    return [(text_of(a), *book.resolve(name, a.get("href", ""))) for a in elements(nav, "a")]


def _chapters(book: OpenedBook, contents: list[Link]) -> Iterator[Finding]:
    """A chapter that is not in the contents is found by nobody who looks for it."""
    listed = {file for _, file, _ in contents}
    for item, linear in book.spine:
        root = book.documents.get(item.name)
        if root is None or not linear or item.name in listed or "nav" in item.properties:
            continue
        heading = next(elements(root, "h1", "h2"), None)
        if heading is not None and not _UNLISTED & _types(root):
            message = f"“{text_of(heading)}” is not in the contents"
            yield book.finding(
                "contents-complete", "warning", message, name=item.name, at=heading, clause=_NAV
            )


def _order(book: OpenedBook, contents: list[Link]) -> Iterator[Finding]:
    """Who goes through the contents goes through the book."""
    assert book.navigation is not None
    places = {item.name: number for number, (item, _) in enumerate(book.spine)}
    idents = {
        file: {e.get("id"): number for number, e in enumerate(having(book.documents[file], "id"), 1)}
        for file in {file for _, file, _ in contents}
        if file in book.documents
    }
    before = (-1, -1)
    for label, file, fragment in contents:
        place = places.get(file, -1), idents.get(file, {}).get(fragment, 0)
        if file in places and place < before:
            message = f"“{label}” stands in the contents after what comes after it in the book"
            name, hint = book.navigation[0], "put the contents in the order of the book"
            yield book.finding("contents-order", "warning", message, name=name, hint=hint, clause=_NAV)
            return
        before = max(before, place)


def _types(root: Any) -> set[str]:
    return {kind for e in elements(root, "body", "section", "div") for kind in e.get(EPUB_TYPE, "").split()}


def _labels(book: OpenedBook, contents: list[Link]) -> Iterator[Finding]:
    assert book.navigation is not None
    for label, file, fragment in contents:
        root = book.documents.get(file)
        heading = _heading(book, file, fragment) if root is not None else None
        if heading is None or _UNLISTED & _types(root):
            continue
        said, there = _letters(label), _letters(text_of(heading))
        if not said or not there or said in there or there in said:
            continue
        if said not in _letters(text_of(heading.getparent()))[:400]:
            message = f"the contents say “{label}”, and the heading “{text_of(heading)}”"
            yield book.finding(
                "contents-label", "warning", message, name=file, at=heading, clause="WCAG 2.2, 2.4.6"
            )


def _heading(book: OpenedBook, file: str, fragment: str) -> Any | None:
    place = book.places(file).get(fragment) if fragment else book.documents[file]
    names = ("h1", "h2", "h3", "h4", "h5", "h6")
    if place is None or place.tag in {tag(name) for name in names}:
        return place
    return next(elements(place, *names), None)


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _landmarks(book: OpenedBook) -> Iterator[Finding]:
    assert book.navigation is not None
    name, nav = book.navigation[0], book.nav("landmarks")
    marks = {
        kind: book.resolve(name, a.get("href", ""))
        for a in (elements(nav, "a") if nav is not None else ())
        for kind in a.get(EPUB_TYPE, "").split()
    }
    for kind, what in (("toc", "the contents"), ("bodymatter", "the beginning of the text")):
        if kind not in marks:
            severity = "note" if kind == "toc" else "warning"
            message = f"no landmark leads to {what} (`{kind}`)"
            yield book.finding("landmarks", severity, message, name=name, at=nav, clause=_NAV)
    guide = {
        reference.get("type"): book.resolve(book.package_name, reference.get("href", ""))
        for reference in book.package.iter(f"{{{OPF}}}reference")
    }
    for kind, old in _GUIDE.items():
        if kind in marks and old in guide and marks[kind][0] != guide[old][0]:
            message = f"the guide's `{old}` and the landmark `{kind}` lead to different files"
            yield book.finding("guide", "warning", message, name=book.package_name, clause=_KINDLE)


def _hidden(book: OpenedBook) -> Iterator[Finding]:
    assert book.navigation is not None
    name = book.navigation[0]
    if not any(item.name == name for item, _ in book.spine):
        return
    for kind in ("landmarks", "page-list"):
        nav = book.nav(kind)
        if nav is not None and not any(e.get("hidden") is not None for e in (nav, *nav.iterancestors())):
            message, hint = f"readers see the `{kind}` among the text", 'give it `hidden="hidden"`'
            yield book.finding(
                "navigation-hidden", "warning", message, name=name, at=nav, hint=hint, clause=_NAV
            )


def _pages(book: OpenedBook) -> Iterator[Finding]:
    """A page list and the breaks in the text are one thing told twice."""
    assert book.navigation is not None
    nav, name = book.nav("page-list"), book.navigation[0]
    breaks = {
        (document, element.get("id") or "")
        for document, root in book.documents.items()
        for element in having(root, "epub:type", "role")
        if "pagebreak" in element.get(EPUB_TYPE, "").split() or element.get("role") == "doc-pagebreak"
    }
    listed = {(file, fragment) for _, file, fragment in links(book, nav)}
    if breaks ^ listed:
        lost, idle = len(breaks - listed), len(listed - breaks)
        message = f"{lost} page breaks are not in the page list, {idle} entries lead to none"
        yield book.finding("page-list", "warning", message, name=name, at=nav, clause=_PAGED)
    if nav is not None:
        yield from _page_source(book)


def _page_source(book: OpenedBook) -> Iterator[Finding]:
    """Pages are those of a printed edition, and it is said of which."""
    name = book.package_name
    said = [*book.metas("pageBreakSource"), *book.metas("dcterms:source"), *book.metadata("source")]
    if not any((element.text or "").strip() for element in said):
        message = "nothing says which printed edition the pages are from"
        yield book.finding("page-source", "warning", message, name=name, clause=_PAGED)
    own = {(element.text or "").strip() for element in book.metadata("identifier")}
    for meta in book.metas("pageBreakSource"):
        if (meta.text or "").strip() in own:
            message = "the pages are said to be this EPUB's own"
            yield book.finding("page-source", "warning", message, name=name, at=meta, clause=_PAGED)


def _bare(contents: list[Link], front: set[str]) -> list[tuple[str, str]]:
    """Return what two tables of contents share; leaves such as a title page may stand in one alone."""
    return [(_letters(label), file) for label, file, _ in contents if file not in front]


def _ncx(book: OpenedBook, contents: list[Link]) -> Iterator[Finding]:
    item = next((item for item in book.items if item.media_type == "application/x-dtbncx+xml"), None)
    root = book.xml(item.name) if item else None
    if item is None or root is None:
        message = "there is no NCX; Kindles and reading systems of EPUB 2 find no contents"
        yield book.finding("ncx", "note", message, name=book.package_name, clause=_KINDLE)
        return
    yield from _uid(book, item.name, root)
    points = list(root.iter(f"{{{_NCX}}}navPoint"))
    old = [
        (text_of(point[0]), *book.resolve(item.name, source.get("src", "")))
        for point in points
        if (source := point.find(f"{{{_NCX}}}content")) is not None
    ]
    front = {name for name, root in book.documents.items() if _UNLISTED & _types(root)}
    if contents and _bare(old, front) != _bare(contents, front):
        message = f"the NCX has {len(old)} entries, the contents {len(contents)}, and they are not the same"
        yield book.finding("ncx-agrees", "warning", message, name=item.name, clause=_KINDLE)
    said = {meta.get("name"): meta.get("content") for meta in root.iter(f"{{{_NCX}}}meta")}
    depth = max((sum(1 for a in p.iterancestors(f"{{{_NCX}}}navPoint")) + 1 for p in points), default=0)
    if points and said.get("dtb:depth", str(depth)).strip() != str(depth):
        message = f"the NCX says its depth is {said.get('dtb:depth')}, and it is {depth}"
        yield book.finding("ncx-depth", "warning", message, name=item.name, clause="NCX, DAISY Z39.86")


def _uid(book: OpenedBook, name: str, root: Any) -> Iterator[Finding]:
    """The NCX names the book by the package's own identifier."""
    own = book.package.get("unique-identifier")
    ident = next(((e.text or "").strip() for e in book.metadata("identifier") if e.get("id") == own), None)
    meta = next((m for m in root.iter(f"{{{_NCX}}}meta") if m.get("name") == "dtb:uid"), None)
    if ident and meta is not None and (meta.get("content") or "").strip() != ident:
        message = f"the NCX is of the book `{meta.get('content')}`, and this is `{ident}`"
        yield book.finding(
            "ncx-identifier", "warning", message, name=name, at=meta, clause="EPUBCheck NCX-001"
        )
