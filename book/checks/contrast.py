"""Text that can hardly be told from its ground, where the book itself gives colours."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from book.checks._looks import Colour, Look, looks
from book.epub.markup import elements, text_of
from book.epub.opened import OpenedBook, opened
from book.model import Finding

SUFFIXES = (".epub",)

_CLAUSE = "WCAG 2.2, 1.4.3"
_TEXT, _LARGE = 4.5, 3.0
_SHOWN = 40  # letters of the text


def check(path: Path) -> Iterator[Finding]:
    """Hold every colour of text against its ground, in light and in dark reading, each pair told once."""
    book = opened(path)
    for dark in (False, True):
        told: set[tuple[Colour, Colour | None, bool]] = set()
        for name, root in book.documents.items():
            for element, look in looks(root, tuple(_sheets(book, name, root)), dark=dark):
                if _is_faint(look) and (kind := (look.colour, look.ground, look.is_large)) not in told:
                    told.add(kind)
                    yield _finding(book, name, element, look, dark)


@lru_cache(maxsize=1024)
def _is_faint(look: Look) -> bool:
    return look.ratio < (_LARGE if look.is_large else _TEXT)


def _sheets(book: OpenedBook, name: str, root: Any) -> Iterator[str]:
    for element in elements(root, "link", "style"):
        if element.tag.endswith("style"):
            yield element.text or ""
        elif "stylesheet" in element.get("rel", "").lower().split():
            file, _ = book.resolve(name, element.get("href", ""))
            yield book.files.get(file, b"").decode("utf-8", "replace")


def _finding(book: OpenedBook, name: str, element: Any, look: Look, dark: bool) -> Finding:
    words = text_of(element)
    shown = f"“{words[:_SHOWN]}{'…' if len(words) > _SHOWN else ''}”"
    colours = f"{_written(look.colour)} on {_written(look.ground or look.colour)}"
    mode, least = " in dark reading" if dark else "", _LARGE if look.is_large else _TEXT
    message = f"{shown} is {colours}{mode}: {look.ratio:.1f} to 1, where {least:g} to 1 can be read"
    hint = "take a colour that is darker or lighter, or leave it to the reader"
    return book.finding("contrast", "warning", message, name=name, at=element, hint=hint, clause=_CLAUSE)


def _written(colour: Colour) -> str:
    return "#" + "".join(f"{round(band * 255):02x}" for band in colour)
