"""By what a file is known for a post of a website: its header, its date, or what lies beside it."""

from __future__ import annotations

import re
from pathlib import Path

from book.errors import BookError
from book.header import Header, parse
from book.sources._bareheaders import fenced
from book.sources._pathdates import named_by
from book.sources._scriptheaders import handed_out
from book.sources._sidecars import beside
from book.sources._treefiles import begins_with_header, is_dated, is_page_of_html
from book.sources._unknown import read

_DATED_RST = re.compile(rb"^(?::date:|\.\. date:|\.\. post::)[ \t]*\S", re.MULTILINE)


def has_header(file: Path, *keys: str) -> bool:
    """Tell whether a file that has another suffix begins with a post's header, with one of `keys`."""
    try:
        values = parse(read(file)[0], file, check_dates=False).values
    except BookError:
        return False
    return any(key in values for key in keys or ("title", "date"))


def looks_like_post(file: Path) -> bool:
    """Tell whether a file of a folder is a post by its name, its beginning, or what lies beside it."""
    if is_page_of_html(file, dated=False):
        return has_header(file, "date")
    if begins_with_header(file) or is_dated(named_by(file)):
        return True
    try:
        with file.open("rb") as opened:
            head = opened.read(4000)
    except OSError:
        return False
    if file.suffix.lower() in (".rst", ".rest"):
        return _DATED_RST.search(head) is not None
    text = head.decode("utf-8", "replace").replace("\r\n", "\n")
    return fenced(text) is not None or bool(handed_out(Header({}, text)).values) or bool(beside(file))
