"""The EPUB container: ebooklib, and around it all that ebooklib 0.20 gets wrong.

Every file goes in as a raw item, since ebooklib re-parses and damages what it knows the
kind of. Replaced are its metadata (it has no refinements), the attributes of the package
(no language) and of the spine, and its zip (it carries the time of the build).
`tests/epub/test_container.py` fails when a new ebooklib behaves otherwise.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from ebooklib import epub
from lxml import etree

_DC = "http://purl.org/dc/elements/1.1/"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_EARLIEST, _LATEST = (1980, 1, 1, 0, 0, 0), (2107, 12, 31, 23, 59, 58)  # that a zip can tell

IDENTIFIER = "identifier"
"""The id of the element that holds the publication's unique identifier."""


@dataclass(frozen=True, slots=True)
class Resource:
    """One file of the publication. `name` is its path beside the package document.

    A resource that is not `listed` stands in the container, but not in the manifest.
    """

    ident: str
    name: str
    media_type: str
    data: bytes
    properties: tuple[str, ...] = ()
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Statement:
    """One element of the package metadata: `dc:title`, `meta` or `link`."""

    name: str
    text: str | None
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Publication:
    """All that goes into the container. `spine` names resources in reading order.

    `guide` holds (type, title, href) for reading systems of EPUB 2. `prefix` declares
    vocabularies that are not reserved.
    """

    language: str
    modified: datetime
    metadata: Sequence[Statement]
    resources: Sequence[Resource]
    spine: Sequence[str]
    guide: Sequence[tuple[str, str, str]] = ()
    direction: str = "ltr"
    prefix: str = ""


def write(publication: Publication, to: Path) -> None:
    """Write a publication: the same values give the same bytes."""
    _Writer(publication, to).write()


class _Writer(epub.EpubWriter):  # type: ignore[misc]
    def __init__(self, publication: Publication, to: Path) -> None:
        super().__init__(str(to), _as_ebooklib_has_it(publication))
        self._publication = publication

    def _write_opf_metadata(self, root: Any) -> None:
        metadata = etree.SubElement(root, "metadata", nsmap={"dc": _DC})
        for statement in self._publication.metadata:
            prefix, _, local = statement.name.rpartition(":")
            tag = f"{{{_DC}}}{local}" if prefix == "dc" else local
            attributes = {
                _XML_LANG if key == "xml:lang" else key: value for key, value in statement.attributes.items()
            }
            etree.SubElement(metadata, tag, attributes).text = statement.text

    def _write_opf_file(self, root: Any) -> None:
        root.set(_XML_LANG, self._publication.language)
        del root.attrib["prefix"]  # ebooklib's own, for what is not in here
        if self._publication.prefix:
            root.set("prefix", self._publication.prefix)
        if self._publication.direction == "rtl":
            root.set("dir", "rtl")
            root.find("spine").set("page-progression-direction", "rtl")
        super()._write_opf_file(root)

    def write(self) -> None:
        with _SteadyZip(self.file_name, _zip_time(self._publication.modified)) as self.out:
            self.out.writestr("mimetype", b"application/epub+zip")
            self._write_container()
            self._write_opf()
            self._write_items()


class _Book(epub.EpubBook):  # type: ignore[misc]
    """A publication of thousands of files: what has an identifier is found at once."""

    def __init__(self) -> None:
        super().__init__()
        self._by_ident: dict[str, Any] = {}

    def add_item(self, item: Any) -> Any:
        added = super().add_item(item)
        self._by_ident.setdefault(added.id, added)
        return added

    def get_item_with_id(self, uid: str) -> Any:
        return self._by_ident.get(uid)


def _as_ebooklib_has_it(publication: Publication) -> Any:
    book = _Book()
    book.IDENTIFIER_ID = IDENTIFIER
    for resource in publication.resources:
        name = resource.name if resource.listed else f"{book.FOLDER_NAME}/{resource.name}"
        item = epub.EpubItem(resource.ident, name, resource.media_type, resource.data, resource.listed)
        item.properties = list(resource.properties)
        book.add_item(item)
    book.spine = list(publication.spine)
    book.guide = [{"type": kind, "title": title, "href": href} for kind, title, href in publication.guide]
    return book


def _zip_time(moment: datetime) -> tuple[int, int, int, int, int, int]:
    given = moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second
    return max(_EARLIEST, min(given, _LATEST))


class _SteadyZip(zipfile.ZipFile):
    """A zip file whose bytes follow from what is put into it, and from nothing else."""

    def __init__(self, path: str, time: tuple[int, int, int, int, int, int]) -> None:
        super().__init__(path, "w")
        self._time = time

    def writestr(
        self,
        zinfo_or_arcname: str | zipfile.ZipInfo,
        data: Any,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        name = str(zinfo_or_arcname)
        entry = zipfile.ZipInfo(name, self._time)
        entry.create_system = 3
        entry.external_attr = 0o644 << 16
        entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
        super().writestr(entry, data, compresslevel=9)
