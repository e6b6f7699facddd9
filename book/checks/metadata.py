"""What the package says of the book: titles, people, language, identifiers, dates, series."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from book.epub.markup import XML_LANG, elements
from book.epub.opened import DC, OpenedBook, opened
from book.isbn import bare, sound
from book.model import Finding

SUFFIXES = (".epub",)

_CLAUSE = "EPUB 3.3, 5.5 Metadata section"
_DATE = re.compile(
    r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?"
)
_UUID = re.compile(r"urn:uuid:[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_TAG = re.compile(
    r"([a-zA-Z]{2,3})(-[a-zA-Z]{3}){0,3}(-[a-zA-Z]{4})?(-([a-zA-Z]{2}|\d{3}))?(-[\w-]+)?|x-[\w-]+"
)


def check(path: Path) -> Iterator[Finding]:
    """Look at the package's metadata, and at language tags everywhere."""
    book = opened(path)
    yield from _languages(book)
    yield from _titles(book)
    yield from _creators(book)
    yield from _identifiers(book)
    yield from _rest(book)
    yield from _series(book)


def _languages(book: OpenedBook) -> Iterator[Finding]:
    name, hint = book.package_name, "write a tag such as `en-GB` or `fr`"
    if book.package.get(XML_LANG) is None and not book.is_old:
        message = "the package has no `xml:lang`, so its metadata has no language"
        yield book.finding("package-language", "warning", message, name=name, clause="WCAG 2.2, 3.1.1")
    for element in book.metadata("language"):
        tag = (element.text or "").strip()
        if not registered(tag):
            message = f"`{tag}` is not a language tag"
            yield book.finding(
                "language-tag", "error", message, name=name, at=element, hint=hint, clause="BCP 47"
            )
    for document, root in book.documents.items():
        for element in elements(root):
            for tag in {element.get("lang"), element.get(XML_LANG)} - {None, ""}:
                if not registered(str(tag)):
                    message = f"`{tag}` is not a language tag"
                    yield book.finding(
                        "language-tag",
                        "error",
                        message,
                        name=document,
                        at=element,
                        hint=hint,
                        clause="BCP 47",
                    )


@lru_cache
def registered(tag: str) -> bool:
    """Tell whether a language tag is well-formed, and its language and region are known ones."""
    from babel import Locale

    match = _TAG.fullmatch(tag)
    if match is None:
        return False
    language, region = match[1], match[5]
    known = Locale("en")
    two_known = language is None or len(language) == 3 or language.lower() in known.languages
    return two_known and (region is None or region.upper() in known.territories)


def _titles(book: OpenedBook) -> Iterator[Finding]:
    titles = list(book.metadata("title"))
    if not any((title.text or "").strip() for title in titles):
        yield book.finding("title", "error", "the book has no title", name=book.package_name, clause=_CLAUSE)
    for title in titles:
        for name in ("title-type", "file-as") if len(titles) > 1 else ("file-as",):
            if book.about(title, name) is None and not book.is_old:
                message = f"the title “{title.text}” has no `{name}`"
                yield book.finding(
                    "title-refined", "note", message, name=book.package_name, at=title, clause=_CLAUSE
                )


def _creators(book: OpenedBook) -> Iterator[Finding]:
    for creator in book.metadata("creator"):
        for name, hint in (("role", "`aut`, `edt`, `trl` …"), ("file-as", "surname first: `Author, Ann`")):
            legacy = creator.get(f"{{http://www.idpf.org/2007/opf}}{name}")
            if book.about(creator, name) is None and legacy is None:
                message = f"the creator “{creator.text}” has no `{name}`"
                yield book.finding(
                    "creator-refined",
                    "warning",
                    message,
                    name=book.package_name,
                    at=creator,
                    hint=hint,
                    clause=_CLAUSE,
                )


def _identifiers(book: OpenedBook) -> Iterator[Finding]:
    for element in book.metadata("identifier"):
        text = (element.text or "").strip()
        isbn = re.fullmatch(r"(?i)(?:urn:isbn:|isbn[: ]*)([\dX -]+)", text)
        if isbn and not sound(bare(isbn[1])):
            message = f"`{text}` is not an ISBN: its last digit does not follow from the others"
            yield book.finding(
                "isbn", "error", message, name=book.package_name, at=element, clause="ISO 2108"
            )
        if text.lower().startswith("urn:uuid:") and not _UUID.fullmatch(text):
            message = f"`{text}` is not a UUID"
            yield book.finding(
                "uuid", "error", message, name=book.package_name, at=element, clause="RFC 9562"
            )


def _rest(book: OpenedBook) -> Iterator[Finding]:
    for element in book.package.iter(f"{{{DC}}}*"):
        local = element.tag.rpartition("}")[2]
        if not (element.text or "").strip():
            message = f"`dc:{local}` is empty"
            yield book.finding(
                "empty-metadata", "warning", message, name=book.package_name, at=element, clause=_CLAUSE
            )
        elif local == "date" and not _DATE.fullmatch(element.text.strip()):
            message = f"`{element.text}` is not a date as W3C has it"
            hint = "write `2017`, `2017-08` or `2017-08-30`"
            yield book.finding(
                "date", "warning", message, name=book.package_name, at=element, hint=hint, clause="W3C DTF"
            )
    for local in ("publisher", "rights", "subject", "description"):
        if next(book.metadata(local), None) is None:
            message = f"the book has no `dc:{local}`"
            yield book.finding("metadata-complete", "note", message, name=book.package_name, clause=_CLAUSE)


def _series(book: OpenedBook) -> Iterator[Finding]:
    for series in book.metas("belongs-to-collection"):
        kind = book.about(series, "collection-type")
        for name in ("collection-type",) if kind == "set" else ("collection-type", "group-position"):
            if book.about(series, name) is None:
                message = f"the series “{series.text}” has no `{name}`, and cannot be sorted"
                yield book.finding(
                    "series", "warning", message, name=book.package_name, at=series, clause=_CLAUSE
                )
