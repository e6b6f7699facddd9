"""Read the JSON of exports: no deeper, and with no larger numbers, than any blog's export has."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NoReturn

from book.errors import BookError
from book.sources._decoding import decoded

DEEPEST = 200
_DIGITS = 30
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]|[^\s\[\]{}",:]+|\n', re.DOTALL)
_COLON = re.compile(r"\s*:")
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def load(data: bytes, path: Path, mends: Counter[str] | None = None) -> Any:
    """Return what a JSON file says; raise BookError, with the line, where it is broken or absurd.

    Halves of characters become U+FFFD; `mends` hears how many.
    """
    text, _ = decoded(data)
    try:
        value = json.loads(
            text.lstrip("\ufeff"),
            object_pairs_hook=_pairs,
            parse_int=_whole,
            parse_constant=_constant,
            strict=False,
        )
        _measure(value)
    except json.JSONDecodeError as error:
        said = error.msg.removesuffix(" at")  # as that of a string without end has it
        words = f"this is not JSON: {said[:1].lower()}{said[1:]} at column {error.colno}"
        hint = "export the blog again, or mend it where the line says"
        raise BookError(words, path=path, line=error.lineno, hint=hint) from error
    except (ValueError, RecursionError) as error:
        line, what = next(_faults(text), (None, "this JSON holds a value that cannot be read"))
        raise BookError(what, path=path, line=line, hint="export the blog again") from error
    return _legible(value, Counter() if mends is None else mends) if _HALF.search(text) else value


def _measure(value: Any) -> None:
    """Raise RecursionError for what is nested deeper than those who walk through it can follow."""
    held = [value] if isinstance(value, dict | list) else []
    for _ in range(DEEPEST):
        held = [one for some in held for one in _members(some) if isinstance(one, dict | list)]
    if held:
        raise RecursionError


def _members(one: dict[str, Any] | list[Any]) -> Iterable[Any]:
    return one.values() if isinstance(one, dict) else one


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("duplicate")
    return found


def _whole(digits: str) -> int:
    if len(digits) > _DIGITS:
        raise ValueError("large")
    return int(digits)


def _constant(name: str) -> NoReturn:
    raise ValueError(name)


def _faults(text: str) -> Iterator[tuple[int, str]]:
    """Give what `load` refuses, with the line: nesting, numbers, names that stand twice in one object."""
    line, above = 1, list[set[str]]()
    for match in _TOKEN.finditer(text):
        token = match[0]
        if token in ("[", "{"):
            above.append(set())
            if len(above) > DEEPEST:
                yield line, f"this JSON is nested more than {DEEPEST} levels deep"
        elif token in ("]", "}"):
            above[-1:] = []
        elif token in ("NaN", "Infinity", "-Infinity"):
            yield line, f"`{token}` is no number in JSON"
        elif token.lstrip("-").isdecimal() and len(token) > _DIGITS:
            yield line, f"this number has {len(token)} digits"
        elif token[0] == '"' and _COLON.match(text, match.end()):
            if above and token in above[-1]:
                yield line, f"the name `{token[1:41].rstrip(chr(34))}` stands twice in one object"
            elif above:
                above[-1].add(token)
        line += token.count("\n")


def _legible(value: Any, mends: Counter[str]) -> Any:
    """Put U+FFFD for halves of characters."""
    if isinstance(value, str):
        made, count = _SURROGATE.subn("\ufffd", value)
        if count:
            mends["halves of characters became U+FFFD"] += count
        return made
    if isinstance(value, list):
        return [_legible(one, mends) for one in value]
    if isinstance(value, dict):
        return {_legible(key, mends): _legible(one, mends) for key, one in value.items()}
    return value
