"""Which family a colour space of a PDF belongs to."""

from __future__ import annotations

from typing import Any

_DEVICE = {
    "/DeviceGray": "grey", "/G": "grey", "/CalGray": "grey", "/DeviceRGB": "RGB", "/RGB": "RGB",
    "/CalRGB": "RGB", "/DeviceCMYK": "CMYK", "/CMYK": "CMYK", "/Lab": "Lab", "/Pattern": "pattern",
}  # fmt: skip
_BY_COMPONENTS = {1: "grey", 3: "RGB", 4: "CMYK"}
_OWN = ("/ICCBased", "/CalGray", "/CalRGB", "/Lab")
_DEPTH = 4  # spaces within spaces; one that stands for itself is followed no further
FIRST = {"grey": (0.0,), "RGB": (0.0, 0.0, 0.0), "CMYK": (0.0, 0.0, 0.0, 1.0)}
"""The colour that is in force when a space is chosen and no colour yet."""


def family(space: Any, named: Any = None, depth: int = _DEPTH) -> str:
    """Return `grey`, `RGB`, `CMYK`, `Lab`, `spot`, `pattern` or `unknown` for a colour space.

    `named` are the colour spaces that the page's resources name.
    """
    import pikepdf

    if isinstance(space, pikepdf.Name):
        other = named.get(str(space)) if isinstance(named, pikepdf.Dictionary) else None
        if other is not None and depth:
            return family(other, None, depth - 1)
        return _DEVICE.get(str(space), "unknown")
    if not isinstance(space, pikepdf.Array) or not len(space):
        return "unknown"
    try:
        return _described(space, named, depth)
    except (IndexError, AttributeError, ValueError, TypeError):  # a space that does not describe itself
        return "unknown"


def _described(space: Any, named: Any, depth: int) -> str:
    kind = str(space[0])
    if kind == "/ICCBased":
        return _BY_COMPONENTS.get(int(space[1].get("/N", 0)), "unknown")
    if kind in ("/Indexed", "/I"):
        return family(space[1], named, depth - 1) if depth else "unknown"
    if kind in ("/Separation", "/DeviceN"):
        return _inks(space)
    return _DEVICE.get(kind, "unknown")


def painted_under(space: Any, named: Any = None) -> str:
    """Return the family of the colours in which a space of patterns has those painted that have none."""
    import pikepdf

    if isinstance(space, pikepdf.Name) and isinstance(named, pikepdf.Dictionary):
        space = named.get(str(space))
    if isinstance(space, pikepdf.Array) and len(space) > 1 and str(space[0]) == "/Pattern":
        return family(space[1], named)
    return ""


def of_picture(image: Any, named: Any = None) -> str:
    """Return the family of a picture's colours; a JPEG 2000 that names none says it in its own data."""
    space = image.get("/ColorSpace")
    if space is None and "/JPXDecode" in str(image.get("/Filter", "")):
        return _of_jpeg_2000(image.read_raw_bytes())
    return family(space, named)


def _of_jpeg_2000(data: bytes) -> str:
    import io

    from PIL import Image

    try:
        mode = Image.open(io.BytesIO(data)).mode
    except (OSError, ValueError, Image.DecompressionBombError):
        return "unknown"
    return {"L": "grey", "LA": "grey", "I;16": "grey", "CMYK": "CMYK"}.get(mode, "RGB")


def _inks(space: Any) -> str:
    """A separation of black alone is grey; of the four process inks, CMYK; else it is a spot colour."""
    inks = {str(space[1])} if str(space[0]) == "/Separation" else {str(one) for one in space[1]}
    if inks <= {"/Black", "/None"}:
        return "grey"
    return "CMYK" if inks <= {"/Cyan", "/Magenta", "/Yellow", "/Black", "/None", "/All"} else "spot"


def has_profile(space: Any, named: Any = None, depth: int = _DEPTH) -> bool:
    """Tell whether a colour space says itself how its colours look: by an ICC profile, or measured."""
    import pikepdf

    if isinstance(space, pikepdf.Name) and isinstance(named, pikepdf.Dictionary) and str(space) in named:
        return has_profile(named[str(space)], None, depth)
    if not isinstance(space, pikepdf.Array) or len(space) < 2 or not depth:
        return False
    kind = str(space[0])
    return kind in _OWN or (kind in ("/Indexed", "/I") and has_profile(space[1], named, depth - 1))
