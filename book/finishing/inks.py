"""Colours as inks: what a screen's red, green and blue become in greys, or in four inks.

Neutral colours are printed in black alone, so that text needs no register. Without a
printer's profile the four inks come from a plain formula: what is common to cyan, magenta
and yellow is black instead. Components go from 0 to 1.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

_NEUTRAL = 0.012
"""By how much the bands of a grey may differ: three of 255."""

Components = tuple[float, ...]


@dataclass(frozen=True)
class Inks:
    """What colours are made into: `space`, at most `limit` of ink (1 is one ink, solid), by `profile`.

    `profile` is an ICC profile of the printing condition.
    """

    space: Literal["grey", "cmyk"]
    limit: float | None = None
    profile: bytes | None = field(default=None, repr=False)

    def of_rgb(self, red: float, green: float, blue: float) -> Components:
        """Return a colour of the screen in these inks: one component, or four."""
        if self.space == "grey":
            return (luma(red, green, blue),)
        if max(red, green, blue) - min(red, green, blue) <= _NEUTRAL:
            return (0.0, 0.0, 0.0, 1 - green)
        if self._transform is not None:
            return self.limited(*self._managed(red, green, blue))
        black = 1 - max(red, green, blue)
        cyan, magenta, yellow = ((1 - band - black) / (1 - black) for band in (red, green, blue))
        return self.limited(cyan, magenta, yellow, black)

    def of_grey(self, grey: float) -> Components:
        """Return a grey: it stays one, whatever the inks."""
        return (grey,)

    def of_cmyk(self, *inks: float) -> Components:
        """Return a colour of four inks in these."""
        if self.space == "cmyk":
            return self.limited(*inks)
        *colours, black = inks
        return (luma(*((1 - ink) * (1 - black) for ink in colours)),)

    def limited(self, cyan: float, magenta: float, yellow: float, black: float) -> Components:
        """Return four inks within the limit: the coloured ones are thinned, black is not."""
        coloured = cyan + magenta + yellow
        if self.limit is None or coloured + black <= self.limit:
            return cyan, magenta, yellow, black
        scale = max(0.0, self.limit - black) / coloured
        return cyan * scale, magenta * scale, yellow * scale, black

    def of_picture(self, picture: Any) -> Any:
        """Return a picture (mode `RGB`, `L` or `CMYK`) in these inks."""
        if self.space == "grey" or picture.mode == "L":
            return picture.convert("L")
        if picture.mode == "CMYK":
            return self._limited_picture(picture.split())
        if self._transform is not None:
            return self._limited_picture(self._managed_picture(picture).split())
        return self._limited_picture(_separated(picture))

    def _limited_picture(self, bands: Sequence[Any]) -> Any:
        from PIL import Image, ImageMath

        if self.limit is None or self.limit >= 4:
            return Image.merge("CMYK", list(bands))
        cyan, magenta, yellow, black = bands
        room = round(self.limit * 255)

        def thinned(ink: Any) -> Any:
            def formula(given: dict[str, Any]) -> Any:
                coloured = given["c"] + given["m"] + given["y"]
                left = given["max"](room - given["k"], 0)
                allowed = given["min"](coloured, left)
                return given["convert"](given["ink"] * allowed / given["max"](coloured, 1), "L")

            return ImageMath.lambda_eval(formula, ink=ink, c=cyan, m=magenta, y=yellow, k=black)

        return Image.merge("CMYK", [thinned(cyan), thinned(magenta), thinned(yellow), black])

    def _managed(self, red: float, green: float, blue: float) -> Components:
        from PIL import Image

        dot = Image.new("RGB", (1, 1), tuple(round(band * 255) for band in (red, green, blue)))
        return tuple(ink / 255 for ink in self._managed_picture(dot).getpixel((0, 0)))

    def _managed_picture(self, picture: Any) -> Any:
        from PIL import ImageCms

        return ImageCms.applyTransform(picture, self._transform)

    @cached_property
    def _transform(self) -> Any:
        if self.profile is None:
            return None
        from PIL import ImageCms

        return ImageCms.buildTransform(
            ImageCms.createProfile("sRGB"),
            ImageCms.ImageCmsProfile(io.BytesIO(self.profile)),
            "RGB",
            "CMYK",
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )


def luma(red: float, green: float, blue: float) -> float:
    """Return the grey of a colour (ITU-R BT.601), as it is of a picture's every point."""
    return 0.299 * red + 0.587 * green + 0.114 * blue


def of_lab(light: float, a: float, b: float) -> tuple[float, float, float]:
    """Return a CIE L*a*b* colour (D50) in sRGB, what lies outside of it at its edge."""
    y = (light + 16) / 116
    x, z = y + a / 500, y - b / 200
    fx, fy, fz = (t**3 if t > 6 / 29 else 3 * (6 / 29) ** 2 * (t - 4 / 29) for t in (x, y, z))
    x, y, z = fx * 0.9643, fy, fz * 0.8251
    linear = (
        3.1339 * x - 1.6169 * y - 0.4906 * z,
        -0.9788 * x + 1.9161 * y + 0.0335 * z,
        0.0719 * x - 0.2290 * y + 1.4052 * z,
    )
    clipped = (min(1.0, max(0.0, band)) for band in linear)
    red, green, blue = (
        12.92 * band if band <= 0.0031308 else 1.055 * band ** (1 / 2.4) - 0.055 for band in clipped
    )
    return red, green, blue


def _separated(picture: Any) -> Sequence[Any]:
    """Separate a picture by the plain formula: what three inks have in common is black."""
    from PIL import ImageChops, ImageMath

    inverted = ImageChops.invert(picture).split()
    black = ImageChops.darker(ImageChops.darker(inverted[0], inverted[1]), inverted[2])

    def thinned(ink: Any) -> Any:
        return ImageMath.lambda_eval(
            lambda given: given["convert"](
                (given["ink"] - given["k"]) * 255 / given["max"](255 - given["k"], 1), "L"
            ),
            ink=ink,
            k=black,
        )

    return [*(thinned(ink) for ink in inverted), black]
