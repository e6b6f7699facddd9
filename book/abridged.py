"""Many messages of one kind made few: what stands in many places is told once, and counted."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from book.model import Finding, Notice, Skipped

_FEW = 3
"""In so many places the same words are told one by one."""
_SHOWN = 12
"""So many messages of one kind are told; JSON has them all."""
_QUOTED = re.compile(r"`[^`\n]*`|“[^”]*”")
_PARTICULAR = re.compile(r"(?<=: ).*|\d+", re.DOTALL)
_NAMED = re.compile(r"^`[^`\n]*` (?=is\b)")
_Told = TypeVar("_Told", Notice, Skipped, Finding)
_Placed = TypeVar("_Placed", Notice, Finding)


def abridged(notices: Iterable[Notice]) -> list[Notice]:
    """Return warnings as they are told: the same words once, and of one kind no more than a few."""
    once = _each_once(list(notices))
    kinds = [(_kind(notice.message), notice.hint) for notice in once]
    return [
        Notice(_more(more, one.message), hint=one.hint) if more else one for one, more in _first(once, kinds)
    ]


def found(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings as they are told: the same words once, and of one rule and kind no more than a few."""
    once = _each_once(list(findings))
    kinds = [(_rule(one), one.hint, _kind(one.message)) for one in once]
    return [
        replace(one, message=_more(more, one.message), path=None, line=None) if more else one
        for one, more in _first(once, kinds)
    ]


def _rule(one: Notice | Finding) -> tuple[str | None, ...]:
    return (one.rule, one.severity, one.clause) if isinstance(one, Finding) else ()


def _more(count: int, message: str) -> str:
    return f"{count} more of this kind, “{_kind(message)}”; `--json` names them"


def omitted(skipped: Sequence[Skipped]) -> list[Skipped]:
    """Return what was left out as it is told: for one reason no more than a few, and how many others."""
    kinds = [_kind(one.reason) for one in skipped]
    return [
        Skipped(None, f"{more} more, since {_general(one.reason)}; `--json` names them") if more else one
        for one, more in _first(skipped, kinds)
    ]


def _first(told: Sequence[_Told], kinds: Sequence[object]) -> Iterator[tuple[_Told, int]]:
    """Give the first few of each kind; then one with the count of all others of its kind, if it has any."""
    counts, seen = Counter(kinds), Counter[object]()
    for one, kind in zip(told, kinds, strict=True):
        seen[kind] += 1
        if seen[kind] <= _SHOWN or counts[kind] == _SHOWN + 1:
            yield one, 0
        elif seen[kind] == _SHOWN + 1:
            yield one, counts[kind] - _SHOWN


def reasons(skipped: Iterable[Skipped]) -> list[tuple[str, int]]:
    """Return why things were left out, each reason with how many, the most frequent first."""
    named = (_NAMED.sub("it ", one.reason.partition(";")[0]) for one in skipped)
    return Counter(_kind(reason) for reason in named).most_common()


def _general(reason: str) -> str:
    """Return a reason as it is that of many, with what brings them in."""
    why, semicolon, what = _NAMED.sub("it ", reason).partition(";")
    return f"{_kind(why)}{semicolon}{what}"


def _kind(message: str) -> str:
    """Return a message less the title before it, what is quoted, what follows a colon, and numbers."""
    return _PARTICULAR.sub("…", _QUOTED.sub("`…`", message).removeprefix("`…`: "))


def _each_once(notices: list[_Placed]) -> list[_Placed]:
    """Return notices with those that say the same of many places told at the first of them."""
    alike: dict[object, list[_Placed]] = defaultdict(list)
    for notice in notices:
        alike[notice.message, notice.hint, _rule(notice)].append(notice)
    told: list[_Placed] = []
    for notice in notices:
        same = alike[notice.message, notice.hint, _rule(notice)]
        if len(same) <= _FEW or notice.path is None:
            told.append(notice)
        elif same[0] is notice:
            told.append(replace(notice, message=f"{notice.message}; {_places(same)}"))
    return told


def _places(same: Sequence[Notice | Finding]) -> str:
    """Say how often something is so, and where it is next."""
    files = {notice.path for notice in same}
    if len(files) == 1:
        return f"so it is {len(same)} times in this file"
    others = dict.fromkeys(
        f"`{notice.path.name}:{notice.line}`" if notice.line else f"`{notice.path.name}`"
        for notice in same[1:]
        if notice.path
    )
    named = ", ".join([*others][: _FEW - 1])
    return f"so it is {len(same)} times in {len(files)} files, next in {named}"
