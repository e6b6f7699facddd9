"""Know a body that is Markdown, as some plugins keep it, and take from it what WordPress did to it.

A blog's posts tell about one another: where many are surely Markdown, one with few marks is too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_BLOCKS = re.compile(r"<(?:p|div|br|h[1-6]|ul|ol|li|table|pre|blockquote|figure)\b", re.IGNORECASE)
_TAGS = re.compile(r"<(?:a|b|i|em|strong|code|img|span|font|u|del|strike)\b", re.IGNORECASE)
_LINKS = re.compile(r"(?<!\\)\[[^\[\]\n]+\]\((?:https?://|/|#)[^\s)]*(?:\s+\"[^\"]*\")?\)")
_DEFINITIONS = re.compile(
    r"^ {0,3}\[[^\]\n]+\]:[ \t]*(?:<a\b[^>]*>|<)?(?:https?://|/|mailto:)\S+", re.MULTILINE
)
_FENCES = re.compile(r"^(?:```|~~~)[\w+-]*[ \t]*$", re.MULTILINE)
_LIGHTER = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        r"^#{1,6}[ \t]+\S|^\S[^\n]*\n(?:={3,}|-{3,})[ \t]*$",
        r"^(?:>|&gt;)[ \t]?\S",
        r"(?<![\w*])\*\*(?=\S)[^*\n]+(?<=\S)\*\*(?![\w*])|(?<![\w*])\*(?=\S)[^*\n]+(?<=\S)\*(?![\w*])",
        r"(?<!\w)_(?=\S)[^_\n]+(?<=\S)_(?!\w)",
        r"^[*+-][ \t]+\S[^\n]*\n+[*+-][ \t]+\S",
        r"`[^`\n]+`",
    )
)
_WRAPPED = re.compile(
    r"^( {0,3}\[[^\]\n]+\]:[ \t]*)<a\b[^>]*\bhref=[\"']([^\"']*)[\"'][^>]*>.*?</a>", re.MULTILINE
)
_ESCAPED = re.compile(r"&(gt|quot);")
_MORE = re.compile(r"(?:(?<![^\S\n])[^\S\n]+)?<!--\s*(?:more\b.*?|nextpage|noteaser)\s*-->[^\S\n]*")


def markdown_bodies(bodies: Sequence[str]) -> list[bool]:
    """Tell of each of a blog's bodies whether it is Markdown."""
    sure = [_is_sure(body) for body in bodies]
    usual = sum(sure) > 2 and sum(sure) * 5 > len(bodies)
    return [
        found or (usual and _TAGS.search(body) is None and _is_likely(body))
        for body, found in zip(bodies, sure, strict=True)
    ]


def _is_sure(body: str) -> bool:
    """Tell whether a body has marks that no one types for readers, and more of them than HTML."""
    if _BLOCKS.search(body):
        return False
    fences = len(_FENCES.findall(body))
    marks = (
        len(_LINKS.findall(body)) + len(_DEFINITIONS.findall(body)) + (fences // 2 if fences % 2 == 0 else 0)
    )
    return marks > 0 and len(_TAGS.findall(_WRAPPED.sub("", body))) <= marks


def _is_likely(body: str) -> bool:
    return _BLOCKS.search(body) is None and any(pattern.search(body) for pattern in _LIGHTER)


def cleaned(body: str) -> str:
    """Return Markdown as its author wrote it: signs not escaped, definitions without a link in them."""
    body = _MORE.sub("", body.replace("\r\n", "\n").replace("\r", "\n"))
    body = _ESCAPED.sub(lambda match: {"gt": ">", "quot": '"'}[match[1]], _WRAPPED.sub(r"\1\2", body))
    return body.strip("\n")
