"""Notes that stand beside the text on a screen, or within it: in a book they are footnotes.

Tufte's style and its likes write `<span class="sidenote">`, Pandoc `word^[note]`.
"""

from __future__ import annotations

import re

from book.sources._sitetags.arguments import Arguments

ASIDE = re.compile(r"(?:side|margin)-?notes?(?:-(?:content|text|body))?", re.IGNORECASE)
"""The class of what is such a note."""
_SPAN = re.compile(
    r"""(?:[ \t]*<label\b[^<>]*\b(?:for|class)=["'][^"']*(?:sn-|mn-|margin-toggle|sidenote)[^<>]*>
            [^<>]{0,6}</label>
          |[ \t]*<input\b[^<>]*\btype=["']checkbox["'][^<>]*>\s*(?:</input>)?){0,3}
        [ \t]*<(?P<tag>span|small)\b[^<>]*\bclass=["'](?P<classes>[^"'<>]*)["'][^<>]*>
        (?P<words>(?:[^<]|<(?!/?(?P=tag)\b))*)</(?P=tag)>""",
    re.VERBOSE | re.IGNORECASE,
)
_WITHIN = re.compile(r"(?<=[\w.,;:!?)\"'»”’*_])\^\[(?P<words>(?:[^\[\]\n]|\[[^\[\]\n]*\])+)\](?!\()")
_PROSE = re.compile(r"\w{2,}\s+\S*\w|[\u3040-\u9fff]{4}|https?://")
_BLOCK = re.compile(
    r"\s*</?(?:p|div|section|article|aside|table|ul|ol|li|blockquote|figure|details|h[1-6]|pre|center)\b",
    re.I,
)


def settle_besides(text: str) -> str:
    """Put footnotes in the place of notes that stand beside or within a text in Markdown."""
    notes: list[str] = []

    def noted(match: re.Match[str]) -> str:
        words = " ".join(match["words"].split())
        is_span = "tag" in match.re.groupindex
        known = any(map(ASIDE.fullmatch, match["classes"].split())) if is_span else _PROSE.search(words)
        if not known or not words or _BLOCK.match(match.string, _start(match)):
            return match[0]
        notes.append(words)
        return f"[^beside-{len(notes)}]"

    if "<span" in text or "<small" in text:
        text = _SPAN.sub(noted, text)
    if "^[" in text:
        text = _WITHIN.sub(noted, text)
    written = "".join(f"\n\n[^beside-{number}]: {words}" for number, words in enumerate(notes, 1))
    return f"{text.rstrip()}{written}\n" if notes else text


def beside(given: Arguments, within: str) -> str:
    """Return what a tag means that makes a note beside the text."""
    words = within.strip() or given.first("text", "content", "note") or "".join(given.words[-1:])
    return f'<span class="sidenote">{" ".join(words.split())}</span>'


def _start(match: re.Match[str]) -> int:
    """Return where the paragraph of a match begins."""
    before = match.string.rfind("\n\n", 0, match.start())
    return before + 2 if before >= 0 else 0
