"""TOML tables whose keys know their lines, and dataclasses filled from them.

Faults are gathered as they are met, so that the author sees all of them at once.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import Field, dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar, cast

from book.errors import BookError
from book.kinds import Kind
from book.model import Notice
from book.textfile import read_bytes, text_of

T = TypeVar("T")
Keys = tuple[str, ...]
"""The keys from the top of the file down to a value."""

LIMIT = 2**20
"""The size, in bytes, past which a TOML file is refused."""


def key(default: T, doc: str, kind: Kind, *, name: str | None = None) -> T:
    """Declare a dataclass field that a TOML key fills: `doc` is its line of documentation.

    `name` is the key's where it is not the field's.
    """
    metadata = {"doc": doc, "kind": kind, "name": name}
    if isinstance(default, dict):
        fresh: Callable[[], Any] = default.copy
        return cast(T, field(default_factory=fresh, metadata=metadata))
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True)
class Document:
    """A TOML file, the lines of its keys, and the faults found in it so far."""

    path: Path
    values: dict[str, Any]
    lines: Mapping[Keys, int]
    faults: list[Notice] = field(default_factory=list)

    def line(self, keys: Keys) -> int | None:
        """Return the line where `keys` are set, or the nearest above them."""
        return line_of(self.lines, keys)

    def fault(self, keys: Keys, message: str, hint: str | None = None) -> None:
        """Keep a fault at `keys`."""
        self.faults.append(Notice(message, self.path, self.line(keys), hint))

    def table(self, *keys: str) -> dict[str, Any]:
        """Return the table at `keys`, empty where there is none; what is there and no table is a fault."""
        value: Any = self.values
        for depth, name in enumerate(keys, start=1):
            value = value.get(name, {})
            if not isinstance(value, dict):
                hint = f"write a line `[{'.'.join(keys[:depth])}]` and its keys under it"
                self.fault(keys[:depth], f"`{name}` is not a table", hint)
                return {}
        return dict(value)

    def tables(self, name: str) -> list[dict[str, Any]]:
        """Return the tables `[[name]]` in order; what is there and no such thing is a fault."""
        value = self.values.get(name, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.fault((name,), f"`{name}` is no list of tables", f"write a line `[[{name}]]` for each")
            return []
        return [dict(one) for one in value]

    def raise_faults(self) -> None:
        """Raise one BookError of all faults, in the order of the file, if there are any."""
        if self.faults:
            raise BookError.of(tuple(sorted(self.faults, key=lambda notice: notice.line or 0)))


def load(path: Path) -> Document:
    """Read a TOML file; raise BookError where it is none."""
    text = text_of(read_bytes(path, LIMIT), path)
    return Document(path, values_of(text, path), _lines(text))


def values_of(text: str, path: Path) -> dict[str, Any]:
    """Return what a TOML text says; raise BookError, with the line, where it is none or is absurd."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _syntax(error, text, path) from error
    except RecursionError as error:
        hint = "nothing in it needs brackets in brackets"
        raise BookError(
            "this TOML is nested too deeply", path=path, line=_deepest(text), hint=hint
        ) from error
    except ValueError as error:
        hint = "nothing in it needs a number of so many figures"
        raise BookError("this TOML holds a number that is too long", path=path, hint=hint) from error


def _syntax(error: tomllib.TOMLDecodeError, text: str, path: Path) -> BookError:
    said, _, place = str(error).rpartition(" (at ")
    found = re.match(r"line (\d+)", place)
    line = int(found[1]) if found else max(1, len(text.rstrip().split("\n")))
    hint = 'text stands in quotes, as in `title = "…"`, and a key once in its table'
    return BookError(f"this is not TOML: {said[:1].lower()}{said[1:]}", path=path, line=line, hint=hint)


def _deepest(text: str) -> int:
    return max(enumerate(text.split("\n"), start=1), key=lambda row: row[1].count("[") + row[1].count("{"))[0]


_STRING_OR_COMMENT = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?!")' r"|'''.*?'''(?!')" r'|"(?:\\.|[^"\\\n])*"' r"|'[^'\n]*'" r"|\#[^\n]*",
    re.DOTALL,
)


def _lines(text: str) -> dict[Keys, int]:
    """Find the line of each key and table of a TOML text that is known to be right.

    The tables of a list are numbered from 1: `("volumes", "2", "until")`.
    """
    rows = text.split("\n")
    bare = _STRING_OR_COMMENT.sub(lambda match: re.sub(r"[^\n]", "x", match[0]), text).split("\n")
    found: dict[Keys, int] = {}
    nth: Counter[Keys] = Counter()
    table: Keys = ()
    depth = 0
    for number, (row, blank) in enumerate(zip(rows, bare, strict=True), start=1):
        if depth == 0 and blank.lstrip().startswith("["):
            table = _keys(row)
            if blank.lstrip().startswith("[["):
                nth[table] += 1
                table = (*table, str(nth[table]))
            _note(found, table, number)
            continue
        if depth == 0 and "=" in blank:
            _note(found, table + _keys(row[: blank.index("=")] + "= 0"), number)
        depth += sum(blank.count(b) for b in "[{") - sum(blank.count(b) for b in "]}")
    return found


def _keys(statement: str) -> Keys:
    value: Any = tomllib.loads(statement)
    keys: list[str] = []
    while isinstance(value, dict | list) and value:
        if isinstance(value, dict):
            name, value = next(iter(value.items()))
            keys.append(name)
        else:
            value = value[0]
    return tuple(keys)


def _note(found: dict[Keys, int], keys: Keys, line: int) -> None:
    for n in range(1, len(keys) + 1):
        found.setdefault(keys[:n], line)


def line_of(lines: Mapping[Keys, int], keys: Keys) -> int | None:
    """Return the line of `keys`, or of the nearest table above them."""
    return next((lines[keys[:n]] for n in range(len(keys), 0, -1) if keys[:n] in lines), None)


def declared(cls: type) -> Iterator[tuple[str, Field[Any]]]:
    """Yield each key that fills a field of `cls`, with that field."""
    for one in fields(cls):
        if "kind" in one.metadata:
            yield one.metadata["name"] or one.name, one


def take(document: Document, cls: type, values: dict[str, Any], *keys: str) -> dict[str, Any]:
    """Take out of `values`, the table at `keys`, what fills fields of `cls`; leave the rest there."""
    given: dict[str, Any] = {}
    for name, one in declared(cls):
        if name not in values:
            continue
        try:
            value = one.metadata["kind"].check(values.pop(name))
        except ValueError as error:
            message, hint = (*error.args, None)[:2]
            document.fault((*keys, name), f"`{name}` {message}", hint)
        else:
            if value is not None:
                given[one.name] = value
    return given


def refuse(
    document: Document, values: Iterable[str], known: Mapping[Keys, Collection[str]], *keys: str
) -> None:
    """Keep a fault for each key in `values`, met in the table at `keys`; `known` has each table's keys."""
    listed = bool(keys) and keys[-1].isdigit()
    here = keys[:-1] if listed else keys
    written = f"`[[{'.'.join(here)}]]`" if listed else f"`[{'.'.join(here)}]`"
    where = f"in {written}" if keys else "at the top"
    for name in values:
        document.fault((*keys, name), f"unknown key `{name}` {where}", _advice(name, known, here))


def _advice(name: str, known: Mapping[Keys, Collection[str]], here: Keys) -> str:
    for table, names in known.items():
        if name in names:
            place = f"in `[{'.'.join(table)}]`" if table else "at the top, above any `[table]`"
            return f"`{name}` belongs {place}"
    written, elsewhere = name.replace("_", "-").lower(), [one for names in known.values() for one in names]
    near = get_close_matches(written, known[here], n=1) or get_close_matches(written, elsewhere, n=1)
    if near:
        table = next(table for table in (here, *known) if near[0] in known[table])
        place = "" if table == here else f", in `[{'.'.join(table)}]`" if table else ", at the top"
        return f"did you mean `{near[0]}`{place}?"
    return "there are: " + ", ".join(f"`{one}`" for one in sorted(known[here]))
