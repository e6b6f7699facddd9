"""The container: how files are packed, named and listed, and whether they are what they say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from book.checks._references import referred
from book.epub.opened import OPF, OpenedBook, opened
from book.model import Finding

SUFFIXES = (".epub",)

_OCF = "EPUB 3.3, 4.3 OCF ZIP container"
_PLAIN = re.compile(r"[A-Za-z0-9._/+()=,~-]+")
_EVERYWHERE = {"image/jpeg", "image/png", "image/gif", "image/svg+xml"}
_SIGNS = {
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/gif": (b"GIF87a", b"GIF89a"),
    "image/webp": (b"RIFF",),
    "font/ttf": (b"\x00\x01\x00\x00", b"true", b"ttcf"),
    "font/otf": (b"OTTO", b"\x00\x01\x00\x00"),
    "font/woff": (b"wOFF",),
    "font/woff2": (b"wOF2",),
}
_UNTOLD = datetime(1980, 1, 1)  # what a packing tool writes that tells no time
_ROAMING = timedelta(hours=15)  # zip times have no zone


def check(path: Path) -> Iterator[Finding]:
    """Look at packing, times, names, the manifest, and the first bytes of pictures and fonts."""
    book = opened(path)
    yield from _mimetype(book)
    yield from _times(book)
    yield from _future(book)
    yield from _names(book)
    yield from _manifest(book)
    yield from _types(book)


def _mimetype(book: OpenedBook) -> Iterator[Finding]:
    first = book.entries[0] if book.entries else None
    hint = "let the packing tool write `mimetype` first and stored (`zip -X0`)"
    if first is None or first.filename != "mimetype":
        yield book.finding(
            "mimetype-first", "error", "`mimetype` is not the first file", hint=hint, clause=_OCF
        )
        return
    if first.compress_type != 0:
        yield book.finding("mimetype-stored", "error", "`mimetype` is compressed", hint=hint, clause=_OCF)
    if first.extra:
        yield book.finding("mimetype-extra", "error", "`mimetype` has an extra field", hint=hint, clause=_OCF)


def _times(book: OpenedBook) -> Iterator[Finding]:
    """A book made twice is the same only if no clock reached it."""
    hint = "give all files the time of `dcterms:modified` (SOURCE_DATE_EPOCH)"
    times: Counter[tuple[int, ...]] = Counter(entry.date_time for entry in book.entries)
    if len(times) > 1:
        message = f"the files carry {len(times)} different times"
        yield book.finding("zip-times", "warning", message, hint=hint, clause="reproducible-builds.org")
        return
    modified, packed = _modified(book), _packed(times)
    if packed == _UNTOLD:
        return
    if modified and packed and modified.year >= 1980 and abs(packed - modified) > _ROAMING:
        message = f"the files carry the time {packed}, and the book was modified at {modified}"
        yield book.finding("zip-times", "warning", message, hint=hint, clause="reproducible-builds.org")


def _future(book: OpenedBook) -> Iterator[Finding]:
    """No book is newer than the file that holds it."""
    modified, written = _modified(book), datetime.fromtimestamp(book.path.stat().st_mtime, UTC)
    if modified and modified > written.replace(tzinfo=None) + _ROAMING:
        message = f"the book says it was modified at {modified}, after this file was written"
        hint = "the time of `dcterms:modified` is past: shops sort editions by it"
        clause = "EPUB 3.3, 5.5.5 Last modified date"
        yield book.finding(
            "modified-future", "warning", message, name=book.package_name, hint=hint, clause=clause
        )


def _modified(book: OpenedBook) -> datetime | None:
    said = next((meta.text for meta in book.metas("dcterms:modified")), None)
    try:
        return datetime.fromisoformat((said or "").strip()).astimezone(UTC).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return None


def _packed(times: Counter[tuple[int, ...]]) -> datetime | None:
    try:
        year, month, day, hour, minute, second = next(iter(times))
        return datetime(year, month, day, hour, minute, second)
    except (ValueError, StopIteration):
        return None


def _names(book: OpenedBook) -> Iterator[Finding]:
    folded = Counter(name.casefold() for name in book.files)
    for name in book.files:
        if not _PLAIN.fullmatch(name):
            message = f"the name `{name}` has characters that not every system takes"
            hint = "use ASCII letters, digits, `-`, `_` and `.`"
            yield book.finding(
                "file-name", "warning", message, name=name, hint=hint, clause="EPUB 3.3, 4.2.3"
            )
        if folded[name.casefold()] > 1:
            message = f"another name differs from `{name}` in case alone"
            yield book.finding("file-name-case", "error", message, name=name, clause="EPUB 3.3, 4.2.3")


def _manifest(book: OpenedBook) -> Iterator[Finding]:
    listed = {item.name for item in book.items}
    linked = {
        book.resolve(book.package_name, link.get("href", ""))[0]
        for link in book.package.iter(f"{{{OPF}}}link")
    }
    used = referred(book)
    for name in book.files:
        outside = name == "mimetype" or name.startswith("META-INF/") or name == book.package_name
        if not outside and name not in listed | linked:
            hint = "list it, or leave it out"
            yield book.finding(
                "unlisted", "error", "this file is not in the manifest", name=name, hint=hint, clause=_OCF
            )
    for item in book.items:
        if item.name not in book.files and "://" not in item.name:
            yield book.finding(
                "missing",
                "error",
                f"`{item.name}` is in the manifest alone",
                name=book.package_name,
                at=item.line,
            )
        elif item.name in book.files and item.name not in used:
            hint = "refer to it, or leave it out"
            yield book.finding("unused", "warning", "nothing refers to this file", name=item.name, hint=hint)


def _types(book: OpenedBook) -> Iterator[Finding]:
    for item in book.items:
        signs = _SIGNS.get(item.media_type)
        data = book.files.get(item.name, b"")
        if signs and data and not data.startswith(signs):
            message = f"this is not {item.media_type}, as the manifest has it"
            yield book.finding("media-type", "error", message, name=item.name, clause="EPUB 3.3, 3.2")
        if item.media_type.startswith("image/") and item.media_type not in _EVERYWHERE:
            message = f"not every reading system shows {item.media_type}"
            hint = "use JPEG, PNG, GIF or SVG"
            yield book.finding("picture-format", "warning", message, name=item.name, hint=hint)
