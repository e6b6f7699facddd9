"""A post that was read, as bytes to remember it by. JSON: what lies in a project's folder is not trusted."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

from book.mends import KINDS, Mend
from book.model import Note, Origin, Post, When
from book.rows import by_field

Said = tuple[str, str | None, int | None]
"""A message about a post, its hint, and the line it is about."""


@dataclass(frozen=True, slots=True)
class Record:
    """One post as reading left it, before its pictures are looked for.

    `said` is what its author should know; `named` is the slug as its author wrote it; `mends` are
    repairs, which are told together with those of other posts.
    """

    post: Post
    said: tuple[Said, ...] = ()
    named: str = ""
    mends: tuple[Mend, ...] = ()


def encoded(record: Record) -> bytes:
    """Write a record, without where its file lies."""
    values = by_field(record.post)
    values["origin"] = record.post.origin.line
    for name in ("date", "updated"):
        values[name] = values[name].isoformat() if values[name] is not None else None
    mends = [(mend.kind, mend.what, mend.line) for mend in record.mends]
    told = json.dumps([values, record.said, record.named, mends], ensure_ascii=False, default=by_field)
    return told.encode("utf-8", "surrogatepass")


def decoded(data: bytes, path: Path) -> Record | None:
    """Read a record that `path` gave before; None where the bytes are no such thing."""
    try:
        values, said, named, mends = json.loads(data.decode("utf-8", "surrogatepass"))
        values["origin"] = Origin(path, values["origin"])
        values["notes"] = tuple(Note(**note) for note in values["notes"])
        values["date"], values["updated"] = _when(values["date"]), _when(values["updated"])
        for name in ("authors", "tags", "media", "letters", "absorbed"):
            values[name] = tuple(values[name])
        values["title_code"] = tuple((int(start), int(stop)) for start, stop in values["title_code"])
        if set(values) != {one.name for one in fields(Post)}:
            return None
        return Record(
            Post(**values),
            tuple((message, hint, line) for message, hint, line in said),
            str(named),
            tuple(Mend(kind, what, path, line) for kind, what, line in mends if kind in KINDS),
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _when(text: Any) -> When | None:
    if text is None:
        return None
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
