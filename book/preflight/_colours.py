"""Which family a colour space of a PDF belongs to."""

from __future__ import annotations

from typing import Any

_DEVICE = {
    "/DeviceGray": "grey", "/G": "grey", "/CalGray": "grey", "/DeviceRGB": "RGB", "/RGB": "RGB",
    "/CalRGB": "RGB", "/DeviceCMYK": "CMYK", "/CMYK": "CMYK", "/Lab": "Lab", "/Pattern": "pattern",
}  # fmt: skip
_BY_COMPONENTS = {1: "grey", 3: "RGB", 4: "CMYK"}
FIRST = {"grey": (0.0,), "RGB": (0.0, 0.0, 0.0), "CMYK": (0.0, 0.0, 0.0, 1.0)}
"""The colour that is in force when a space is chosen and no colour yet."""


def family(space: Any, named: Any = None) -> str:
    """Return `grey`, `RGB`, `CMYK`, `Lab`, `spot`, `pattern` or `unknown` for a colour space.

    `named` are the colour spaces that the page's resources name.
    """
    import pikepdf

    if isinstance(space, pikepdf.Name):
        if named is not None and str(space) in named:
            return family(named[str(space)])
        return _DEVICE.get(str(space), "unknown")
    if not isinstance(space, pikepdf.Array) or not len(space):
        return "unknown"
    kind = str(space[0])
    if kind == "/ICCBased":
        return _BY_COMPONENTS.get(int(space[1].get("/N", 0)), "unknown")
    if kind in ("/Indexed", "/I"):
        return family(space[1], named)
    if kind in ("/Separation", "/DeviceN"):
        return _inks(space)
    return _DEVICE.get(kind, "unknown")


def _inks(space: Any) -> str:
    """A separation of black alone is grey; of the four process inks, CMYK; else it is a spot colour."""
    inks = {str(space[1])} if str(space[0]) == "/Separation" else {str(one) for one in space[1]}
    if inks <= {"/Black", "/None"}:
        return "grey"
    return "CMYK" if inks <= {"/Cyan", "/Magenta", "/Yellow", "/Black", "/None", "/All"} else "spot"


def has_profile(space: Any) -> bool:
    """Tell whether a colour space carries an ICC profile of its own."""
    import pikepdf

    return (
        isinstance(space, pikepdf.Array)
        and len(space) > 1
        and (str(space[0]) == "/ICCBased" or (str(space[0]) in ("/Indexed", "/I") and has_profile(space[1])))
    )
