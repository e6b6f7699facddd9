"""What MDX adds to Markdown besides components: what is imported and handed out, and its names in braces."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from book.pictures import names_image

_COMMENT = re.compile(r"\{/\*.*?\*/\}", re.DOTALL)
_MODULE = re.compile(
    r"^(?:import\s+(?:[\w{*][^\n]*?\sfrom\s+)?[\"'][^\"'\n]+[\"'];?"
    r"|export\s+(?:const|let|default)\s[^\n]*)[ \t]*$",
    re.MULTILINE,
)
_IMPORTED = re.compile(r"import\s+(?P<name>\w+)\s+from\s+[\"'](?P<path>[^\"'?]+)")
_CONSTANT = re.compile(
    r"export\s+(?:const|let)\s+(?P<name>\w+)(?:\s*:\s*\w+)?\s*=\s*"
    r"(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<number>-?\d[\d.]*))\s*;?[ \t]*"
)
_GIVEN = re.compile(r"=\{\s*(?P<name>\w+)(?:\.src)?\s*\}")
_EXPRESSION = re.compile(r"\{(?P<within>[^{}\n]{0,1000})\}")
_EXPRESSIONS = re.compile(r"(?<![\w\\}{^_=$])(?:\{(?![#.:%{/])[^{}\n]{0,1000}\})+(?!\})")
"""Braces in a sentence, and not those of a formula, of a heading's name or of a template."""
_QUOTED = re.compile(r"\s*(?:\"([^\"]*)\"|'([^']*)'|`([^`$]*)`)\s*")


def without_modules(text: str) -> tuple[str, Mapping[str, str]]:
    """Return a text without what it imports and hands out, and the pictures and values that have names."""
    values: dict[str, str] = {}

    def take(match: re.Match[str]) -> str:
        if (imported := _IMPORTED.match(match[0])) and names_image(imported["path"]):
            values[imported["name"]] = imported["path"]
        elif constant := _CONSTANT.fullmatch(match[0]):
            values[constant["name"]] = next(
                value for name in ("double", "single", "number") if (value := constant[name]) is not None
            )
        return ""

    made = _MODULE.sub(take, text)
    return _COMMENT.sub("", _GIVEN.sub(lambda match: _given(match, values), made)), values


def _given(match: re.Match[str], values: Mapping[str, str]) -> str:
    return f'="{escape(values[match["name"]])}"' if match["name"] in values else match[0]


def settle_expressions(
    text: str, values: Mapping[str, str], page: Mapping[str, Any], miss: Callable[[str], str]
) -> str:
    """Put what is meant in the place of names and texts in braces, and what `miss` gives for all others."""

    def meant(match: re.Match[str]) -> str:
        within = match["within"].strip()
        if quoted := _QUOTED.fullmatch(within):
            return next(one for one in quoted.groups() if one is not None)
        if within in values:
            return values[within]
        owner, _, key = within.rpartition(".")
        known = page.get(key) if owner in ("frontmatter", "props.frontmatter", "frontMatter") else None
        if isinstance(known, str | int | float) and not isinstance(known, bool):
            return str(known)
        return miss(match[0]) if within else ""

    return _EXPRESSIONS.sub(lambda run: _EXPRESSION.sub(meant, run[0]), text)
