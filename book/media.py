"""Pictures: found inside the project, decoded by an explicit list of decoders, made fit for every edition."""

from __future__ import annotations

import base64
import binascii
import io
import re
import warnings
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib import import_module
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import normalize
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from book.jpegscans import ended, is_sound, scans

if TYPE_CHECKING:
    from PIL import Image

PIXELS = 89_000_000
"""The most a picture may have; a few kilobytes of PNG can unpack to gigabytes."""
SIDE = 32_767
"""The most pixels that a side of it may have: one row of millions is no picture, and fills the memory."""
SCANS = 50
"""How often a JPEG may go over its picture; those that show it step by step do so about ten times."""
BYTES = 100 << 20
INLINE_BYTES = 4 << 20
"""How much a picture may hold that stands in the text itself, as a `data:` address."""

_FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF", "AVIF")
_PLUGINS = ("Png", "Jpeg", "Mpo", "Gif", "WebP", "Bmp", "Tiff", "Avif")
_KEPT = {"PNG": ("image/png", "png"), "JPEG": ("image/jpeg", "jpg"), "GIF": ("image/gif", "gif")}
_EIGHT_BITS = {"1", "L", "LA", "P", "PA", "RGB", "RGBA"}
"""What a page takes as it is; greys of sixteen bits it would take for colours of eight."""
_COLOURS = 256  # of a palette
_ORIENTATION = 0x0112


class Unusable(Exception):
    """A picture that cannot be shown; the message says why, in lower case."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture's bytes as editions use them.

    `kind` is what the author's file is, whatever its name says; `lost` names what a drawing held that
    no book may; one that is `damaged` shows what could be read of it, one that is `ended` had no end.
    """

    data: bytes
    media_type: str
    suffix: str
    width: int
    height: int
    kind: str
    lost: tuple[str, ...] = ()
    damaged: bool = False
    ended: bool = False


def locate(reference: str, post: Path, root: Path) -> Path:
    """Return the file that a post's reference means; raise Unusable where there is none to be used.

    Relative paths begin at the post, absolute ones at the project or its `chapters/`. Nothing
    outside the project is looked at, and nothing is fetched.
    """
    try:
        parts = urlsplit(reference)
    except ValueError as error:
        raise Unusable("its address is none") from error
    if parts.scheme or parts.netloc:
        raise Unusable("it is not in the project, and nothing is fetched")
    path = unquote(parts.path)
    if not path or "\0" in path:
        raise Unusable("it has no name")
    bases = [root, root / "chapters"] if path.startswith("/") else [post.parent, root / "chapters", root]
    inside = root.resolve()
    for spelt, base in product(_spellings(path.lstrip("/")), bases):
        try:
            resolved = (base / spelt).resolve()
            if resolved.is_relative_to(inside) and resolved.is_file():
                return resolved
        except (OSError, ValueError, RuntimeError):  # a name too long, a loop of links
            continue
    raise Unusable("there is no such file in the project")


def _spellings(name: str) -> tuple[str, ...]:
    """Return a name with its letters as it has them, composed and decomposed: systems write either."""
    return tuple(dict.fromkeys((name, normalize("NFC", name), normalize("NFD", name))))


def inline(reference: str) -> bytes:
    """Return the bytes of a picture that stands in the text as a `data:` address."""
    head, comma, content = reference.partition(",")
    if not comma or len(content) > INLINE_BYTES:
        raise Unusable(f"it is longer than {INLINE_BYTES >> 20} MB" if comma else "it holds nothing")
    if not head.lower().endswith(";base64"):
        return unquote_to_bytes(content)
    try:
        return base64.b64decode(re.sub(r"\s+", "", unquote(content)), validate=True)
    except (binascii.Error, ValueError) as error:
        raise Unusable("it is damaged") from error


def prepare(data: bytes) -> Prepared:
    """Check and convert a picture's bytes; raise Unusable for what is no picture, or too large a one."""
    if len(data) > BYTES:
        raise Unusable(f"it is larger than {BYTES >> 20} MB")
    if not data:
        raise Unusable("the file is empty")
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<svg", b"<?xml", b"<!doctype svg", b"<!--")) and b"<svg" in data[:65536].lower():
        return _drawing(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _picture(data)


def _picture(data: bytes) -> Prepared:
    from PIL import Image, ImageFile, UnidentifiedImageError

    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint, where it is loaded, would have half a picture
    for plugin in _PLUGINS:
        with suppress(ImportError):  # AVIF is not in every Pillow
            import_module(f"PIL.{plugin}ImagePlugin")
    too_large = f"it has more than {PIXELS // 1_000_000} million pixels"
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            if image.width * image.height > PIXELS:
                raise Unusable(too_large)
            if max(image.size) > SIDE:
                raise Unusable(f"a side of it has more than {SIDE} pixels")
            if image.format in ("JPEG", "MPO") and scans(data) > SCANS:
                raise Unusable(f"it goes over its picture more than {SCANS} times, which takes too long")
            sound = _kind(image) != "JPEG" or is_sound(data)
            if not sound and (whole := ended(data)):
                return replace(_picture(whole), ended=True)
            if not sound or _kind(image) != "JPEG":
                image.load()
            if not sound:
                return replace(_converted(image), damaged=True)
            return (None if _is_too_clear(image) else _as_it_is(data, image)) or _converted(image)
    except Unusable:
        raise
    except Image.DecompressionBombError as error:
        raise Unusable(too_large) from error
    except UnidentifiedImageError as error:
        raise Unusable("it is not a picture of a kind that books hold") from error
    except MemoryError as error:
        raise Unusable("it needs too much memory") from error
    except Exception as error:  # decoders raise whatever a damaged file leads them to
        raise Unusable(f"it is damaged: {str(error)[:80].lower() or type(error).__name__}") from error


def _is_too_clear(image: Image.Image) -> bool:
    """Tell whether more colours are said to be clear than there are; what is said too much is forgotten."""
    clear = image.info.get("transparency")
    if not isinstance(clear, bytes) or len(clear) <= _COLOURS:
        return False
    image.info["transparency"] = clear[:_COLOURS]
    return True


def _as_it_is(data: bytes, image: Image.Image) -> Prepared | None:
    """Return a picture that every reader shows, less its metadata; None for one to be converted."""
    from book.stripping import Unreadable, stripped

    kind = _kind(image)
    upright = image.getexif().get(_ORIENTATION, 1) in (0, 1)
    if kind not in _KEPT or not upright or image.mode not in _EIGHT_BITS:
        return None
    try:
        return Prepared(stripped(data, kind), *_KEPT[kind], image.width, image.height, kind)
    except Unreadable:
        return None


def _kind(image: Image.Image) -> str:
    return "JPEG" if image.format == "MPO" else image.format or ""


def _converted(image: Image.Image) -> Prepared:
    """Write a picture anew, upright: a photograph as JPEG, all else as PNG."""
    from PIL import ImageOps

    kind = _kind(image)
    alpha = image.mode in {"RGBA", "LA", "PA", "RGBa", "La"} or "transparency" in image.info
    photograph = kind == "JPEG" or (not alpha and kind != "GIF" and _is_photo(image))
    profile = image.info.get("icc_profile")
    upright = _in_plain_colours(ImageOps.exif_transpose(image), alpha=alpha)
    if upright.mode not in {"RGB", "RGBA"} or image.mode in {"CMYK", "YCCK", "LAB"}:
        profile = None
    bare = upright.copy()
    bare.info = {}
    out = io.BytesIO()
    if photograph:
        bare.save(out, "JPEG", quality=92, subsampling=0, optimize=True, icc_profile=profile)
        return Prepared(out.getvalue(), "image/jpeg", "jpg", bare.width, bare.height, kind)
    bare.save(out, "PNG", optimize=True, icc_profile=profile)
    return Prepared(out.getvalue(), "image/png", "png", bare.width, bare.height, kind)


def _in_plain_colours(image: Image.Image, *, alpha: bool) -> Image.Image:
    """Return a picture in shades of grey or in red, green and blue, of eight bits each."""
    if image.mode.startswith("I;16") or image.mode == "I":
        return _of_eight_bits(image)
    if alpha:
        return image.convert("RGBA")
    if image.mode == "F":
        _, highest = image.getextrema()
        scale = 255.0 if isinstance(highest, int | float) and highest <= 1 else 1.0
        return image.point(lambda value: value * scale).convert("L")
    return image.convert("L" if image.mode in {"1", "L"} else "RGB")


def _of_eight_bits(image: Image.Image) -> Image.Image:
    """Return a picture in greys of sixteen bits in the same greys of eight; one of them may be clear."""
    greys = image.convert("I")
    plain = greys.point(lambda value: value * (1 / 257)).convert("L")
    clear = image.info.get("transparency")
    if not isinstance(clear, int):
        return plain
    plain = plain.convert("RGBA")
    plain.putalpha(greys.point([0 if value == clear else 255 for value in range(1 << 16)], "L"))
    return plain


def _is_photo(image: Image.Image) -> bool:
    return image.width * image.height > 65536 and image.convert("RGB").getcolors(4096) is None


def _drawing(data: bytes) -> Prepared:
    from book.svg import cleaned
    from book.withheld import withheld

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unusable("this drawing is not UTF-8 text") from error
    made = cleaned(text)
    if made is None:
        raise Unusable("this drawing cannot be read")
    xml, width, height = made
    return Prepared(xml.encode(), "image/svg+xml", "svg", width, height, "SVG", withheld(text))
