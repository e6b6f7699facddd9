"""HTML that is nested without end, made shallow before a parser sees it.

A parser of HTML looks at all that is open for each element that opens: what it needs grows with the square
of the depth, and a file of a megabyte could hold it for hours. No page is nested so deeply on purpose.
"""

from __future__ import annotations

import re

from book.allowed import DRAWING, INLINE, MATH, TEXT, VOID
from book.remarks import Say

DEEPEST = 1000
_TAG = re.compile(r"<!--.*?(?:-->|\Z)|<(?P<closing>/?)(?P<name>[A-Za-z][\w:-]*)[^<>]*>", re.DOTALL)
_WITHOUT_ENDS = VOID | {
    "base", "link", "meta", "param", "track", "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "thead",
    "tbody", "tfoot", "colgroup", "option", "optgroup", "rt", "rp", "a",
}  # fmt: skip
"""Elements that are empty, or that end where their like begins."""

_OPEN_ALL_THE_SAME = TEXT - DRAWING - MATH
"""Elements of which a parser of HTML does not believe that they end at once, as `<div/>` says."""


def shallow(html: str, say: Say) -> str:
    """Return HTML without the tags of elements that are deeper than any page's; what they hold is kept."""
    if html.count("<") <= DEEPEST:
        return html
    depth = dropped = 0

    def kept(match: re.Match[str]) -> str:
        nonlocal depth, dropped
        name = (match["name"] or "").lower()
        ends = match[0].endswith("/>") and name not in _OPEN_ALL_THE_SAME
        if not name or name in _WITHOUT_ENDS or ends:
            return match[0]
        is_deep = depth + (not match["closing"]) > DEEPEST
        depth = max(0, depth - 1) if match["closing"] else depth + 1
        dropped += is_deep and not match["closing"]
        return ("" if name in INLINE else "\n") if is_deep else match[0]

    made = _TAG.sub(kept, html)
    if dropped:
        say(f"elements nested more than {DEEPEST} deep were unwrapped, and their text kept: {dropped}")
    return made
