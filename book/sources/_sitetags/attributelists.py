"""Attributes in braces on lines of their own (`{:.wide}`), as kramdown has them after and before blocks."""

from __future__ import annotations

import re

_LIST = re.compile(r"[ \t]*\{:(?!:)[^{}\n]*\}[ \t]*")


def settle_lists(text: str) -> str:
    """End a paragraph where such a line ends it, and drop lines that belong to no block before them.

    One that names a place which links may lead to stays.
    """
    if "{:" not in text:
        return text
    rows = text.split("\n")
    kept: list[str] = []
    for row, following in zip(rows, [*rows[1:], ""], strict=True):
        if not _LIST.fullmatch(row):
            kept.append(row)
        elif "#" in row or (kept and kept[-1].strip()):
            kept += [row, ""] if following.strip() and not _LIST.fullmatch(following) else [row]
        else:
            kept.append("")
    return "\n".join(kept)
