"""Posts that are parts of one thing, by their titles: *The Crossing, part 2*, *旅行记（三）*."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

_ROMAN = {name: number for number, name in enumerate("i ii iii iv v vi vii viii ix x xi xii".split(), 1)}  # noqa: SIM905
_EAST_ASIAN = {sign: number for number, sign in enumerate("一二三四五六七八九十", 1)}
_NUMBER = r"(?P<number>\d{1,3}|[ivx]{1,4}|[一二三四五六七八九十])"
_WORD = (
    r"(?:part|pt|episode|chapter|teil|folge|kapitel|partie|épisode|chapitre|parte|episodio|capítulo|deel|"
    r"часть|قسمت|بخش|الجزء|الحلقة|第)"
)
_MARKED = re.compile(rf"^(?P<name>.*?)[\s\W_]*\b{_WORD}\.?\s*#?{_NUMBER}(?!\w|\.\d)", re.IGNORECASE)
_COUNTED = re.compile(
    rf"^(?P<name>.*?)[\s(（\[第#,:–—-]*[\s(（\[第#]{_NUMBER}[回部話话章篇集]?(?:\s*[/／]\s*\d+)?[\s)）\]]*$",
    re.IGNORECASE,
)
_EAST = re.compile(
    r"^(?P<name>.*?)[\s\W_]*(?:第(?P<number>\d{1,3}|[一二三四五六七八九十])[回部話话章篇集]|その(?P<other>\d{1,3}|[一二三四五六七八九十]))"
)


def series(posts: Iterable[tuple[str, str, Mapping[str, Any]]]) -> list[tuple[str, ...]]:
    """Return the files of posts that belong together, in order, given the file, title and header of each.

    A header's own `series` says it; else titles that differ in a number, of which two follow each other.
    """
    said: dict[str, list[str]] = {}
    counted: dict[str, dict[int, str]] = {}
    for file, title, header in posts:
        own = header.get("series")
        for name in own if isinstance(own, list) else [own]:
            if isinstance(name, str) and name.strip():
                said.setdefault(name.strip().casefold(), []).append(file)
        if not own and (found := _numbered(title)):
            counted.setdefault(found[0], {}).setdefault(found[1], file)
    groups = [tuple(files) for files in said.values() if len(files) > 1]
    groups += [
        tuple(file for _, file in sorted(parts.items()))
        for parts in counted.values()
        if any(number + 1 in parts for number in parts)
    ]
    return sorted(groups)


def _numbered(title: str) -> tuple[str, int] | None:
    for pattern in (_EAST, _MARKED, _COUNTED):
        found = pattern.match(title.strip())
        if found and (name := re.sub(r"\W+", " ", found["name"]).strip().casefold()):
            number = found["number"] or found.groupdict().get("other") or ""
            value = _ROMAN.get(number.casefold()) or _EAST_ASIAN.get(number)
            if value or number.isdecimal():
                return name, value or int(number)
    return None
