"""An impression from wood type, in tone."""

from __future__ import annotations

from functools import reduce

from PIL import Image, ImageChops, ImageDraw, ImageFilter
from screens import WIDTH, face, noise


def ampersand() -> Image.Image:
    """An ampersand printed from wood on damp paper: grain, salt, and a bite into the sheet."""
    size = (WIDTH, 860)
    paper = _paper(size)
    ink = Image.new("L", size, 0)
    draw = ImageDraw.Draw(ink)
    draw.text((size[0] / 2, 690), "&", fill=255, font=face("italic", 830, 500), anchor="ms")
    ink = ink.filter(ImageFilter.GaussianBlur(2.2)).point(
        [255 if v > 118 else int(v * 0.2) for v in range(256)]
    )
    ink = ink.filter(ImageFilter.GaussianBlur(0.9))
    cover = ImageChops.multiply(ink, _coverage(size, ink))
    printed = Image.composite(Image.new("L", size, 34), paper, cover)
    printed = Image.composite(Image.new("L", size, 22), printed, _squash(ink))
    return _bite(printed, ink)


def _paper(size: tuple[int, int]) -> Image.Image:
    layers = [noise(size, 3, 70), noise(size, 9, 71, 5), noise(size, 160, 72)]
    sheet = reduce(lambda below, above: Image.blend(below, above, 0.3), layers)
    return sheet.point([int(226 + (value - 128) * 0.22) for value in range(256)])


def _coverage(size: tuple[int, int], ink: Image.Image) -> Image.Image:
    """How much of the ink reached the paper: streaks along the grain, and salt, mostly inside the strokes."""
    grain = Image.blend(noise(size, 210, 80, 4), noise(size, 90, 81, 9), 0.45)
    grain = grain.point(_slope(88, 136, 182))
    salt = Image.blend(noise(size, 3.2, 82), noise(size, 26, 83), 0.42).point(_slope(78, 98, 50))
    rim = ImageChops.subtract(
        ink, ink.filter(ImageFilter.GaussianBlur(9)).point([max(0, v * 2 - 255) for v in range(256)])
    )
    return ImageChops.lighter(ImageChops.multiply(grain, salt), rim)


def _slope(low: int, high: int, floor: int) -> list[int]:
    """A table that rises from `floor` at `low` to full at `high`."""
    return [
        int(floor + (255 - floor) * min(1.0, max(0.0, (value - low) / (high - low)))) for value in range(256)
    ]


def _squash(ink: Image.Image) -> Image.Image:
    """The dark rim where ink was squeezed out to the edge of the wood."""
    inner = ink.filter(ImageFilter.MinFilter(7)).filter(ImageFilter.GaussianBlur(2))
    return ImageChops.subtract(ink, inner).point([int(value * 0.8) for value in range(256)])


def _bite(printed: Image.Image, ink: Image.Image) -> Image.Image:
    """Light from the upper left on the dent that the type has pressed into the sheet."""
    dent = ink.filter(ImageFilter.GaussianBlur(4))
    lit = ImageChops.subtract(ImageChops.offset(dent, 5, 5), dent).point([int(v * 0.30) for v in range(256)])
    dark = ImageChops.subtract(ImageChops.offset(dent, -5, -5), dent).point(
        [int(v * 0.30) for v in range(256)]
    )
    return ImageChops.subtract(ImageChops.add(printed, lit), dark)
