"""What a script in JavaScript or TypeScript says in plain values: nothing of it is run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

_LONGEST, _DEEPEST = 200_000, 20
_BROKEN = 3
"""So many values without an end, and the script is not looked at further."""
_BLANK = re.compile(r"(?:\s+|//[^\n]*|/\*.*?\*/)*", re.DOTALL)
_STRING = re.compile(
    r"\"((?:[^\"\\\n]|\\.)*)\"|'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\$]|\\.|\$(?!\{))*)`", re.DOTALL
)
_ESCAPE = re.compile(
    r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r?\n)|(.))", re.DOTALL
)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": ""}
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?![\w.])")
_WORD = re.compile(r"(?:true|false|null|undefined)\b")
_WORDS = {"true": True, "false": False, "null": None, "undefined": None}
_KEY = re.compile(r"[A-Za-z_$][\w$]*|\d+")
_DATE = re.compile(r"new\s+Date\s*\(")
_AFTER = re.compile(r"(?:as\s+const|(?:as|satisfies)\s+[\w.<>\[\]]+)")
_GIVEN = re.compile(
    r"^(?P<exported>[ \t]*export[ \t]+)?(?:[ \t]*(?:const|let|var)[ \t]+(?P<name>[A-Za-z_$][\w$]*)"
    r"(?:[ \t]*:[ \t]*[\w.<>\[\]{}|, ]{1,200}?)?[ \t]*=(?![=>])"
    r"|(?:(?<=export )|(?<=export\t))default\b"
    r"|[ \t]*(?:module\.exports|exports\.(?P<key>[A-Za-z_$][\w$]*))[ \t]*=(?!=))[ \t]*"
    r"(?:[A-Za-z_$][\w.$]*[ \t]*\([ \t]*)?",
    re.MULTILINE,
)
"""Where a value is given a name, or handed out, maybe through a function that does nothing to it."""


_QUOTED = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`", re.DOTALL)
_OTHER = re.compile(r"[^\"'`()\[\]{},/]+")


class _NotPlainError(Exception):
    """What stands here is no plain value."""


class _BrokenError(Exception):
    """What begins here has no end."""


def values_in(script: str) -> Iterator[tuple[str, Any, tuple[int, int]]]:
    """Give the plain values that a script names, with their names and where they stand.

    What it hands out without a name is named by an empty text. Parts of a table that are
    no plain values are left out of it.
    """
    if len(script) > _LONGEST:
        return
    end = broken = 0
    for match in _GIVEN.finditer(script):
        if match.start() < end:
            continue
        try:
            value, end = _value(script, match.end(), 0)
        except _NotPlainError:
            continue
        except _BrokenError:
            broken += 1
            if broken == _BROKEN:
                return
            continue
        yield match["name"] or match["key"] or "", value, (match.start(), _closed(script, end))


def _closed(script: str, end: int) -> int:
    """Return where the statement of a value ends: after what encloses it, and a semicolon."""
    after = _AFTER.match(script, _blank(script, end))
    found = re.compile(r"[ \t]*\)?[ \t]*;?").match(script, after.end() if after else end)
    return found.end() if found else end


def _blank(script: str, at: int) -> int:
    found = _BLANK.match(script, at)
    return found.end() if found else at


def _value(script: str, at: int, depth: int) -> tuple[Any, int]:
    at = _blank(script, at)
    if depth > _DEEPEST:
        raise _NotPlainError
    if script.startswith("{", at):
        return _table(script, at + 1, depth)
    if script.startswith("[", at):
        return _list(script, at + 1, depth)
    if match := _STRING.match(script, at):
        return _joined(script, match, depth)
    if match := _DATE.match(script, at):
        return _date(script, match.end(), depth)
    if match := _WORD.match(script, at):
        return _WORDS[match[0]], match.end()
    if match := _NUMBER.match(script, at):
        return float(match[0]) if "." in match[0] else int(match[0]), match.end()
    raise _NotPlainError


def _joined(script: str, match: re.Match[str], depth: int) -> tuple[str, int]:
    """Return a text, and what is added to it."""
    text = _ESCAPE.sub(_meant, next(part for part in match.groups() if part is not None))
    at = _blank(script, match.end())
    if not script.startswith("+", at):
        return text, match.end()
    more, end = _value(script, at + 1, depth + 1)
    if not isinstance(more, str):
        raise _NotPlainError
    return text + more, end


def _meant(match: re.Match[str]) -> str:
    if code := match[1] or match[2] or match[3]:
        return chr(min(int(code, 16), 0x10FFFF))
    return "" if match[4] else _LETTERS.get(match[5], match[5])


def _date(script: str, at: int, depth: int) -> tuple[Any, int]:
    """Return the date that `new Date(…)` stands for, as text; months count from nought there."""
    given, end = _list(script, at, depth, closing=")")
    if len(given) == 1:
        return given[0], end
    if not 2 <= len(given) <= 7 or not all(isinstance(one, int) for one in given):
        raise _NotPlainError
    year, month, *rest = given
    try:
        when = datetime(year, month + 1, *(rest or [1]))
    except (ValueError, OverflowError) as error:
        raise _NotPlainError from error
    return (when.isoformat() if len(given) > 3 else when.date().isoformat()), end


def _table(script: str, at: int, depth: int) -> tuple[dict[str, Any], int]:
    table: dict[str, Any] = {}
    while True:
        at = _blank(script, at)
        if script.startswith("}", at):
            return table, at + 1
        key, at = _key(script, at)
        start = _blank(script, at)
        if key is not None and script.startswith(":", start):
            try:
                value, at = _value(script, start + 1, depth + 1)
                at = _after(script, at)
                table[key] = value
            except _NotPlainError:
                at = _past(script, start + 1)
        else:
            at = _past(script, at)


def _key(script: str, at: int) -> tuple[str | None, int]:
    if match := _STRING.match(script, at):
        return next(part for part in match.groups() if part is not None), match.end()
    match = _KEY.match(script, at)
    return (match[0], match.end()) if match else (None, at)


def _list(script: str, at: int, depth: int, closing: str = "]") -> tuple[list[Any], int]:
    found: list[Any] = []
    while True:
        at = _blank(script, at)
        if script.startswith(closing, at):
            return found, at + 1
        try:
            value, end = _value(script, at, depth + 1)
            at = _after(script, end, closing)
            found.append(value)
        except _NotPlainError:
            at = _past(script, at, closing)


def _after(script: str, at: int, closing: str = "}") -> int:
    """Return the place after a value and its comma; there must be nothing else."""
    at = _blank(script, at)
    if match := _AFTER.match(script, at):
        at = _blank(script, match.end())
    if script.startswith(",", at):
        return at + 1
    if script.startswith(closing, at):
        return at
    raise _NotPlainError


def _past(script: str, at: int, closing: str = "}") -> int:
    """Return the place after the comma that ends what is no plain value, or of what closes it all."""
    depth = 0
    while at < len(script):
        at = _blank(script, at)
        if match := _QUOTED.match(script, at) or _OTHER.match(script, at):
            at = match.end()
            continue
        sign = script[at : at + 1]
        if depth == 0 and sign == ",":
            return at + 1
        if depth == 0 and sign == closing:
            return at
        depth += (sign in "([{") - (sign in ")]}") if sign else 0
        if depth < 0:
            raise _NotPlainError
        at += 1
    raise _BrokenError
