"""The pictures of a bound PDF with other inks."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Name

from book.finishing.inks import Inks

_QUALITY = 92
_SPACES = {"L": Name.DeviceGray, "RGB": Name.DeviceRGB, "CMYK": Name.DeviceCMYK}


def reprint(pdf: pikepdf.Pdf, inks: Inks, *, opaque: bool) -> None:
    """Put every picture of the file into these inks; with `opaque`, on white where it is transparent."""
    for picture in _pictures(pdf):
        _reprint(picture, inks, opaque=opaque)


def lay_on_white(pdf: pikepdf.Pdf) -> None:
    """Lay the pictures that can be seen through on white; the others, and all colours, stay."""
    for image in _pictures(pdf):
        mask = image.get("/SMask")
        if mask is not None:
            picture = _on_white(_opened(image), _opened(mask))
            del image["/SMask"]
            _write(image, picture, photograph=False)


def _pictures(pdf: pikepdf.Pdf) -> Iterator[Any]:
    for one in list(pdf.objects):
        is_picture = isinstance(one, pikepdf.Stream) and one.get("/Subtype") == Name.Image
        if is_picture and not one.get("/ImageMask", False):
            yield one


def _reprint(image: Any, inks: Inks, *, opaque: bool) -> None:
    mask = image.get("/SMask") if opaque else None
    grey = image.get("/ColorSpace") == Name.DeviceGray
    if mask is None and (grey or (inks.space == "cmyk" and inks.limit is None and _is_cmyk(image))):
        return
    picture = _opened(image)
    if mask is not None:
        picture = _on_white(picture, _opened(mask))
        del image["/SMask"]
    photograph = "/DCTDecode" in str(image.get("/Filter", ""))
    _write(image, inks.of_picture(picture), photograph=photograph)


def _is_cmyk(image: Any) -> bool:
    return bool(image.get("/ColorSpace") == Name.DeviceCMYK)


def _opened(image: Any) -> Any:
    picture = pikepdf.PdfImage(image).as_pil_image()
    return picture if picture.mode in ("RGB", "L", "CMYK") else picture.convert("RGB")


def _on_white(picture: Any, mask: Any) -> Any:
    from PIL import Image

    picture = picture.convert("RGB") if picture.mode == "CMYK" else picture
    white = Image.new(picture.mode, picture.size, "white")
    alpha = mask.convert("L")
    if alpha.size != picture.size:
        alpha = alpha.resize(picture.size)
    return Image.composite(picture, white, alpha)


def _write(image: Any, picture: Any, *, photograph: bool) -> None:
    """Write a photograph as JPEG, and all else without loss; four inks are not written as JPEG."""
    if photograph and picture.mode == "L":
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=_QUALITY, optimize=True)
        image.write(out.getvalue(), filter=Name.DCTDecode)
    else:
        image.write(picture.tobytes())
    image.ColorSpace = _SPACES[picture.mode]
    image.BitsPerComponent = 8
    image.Width, image.Height = picture.size
    for key in ("/Decode", "/Intent", "/Mask"):
        if key in image:
            del image[key]
