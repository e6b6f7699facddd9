"""Sources that no importer knows: what nobody could read says why, and where."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from book.errors import BookError
from book.model import Notice
from book.textfile import read_text

_YAML = (".yaml", ".yml")
_PARTS = 20
_START = 4096  # bytes in which what is no text shows
_AGAIN = "download the export again"
_UNPACK = "unpack it, and gather from what is in it"
_SAVE = "save it as HTML or as plain text"
_KINDS: tuple[tuple[bytes, str, str], ...] = (
    (b"\x1f\x8b", "a gzip archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _UNPACK),
    (b"Rar!", "a RAR archive", _UNPACK),
    (b"BZh", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ", "an xz archive", _UNPACK),
    (b"%PDF", "a PDF", "export the posts from the blog itself: a PDF holds pages"),
    (b"\xd0\xcf\x11\xe0", "a document of an old word processor", _SAVE),
    (b"SQLite format 3", "a database", "export the posts with the program that it belongs to"),
)
"""How files begin that are often taken for an export, what they are, and what to do instead."""

_PACKED = (
    ("META-INF/container.xml", "an EPUB", "export the posts from the blog itself: this is a book"),
    ("[Content_Types].xml", "a document of a word processor", _SAVE),
    ("META-INF/manifest.xml", "a document of a word processor", _SAVE),
)
"""The same of zips, by a file that is in them."""


def check(source: Path) -> None:
    """Raise BookError for a zip, a text or data that nobody could read; it says why."""
    from book.sources._containers import is_zip, opened
    from book.sources._json import load

    if is_zip(source):
        with opened(source) as container:
            _check_packed(container.names, source)
            for name in container.names:
                container.read(name)
            if not container.names and not container.ignored:
                raise BookError("this zip holds no file", path=source, hint=_AGAIN)
        return
    _check_kind(source)
    text = read_text(source)
    suffix = source.suffix.lower()
    if not text.strip():
        raise BookError("this file is empty", path=source, hint=_AGAIN)
    if suffix == ".json":
        load(text.encode("utf-8", "replace"), source)
    elif suffix in _YAML:
        _check_yaml(text, source)
    elif suffix == ".toml":
        from book.tables import values_of

        values_of(text, source)


def _check_kind(source: Path) -> None:
    """Raise BookError for a file that is no text, where its first bytes or its name tell what it is."""
    with source.open("rb") as file:
        start = file.read(_START)
    for begins, what, hint in _KINDS:
        if start.startswith(begins):
            raise _unopened(what, source, hint)
    if start[257:262] == b"ustar":
        raise _unopened("a tar archive", source, _UNPACK)
    if b"\0" in start and source.suffix.lower() == ".zip":
        hint = "download the export again: it may be that an error page was saved instead"
        raise BookError("this is no zip, though its name says so", path=source, hint=hint)


def _check_packed(names: Sequence[str], source: Path) -> None:
    for name, what, hint in _PACKED:
        if name in names:
            raise _unopened(what, source, hint)


def _unopened(what: str, source: Path, hint: str) -> BookError:
    return BookError(f"this is {what}, which is not opened here", path=source, hint=hint)


def _check_yaml(text: str, source: Path) -> None:
    from book.headeryaml import load

    try:
        load(text, source, set())
    except BookError as error:
        said = error.notices[0]
        raise BookError(
            said.message.replace("the header", "this file", 1),
            path=source,
            line=said.line and said.line - 1,  # no fence stands before it, as before a header
            hint="it is no post and no export: name the folder that holds the posts",
        ) from error


def archives_in(source: Path) -> tuple[str, ...]:
    """Return the names of archives in a zip, which are not opened, if nothing else is in it."""
    from book.sources._containers import is_zip, opened

    if not is_zip(source):
        return ()
    try:
        with opened(source) as container:
            return () if container.names else container.ignored
    except BookError:
        return ()  # which whoever reads it says


def unopened(names: Sequence[str], source: Path) -> Notice:
    """Return what to say of archives that are in another, and stay closed."""
    named = ", ".join(f"`{name}`" for name in names[:_PARTS])
    more = f" and {len(names) - _PARTS} more" if len(names) > _PARTS else ""
    hint = "unpack them, and gather from what is in them"
    return Notice(f"archives inside an archive are not opened: {named}{more}", source, hint=hint)


def doubled_in(source: Path) -> tuple[Notice, ...]:
    """Return what to say of files in a zip that have one name: the first has it, and others have numbers."""
    from book.sources._containers import is_zip, opened

    if not is_zip(source):
        return ()
    try:
        with opened(source) as container:
            names = container.doubled
    except BookError:
        return ()  # which whoever reads it says
    if not names:
        return ()
    named = ", ".join(f"`{name}`" for name in names[:_PARTS])
    hint = "look at both, and leave in the zip what is yours"
    return (
        Notice(f"several files of this zip have one name; others are numbered: {named}", source, hint=hint),
    )
