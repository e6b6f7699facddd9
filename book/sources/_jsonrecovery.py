"""Bring in what is whole of JSON that breaks off or is broken somewhere: all before that place."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from book.errors import BookError
from book.sources._decoding import decoded
from book.sources._json import load

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},]', re.DOTALL)
_CLOSING = {"[": "]", "{": "}"}


def load_what_is_whole(data: bytes, path: Path) -> tuple[Any, str]:
    """Return what stands before the place where a JSON file is broken, and words about that place."""
    text = decoded(data)[0].lstrip("\ufeff")
    try:
        json.loads(text, strict=False)
    except json.JSONDecodeError as error:
        end = error.pos
        where = f"this JSON is broken in line {error.lineno}, column {error.colno}: what stands after is lost"
    except (ValueError, RecursionError):
        return load(data, path), ""  # which says what is wrong
    whole = _whole(text, end)
    if whole is None:
        raise BookError("nothing in this JSON is whole", path=path)
    return load(whole.encode(errors="surrogatepass"), path), where


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
