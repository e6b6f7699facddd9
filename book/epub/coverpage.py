"""The cover of an EPUB: its picture, and the page that shows it and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from lxml import etree

from book.cover import drawn, fitted
from book.epub.container import Resource
from book.epub.frame import blank
from book.epub.markup import EPUB_TYPE, serialise, tag
from book.epub.memory import Memory
from book.labels import Labels
from book.model import Book, Face

PAGE = "cover.xhtml"
_IMAGE = "cover.jpg"

# The picture fills the screen whatever its shape, and never spills onto a second one.
_STYLE = """\
html, body, div { height: 100%; margin: 0; padding: 0; text-align: center; }
img { max-width: 100%; max-height: 100%; height: 100%; object-fit: contain; }
"""


def cover_picture(
    book: Book,
    faces: Sequence[Face],
    store: Path,
    front: bytes | None = None,
    memory: Memory | None = None,
) -> Resource:
    """Return the `front` of a printed cover, the author's picture, fitted, or one made of the title."""

    def made() -> bytes:
        return fitted(book.cover) if book.cover else drawn(book, faces, store)

    shapers = "cover", book.cover, book.metadata, book.years, faces
    data = front or (memory.piece(made, *shapers) if memory else made())
    return Resource("cover-image", _IMAGE, "image/jpeg", data, ("cover-image",))


def cover_page(book: Book, labels: Labels, folder: str, cover: Resource) -> Resource:
    """Return the page of the cover, its words said in the picture's alternative text."""
    from PIL import Image

    metadata = book.metadata
    words = (labels.text("cover"), metadata.title, metadata.subtitle, ", ".join(metadata.authors))
    root = blank(metadata.language, labels.text("cover"))
    etree.SubElement(root[0], tag("style")).text = _STYLE
    place = etree.SubElement(root[1], tag("div"), {EPUB_TYPE: "cover"})
    picture = {"role": "doc-cover", "src": f"../{_IMAGE}", "alt": ". ".join(word for word in words if word)}
    with Image.open(BytesIO(cover.data)) as opened:
        width, height = opened.size
    etree.SubElement(place, tag("img"), picture, width=str(width), height=str(height))
    return Resource("cover", f"{folder}/{PAGE}", "application/xhtml+xml", serialise(root))
