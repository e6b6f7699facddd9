"""What a value in `book.toml` may be: words for it, and a check that gives it its type.

A check raises ValueError with words for the author, and a hint where there is one; its caller
knows the key and the place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from book import isbn
from book.composed import composed

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LONGEST = 2_000
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?(-([a-z\d]{5,8}|\d[a-z\d]{3}))*", re.I)
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value: `words` name it in documentation, `check` gives a value its type."""

    words: str
    check: Callable[[Any], Any]


def _text(value: Any) -> str | None:
    if not isinstance(value, str):
        plain = isinstance(value, int | float | date)
        raise ValueError("is not text", f'write it in quotes: `"{value}"`' if plain else None)
    if found := _UNPRINTABLE.search(value):
        raise ValueError(f"holds a character that cannot be printed, U+{ord(found[0]):04X}")
    return value.strip() or None


def _prose(value: Any) -> str | None:
    text = _text(value)
    return composed(text) if text else None


def _line(value: Any) -> str | None:
    text = _prose(value)
    if text and len(text) > _LONGEST:
        raise ValueError(f"is longer than {_LONGEST} characters", "it is one line, on a page or a cover")
    return " ".join(text.split()) if text else None


def _lines(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError("is not a list", 'write `["…", "…"]`')
    return tuple(line for line in map(_line, value) if line)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("is neither `true` nor `false`")
    return value


def _table(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise ValueError("is not a table")
    return value


def _language(value: Any) -> str | None:
    tag = _line(value)
    if tag is None:
        return None
    if not _LANGUAGE.fullmatch(tag):
        mended = tag.replace("_", "-").partition(".")[0]
        near = f"did you mean `{mended}`?" if _LANGUAGE.fullmatch(mended) else "write `en-GB` or `fr`"
        raise ValueError("is not a language tag", near)
    first, *rest = tag.split("-")
    return "-".join([first.lower(), *map(_cased, rest)])


def _cased(subtag: str) -> str:
    if len(subtag) == 4 and subtag.isalpha():
        return subtag.title()
    return subtag.upper() if len(subtag) == 2 else subtag.lower()


def _partial(value: Any) -> str | None:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool):
        value = f"{value:04}"
    text = _line(value)
    if text is None:
        return None
    match = _PARTIAL.fullmatch(text)
    if match is None:
        raise ValueError("is not a date", 'write `"2017"`, `"2017-08"` or `"2017-08-30"`')
    try:
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError as error:
        raise ValueError(f"is a date that does not exist: `{text}`") from error
    return text


def _address(value: Any) -> str | None:
    text = _line(value)
    if text is None:
        return None
    try:
        parts = urlsplit(text)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in text
    except ValueError:
        fine = False
    if not fine:
        raise ValueError("is not a web address", "it begins with `https://` or `http://`")
    return text


def _word(value: Any) -> str | None:
    text = _text(value)
    if text and re.search(r"\s", text):
        raise ValueError("holds a space")
    return text


def _isbn(value: Any) -> str | None:
    text = _line(value)
    if text is None:
        return None
    digits = isbn.bare(text)
    if not re.fullmatch(r"[0-9]{9}[0-9X]|97[89][0-9]{10}", digits):
        raise ValueError("is not an ISBN", "it has 13 digits and begins with 978 or 979, or it has 10")
    if not isbn.sound(digits):
        raise ValueError("is not an ISBN: its check digit is wrong", "compare it with its source")
    return text


def _file(value: Any) -> str | None:
    text = _text(value)
    if text is None:
        return None
    path = PurePosixPath(text)
    if path.is_absolute() or ".." in path.parts or "\\" in text or re.match(r"[A-Za-z]:", text):
        raise ValueError("is not a path inside the project", "write it like `pictures/cover.jpg`")
    return str(path)


def _files(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError("is not a list", 'write `["styles/mine.css"]`')
    return tuple(file for file in map(_file, value) if file)


def one_of(*values: str) -> Kind:
    """Return the kind that is one of these words."""

    def check(value: Any) -> str:
        if value not in values:
            near = get_close_matches(str(value), values, n=1)
            known = ", ".join(f"`{one}`" for one in values)
            raise ValueError(
                f"cannot be `{value}`", f"did you mean `{near[0]}`?" if near else f"one of {known}"
            )
        return str(value)

    return Kind(" · ".join(f"`{value}`" for value in values), check)


def some_of(*values: str) -> Kind:
    """Return the kind of a list of the words `values`."""
    one = one_of(*values)

    def check(value: Any) -> tuple[str, ...]:
        return tuple(dict.fromkeys(str(one.check(word)) for word in _lines(value)))

    return Kind(f"list of {one.words}", check)


def _count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError("is not a whole number")
    return value


COUNT = Kind("whole number", _count)
TEXT = Kind("text, which may be Markdown", _prose)
LINE = Kind("text", _line)
LINES = Kind("list of texts", _lines)
FLAG = Kind("`true` or `false`", _flag)
TABLE = Kind("table", _table)
LANGUAGE = Kind("language tag", _language)
PARTIAL = Kind("date, may be partial", _partial)
ADDRESS = Kind("web address", _address)
WORD = Kind("text without spaces", _word)
ISBN = Kind("ISBN", _isbn)
FILE = Kind("file in the project", _file)
FILES = Kind("list of files in the project", _files)
