"""Copies of built-in files that a project has changed: which of them have fallen behind ours.

A copy begins with a comment that holds the digest of what it was made from. Where ours has
changed since, the author should know: the copy does without what was mended.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from book import resources
from book.model import Notice

_COMMENTS = {".css": "/* {} */\n", ".toml": "# {}\n", ".xhtml": "{{# {} #}}\n"}
_MARK = re.compile(r"a copy of Octavo's (\S+), ([0-9a-f]{16})")


def marked(file: Path) -> str:
    """Return the text of a built-in file as a copy begins: with a line that says what it was made from."""
    text = resources.text(file)
    return _COMMENTS[file.suffix].format(f"a copy of Octavo's {file.name}, {_digest(text)}") + text


def behind(root: Path) -> Iterator[Notice]:
    """Name the copies in a project whose originals have changed since they were made."""
    for folder in ("styles", "templates"):
        for copy in sorted((root / folder).glob("*")):
            ours = resources.builtin(folder) / copy.name
            if copy.suffix not in _COMMENTS or not copy.is_file() or not ours.is_file():
                continue
            mark = _MARK.search(resources.text(copy)[:200])
            if mark and mark[2] != _digest(resources.text(ours)):
                yield Notice(
                    f"this is a copy of an earlier `{copy.name}`, and ours has changed since",
                    copy,
                    1,
                    f"move it away, copy again with `book eject {copy.name}`, and make your changes there",
                )


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]
