"""The heading that a post in Markdown begins with, which may be its title."""

from __future__ import annotations

import re

_ATX = re.compile(r"#[ \t]+(?P<title>.+?)[ \t]*#*[ \t]*(?:\{[^{}\n]*\}[ \t]*)?(?:\n|\Z)")
_SETEXT = re.compile(r"(?P<title>\S[^\n]*)\n=+[ \t]*(?:\n|\Z)")


def first_heading(body: str) -> tuple[str, str]:
    """Return the words of the heading of the first rank that a text begins with, and what follows it."""
    match = _ATX.match(body) or _SETEXT.match(body)
    return (plain(match["title"]), body[match.end() :].lstrip("\n")) if match else ("", body)


def plain(heading: str) -> str:
    """Return a heading's words without the marks of emphasis, code and links."""
    text = re.sub(r"!?\[([^\[\]]*)\]\([^()\s]*\)", r"\1", heading)
    text = re.sub(r"(\*\*|__|\*|`)(?=\S)(.+?)(?<=\S)\1", r"\2", text)
    return re.sub(r"\\([\\`*_{}\[\]()>#+.!-])", r"\1", text).strip()
