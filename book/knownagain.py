"""Posts that were gathered before and are not there now: under another name, or gone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from book.chapterfiles import Memory, Written, source_of
from book.dates import split_name
from book.errors import BookError
from book.header import parse
from book.model import Day, Draft
from book.textfile import read_text

_ENOUGH = 40
"""Characters that a text must have to be known again by them alone."""


@dataclass(frozen=True, slots=True)
class Absent:
    """A post of the same kind of source that was gathered before, and is not among those gathered now."""

    source: str
    file: str
    values: Mapping[str, Any]
    body: str
    day: Day | None
    """The day of its header, or of its file's name."""


def absent(folder: Path, memory: Memory, drafts: Sequence[Draft]) -> list[Absent]:
    """Return what was gathered before from such sources, stands in `folder`, and is not in `drafts`."""
    here = {source_of(draft) for draft in drafts}
    kinds = {_kind(source) for source in here}
    found = []
    for source, written in sorted(memory.posts.items()):
        if source not in here and _kind(source) in kinds and (one := _read(folder, source, written)):
            found.append(one)
    return found


def _kind(source: str) -> str:
    return source.partition(":")[0]


def _read(folder: Path, source: str, written: Written) -> Absent | None:
    path = folder / written.file
    if not path.is_file():
        return None
    try:
        header = parse(read_text(path), path, check_dates=False)
        named = split_name(path)[0]
    except BookError:  # its author is at work on it
        return None
    when = header.values.get("date")
    day = when.date() if isinstance(when, datetime) else when if isinstance(when, date) else named
    return Absent(source, written.file, header.values, header.body.strip(), day)


def renamed(missing: Sequence[Absent], newcomers: Iterable[Draft]) -> dict[str, Absent]:
    """Return, by the identity of a newcomer, the absent post that it is: at its address, or with its text.

    Sources that name posts by day and title give a post another identity when one of these changes.
    """
    places: dict[tuple[str, str], list[Absent]] = {}
    for one in missing:
        texts = [one.body] if len(one.body) >= _ENOUGH else []
        for name in (*texts, *filter(None, [one.values.get("url")])):
            places.setdefault((_kind(one.source), name), []).append(one)
    found: dict[str, Absent] = {}
    taken: set[str] = set()
    for draft in newcomers:
        source = source_of(draft)
        kind = _kind(source)
        fitting = places.get((kind, draft.url or "")) or [
            one
            for one in places.get((kind, draft.body.strip()), ())
            if not (draft.url and one.values.get("url"))
        ]
        if len(fitting) == 1 and fitting[0].source not in taken:
            found[source] = fitting[0]
            taken.add(fitting[0].source)
    return found


def gone(missing: Iterable[Absent], drafts: Sequence[Draft]) -> list[Absent]:
    """Return the absent posts that should be among `drafts`: of the same blog, between the same days.

    A feed holds the last posts only, and an export may be one of several. Drafts and pages are
    absent where nobody asked for them.
    """
    days: dict[str, list[Day]] = {}
    hosts = {(_kind(source_of(draft)), _host(draft.url)) for draft in drafts}
    for draft in drafts:
        if draft.date is not None and draft.kind == "post":
            day = draft.date.date() if isinstance(draft.date, datetime) else draft.date
            days.setdefault(_kind(source_of(draft)), []).append(day)
    spans = {kind: (min(those), max(those)) for kind, those in days.items()}
    return [
        one
        for one in missing
        if not one.values.get("draft")
        and one.values.get("kind", "post") == "post"
        and (_kind(one.source), _host(one.values.get("url"))) in hosts
        and _is_within(one.day, spans.get(_kind(one.source)))
    ]


def _is_within(day: Day | None, span: tuple[Day, Day] | None) -> bool:
    return day is not None and span is not None and span[0] <= day <= span[1]


def _host(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""
