"""Know the furniture of a blog's page: who posted when, labels, comments, buttons to share with."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from book.almanac.words import fold
from book.sources._dump.shape import width

Strength = Literal["sure", "beside"]
"""`sure` furniture is known by itself; what is `beside` is furniture only where more of it stands near."""

_WIDEST = 160
_ARROWS = " \t«»‹›<>←→↑↓|·•…:：!"
_TIME = re.compile(
    r"(?:(?:at|um|a|a las|as|alle|om|kl|о|в|الساعة|ساعت)\.? )?\d{1,2}[:.h]\d{2}(?::\d{2})? ?(?:[ap]m)?"
)
_COUNT = r"[(\[]?\d{1,6}[)\]]?"


@dataclass(frozen=True, slots=True)
class _Words:
    """Patterns that a whole folded line must match."""

    by: re.Pattern[str]
    published: re.Pattern[str]
    labels: re.Pattern[str]
    comments: re.Pattern[str]
    alone: frozenset[str]
    around: frozenset[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    path = Path(__file__).with_suffix(".toml")
    languages = tomllib.loads(path.read_text(encoding="utf-8")).values()
    found = {
        kind: sorted(
            {_folded(word) for language in languages for word in language[kind]}, key=len, reverse=True
        )
        for kind in ("by", "labels", "comments", "nobody", "around")
    }
    return _Words(
        re.compile(rf"(?:{_any(found['by'])})(?:(?<=:)|[\s:]).{{1,80}}"),
        re.compile(rf"(?:{_any(found['by'])})(?=\W|\d)"),
        re.compile(rf"(?:{_any(found['labels'])})\s?[:：]\s?(\S.*)"),
        re.compile(
            rf"{_COUNT}\s?(?:{_any(found['comments'])})\W*|(?:{_any(found['comments'])})\s?[:：]?\s?{_COUNT}"
        ),
        frozenset(found["nobody"]),
        frozenset(found["around"]),
    )


def _folded(text: str) -> str:
    return fold(text).strip(_ARROWS)


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in words)


def strength(text: str) -> Strength | None:
    """Tell whether a line is furniture, and how surely."""
    if width(text) > _WIDEST:
        return None
    words, line = _words(), fold(text)
    core = line.strip(_ARROWS)
    if words.labels.fullmatch(line) or words.comments.fullmatch(core) or core in words.alone:
        return "sure"
    if words.by.fullmatch(core) and not core.endswith((".", "。")):
        return "sure"
    return "beside" if core in words.around or _TIME.fullmatch(core) else None


def after_byline(text: str) -> str:
    """Return what follows the words that say that a post was published; nothing where there are none."""
    line = fold(text).strip(_ARROWS)
    found = _words().published.match(line) if width(text) <= _WIDEST else None
    return line[found.end() :].strip(_ARROWS) if found else ""


def labels_in(text: str) -> tuple[str, ...]:
    """Return the labels that a line lists, as they are written; none if it is no such line."""
    match = _words().labels.fullmatch(fold(text))
    if match is None:
        return ()
    listed = re.split(r"[:：]", text, maxsplit=1)[1]
    return tuple(label for part in re.split(r"\s*[,،、，;|]\s*", listed) if (label := part.strip(" .#")))
