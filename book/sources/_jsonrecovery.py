"""Bring in what is whole of JSON that breaks off or is broken somewhere: before that place, and after it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from book.errors import BookError
from book.sources._decoding import decoded
from book.sources._json import load

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},]', re.DOTALL)
_OBJECT = re.compile(r'\{\s*"')
_TRIES = 100_000
_CLOSING = {"[": "]", "{": "}"}


def load_what_is_whole(data: bytes, path: Path) -> tuple[Any, list[dict[str, Any]], str]:
    """Return what stands before the place where a JSON file is broken, and words about that place.

    What follows it is given apart: objects that are whole, but whose place in the document is not known.
    """
    text = decoded(data)[0].lstrip("\ufeff")
    try:
        json.loads(text, strict=False)
    except json.JSONDecodeError as error:
        end = error.pos
        where = f"this JSON is broken in line {error.lineno}, column {error.colno}"
    except (ValueError, RecursionError):
        return load(data, path), [], ""  # which says what is wrong
    after = list(_objects(text, end))
    whole = _whole(text, end)
    if whole is None and not after:
        raise BookError("nothing in this JSON is whole", path=path)
    try:
        return load((whole or "{}").encode(errors="surrogatepass"), path), after, where
    except BookError:  # brackets do not tell where strings end and begin, after a quote that is lost
        if not after:
            raise
        return {}, after, where


def _objects(text: str, start: int) -> Iterator[dict[str, Any]]:
    """Give the largest objects that are whole after a place."""
    decoder = json.JSONDecoder(strict=False)
    tried = 0
    while tried < _TRIES and (match := _OBJECT.search(text, start)):
        tried += 1
        try:
            found, start = decoder.raw_decode(text, match.start())
            yield load(json.dumps(found).encode(), Path())
        except (ValueError, RecursionError, BookError):
            start = match.start() + 1


def _whole(text: str, end: int) -> str | None:
    """Return text up to the last comma before `end`, all brackets that are open there closed."""
    above: list[str] = []
    best: tuple[int, str] | None = None
    for match in _TOKEN.finditer(text, 0, end):
        token = match[0]
        if token in _CLOSING:
            above.append(_CLOSING[token])
        elif token in ("]", "}"):
            if not above:
                break
            above.pop()
            best = (match.end(), "".join(reversed(above)))
        elif token == ",":
            best = (match.start(), "".join(reversed(above)))
    return text[: best[0]] + best[1] if best else None
