"""Pictures: found inside the project, decoded by an explicit list of decoders, made fit for every edition."""

from __future__ import annotations

import hashlib
import io
import re
import warnings
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from urllib.parse import unquote, urlsplit

from book.clean import legible
from book.model import Media
from book.slug import slug

PIXELS = 89_000_000
"""The most a picture may have; a few kilobytes of PNG can unpack to gigabytes."""
BYTES = 100 << 20

_FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF", "AVIF")
_PLUGINS = (
    "PngImagePlugin",
    "JpegImagePlugin",
    "MpoImagePlugin",
    "GifImagePlugin",
    "WebPImagePlugin",
    "BmpImagePlugin",
    "TiffImagePlugin",
    "AvifImagePlugin",
)
_KEPT = {"PNG": ("image/png", "png"), "JPEG": ("image/jpeg", "jpg"), "GIF": ("image/gif", "gif")}


class Unusable(Exception):
    """A picture that cannot be shown; the message says why, in lower case."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture's bytes as editions use them."""

    data: bytes
    media_type: str
    suffix: str
    width: int
    height: int


def locate(reference: str, post: Path, root: Path) -> Path:
    """Return the file that a post's reference means; raise Unusable where there is none to be used.

    Relative paths begin at the post, absolute ones at the project or its `chapters/`. Nothing
    outside the project is looked at, and nothing is fetched.
    """
    parts = urlsplit(reference)
    if parts.scheme or parts.netloc:
        raise Unusable("it is not in the project, and nothing is fetched")
    path = unquote(parts.path)
    if not path or "\0" in path:
        raise Unusable("it has no name")
    bases = [root, root / "chapters"] if path.startswith("/") else [post.parent, root / "chapters", root]
    for base in bases:
        candidate = base / path.lstrip("/")
        try:
            resolved = candidate.resolve()
            if resolved.is_relative_to(root.resolve()) and resolved.is_file():
                return resolved
        except (OSError, ValueError):
            continue
    raise Unusable("there is no such file in the project")


def prepare(data: bytes) -> Prepared:
    """Check and convert a picture's bytes; raise Unusable for what is no picture, or too large a one."""
    if len(data) > BYTES:
        raise Unusable(f"it is larger than {BYTES >> 20} MB")
    if not data:
        raise Unusable("the file is empty")
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<svg", b"<?xml", b"<!doctype svg", b"<!--")) and b"<svg" in data[:65536].lower():
        return _svg(data)
    return _raster(data)


def _raster(data: bytes) -> Prepared:
    from PIL import Image, ImageOps, UnidentifiedImageError

    for plugin in _PLUGINS:
        with suppress(ImportError):  # AVIF is not in every Pillow
            import_module(f"PIL.{plugin}")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
                if image.width * image.height > PIXELS:
                    raise Unusable(f"it has more than {PIXELS // 1_000_000} million pixels")
                image.load()
                kind = image.format or ""
                if kind in _KEPT and not _private(image) and _plain(image):
                    return Prepared(data, *_KEPT[kind], image.width, image.height)
                turned = ImageOps.exif_transpose(image)
                return _written(turned, kind)
        except Unusable:
            raise
        except Image.DecompressionBombError as error:
            raise Unusable(f"it has more than {PIXELS // 1_000_000} million pixels") from error
        except UnidentifiedImageError as error:
            raise Unusable("it is not a picture of a kind that books hold") from error
        except Exception as error:  # decoders raise whatever a damaged file leads them to
            raise Unusable(f"it is damaged: {str(error)[:80].lower() or type(error).__name__}") from error


def _private(image: object) -> bool:
    """Tell whether a picture carries what its maker may not want printed, or an orientation."""
    info = getattr(image, "info", {})
    return any(
        key in info
        for key in ("exif", "xmp", "XML:com.adobe.xmp", "photoshop", "comment", "Raw profile type exif")
    )


def _plain(image: object) -> bool:
    return getattr(image, "mode", "") in {"1", "L", "LA", "P", "RGB", "RGBA"}


def _written(image: object, kind: str) -> Prepared:
    from PIL import Image

    assert isinstance(image, Image.Image)
    out = io.BytesIO()
    alpha = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
    if kind in {"JPEG", "MPO"} or (not alpha and kind in {"TIFF", "AVIF", "WEBP"} and _photographic(image)):
        flat = image if image.mode in {"L", "RGB"} else image.convert("RGB")
        clean = Image.frombytes(flat.mode, flat.size, flat.tobytes())
        clean.save(out, "JPEG", quality=92, subsampling=0, optimize=True)
        return Prepared(out.getvalue(), "image/jpeg", "jpg", clean.width, clean.height)
    mode = "RGBA" if alpha else ("L" if image.mode in {"1", "L", "I;16", "I", "F"} else "RGB")
    flat = image.convert(mode)
    clean = Image.frombytes(flat.mode, flat.size, flat.tobytes())
    clean.save(out, "PNG", optimize=True)
    return Prepared(out.getvalue(), "image/png", "png", clean.width, clean.height)


def _photographic(image: object) -> bool:
    from PIL import Image

    assert isinstance(image, Image.Image)
    return image.width * image.height > 65536 and image.convert("RGB").getcolors(4096) is None


def _svg(data: bytes) -> Prepared:
    from book.svg import cleaned

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unusable("this drawing is not UTF-8 text") from error
    made = cleaned(legible(text, lambda _: None))
    if made is None:
        raise Unusable("this drawing cannot be read")
    xml, width, height = made
    return Prepared(xml.encode(), "image/svg+xml", "svg", width, height)


def remembered(prepared: Prepared, reference: str, folder: Path) -> Media:
    """Keep prepared bytes in `folder` under a name of their content, and say how editions name them."""
    digest = hashlib.sha256(prepared.data).hexdigest()
    path = folder / f"{digest[:32]}.{prepared.suffix}"
    if not path.is_file() or path.stat().st_size != len(prepared.data):
        folder.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(f".{hashlib.sha256(str(id(prepared)).encode()).hexdigest()[:8]}")
        beside.write_bytes(prepared.data)
        beside.replace(path)
    stem = slug(Path(unquote(urlsplit(reference).path)).stem)[:40].strip("-") or "picture"
    stem = re.sub(r"^[^a-z]+", "", stem) or "picture"
    name = f"{stem}-{digest[:8]}.{prepared.suffix}"
    return Media(name, path, prepared.media_type, prepared.width, prepared.height, digest)
