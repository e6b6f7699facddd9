"""Which rule of the project's own style sheets keeps a gathering from being set, if it is one of theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import tinycss2
from tinycss2.ast import Node

from book import resources
from book.model import Sheet
from book.press.pool import Call, Pool
from book.press.workers import Failed, Lost

_NOTHING = ("whitespace", "comment")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of a style sheet: the file, the line on which it begins, and how it begins."""

    path: Path
    line: int
    words: str


def guilty(pool: Pool, sheets: Sequence[Sheet], call: Call) -> Rule | None:
    """Return the rule with which, after those before it, a call fails; None where it fails without any.

    `pool` has one worker. Built-in sheets stay: what they cannot set, they set nowhere.
    """
    own = [nth for nth, sheet in enumerate(sheets) if sheet.path and not _is_builtin(sheet.path)]
    rules = [(nth, rule) for nth in own for rule in _rules(sheets[nth].text)]

    def fails(count: int) -> bool:
        pool.ask("dress", _with(sheets, own, rules[:count]))
        return isinstance(pool.ask(call.name, *call.arguments), Lost | Failed)

    if not rules or fails(0) or not fails(len(rules)):
        return None
    sound, broken = 0, len(rules)
    while broken - sound > 1:
        middle = (sound + broken) // 2
        sound, broken = (sound, middle) if fails(middle) else (middle, broken)
    nth, rule = rules[sound]
    path = sheets[nth].path
    assert path is not None  # it is one of the project's own
    return Rule(path, rule.source_line, _beginning(rule))


def _is_builtin(path: Path) -> bool:
    return path.is_relative_to(resources.builtin("styles"))


def _rules(text: str) -> list[Node]:
    found = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    return [node for node in found if node.type not in _NOTHING]


def _with(sheets: Sequence[Sheet], own: Sequence[int], rules: Sequence[tuple[int, Node]]) -> list[Sheet]:
    """Return the sheets, with these rules for all that stand in the project's own."""
    return [
        replace(sheet, text="\n".join(rule.serialize() for at, rule in rules if at == nth))
        if nth in own
        else sheet
        for nth, sheet in enumerate(sheets)
    ]


def _beginning(rule: Node) -> str:
    """Return what a rule is for, as it is written: its selectors, or its name and what follows."""
    words = tinycss2.serialize(rule.prelude) if rule.prelude else ""
    name = f"@{rule.at_keyword}" if rule.type == "at-rule" else ""
    return " ".join(f"{name} {words}".split())[:60] + " { … }"
