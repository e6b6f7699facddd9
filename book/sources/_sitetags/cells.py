"""Cells of code, as Quarto and R Markdown have them: listings, without what only the program is to see."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SUFFIXES = frozenset((".qmd", ".rmd", ".rmarkdown"))

_CELL = re.compile(
    r"^(?P<before>[ >]*)(?P<fence>`{3,}|~{3,})[ \t]*"
    r"\{(?P<language>[A-Za-z][\w+-]*)(?P<given>[^}\n]*)\}[ \t]*\n"
    r"(?P<within>(?:(?![ >]*(?:```|~~~)).*\n)*)(?P=before)(?P=fence)[`~]*[ \t]*$",
    re.MULTILINE,
)
_OPTIONS = re.compile(r"(?:[ >]*(?:#|//|--|%%)\|.*\n)+")
_OPTION = re.compile(r"\|[ \t]*(?P<name>[\w.-]+)[ \t]*:[ \t]*(?P<value>\S*)")
_GIVEN = re.compile(r"(?P<name>[\w.-]+)[ \t]*=[ \t]*(?P<value>\w+)")
_HIDING = ("echo", "include")
_NO = frozenset(("false", "f"))


@dataclass(frozen=True, slots=True)
class Cells:
    """A text whose cells are listings, as many lines long as it was; and how many `hidden` ones it had."""

    text: str
    hidden: int = 0


def settle_cells(text: str, page: Mapping[str, Any]) -> Cells:
    """Make listings of cells; those go whose code their author hides, here or in the header `page`."""
    everywhere = page.get("execute")
    rule = (
        {name: everywhere[name] for name in _HIDING if name in everywhere}
        if isinstance(everywhere, dict)
        else {}
    )
    hidden = 0

    def listing(cell: re.Match[str]) -> str:
        nonlocal hidden
        options = _OPTIONS.match(cell["within"])
        written = options[0] if options else ""
        said = {**rule, **dict(_GIVEN.findall(cell["given"])), **dict(_OPTION.findall(written))}
        if any(str(said.get(name, "")).lower() in _NO for name in _HIDING):
            hidden += 1
            return "\n" * cell[0].count("\n")
        before, fence = cell["before"], cell["fence"]
        code = cell["within"][len(written) :]
        return f"{before}{fence}{cell['language'].lower()}\n{code}{before}{fence}" + "\n" * written.count(
            "\n"
        )

    return Cells(_CELL.sub(listing, text), hidden) if "{" in text else Cells(text)
