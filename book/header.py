"""A post's header and body: YAML between `---` lines, TOML between `+++` lines, or none.

The values are read as an author means them, not as YAML 1.1 does: `title: no` and `title: 2001`
are those words, `12:30:00` is no number, a date without a zone is the author's wall clock.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from math import isfinite
from pathlib import Path
from typing import Any, NoReturn

from book import headeryaml
from book.dates import HINT as DATE_HINT
from book.dates import date_of, split_name
from book.errors import BookError
from book.textfile import read_text

__all__ = ["KEYS", "Header", "date_of", "names_of", "parse", "read_text", "render", "split_name", "words_of"]

LIMIT = 2**18
"""The length, in characters, past which a header is refused."""

KEYS = (
    "title", "date", "updated", "author", "authors", "slug", "url", "tags", "draft", "language",
    "summary", "order", "kind", "role", "source",
)  # fmt: skip
"""The keys that Octavo knows, in the order it writes them."""

_TEXT = {"title", "slug", "url", "language", "summary", "kind", "role", "source"}
_AS_WRITTEN = _TEXT | {"tags", "author", "authors"}
_DATES = {"date", "updated"}
_BOOLEANS = {
    "true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False,
}  # fmt: skip
_COMMA = re.compile(r"\s*[,،、，;；]\s*")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BLANK_ROWS = re.compile(r"\A(?:[^\S\n]*\n)+")
_TOML_KEY = re.compile(r"""\s*(?:"([^"]+)"|'([^']+)'|([\w-]+))\s*[=.]""")


@dataclass(frozen=True, slots=True)
class Header:
    """A post's header, and the body after it.

    Of the keys Octavo knows, those that are text are `str` (`author` also a list of them), `tags`
    and `authors` lists of `str`, `date` and `updated` dates, `draft` a bool and `order` a number; a
    key without a value is left out. `body_line` and `lines` count from 1 in the whole file.
    """

    values: dict[str, Any]
    body: str
    body_line: int = 1
    lines: dict[str, int] = field(default_factory=dict)


def parse(text: str, path: Path, *, check_dates: bool = True) -> Header:
    """Part a post into header and body; raise BookError, with the line, for a header that is none.

    Without `check_dates`, a date that cannot be understood stays the text it is.
    """
    rows = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    fence = rows[0].rstrip()
    if fence not in ("---", "+++"):
        return _with_body({}, rows, 0, {})
    end = _end(rows, fence, path)
    block = "\n".join([*rows[1:end], ""])
    if len(block) > LIMIT:
        hint = "shorten what is longest in it, or put it below the header"
        raise BookError(f"this header is longer than {LIMIT // 1024} KB", path=path, line=1, hint=hint)
    raw, lines = _yaml(block, path) if fence == "---" else _toml(block, path)
    values: dict[str, Any] = {}
    for key, value in raw.items():
        settled = _settle(key, value, path, lines.get(key, 1), check_dates)
        if settled is not None:
            values[key] = settled
    return _with_body(values, rows, end + 1, lines)


def _end(rows: list[str], fence: str, path: Path) -> int:
    ends = ("---", "...") if fence == "---" else ("+++",)
    for number in range(1, len(rows)):
        if rows[number].rstrip() in ends:
            return number
    hint = f"end it with a line `{fence}`; if the first line is meant as a rule, write `* * *`"
    raise BookError("the header is not closed", path=path, line=1, hint=hint)


def _with_body(values: dict[str, Any], rows: list[str], start: int, lines: dict[str, int]) -> Header:
    while start < len(rows) and not rows[start].strip():
        start += 1
    return Header(values, "\n".join(rows[start:]), min(start, len(rows) - 1) + 1, lines)


def _yaml(block: str, path: Path) -> tuple[dict[str, Any], dict[str, int]]:
    return headeryaml.load(block, path, _AS_WRITTEN)


def _toml(block: str, path: Path) -> tuple[dict[str, Any], dict[str, int]]:
    try:
        values = tomllib.loads(block)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r" \(at line (\d+),.*|\s*\(at end of document\)", str(error))
        line = int(found[1]) + 1 if found and found[1] else block.count("\n") + 1
        message = str(error)[: found.start()] if found else str(error)
        message = f"the header is not TOML: {message[:1].lower()}{message[1:]}"
        raise BookError(message, path=path, line=line, hint='put text in quotes: `title = "…"`') from error
    except RecursionError as error:
        raise BookError("the header is nested too deeply", path=path, line=1) from error
    except ValueError as error:
        raise BookError("the header holds a number that is too long", path=path, line=1) from error
    headeryaml.check_size(values, path)
    lines: dict[str, int] = {}
    for number, row in enumerate(block.split("\n"), start=2):
        if row.lstrip().startswith("["):
            break
        if match := _TOML_KEY.match(row):
            lines.setdefault(match[1] or match[2] or match[3], number)
    return values, lines


def _settle(key: str, value: Any, path: Path, line: int, check_dates: bool) -> Any:
    """Give a known key's value its type; complain where it cannot have it."""
    if value is None:
        return None
    _check_characters(key, value, path, line)
    if key in _TEXT:
        return _text(key, value, path, line)
    if key == "tags":
        return words_of(value)
    if key in ("author", "authors"):
        return _authors(key, value)
    if key in _DATES:
        return _date(key, value, path, line, check_dates)
    if key == "draft":
        return _boolean(value, path, line)
    if key == "order":
        return _number(value, path, line)
    return value


def _check_characters(key: str, value: Any, path: Path, line: int) -> None:
    if isinstance(value, Mapping):
        value = [*value, *value.values()]
    if isinstance(value, list):
        for item in value:
            _check_characters(key, item, path, line)
    elif isinstance(value, str) and _UNPRINTABLE.search(value):
        sign = ord(_UNPRINTABLE.findall(value)[0])
        message = f"`{key}` holds a character that cannot be printed, U+{sign:04X}"
        raise BookError(message, path=path, line=line, hint="take it out: it may be written as an escape")


def _text(key: str, value: Any, path: Path, line: int) -> str:
    if isinstance(value, list | dict):
        _complain(key, "text", path, line, f'put it in quotes: `{key}: "…"`')
    return _plain(value)


def _authors(key: str, value: Any) -> Any:
    if key == "authors":
        return names_of(_COMMA.split(value) if isinstance(value, str) else value)
    return names_of(value) if isinstance(value, list) else next(iter(names_of(value)), None)


def names_of(value: Any) -> list[str]:
    """Return the people that a header names: as a text, a list of them, or with a `name` each."""
    if isinstance(value, dict):
        return names_of(value.get("name"))
    if isinstance(value, list):
        return list(dict.fromkeys(name for item in value for name in names_of(item)))
    return [name] if value is not None and (name := _plain(value).strip()) else []


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def words_of(value: Any) -> list[str]:
    """Read a list as headers write it: a list, or text with commas, or words parted by spaces."""
    if isinstance(value, str):
        value = _COMMA.split(value.strip()) if _COMMA.search(value) else value.split()
    if not isinstance(value, list):
        value = [value]
    words = (_plain(item).strip() for item in value if item is not None and not isinstance(item, list | dict))
    return list(dict.fromkeys(word for word in words if word))


def _date(key: str, value: Any, path: Path, line: int, check: bool) -> Any:
    try:
        return date_of(value)
    except ValueError as error:
        if not check:
            return _plain(value)
        raise BookError(f"`{key}`: {error}", path=path, line=line, hint=DATE_HINT) from error


def _boolean(value: Any, path: Path, line: int) -> bool:
    known = _BOOLEANS.get(_plain(value).lower())
    if known is None:
        _complain("draft", "`true` or `false`", path, line, "write `draft: true`, or leave it out")
    return known


def _number(value: Any, path: Path, line: int) -> int | float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not isfinite(value):
        _complain("order", "a number", path, line, "write `order: 1`, `order: 2`, …")
    return value


def _complain(key: str, kind: str, path: Path, line: int, hint: str) -> NoReturn:
    raise BookError(f"`{key}` is not {kind}", path=path, line=line, hint=hint)


def render(values: Mapping[str, Any], body: str) -> str:
    """Write a post's file: its header in YAML, the keys Octavo knows first, and its body."""
    known = {key: values[key] for key in KEYS if key in values}
    rest = {key: value for key, value in values.items() if key not in known}
    block = headeryaml.dump({key: _writable(value) for key, value in (known | rest).items()})
    text = body.rstrip("\n") if body.strip() else ""
    text = _BLANK_ROWS.sub("", text)
    return f"---\n{block}---\n" + (f"\n{text}\n" if text else "")


def _writable(value: Any) -> Any:
    if isinstance(value, time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _writable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_writable(item) for item in value]
    return value if isinstance(value, str | int | float | date | None) else str(value)
