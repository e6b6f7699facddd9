"""What files of pictures are called."""

from __future__ import annotations

import re

_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|avif|bmp|tiff?)$", re.IGNORECASE)


def is_picture(name: str) -> bool:
    """Tell whether a file's name, or a path without a query, ends as that of a picture."""
    return _PICTURE.search(name) is not None
