"""What the package says of the book: titles, people, identifiers, dates, rights, subjects, source."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from book.epub.container import IDENTIFIER, Statement
from book.epub.filing import filed_name, filed_title
from book.errors import BookError
from book.labels import Labels
from book.model import Book, Metadata


def page_source(metadata: Metadata, isbn: str | None, edition: str) -> Statement:
    """Say whose pages are marked: an edition's by its ISBN, or else by its name."""
    named = f"urn:isbn:{_isbn(isbn)}" if isbn else f"{metadata.title} ({edition})"
    return Statement("meta", named, {"property": "pageBreakSource"})


def identifier(metadata: Metadata) -> str:
    """Return the one identifier that names this edition: its ISBN, else the book's own URN."""
    return f"urn:isbn:{_isbn(metadata.isbn)}" if metadata.isbn else metadata.identifier


def _isbn(given: str) -> str:
    """Return an ISBN of 13 digits; raise BookError where its check digit says it is misprinted."""
    digits = "".join(c for c in given.upper().removeprefix("ISBN") if c.isdigit() or c == "X")
    if len(digits) == 10 and _sound_10(digits):
        digits = f"978{digits[:9]}"
        digits += str(-_weighed(digits) % 10)
    if len(digits) == 13 and digits.isdigit() and not _weighed(digits) % 10:
        return digits
    raise BookError(f"`{given}` is not an ISBN", hint="its last digit does not follow from the others")


def _weighed(digits: str) -> int:
    return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))


def _sound_10(digits: str) -> bool:
    if not digits[:9].isdigit():
        return False
    values = [*map(int, digits[:9]), 10 if digits[9] == "X" else int(digits[9])]
    return sum((10 - place) * value for place, value in enumerate(values)) % 11 == 0


def modified(metadata: Metadata) -> datetime:
    """Return the moment that stands for the book's last change, in UTC and whole seconds."""
    moment = metadata.modified or datetime(1980, 1, 1, tzinfo=UTC)
    return moment.astimezone(UTC).replace(microsecond=0)


def statements(book: Book, labels: Labels, cover: str | None) -> Iterator[Statement]:
    """Say what there is to say, in the order that people read it; `cover` is the cover picture's id."""
    metadata = book.metadata
    yield Statement("dc:identifier", identifier(metadata), {"id": IDENTIFIER})
    if metadata.isbn and metadata.identifier != identifier(metadata):
        yield Statement("dc:identifier", metadata.identifier)
    yield from _titles(metadata)
    yield from _series(metadata)
    for number, author in enumerate(metadata.authors, 1):
        yield from _creator(author, number, metadata.language)
    yield Statement("dc:language", metadata.language)
    yield Statement("dc:date", modified(metadata).date().isoformat())
    yield Statement("meta", f"{modified(metadata):%Y-%m-%dT%H:%M:%SZ}", {"property": "dcterms:modified"})
    if metadata.publisher:
        yield Statement("dc:publisher", metadata.publisher)
    yield Statement("dc:description", metadata.description or _provenance(book, labels))
    yield Statement("dc:rights", _rights(book, labels))
    for subject in metadata.subjects:
        yield Statement("dc:subject", subject)
    if metadata.url:
        yield Statement("dc:source", metadata.url)
    if cover:
        yield Statement("meta", None, {"name": "cover", "content": cover})


def _titles(metadata: Metadata) -> Iterator[Statement]:
    titles = [("title", "main", metadata.title), ("subtitle", "subtitle", metadata.subtitle)]
    for sequence, (ident, kind, title) in enumerate((t for t in titles if t[2]), 1):
        assert title is not None
        yield Statement("dc:title", title, {"id": ident})
        yield _about(ident, "title-type", kind)
        yield _about(ident, "display-seq", str(sequence))
        yield _about(ident, "file-as", _filed(title, metadata, kind))


def _filed(title: str, metadata: Metadata, kind: str) -> str:
    """Return what a title is sorted by: a volume's by its series and number, so that 10 comes after 9.

    Not every reading system knows of series; all of them sort by title.
    """
    filed = filed_title(title, metadata.language)
    if kind != "main" or not metadata.series or metadata.volume is None:
        return filed
    named = filed_title(metadata.series, metadata.language)
    number = f"{metadata.volume:02}"
    if title.casefold() == metadata.series.casefold() or metadata.part:
        return f"{named} {number}"
    return f"{named} {number}: {filed}"


def _series(metadata: Metadata) -> Iterator[Statement]:
    """Say which volume of a series it is: for EPUB 3, and as Calibre and its heirs write it."""
    if not metadata.series:
        return
    yield Statement("meta", metadata.series, {"property": "belongs-to-collection", "id": "series"})
    yield _about("series", "collection-type", "series")
    yield _about("series", "file-as", filed_title(metadata.series, metadata.language))
    yield Statement("meta", None, {"name": "calibre:series", "content": metadata.series})
    if metadata.volume is not None:
        yield _about("series", "group-position", str(metadata.volume))
        yield Statement("meta", None, {"name": "calibre:series_index", "content": str(metadata.volume)})


def _creator(author: str, number: int, language: str) -> Iterator[Statement]:
    ident = f"creator-{number}"
    yield Statement("dc:creator", author, {"id": ident})
    role = _about(ident, "role", "aut")
    yield Statement("meta", role.text, {**role.attributes, "scheme": "marc:relators"})
    yield _about(ident, "file-as", filed_name(author, language))
    yield _about(ident, "display-seq", str(number))


def _about(ident: str, name: str, value: str) -> Statement:
    return Statement("meta", value, {"refines": f"#{ident}", "property": name})


def _provenance(book: Book, labels: Labels) -> str:
    """Say where the posts are from, as the copyright page does, where the author described nothing."""
    days = sorted(post.day for post in book.posts)
    first, last, url = labels.day(days[0]), labels.day(days[-1]), book.metadata.url
    if url and first == last:
        return labels.text("gathered-day", url=url, first=first)
    if url:
        return labels.text("gathered", url=url, first=first, last=last)
    return labels.text("gathered-offline", first=first, last=last)


def _rights(book: Book, labels: Labels) -> str:
    if book.metadata.rights or not book.metadata.authors:
        return book.metadata.rights or labels.text("rights")
    years = sorted({post.day.year for post in book.posts})
    span = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
    authors = ", ".join(book.metadata.authors)
    return f"{labels.text('copyright', years=span, authors=authors)}. {labels.text('rights')}"
