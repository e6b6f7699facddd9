"""What a shop or a reading system takes of an EPUB, and how one is made for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from book import kinds
from book.finish import COUNT
from book.kinds import Kind
from book.tables import key

Size = tuple[int, int]


def _size(value: Any) -> Size:
    found = re.fullmatch(r"([1-9]\d{0,5}) ?[x×] ?([1-9]\d{0,5})", value) if isinstance(value, str) else None
    if not found:
        raise ValueError("is not a size in pixels", 'write width and height: `"1600 x 2560"`')
    return int(found[1]), int(found[2])


_SIZE = Kind("size in pixels", _size)


@dataclass(frozen=True, slots=True)
class Shop:
    """`[epub]` of a profile. What it does not say is not limited."""

    fonts: bool = key(True, "whether fonts go into the file, and text names them", kinds.FLAG)
    specified_fonts: bool = key(
        False, "whether the package tells Apple Books of its fonts", kinds.FLAG, name="specified-fonts"
    )
    cover_page: bool = key(True, "whether the first page shows the cover", kinds.FLAG, name="cover-page")
    cover: Size | None = key(None, "the size of cover asked for", _SIZE)  # noqa: RUF009
    least_cover: Size | None = key(None, "the smallest cover taken", _SIZE, name="least-cover")  # noqa: RUF009
    pixels: int | None = key(None, "the most pixels of a picture", COUNT)
    picture: int | None = key(None, "the largest picture file, in kilobytes", COUNT)
    columns: int | None = key(None, "the most columns of a table", COUNT)
    rows: int | None = key(None, "the most rows of a table", COUNT)
    size: int | None = key(None, "the largest file, in megabytes", COUNT)
