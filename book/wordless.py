"""Pictures that a post shows without saying what they show, by the lines where words are missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from book.alttexts import says
from book.model import Finding, Post
from book.pictures import references
from book.textfile import read_text

_WORDS = re.compile(r"!\[([^\[\]]*)\]\(\s*<?\Z")
_ALT = re.compile(r"""(?i)\balt\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_DECORATION = re.compile(r"""(?i)\brole\s*=\s*["']?(?:presentation|none)\b""")
_ATTRIBUTES = re.compile(r"[^)\n]*\)\{([^}\n]*)\}")
_FEW = 3
"""As many pictures of one post are told one by one; a notebook has hundreds."""
_HINT = "write what it shows: `![a heap of salt](…)`; or, if it means nothing, `![](…){role=presentation}`"


def wordless(posts: Iterable[Post]) -> Iterator[Finding]:
    """Yield a finding for each picture that those who do not see it hear nothing of; many are one."""
    for post in posts:
        path = post.origin.path
        if path is None or not post.media or not path.is_file():
            continue
        for message, line in _told(list(lines(read_text(path)))):
            yield Finding("alt-text", "note", message, path, line, _HINT, "WCAG 2.2, 1.1.1")


def _told(found: Sequence[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """Yield what to say of a post's pictures without words, and on which line."""
    if len(found) > _FEW:
        among = f"of the pictures from `{found[0][0][:80]}` on"
        yield f"{among}, {len(found)} have no words for those who do not see them", found[0][1]
        return
    for address, line in found:
        yield f"the picture `{address[:80]}` has no words for those who do not see it", line


def lines(text: str) -> Iterator[tuple[str, int]]:
    """Yield the address and the line of each picture without words."""
    for one in references(text):
        if one.shown and not _is_said(text, one.start, one.end):
            yield one.address, text.count("\n", 0, one.start) + 1


def _is_said(text: str, start: int, end: int) -> bool:
    """Tell whether the picture with the address from `start` to `end` has words, or needs none."""
    before = text[max(0, start - 1000) : start]
    opening = before.rfind("<img") if "<img" in before.lower() else -1
    if opening >= 0 and ">" not in before[opening:]:
        tag = before[opening:] + text[start : text.find(">", end)]
        given = _ALT.search(tag)
        words = next((one for one in given.groups() if one), "") if given else ""
        return says(words, text[start:end]) or _DECORATION.search(tag) is not None
    given = _WORDS.search(before)
    if given is None or says(given[1], text[start:end]):
        return True
    attributes = _ATTRIBUTES.match(text, end)
    return attributes is not None and _DECORATION.search(attributes[1]) is not None
