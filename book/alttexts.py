"""Words for those who do not see a picture: whether they say anything of it."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

_FILE = re.compile(
    r"(?i)\S+\.(jpe?g|png|gif|svg|webp|avif|bmp|tiff?)"
    r"|(imag|img|dscn?|image|photo|picture|screenshot)[ _-]?\d*"
)


def says(words: str | None, source: str = "") -> bool:
    """Tell whether an alternative text says what is shown; the name of the file `source` does not."""
    text = (words or "").strip()
    return bool(text) and not is_file_name(text, source)


def is_file_name(text: str, source: str = "") -> bool:
    """Tell a file's name from words: `salt` may well be what `salt.png` shows, `salt-2` hardly."""
    name = PurePosixPath(source).name
    return (
        bool(_FILE.fullmatch(text))
        or text == name
        or (text == PurePosixPath(name).stem and not text.isalpha())
    )
