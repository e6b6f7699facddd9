"""The words of Markdown, without what only marks them up: near enough to a reader's to be counted."""

from __future__ import annotations

import re
from html import unescape

_CODE = re.compile(
    r"^([ >]*)(`{3,}(?!`)|~{3,}(?!~))[^\n]*\n(.*?)^[ >]*\2[`~]*[ \t]*$", re.DOTALL | re.MULTILINE
)
_INDENTED = re.compile(r"(?<=\n\n)(?:(?: {4}|\t)[^\n]*(?:\n|\Z)(?:[ \t]*\n(?= {4}|\t))*)+")
_LISTED = re.compile(r"\]\(|^\s*(?:[-*+]|\d+[.)])\s", re.MULTILINE)
"""What stands in lists, which is indented as code is."""
_INLINE_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_DESTINATION = (
    r"\(\s*(?:<[^<>\n]*>|(?:[^()\s]|\([^()\s]*\))*)(?:\s+(\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'))?\s*\)"
)
_PICTURE = re.compile(r"!\[(?:\\.|(?!!\[)[^\]\\])*\](?:" + _DESTINATION + r"|\[[^\]]*\])")
_TARGET = re.compile(r"\](?:" + _DESTINATION + r"|\[[^\]]*\])")
_DEFINED = re.compile(r"^ {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*\S+[^\n]*$", re.MULTILINE)
_NOTE = re.compile(r"^ {0,3}\[\^[^\]\n]+\]:", re.MULTILINE)
_CALL = re.compile(r"\[\^[^\[\]\s]+\]")
_UNSEEN = re.compile(
    r"<!--(?:(?!<!--).)*?-->|<(script|style)\b(?:(?!<\1\b).)*?</\1\s*>", re.DOTALL | re.IGNORECASE
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>")
_MARKER = re.compile(r"^[ \t>]*\d{1,9}[.)](?=[ \t])", re.MULTILINE)
_ATTRIBUTES = re.compile(r"\{:?[ \t]*[.#][^{}\n]*\}")
_EMPHASIS = re.compile(r"[*_]{1,3}(?=\w)|(?<=\w)[*_]{1,3}")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def plain(markdown: str) -> str:
    """Return the words of a text: captions are among them, addresses and the words for pictures are not."""
    kept: list[str] = []

    def keep(code: str) -> str:
        kept.append(code)
        return "\0"

    text = _CODE.sub(lambda match: keep(f"\n{match[3]}\n"), markdown.replace("\0", ""))
    text = _INDENTED.sub(lambda match: match[0] if _LISTED.search(match[0]) else keep(match[0]), text)
    text = _INLINE_CODE.sub(lambda match: keep(match[2]), text)
    text = _UNSEEN.sub(" ", text)
    text = _PICTURE.sub(lambda match: f" {match[1] or ''} ", text)
    text = _TARGET.sub("", text)
    for pattern in (_DEFINED, _NOTE, _MARKER, _ATTRIBUTES):
        text = pattern.sub("", text)
    text = _AUTOLINK.sub(r"\1", _CALL.sub(" 1 ", text))
    text = _TAG.sub(" ", text)
    text = unescape(_EMPHASIS.sub(" ", _ESCAPE.sub(r"\1", text)))
    codes = iter(kept)
    return re.sub("\0", lambda _: next(codes, ""), text)
