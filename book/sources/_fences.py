"""Code as Markdown has it, between fences."""

from __future__ import annotations

import re


def fenced(text: str, language: str) -> str:
    """Return code between fences that are longer than any run of backticks in it."""
    fence = "`" * max([3, *(len(run) + 1 for run in re.findall("`+", text))])
    return f"\n\n{fence}{language}\n{text.rstrip()}\n{fence}\n\n"
