"""Rules of tables as kramdown and Emacs draw them, with a `+` where columns meet: `|-----+-----|`."""

from __future__ import annotations

import re

from markdown.preprocessors import Preprocessor

_RULE = re.compile(r" {0,3}(?=[^\n]*-\+|[^\n]*\+-)[|:-][ :|+-]*")


class TableRules(Preprocessor):
    """Has the rule under a head parted by `|`; one above the head, or between rows, is only drawn."""

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines with their rules."""
        found: list[str] = []
        ruled = False
        for place, line in enumerate(lines):
            before = found[-1] if found else ""
            if not line.strip():
                ruled = False
            if not _RULE.fullmatch(line) or not (_is_row(before) or _opens(lines, place)):
                found.append(line)
            elif _is_row(before) and not ruled:
                found.append(line.replace("+", "|"))
                ruled = True
        return found


def _is_row(line: str) -> bool:
    return "|" in line and not line.startswith("    ")


def _opens(lines: list[str], place: int) -> bool:
    """Tell whether a rule stands above the head of a table, and another under it."""
    if (place and lines[place - 1].strip()) or place + 2 >= len(lines):
        return False
    return _is_row(lines[place + 1]) and _RULE.fullmatch(lines[place + 2]) is not None
