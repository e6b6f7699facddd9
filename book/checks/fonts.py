"""Fonts: their licences go with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from book.epub.opened import OPF, OpenedBook, opened
from book.model import Finding

SUFFIXES = (".epub",)

_FONT = re.compile(r"font/|application/(vnd\.ms-opentype|font-|x-font)")


def check(path: Path) -> Iterator[Finding]:
    """Look for a licence beside each font, or a link from the package to one."""
    book = opened(path)
    licensed = {
        link.get("refines", "").removeprefix("#")
        for link in book.package.iter(f"{{{OPF}}}link")
        if "license" in (link.get("rel") or "") and _leads_somewhere(book, link.get("href", ""))
    }
    licences = [
        name for name in book.files if re.search(r"(?i)licen[cs]e|ofl|copying", PurePosixPath(name).name)
    ]
    for item in book.items:
        if not _FONT.match(item.media_type) or item.ident in licensed or "" in licensed:
            continue
        if not any(PurePosixPath(name).parent == PurePosixPath(item.name).parent for name in licences):
            message, hint = (
                "this font has no licence beside it",
                "put its licence (OFL.txt) into the same folder",
            )
            yield book.finding(
                "font-licence",
                "warning",
                message,
                name=item.name,
                hint=hint,
                clause="SIL Open Font License 1.1, 2",
            )


def _leads_somewhere(book: OpenedBook, href: str) -> bool:
    name = book.resolve(book.package_name, href)[0]
    return name in book.files or "://" in name
