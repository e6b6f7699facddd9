"""The entries of a Movable Type export as values.

Lines of hyphens part entries and their sections, and writers and commenters write such lines too: one is
taken at its word only where what stands after it is what must stand there.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from book.model import When
from book.sources._moments import moment

_ENTRY_END, _SECTION_END = "--------", "-----"
_KEY = re.compile(r"(?P<key>[A-Z][A-Z0-9]*(?:[ _][A-Z0-9_]+)*):(?:[ \t]+(?P<value>.*))?[ \t]*")
_KNOWN = frozenset((
    "AUTHOR", "TITLE", "BASENAME", "STATUS", "ALLOW COMMENTS", "ALLOW PINGS", "CONVERT BREAKS",
    "PRIMARY CATEGORY", "CATEGORY", "TAGS", "DATE", "UNIQUE URL", "AUTHOR EMAIL", "NO ENTRY", "IMAGE",
))  # fmt: skip
_SECTIONS = frozenset(("BODY", "EXTENDED BODY", "EXCERPT", "KEYWORDS", "COMMENT", "PING"))
_OF_REMARKS = frozenset(("AUTHOR", "EMAIL", "IP", "URL", "DATE"))
_LONGEST_HEAD = 200
_AMERICAN = re.compile(
    r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})"
    r"(?:\s+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?\s*(?P<half>[AaPp])?\.?[Mm]?\.?)?"
)


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment."""

    author: str
    date: When | None
    body: str


@dataclass(slots=True)
class Entry:
    """An entry: the line it begins on, the values of its keys, its sections and its comments."""

    line: int
    values: dict[str, list[str]] = field(default_factory=dict)
    sections: dict[str, str] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)

    def value(self, key: str) -> str:
        """Return the first value of a key; empty if it has none."""
        return next((value for value in self.values.get(key, ()) if value), "")

    @property
    def date(self) -> When | None:
        """When it was published, on the author's clock; None where that is no date."""
        return clock(self.value("DATE"))

    @property
    def labels(self) -> tuple[str, ...]:
        """Its categories and its tags."""
        own = [*self.values.get("PRIMARY CATEGORY", ()), *self.values.get("CATEGORY", ())]
        rows = csv.reader(self.values.get("TAGS", ()), skipinitialspace=True)
        tags = [tag.strip() for row in rows for tag in row]
        return tuple(dict.fromkeys(label for label in (*own, *tags) if label))


def is_export(head: str) -> bool:
    """Tell whether a text that begins so is an export."""
    rows = head.removeprefix("\ufeff").split("\n")
    place = next((number for number, row in enumerate(rows) if row.strip()), 0)
    return _is_head(rows, place)


def entries_in(text: str) -> tuple[list[Entry], bool]:
    """Return the entries of an export, and whether the last of them is complete."""
    rows = text.removeprefix("\ufeff").split("\n")
    found: list[Entry] = []
    start = 0
    for place, row in enumerate(rows):
        if row.rstrip(" ") == _ENTRY_END and _ends_entry(rows, place):
            found += _entry(rows, start, place)
            start = place + 1
    rest = list(_entry(rows, start, len(rows)))
    return found + rest, not rest


def clock(text: str) -> When | None:
    """Read a date as exports write it, month first, or in any other manner; None where it is none."""
    match = _AMERICAN.fullmatch(text.strip())
    if match is None:
        return moment(text)
    hour = int(match["hour"] or 0)
    if match["half"]:
        hour = hour % 12 + (12 if match["half"] in "Pp" else 0)
    year, month, day = (int(match[part]) for part in ("year", "month", "day"))
    try:
        return datetime(year, month, day, hour, int(match["minute"] or 0), int(match["second"] or 0))
    except ValueError:
        return None


def _next(rows: Sequence[str], place: int) -> int:
    """Return where the next row stands that is not blank; past the end if there is none."""
    while place < len(rows) and not rows[place].strip():
        place += 1
    return place


def _ends_entry(rows: Sequence[str], place: int) -> bool:
    after = _next(rows, place + 1)
    return after == len(rows) or _is_head(rows, after)


def _is_head(rows: Sequence[str], place: int) -> bool:
    """Tell whether an entry's keys begin at a row: known ones, and after them a section."""
    if not _known_key(rows[place]):
        return False
    keys: set[str] = set()
    for number in range(place, min(len(rows), place + _LONGEST_HEAD)):
        row = rows[number].rstrip(" ")
        if row == _SECTION_END:
            return len(keys) > 1 and _begins_section(rows, number + 1)
        if key := _known_key(row):
            keys.add(key)
    return False


def _known_key(row: str) -> str | None:
    match = _KEY.fullmatch(row)
    return match["key"] if match and match["key"] in _KNOWN else None


def _begins_section(rows: Sequence[str], place: int) -> bool:
    """Tell whether what follows a line of hyphens shows that it parts sections."""
    after = _next(rows, place)
    if after == len(rows):
        return True
    row = rows[after].rstrip(" ")
    if row == _ENTRY_END:
        return _ends_entry(rows, after)
    return row == _SECTION_END or (row.endswith(":") and row[:-1] in _SECTIONS)


def _entry(rows: Sequence[str], start: int, end: int) -> Iterator[Entry]:
    """Give the entry between two rows, if there is one."""
    start = _next(rows[:end], start)
    if start == end:
        return
    found = Entry(start + 1)
    parts = list(_parts(rows, start, end))
    key = ""
    for number in range(*parts[0]):
        match = _KEY.fullmatch(rows[number])
        if match:
            key = match["key"]
            found.values.setdefault(key, []).append((match["value"] or "").strip())
        elif key and rows[number].strip():  # a title that goes on in the next line
            found.values[key][-1] += f" {rows[number].strip()}"
    for first, last in parts[1:]:
        _take_section(found, rows, first, last)
    yield found


def _parts(rows: Sequence[str], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give the first row of each part of an entry, and the row after its last."""
    first = start
    for place in range(start, end):
        if rows[place].rstrip(" ") == _SECTION_END and _begins_section(rows[:end], place + 1):
            yield first, place
            first = place + 1
    yield first, end


def _take_section(entry: Entry, rows: Sequence[str], first: int, last: int) -> None:
    first = _next(rows[:last], first)
    if first == last:
        return
    name = rows[first].rstrip(" ").removesuffix(":")
    if name == "COMMENT":
        entry.remarks.append(_remark(rows[first + 1 : last]))
    elif name in _SECTIONS and name != "PING":
        text = _text(rows[first + 1 : last])
        entry.sections[name] = "\n\n".join(filter(None, (entry.sections.get(name), text)))


def _remark(rows: Sequence[str]) -> Remark:
    """Read a comment: its author, its day and its text; where the author is found is not looked at."""
    known: dict[str, str] = {}
    for place, row in enumerate(rows):
        match = _KEY.fullmatch(row)
        if match is None or match["key"] not in _OF_REMARKS or match["key"] in known:
            rows = rows[place:]
            break
        known[match["key"]] = (match["value"] or "").strip()
    else:
        rows = ()
    return Remark(known.get("AUTHOR", ""), clock(known.get("DATE", "")), _text(rows))


def _text(rows: Sequence[str]) -> str:
    """Join a text's rows; hyphens that were kept from parting it by a tab lose that."""
    plain = (row[:-1] if row in (f"{_ENTRY_END}\t", f"{_SECTION_END}\t") else row for row in rows)
    return "\n".join(plain).strip("\n")
