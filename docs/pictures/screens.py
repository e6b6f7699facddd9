"""Tone turned into ink and paper, as presses do it: screens of lines, screens of dots, and paper grain."""

from __future__ import annotations

from functools import cache
from math import cos, pi, sin
from random import Random

import lettering
from PIL import Image, ImageChops, ImageFont

WIDTH = 1272  # 106 mm at 300 pixels to the inch


def face(name: str, size: float, weight: int = 400) -> ImageFont.FreeTypeFont:
    """Load `roman` or `italic` at a size and weight."""
    font = ImageFont.truetype(lettering.path(name), size, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_axes([weight])
    return font


def noise(size: tuple[int, int], cell: float, seed: int, cell_down: float | None = None) -> Image.Image:
    """Smooth noise about mid grey; cells may be longer than they are high, like grain."""
    random = Random(seed)
    small = (max(2, int(size[0] / cell) + 2), max(2, int(size[1] / (cell_down or cell)) + 2))
    image = Image.frombytes("L", small, random.randbytes(small[0] * small[1]))
    return image.resize(size, Image.Resampling.BICUBIC)


@cache
def lines(size: tuple[int, int], pitch: float, angle: float, wave: float = 0.0) -> Image.Image:
    """A screen of soft lines: for each pixel, how dark the tone there must be for it to take ink."""
    width, height = size
    c, s = cos(angle), sin(angle)
    table = [int(255 * abs(2 * (n / 512) - 1)) for n in range(512)]
    rows = bytearray()
    for y in range(height):
        bend = wave * sin(y / 37)
        base = y * c / pitch * 512
        step = s / pitch * 512
        rows += bytes(
            table[int(base + step * x + bend * sin(x / 61) * 512 / pitch) & 511] for x in range(width)
        )
    return Image.frombytes("L", size, bytes(rows))


def dots(size: tuple[int, int], pitch: float) -> Image.Image:
    """A screen of round dots at 45 degrees."""
    width, height = size
    turn = 2 * pi / (pitch * 2**0.5)
    across = [cos((x + 0.5) * turn) for x in range(width)]
    rows = bytearray()
    for y in range(height):
        down = cos((y + 0.5) * turn)
        rows += bytes(int(127.5 + 63.75 * (value + down)) for value in across)
    return Image.frombytes("L", size, bytes(rows))


def screened(tone: Image.Image, screen: Image.Image, softness: float = 2.6) -> Image.Image:
    """Ink (0) where the screen is lighter than the tone, paper (255) elsewhere, with softened edges."""
    lighter = ImageChops.add(tone, ImageChops.invert(screen), scale=2, offset=0)
    return lighter.point(
        [max(0, min(255, int((value - 127.5) * 2 * softness + 127.5))) for value in range(256)]
    )


def gradient(size: tuple[int, int], top: int, bottom: int) -> Image.Image:
    """Return a tone that changes evenly from `top` to `bottom`."""
    column = Image.new("L", (1, size[1]))
    column.putdata([top + (bottom - top) * y // size[1] for y in range(size[1])])
    return column.resize(size)
