"""Read a text file that somebody wrote, and say what is wrong where it is not one."""

from __future__ import annotations

import codecs
import errno
import stat
from pathlib import Path

from book.errors import BookError

LIMIT = 200 * 2**20
"""The size, in bytes, past which a file is surely not a text that somebody wrote."""

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def is_inside(path: Path, folder: Path) -> bool:
    """Tell whether a path lies in a folder, links followed; what no system can follow lies nowhere."""
    try:
        return path.resolve().is_relative_to(folder.resolve()) and not _is_ring(path)
    except (OSError, RuntimeError, ValueError):  # a ring of links, a name too long, a NUL
        return False


def _is_ring(path: Path) -> bool:
    """Tell whether a path leads round and round, where `resolve` does not say so (Python 3.13)."""
    try:
        path.stat()
    except OSError as error:
        return error.errno == errno.ELOOP
    return False


def read_text(path: Path) -> str:
    """Return a UTF-8 file's text, lines ended by `\\n`, no byte-order mark; raise BookError otherwise."""
    return text_of(read_bytes(path), path)


def read_bytes(path: Path, limit: int = LIMIT) -> bytes:
    """Return a regular file's bytes; raise BookError for a folder, a device, or what cannot be read."""
    try:
        known = path.stat()
        if stat.S_ISDIR(known.st_mode):
            hint = "give it another name, or put it elsewhere"
            raise BookError("this is a folder, and a file belongs here", path=path, hint=hint)
        if not stat.S_ISREG(known.st_mode):
            hint = "pipes and devices are not read: put a file in its place, or take it away"
            raise BookError("this is neither a file nor a folder", path=path, hint=hint)
        if known.st_size > limit:
            hint = "nobody wrote that much in one file: divide it, or take it away"
            raise BookError(f"this file is larger than {limit // 2**20} MB", path=path, hint=hint)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise BookError("there is no such file", path=path, hint="check how its name is spelt") from error
    except OSError as error:
        hint = "check who may read it: `ls -l` shows it"
        raise BookError(f"this file cannot be read: {error.strerror}", path=path, hint=hint) from error


def text_of(data: bytes, path: Path) -> str:
    """Decode bytes that `path` held, as `read_text` does."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            raise _not_utf8(path, 1, encoding)
    if b"\0" in data:
        line = data[: data.index(b"\0")].count(b"\n") + 1
        hint = "it may be a picture, an archive or a word processor's file: export it as plain text"
        raise BookError("this is not a text file: it holds NUL bytes", path=path, line=line, hint=hint)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise _not_utf8(path, line, _likely_encoding(data)) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _not_utf8(path: Path, line: int, encoding: str | None) -> BookError:
    name = path.name
    looks = f"it looks like {encoding}; " if encoding else ""
    hint = f"{looks}convert it with `iconv -f {encoding or 'ENCODING'} -t utf-8 {name} > utf-8-{name}`"
    return BookError("this file is not UTF-8 text", path=path, line=line, hint=hint)


def _likely_encoding(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    sample = data[:100_000]
    if sum(byte > 127 for byte in sample) < len(sample) / 6:  # ASCII with some accents
        return "windows-1252"
    best = from_bytes(sample).best()
    return best.encoding.replace("_", "-") if best else None
