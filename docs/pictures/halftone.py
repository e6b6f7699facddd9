"""A view in dots, at four screens."""

from __future__ import annotations

from itertools import pairwise
from math import sin
from random import Random

from PIL import Image, ImageDraw, ImageFilter
from screens import WIDTH, dots, gradient, screened


def halftone() -> Image.Image:
    """A view in dots, in four strips, each with a coarser screen than the one before."""
    scale = 2
    size = (WIDTH * scale, 640 * scale)
    view = _view(size)
    picture = Image.new("L", size, 255)
    edges = [0, 318, 636, 954, WIDTH]
    for (left, right), pitch in zip(pairwise(edges), (6, 9, 14, 22), strict=True):
        box = ((left + (5 if left else 0)) * scale, 0, (right - (5 if right < WIDTH else 0)) * scale, size[1])
        strip = screened(view.crop(box), dots((box[2] - box[0], size[1]), pitch * scale), 4)
        picture.paste(strip, box)
    return picture.resize((WIDTH, 640), Image.Resampling.LANCZOS)


def _view(size: tuple[int, int]) -> Image.Image:
    """Hills, a canal and a lean-to, in plain tones."""
    width, height = size
    view = gradient(size, 165, 285).point([min(250, value) for value in range(256)])
    draw = ImageDraw.Draw(view)
    draw.ellipse(_around(0.30 * width, 0.24 * height, 0.075 * height), fill=252)
    for level, swing, tone, phase in ((0.44, 0.07, 190, 0.3), (0.53, 0.06, 150, 2.1), (0.62, 0.04, 108, 4.0)):
        draw.polygon(_ridge(size, level, swing, phase), fill=tone)
    _canal(view)
    _lean_to(draw, width * 0.575, height * 0.36, width * 0.30, height * 0.36)
    return view.filter(ImageFilter.GaussianBlur(2))


def _around(x: float, y: float, radius: float) -> tuple[float, float, float, float]:
    return (x - radius, y - radius, x + radius, y + radius)


def _ridge(size: tuple[int, int], level: float, swing: float, phase: float) -> list[tuple[float, float]]:
    width, height = size
    points = [
        (x, height * (level + swing * (sin(x / width * 7 + phase) + 0.5 * sin(x / width * 15 + 2 * phase))))
        for x in range(0, width + 1, width // 120)
    ]
    return [*points, (width, height), (0, height)]


def _canal(view: Image.Image) -> None:
    width, height = view.size
    draw = ImageDraw.Draw(view)
    draw.rectangle((0, height * 0.72, width, height), fill=70)
    draw.polygon(
        [(0, height * 0.78), (width, height * 0.755), (width, height * 0.93), (0, height * 0.985)], fill=205
    )
    random = Random(5)
    for _ in range(46):
        x, depth = random.uniform(0, width), random.random()
        y = height * (0.79 + 0.14 * depth)
        reach = width * (0.02 + 0.05 * depth)
        draw.line([(x - reach, y), (x + reach, y)], fill=150, width=int(3 + 5 * depth))


def _lean_to(draw: ImageDraw.ImageDraw, x: float, y: float, width: float, height: float) -> None:
    """A house's end wall, and the lean-to against it with its window lit."""
    wall, roof, dark = 128, 60, 40
    right, ground = x + width, y + height
    draw.polygon(
        [
            (x + width * 0.5, y + height * 0.1),
            (x + width * 0.78, y - height * 0.35),
            (right + width * 0.06, y + height * 0.1),
            (right, ground),
            (x + width * 0.5, ground),
        ],
        fill=wall,
    )
    draw.polygon(
        [
            (x + width * 0.46, y + height * 0.12),
            (x + width * 0.78, y - height * 0.42),
            (right + width * 0.1, y + height * 0.12),
            (right + width * 0.04, y + height * 0.16),
            (x + width * 0.78, y - height * 0.3),
            (x + width * 0.5, y + height * 0.17),
        ],
        fill=dark,
    )
    draw.rectangle((x + width * 0.86, y - height * 0.5, x + width * 0.92, y - height * 0.1), fill=roof)
    draw.polygon(
        [
            (x, y + height * 0.52),
            (x + width * 0.52, y + height * 0.24),
            (x + width * 0.52, ground),
            (x, ground),
        ],
        fill=170,
    )
    draw.polygon(
        [
            (x - width * 0.05, y + height * 0.56),
            (x + width * 0.52, y + height * 0.2),
            (x + width * 0.52, y + height * 0.3),
            (x - width * 0.05, y + height * 0.66),
        ],
        fill=roof,
    )
    draw.rectangle((x + width * 0.1, y + height * 0.64, x + width * 0.3, y + height * 0.86), fill=250)
    draw.line(
        [(x + width * 0.2, y + height * 0.64), (x + width * 0.2, y + height * 0.86)], fill=dark, width=8
    )
    draw.line(
        [(x + width * 0.1, y + height * 0.75), (x + width * 0.3, y + height * 0.75)], fill=dark, width=8
    )
    draw.rectangle((x + width * 0.37, y + height * 0.56, x + width * 0.48, ground), fill=dark)
    draw.rectangle((x + width * 0.68, y + height * 0.3, x + width * 0.86, y + height * 0.56), fill=dark)
