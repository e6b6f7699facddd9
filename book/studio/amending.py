"""A TOML text changed by one value, with its comments and its order kept."""

from __future__ import annotations

import tomllib
from contextlib import suppress
from pathlib import Path
from typing import Any

from book.config import FILE
from book.errors import BookError
from book.tables import Keys

Value = str | int | float
"""What a setting can be; a theme's name too."""

MARK = "# set aside: "
"""Begins the line of a setting that the theme of the book has no use for."""


def amended(text: str, keys: Keys, value: Value | None) -> tuple[str, Value | None]:
    """Return a TOML text with a value changed, or taken out, and what the value was."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text)
        if value is not None and _is_open(document, keys[:-1]):
            line = tomlkit.dumps({keys[-1]: value})
            return f"{text.rstrip()}\n\n[{'.'.join(keys[:-1])}]\n{line}".lstrip(), None
        was = _put(document, keys, value)
    except TOMLKitError as error:
        raise BookError(f"this is not TOML: {error}", path=Path(FILE)) from error
    return tomlkit.dumps(document), was


def put_aside(text: str, keys: Keys) -> str:
    """Return a TOML text without a value: its line is made a comment, or it is taken out of its line."""
    wanted = _without(tomllib.loads(text), keys)
    lines = text.splitlines(keepends=True)
    for number, line in enumerate(lines):
        if keys[-1] in line:
            made = "".join([*lines[:number], MARK + line, *lines[number + 1 :]])
            with suppress(tomllib.TOMLDecodeError):
                if tomllib.loads(made) == wanted:
                    return made
    return amended(text, keys, None)[0]


def brought_back(text: str) -> list[str]:
    """Return the text with one line that was put aside made a setting again, for each that can be."""
    lines = text.splitlines(keepends=True)
    marked = [number for number, line in enumerate(lines) if line.startswith(MARK)]
    return ["".join([*lines[:at], lines[at].removeprefix(MARK), *lines[at + 1 :]]) for at in marked]


def _without(values: dict[str, Any], keys: Keys) -> dict[str, Any]:
    if len(keys) == 1:
        return {name: value for name, value in values.items() if name != keys[0]}
    return {**values, keys[0]: _without(values[keys[0]], keys[1:])}


def _is_open(document: Any, keys: tuple[str, ...]) -> bool:
    """Tell whether a table is missing and can stand at the end, where it parts no comment from its table."""
    from tomlkit.items import InlineTable

    table = document
    for key in keys:
        if isinstance(table, InlineTable):
            return False
        if key not in table:
            return True
        table = table[key]
    return False


def _put(document: Any, keys: tuple[str, ...], value: Value | None) -> Value | None:
    """Set what stands at `keys`, or take it out, and return what it was; make tables as they are needed."""
    import tomlkit

    table = document
    for key in keys[:-1]:
        if key not in table:
            if value is None:
                return None
            table[key] = tomlkit.inline_table()
        table = table[key]
    was = table.get(keys[-1])
    if value is None:
        table.pop(keys[-1], None)
    else:
        table[keys[-1]] = value
    plain = was.unwrap() if hasattr(was, "unwrap") else was
    return plain if isinstance(plain, str | int | float) else None
