"""An EPUB opened for inspection, by whomever it was made: its files, package, and documents."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree

from book.epub.markup import EPUB_TYPE, XHTML, having
from book.errors import BookError
from book.model import Finding
from book.restated import restated

OPF = "http://www.idpf.org/2007/opf"
DC = "http://purl.org/dc/elements/1.1/"
_CONTAINER = "urn:oasis:names:tc:opendocument:xmlns:container"
_LARGEST = 512 * 1024 * 1024  # bytes that one EPUB may unpack to


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the manifest; `name` is its full name in the container."""

    ident: str
    name: str
    media_type: str
    properties: frozenset[str]
    line: int | None


_AGAIN = "it may be cut short, or be something else: make it again, or download it again"


class OpenedBook:
    """An EPUB file. What cannot be read is left out, and said by `faults`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._parser: etree.XMLParser[Any] = etree.XMLParser(  # one, so that documents share their names
            huge_tree=True, resolve_entities=False, no_network=True, load_dtd=False
        )
        try:
            with zipfile.ZipFile(path) as archive:
                self.entries = archive.infolist()
                if sum(entry.file_size for entry in self.entries) > _LARGEST:
                    raise BookError("this EPUB unpacks to more than 512 MB, and was not opened", path=path)
                self.files: Mapping[str, bytes] = {
                    entry.filename: archive.read(entry) for entry in self.entries if not entry.is_dir()
                }
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
            raise BookError(f"this is not an EPUB: {restated(str(error))}", path=path, hint=_AGAIN) from error
        except OSError as error:
            said = (error.strerror or str(error)).lower()
            raise BookError(f"this EPUB cannot be read: {said}", path=path, hint=_AGAIN) from error
        self.faults: dict[str, etree.XMLSyntaxError] = {}
        self._places: dict[str, dict[str, Any]] = {}

    def finding(
        self,
        rule: str,
        severity: str,
        message: str,
        *,
        name: str | None = None,
        at: Any = None,
        hint: str | None = None,
        clause: str | None = None,
    ) -> Finding:
        """Make a finding about the file `name` inside, at an element's line."""
        place = self.path / name if name else self.path
        line = at if isinstance(at, int) else getattr(at, "sourceline", None)
        return Finding(rule, severity, message, place, line, hint, clause)

    def xml(self, name: str) -> Any | None:
        """Parse a file of the container; None where it is missing or not well-formed."""
        if name not in self.files:
            return None
        try:
            return etree.fromstring(self.files[name], self._parser)
        except etree.XMLSyntaxError as error:
            self.faults[name] = error
            return None

    @cached_property
    def package_name(self) -> str:
        """The package document's name."""
        container = self.xml("META-INF/container.xml")
        if container is None:
            raise BookError(
                "this is not an EPUB: it has no META-INF/container.xml", path=self.path, hint=_AGAIN
            )
        name = next((root.get("full-path") for root in container.iter(f"{{{_CONTAINER}}}rootfile")), None)
        if name not in self.files:
            raise BookError("this is not an EPUB: it has no package document", path=self.path, hint=_AGAIN)
        return str(name)

    @cached_property
    def package(self) -> Any:
        """The package document."""
        root = self.xml(self.package_name)
        if root is None:
            fault = self.faults[self.package_name]
            said = f"the package document is not well-formed: {restated(fault.msg)}"
            raise BookError(said, path=self.path, hint=_AGAIN)
        return root

    @property
    def is_old(self) -> bool:
        """Whether it is an EPUB 2, whose metadata has neither refinements nor a language."""
        return str(self.package.get("version", "")).startswith("2")

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The manifest."""
        return tuple(
            Item(
                item.get("id", ""),
                self.resolve(self.package_name, item.get("href", ""))[0],
                item.get("media-type", ""),
                frozenset(item.get("properties", "").split()),
                item.sourceline,
            )
            for item in self.package.iter(f"{{{OPF}}}item")
        )

    @cached_property
    def spine(self) -> tuple[tuple[Item, bool], ...]:
        """The reading order, each item with whether it is linear."""
        by_ident = {item.ident: item for item in self.items}
        return tuple(
            (by_ident[ref.get("idref")], ref.get("linear") != "no")
            for ref in self.package.iter(f"{{{OPF}}}itemref")
            if ref.get("idref") in by_ident
        )

    @cached_property
    def documents(self) -> Mapping[str, Any]:
        """The content documents that are well-formed, in reading order, then the rest."""
        order = [item for item, _ in self.spine]
        every = dict.fromkeys([*order, *self.items])
        names = [item.name for item in every if item.media_type == "application/xhtml+xml"]
        return {name: root for name in names if (root := self.xml(name)) is not None}

    def places(self, name: str) -> Mapping[str, Any]:
        """Return the elements of a document that have an id, by their ids; of two with one, the first."""
        if name not in self._places:
            named = reversed(having(self.documents[name], "id"))
            self._places[name] = {element.get("id"): element for element in named}
        return self._places[name]

    @cached_property
    def navigation(self) -> tuple[str, Any] | None:
        """The navigation document, if there is one that can be read."""
        name = next((item.name for item in self.items if "nav" in item.properties), "")
        return (name, self.documents[name]) if name in self.documents else None

    def nav(self, kind: str) -> Any | None:
        """Return the `nav` element of a kind: `toc`, `landmarks`, `page-list`."""
        if self.navigation is None:
            return None
        every = self.navigation[1].iter(f"{{{XHTML}}}nav")
        return next((nav for nav in every if kind in nav.get(EPUB_TYPE, "").split()), None)

    @staticmethod
    @lru_cache(maxsize=50_000)
    def resolve(base: str, href: str) -> tuple[str, str]:
        """Return the full name and the fragment that `href` in the file `base` means."""
        try:
            parts = urlsplit(href)
        except ValueError:
            return href, ""
        if parts.scheme or parts.netloc:
            return href, ""
        path = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(parts.path)))
        return (path if parts.path else base), unquote(parts.fragment)

    def metadata(self, name: str) -> Iterator[Any]:
        """Yield the `dc:` elements of a name."""
        return iter(self.package.iter(f"{{{DC}}}{name}"))

    def metas(self, name: str) -> Iterator[Any]:
        """Yield the `meta` elements of a property."""
        return (meta for meta in self.package.iter(f"{{{OPF}}}meta") if meta.get("property") == name)

    def about(self, element: Any, name: str) -> str | None:
        """Return what a `meta` says of an element with an id."""
        ident = element.get("id")
        said = (m for m in self.metas(name) if ident and m.get("refines") == f"#{ident}")
        return next(((meta.text or "").strip() for meta in said), None)


def opened(path: Path) -> OpenedBook:
    """Open an EPUB, once for all checks; again when the file has changed."""
    try:
        stat = path.stat()
    except OSError as error:
        said = (error.strerror or str(error)).lower()
        raise BookError(f"this EPUB cannot be read: {said}", path=path) from error
    return _opened(path, stat.st_mtime_ns, stat.st_size)


def forget() -> None:
    """Let go of the EPUBs that were opened last: their documents take several times the room of the file."""
    _opened.cache_clear()


@lru_cache(maxsize=2)
def _opened(path: Path, _: int, __: int) -> OpenedBook:
    return OpenedBook(path)
