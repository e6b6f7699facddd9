"""The index that a reader's browser searches in: the words of every page, as one script.

A script and not JSON, because pages opened from a disk may load no other file.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from book.epub.documents import Document
from book.epub.markup import text_of
from book.web.pages import address

INDEX = "search-index.js"


def index(documents: Sequence[Document]) -> bytes:
    """Return the script that hands over title, address and words of each page.

    The documents must be as they were made: a page that is furnished says more than its text.
    """
    lines = (
        json.dumps(
            [document.title, f"text/{address(document.name)}", text_of(document.root[1])],
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for document in documents
    )
    return ("window.octavoIndex=[\n" + ",\n".join(lines) + "\n];\n").encode()
