"""Know a body that is Markdown, as some plugins keep it, and take from it what WordPress did to it."""

from __future__ import annotations

import re

_HTML = re.compile(r"<(?:p|div|br|h[1-6]|ul|ol|li|table|blockquote|figure)\b", re.IGNORECASE)
_LINKS = re.compile(r"(?<!\\)\[[^\]\n]+\]\((?:https?://|/|#)[^\s)]*(?:\s+\"[^\"]*\")?\)")
_DEFINITIONS = re.compile(r"^ {0,3}\[[^\]\n]+\]:[ \t]*(?:<a\b[^>]*>)?\s*(?:https?://|/)\S+", re.MULTILINE)
_HEADINGS = re.compile(r"^#{1,6}[ \t]+\S|^\S[^\n]*\n(?:={3,}|-{3,})[ \t]*$", re.MULTILINE)
_FENCES = re.compile(r"^(?:```|~~~)[\w+-]*[ \t]*$", re.MULTILINE)
_QUOTES = re.compile(r"^(?:>|&gt;)[ \t]?\S", re.MULTILINE)
_EMPHASIS = re.compile(r"(?<![\w*])\*\*(?=\S)[^*\n]+(?<=\S)\*\*(?![\w*])")
_WRAPPED = re.compile(
    r"^( {0,3}\[[^\]\n]+\]:[ \t]*)<a\b[^>]*\bhref=[\"']([^\"']*)[\"'][^>]*>.*?</a>", re.MULTILINE
)
_QUOTED = re.compile(r"^((?:&gt;[ \t]?)+)", re.MULTILINE)


def is_markdown(body: str) -> bool:
    """Tell whether a body is Markdown: it has marks that no one types for readers, and no HTML to part it."""
    if _HTML.search(body):
        return False
    fences = len(_FENCES.findall(body))
    if _DEFINITIONS.search(body) or _LINKS.search(body) or (fences and fences % 2 == 0):
        return True
    lighter = (_HEADINGS, _QUOTES, _EMPHASIS)
    return (
        sum(pattern.search(body) is not None for pattern in lighter) > 1 or len(_HEADINGS.findall(body)) > 1
    )


def cleaned(body: str) -> str:
    """Return Markdown as its author wrote it: quotes with their sign, definitions without a link in them."""
    body = body.replace("\r\n", "\n").replace("\r", "\n")
    body = re.sub(r"[^\S\n]*<!--\s*(?:more\b.*?|nextpage|noteaser)\s*-->[^\S\n]*", "", body)
    body = _WRAPPED.sub(r"\1\2", body)
    return _QUOTED.sub(lambda match: match[1].replace("&gt;", ">"), body).strip("\n")
