"""The EPUB as devices show it: its own files, by their names in it, and nothing that could run."""

from __future__ import annotations

import zipfile
import zlib
from functools import lru_cache
from pathlib import Path, PurePosixPath

from book.studio.shelf import Kept

LARGEST = 64 << 20
"""Bytes that one file of an EPUB may unpack to."""

POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
    "media-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin"
)
"""What a document of the book may load: files of the book. Without `allow-scripts` none runs in it."""

HEADERS = {"content-security-policy": POLICY, "x-frame-options": "SAMEORIGIN"}

_KINDS = {
    ".css": "text/css",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".otf": "font/otf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xhtml": "application/xhtml+xml",
}


def member(kept: Kept, name: str) -> tuple[bytes, str] | None:
    """Return a file in an EPUB and its media type; None where it has no such file for a reader."""
    kind = _KINDS.get(PurePosixPath(name).suffix)
    if kind is None or kept.file.is_symlink():
        return None
    try:
        archive = _opened(kept.file)
        if archive.getinfo(name).file_size > LARGEST:
            return None
        return archive.read(name), kind
    except (KeyError, OSError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError):
        return None


@lru_cache(maxsize=3)
def _opened(file: Path) -> zipfile.ZipFile:
    """Open an EPUB; its name holds its digest, so it is never another one."""
    return zipfile.ZipFile(file)
