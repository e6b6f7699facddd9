"""The arguments of a tag: words in a row, and names with values, however a generator writes them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_ARGUMENT = re.compile(
    r"""(?:(?P<name>[\w.:-]+)\s*[=:]\s*(?=\S))?"""
    r"""(?:"(?P<double>(?:\\.|[^"\\])*)"|'(?P<single>(?:\\.|[^'\\])*)'|`(?P<raw>[^`]*)`"""
    r"""|\{\s*["']?(?P<braced>[^{}]*?)["']?\s*\}|(?P<plain>[^\s,()"'`]+))"""
)


@dataclass(frozen=True, slots=True)
class Arguments:
    """What a tag was given: `words` in their order, and `values` by their names."""

    words: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)

    def first(self, *names: str, at: int | None = None) -> str:
        """Return the first value that is there under one of `names`, else the word `at` a place, else ''."""
        found = next((self.values[name] for name in names if self.values.get(name)), "")
        if not found and at is not None and at < len(self.words):
            found = self.words[at]
        return found

    def rest(self, start: int) -> str:
        """Return the words from a place on, as one text."""
        return " ".join(self.words[start:])


def arguments(text: str) -> Arguments:
    """Read what stands in a tag after its name."""
    words: list[str] = []
    values: dict[str, str] = {}
    for match in _ARGUMENT.finditer(text):
        name, value = match["name"], _value(match)
        if name and _is_address(name, value):
            name, value = None, f"{name}:{value}"
        if name:
            values.setdefault(name.lower(), value)
        else:
            words.append(value)
    return Arguments(tuple(words), values)


def _value(match: re.Match[str]) -> str:
    for group in ("double", "single"):
        if match[group] is not None:
            return re.sub(r"\\(.)", r"\1", match[group])
    return next(match[group] or "" for group in ("raw", "braced", "plain") if match[group] is not None)


def _is_address(name: str, value: str) -> bool:
    return name in ("http", "https") and value.startswith("//")
