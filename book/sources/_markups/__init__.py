"""What posts of static websites are written in besides Markdown: one module a markup.

Each reads a file's text into a header whose body is Markdown, and tells what it did not understand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from book.header import Header
from book.model import Notice
from book.sources._markups import htmlposts, notebook, restructured

Reader = Callable[[str, Path], tuple[Header, tuple[Notice, ...]]]

HTML = frozenset((".html", ".htm"))
READERS: Mapping[str, Reader] = {
    ".rst": restructured.read,
    ".rest": restructured.read,
    ".ipynb": notebook.read,
    **dict.fromkeys(HTML, htmlposts.read),
}
