"""Pictures as every reader shows them: formats of the core, and no more pixels than shops allow."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from pathlib import PurePosixPath

from book.epub.container import Resource
from book.epub.names import unique
from book.errors import BookError
from book.model import Media

PIXELS = 5_600_000
"""The most pixels that Apple Books takes in one picture."""

_REFUSED = 89_000_000  # pixels nobody should try to decode
_FEWEST = 10_000  # pixels that no file is too large for
_SUFFIXES = {"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/svg+xml": ".svg"}


def pictures(
    media: Sequence[Media], *, pixels: int | None = None, most: int | None = None
) -> dict[str, Resource]:
    """Return a resource for each picture, under the name that bodies use for it.

    None has more than so many `pixels`, or, where that is asked for, a file of more than `most` bytes.
    """
    taken: set[str] = set()
    made: dict[str, Resource] = {}
    for one in media:
        media_type, data = _fit(one, min(pixels or PIXELS, PIXELS), most)
        name = unique(PurePosixPath(one.name).stem, taken, suffix=_SUFFIXES[media_type])
        made[one.name] = Resource(f"picture-{name.replace('.', '-')}", f"media/{name}", media_type, data)
    return made


def changed(media: Sequence[Media]) -> list[str]:
    """Return the names of the pictures that are made anew: too large, or of another format."""
    return [
        one.name
        for one in media
        if one.media_type not in _SUFFIXES
        or (one.media_type != "image/svg+xml" and one.width * one.height > PIXELS)
    ]


def moves(media_type: str, data: bytes) -> bool:
    """Tell whether a picture has several frames, or animates itself."""
    from PIL import Image

    if media_type == "image/svg+xml":
        return any(sign in data for sign in (b"<animate", b"<set ", b"@keyframes", b"animation:"))
    try:
        with Image.open(io.BytesIO(data)) as opened:
            return bool(getattr(opened, "is_animated", False))
    except (OSError, ValueError, Image.DecompressionBombError):
        return False


def _fit(media: Media, pixels: int, most: int | None) -> tuple[str, bytes]:
    """Return a picture's media type and bytes, as they are if they fit, else set anew."""
    if media.media_type == "image/svg+xml":
        return media.media_type, media.path.read_bytes()
    if media.width * media.height > _REFUSED:
        raise BookError(
            f"this picture has {media.width} × {media.height} pixels", path=media.path, hint="make it smaller"
        )
    if media.media_type in _SUFFIXES and media.width * media.height <= pixels:
        made = media.media_type, media.path.read_bytes()
    else:
        made = _set_anew(media, pixels)
    while most and len(made[1]) > most and pixels > _FEWEST:
        pixels = int(min(pixels, media.width * media.height) * min(0.9, most / len(made[1])))
        made = _set_anew(media, pixels)
    return made


def _set_anew(media: Media, pixels: int) -> tuple[str, bytes]:
    from PIL import Image, ImageOps

    try:
        with Image.open(media.path) as opened:
            picture: Image.Image = ImageOps.exif_transpose(opened)
            picture.load()
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise BookError(f"this picture cannot be read: {error}", path=media.path) from error
    scale = math.sqrt(pixels / (picture.width * picture.height))
    if scale < 1:
        if picture.mode in {"P", "1"}:
            picture = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
        size = max(1, int(picture.width * scale)), max(1, int(picture.height * scale))
        picture = picture.resize(size, Image.Resampling.LANCZOS)
    return _encode(picture, drawn=media.media_type in {"image/png", "image/gif", "image/bmp"})


def _encode(picture: object, *, drawn: bool) -> tuple[str, bytes]:
    """Write a photograph as JPEG, a drawing or what can be seen through as PNG, and no private data."""
    from PIL import Image

    assert isinstance(picture, Image.Image)
    out = io.BytesIO()
    if drawn or picture.has_transparency_data:
        kept = picture if picture.mode in {"L", "LA", "P", "RGB", "RGBA"} else picture.convert("RGBA")
        kept.save(out, "PNG", optimize=True)
        return "image/png", out.getvalue()
    picture.convert("RGB").save(out, "JPEG", quality=90, optimize=True, subsampling=0)
    return "image/jpeg", out.getvalue()
