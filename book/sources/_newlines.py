"""Newlines in a body as blogs show them: a blank line parts paragraphs, any other breaks the line."""

from __future__ import annotations

import re

_BLOCKS = (
    "table|thead|tfoot|caption|col|colgroup|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|pre|form|map|area|blockquote"
    "|address|style|p|h[1-6]|hr|fieldset|legend|section|article|aside|hgroup|header|footer|nav|figure"
    "|figcaption|details|menu|summary|script|object|param|embed|iframe|video|audio|source|center|noscript|br"
)
_KEPT = re.compile(
    r"<(pre|textarea|script|style|svg|math)\b[^<>]*>(?:(?!<\1\b).)*?</\1\s*>|<!--(?:(?!<!--).)*?-->|<[^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
_BLOCK = re.compile(rf"</?(?:{_BLOCKS})\b", re.IGNORECASE)
_BREAK = re.compile(r"<br\b", re.IGNORECASE)
_BLANK = re.compile(r"(?<![^\S\n])[^\S\n]*\n[^\S\n]*(?:\n[^\S\n]*)+")
_MARKS = re.compile(
    r"(?:(?<![^\S\n])[^\S\n]+)?(?:\n[^\S\n]*)?<!--\s*(?:more\b(?:(?!<!--).)*?|noteaser|nextpage)\s*-->[^\S\n]*\n?",
    re.DOTALL,
)


def with_breaks(html: str) -> str:
    """Return HTML with `<br>` where a blog shows a line's end, and two where it parts paragraphs."""
    html = _MARKS.sub("\n\n", html.replace("\r\n", "\n").replace("\r", "\n"))
    pieces: list[str] = []
    place = 0
    after_block = True
    for match in _KEPT.finditer(html):
        is_block = _BLOCK.match(match[0]) is not None
        pieces.append(_broken(html[place : match.start()], after_block, is_block))
        pieces.append(match[0])
        if _BREAK.match(match[0]) and _BLANK.match(html, match.end()):
            pieces.append("<br>")
        after_block = is_block or (after_block and match[0].startswith("<!--"))
        place = match.end()
    pieces.append(_broken(html[place:], after_block, True))
    return "".join(pieces)


def _broken(text: str, after_block: bool, before_block: bool) -> str:
    """Break the lines of text between two tags; beside a block nothing needs a break."""
    if "\n" not in text:
        return text
    core = text.lstrip() if after_block else text
    lead = text[: len(text) - len(core)]
    body = core.rstrip() if before_block else core
    trail = core[len(body) :]
    return lead + _BLANK.sub("<br><br>", body).replace("\n", "<br>\n") + trail


def needs_breaks(html: str) -> bool:
    """Tell whether newlines mean anything: not where paragraphs are marked and lines wrapped."""
    paragraphs = re.findall(r"<p\b[^>]*>(.*?)</p\s*>", html, re.DOTALL | re.IGNORECASE)
    inside = sum(map(len, paragraphs))
    if inside * 2 < len(html):
        return True
    lines = [line for text in paragraphs for line in text.strip().split("\n")[:-1]]
    return not lines or sum(50 < len(line.strip()) < 120 for line in lines) * 10 < len(lines) * 7
