"""Mend a post's header that is not YAML: values get quotes, what stands twice goes, and an end is found."""

from __future__ import annotations

import json
import re

import yaml

_KEY = re.compile(r"(?P<key>[\w][\w .-]*?)[ \t]*:(?:[ \t]+(?P<value>\S.*?))?[ \t]*")
_BELONGS = re.compile(r"[ \t]|-\s|-$|#")


def quoted(text: str) -> str:
    """Return a post's text with those values of its header in quotes that are not YAML; nothing is lost.

    What stands twice stands once, with the last of its values, as most generators of websites read it;
    its line stays, for what is told of others.
    """
    rows = text.split("\n")
    end = next((at for at, row in enumerate(rows) if at and row.rstrip() in ("---", "...")), 0)
    seen: dict[str, int] = {}
    for at in range(1, end):
        match = None if _BELONGS.match(rows[at]) else _KEY.fullmatch(rows[at].rstrip())
        if match and match["value"]:
            if (before := seen.get(match["key"])) is not None and not _goes_on(rows, before):
                rows[before] = "#"
            rows[at] = f"{match['key']}: {_value(match['value'])}"
            seen[match["key"]] = at
    return "\n".join(rows)


def _goes_on(rows: list[str], at: int) -> bool:
    """Tell whether the value on a line goes on below it."""
    below = rows[at + 1]
    return bool(below.strip()) and below[:1] in " \t-" and below.rstrip() != "---"


def mended(text: str) -> str:
    """Return a post's text with its header mended line by line; other lines are as they were."""
    rows = text.split("\n")
    if rows[0].rstrip() != "---":
        return text
    end = _end(rows)
    header = _settled([row.replace("\t", "  ") for row in rows[1:end]])
    rest = rows[end:] if end < len(rows) and rows[end].rstrip() in ("---", "...") else ["---", *rows[end:]]
    return "\n".join([rows[0], *header, *rest])


def _end(rows: list[str]) -> int:
    """Return where a header ends: at its fence, else before the first line that is none of its own."""
    for number, row in enumerate(rows[1:], start=1):
        if row.rstrip() in ("---", "..."):
            return number
    for number, row in enumerate(rows[1:], start=1):
        if not row.strip() or not (_KEY.fullmatch(row) or _BELONGS.match(row)):
            return number
    return len(rows)


def _settled(rows: list[str]) -> list[str]:
    kept: list[str] = []
    seen: set[str] = set()
    is_in = True
    for row in rows:
        match = None if _BELONGS.match(row) else _KEY.fullmatch(row)
        if match:
            is_in = match["key"] not in seen
            seen.add(match["key"])
            row = f"{match['key']}: {_value(match['value'] or '')}".rstrip()
        elif row.strip() and not _BELONGS.match(row):
            row = f"# {row}"
        if is_in:
            kept.append(row)
    return kept


def _value(value: str) -> str:
    """Return a value as it is where it is YAML by itself, or begins what goes on below; else in quotes."""
    if value in ("|", ">", "|-", ">-", "|+", ">+", ""):
        return value
    try:
        for event in yaml.parse(f"k: {value}", Loader=yaml.BaseLoader):
            if isinstance(event, yaml.AliasEvent):
                raise yaml.YAMLError("it stands for something else")
    except yaml.YAMLError:
        return json.dumps(_bare(value), ensure_ascii=False)
    return value


def _bare(value: str) -> str:
    """Return a value without quotes that stand around all of it, or that nothing closes."""
    quote = value[0] if value[0] in "\"'" else ""
    count = value.count(quote) if quote else 0
    whole = count == 2 and value.endswith(quote)
    return value.strip(quote) if count % 2 or whole else value
