"""What the studio knows of a finished edition: its digest, its pages one by one, and what is where."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from book.destinations import pages_of
from book.model import Composition, Edition, Entry
from book.report import notices
from book.studio.marked import marked


def of_edition(edition: Edition) -> dict[str, Any]:
    """Describe an edition. Pages have digests that change only when they look different."""
    facts: dict[str, Any] = {
        "name": edition.name,
        "format": edition.format,
        "path": str(edition.path),
        "digest": _digest_of(edition.path),
        "warnings": notices(edition.warnings),
    }
    if edition.path.suffix == ".pdf":
        facts |= of_pdf(edition.path)
    if edition.path.suffix == ".epub":
        facts |= of_epub(edition.path)
    facts["marks"] = marked(edition.marks, facts.get("at", {}), facts.get("spine", ()))
    return facts


def of_epub(path: Path) -> dict[str, Any]:
    """Describe an EPUB: its documents in reading order, where its sections begin, its cover."""
    from book.epub.opened import OpenedBook

    epub = OpenedBook(path)
    spine = [item.name for item, _ in epub.spine]
    at = {
        ident.decode(): index
        for index, name in reversed(list(enumerate(spine)))
        for ident in _SECTION.findall(epub.files.get(name, b""))
    }
    cover = next((item.name for item in epub.items if "cover-image" in item.properties), None)
    return {"spine": spine, "at": dict(sorted(at.items())), "cover": cover}


_SECTION = re.compile(rb'<section\b[^>]*?\sid="([^"]+)"')


def of_composition(composition: Composition) -> dict[str, Any]:
    """Describe what stands in a book, in order, and which post is from which file."""
    meta = composition.book.metadata
    lines = [
        _line(one.ident, one.title, one.matter, 0) for one in composition.galleys if one.matter != "body"
    ]
    front = [line for line, one in zip(lines, _leaves(composition), strict=True) if one == "front"]
    posts = {str(post.origin.path): post.ident for post in composition.book.posts if post.origin.path}
    return {
        "title": meta.title,
        "authors": meta.authors,
        "language": meta.language,
        "contents": [*front, *_lines(composition.contents, 0), *lines[len(front) :]],
        "posts": posts,
    }


def _leaves(composition: Composition) -> list[str]:
    return [one.matter for one in composition.galleys if one.matter != "body"]


def _lines(entries: tuple[Entry, ...], depth: int) -> Iterator[dict[str, Any]]:
    for entry in entries:
        yield {**_line(entry.ident, entry.title, "body", depth), "label": entry.label}
        yield from _lines(entry.children, depth + 1)


def _line(ident: str, title: str, matter: str, depth: int) -> dict[str, Any]:
    return {"ident": ident, "title": title, "matter": matter, "depth": depth, "label": None}


def of_pdf(path: Path) -> dict[str, Any]:
    """Describe the pages of a PDF: their digests, labels and boxes, and on which page each id is."""
    import pikepdf

    with pikepdf.open(path) as pdf:
        leaves = [page.obj for page in pdf.pages]
        prints = _Prints()
        shapes: list[list[list[float]]] = []
        pages = []
        for page in leaves:
            shape = [_box(page, name) for name in ("/MediaBox", "/TrimBox", "/BleedBox")]
            if shape not in shapes:
                shapes.append(shape)
            pages.append([prints.of(page), shapes.index(shape)])
        return {
            "pages": pages,
            "shapes": shapes,
            "labels": _labels(pdf, len(leaves)),
            "at": dict(sorted(pages_of(pdf).items())),
            "rtl": _from_the_right(pdf),
        }


def _box(page: Any, name: str) -> list[float]:
    return [round(float(edge), 2) for edge in page.get(name, page.MediaBox)]


class _Prints:
    """Digests of pages: of what they paint, and of the fonts and pictures that they paint with."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], bytes] = {}

    def of(self, page: Any) -> str:
        """Return a page's digest."""
        digest = hashlib.blake2b(digest_size=12)
        contents = page.get("/Contents")
        for stream in [] if contents is None else contents if _is_array(contents) else [contents]:
            digest.update(stream.read_raw_bytes())
        digest.update(repr([_box(page, n) for n in ("/MediaBox", "/TrimBox")]).encode())
        digest.update(self._within(page.get("/Resources"), 0))
        return digest.hexdigest()

    def _within(self, value: Any, depth: int) -> bytes:
        """Return a digest of a resource and of all that it refers to."""
        import pikepdf

        if not isinstance(value, pikepdf.Object):
            return repr(value).encode()
        key = value.objgen
        if key != (0, 0) and key in self._known:
            return self._known[key]
        if key != (0, 0):
            self._known[key] = b""  # for what refers to itself
        digest = hashlib.blake2b(digest_size=12)
        if depth < 24:
            self._feed(digest, value, depth)
        made = digest.digest()
        if key != (0, 0):
            self._known[key] = made
        return made

    def _feed(self, digest: Any, value: Any, depth: int) -> None:
        import pikepdf

        if isinstance(value, pikepdf.Stream):
            digest.update(value.read_raw_bytes())
        if isinstance(value, pikepdf.Stream | pikepdf.Dictionary):
            for name in sorted(set(value.keys()) - {"/Parent", "/P", "/StructParents", "/Length"}):
                digest.update(name.encode() + self._within(value[name], depth + 1))
        elif _is_array(value):
            for one in value:
                digest.update(self._within(one, depth + 1))
        else:
            digest.update(repr(value).encode())


def _is_array(value: Any) -> bool:
    import pikepdf

    return isinstance(value, pikepdf.Array)


def _labels(pdf: Any, count: int) -> list[str]:
    """Return what is printed on each page as its number, as the file's page labels have it."""
    return [str(pdf.pages[number].label) for number in range(count)]


def _from_the_right(pdf: Any) -> bool:
    """Tell whether a book is read from the right."""
    return bool(pdf.Root.get("/ViewerPreferences", {}).get("/Direction") == "/R2L")


def _digest_of(path: Path) -> str:
    if path.is_dir():
        return hashlib.blake2b(
            b"".join(one.read_bytes() for one in sorted(path.rglob("*")) if one.is_file()), digest_size=12
        ).hexdigest()
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=12)).hexdigest()
