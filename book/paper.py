"""Pattern papers: a ground printed all over with one small figure, as small presses bind their books."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Figure = Callable[[Any, float, float, int, str, str], None]
"""Draws one figure around a point of a lattice: pen, x, y, step of the lattice, figure's colour, ground's."""

_FINE = 3  # figures are drawn larger and made smaller, for smooth edges


@dataclass(frozen=True, slots=True)
class Paper:
    """Colours of a cover: the paper's ground and figure, the label, and two inks."""

    ground: str
    figure: str
    label: str
    ink: str
    accent: str


PAPERS = (
    Paper("#24413a", "#3d6157", "#f4ecd9", "#22312c", "#8c3b2a"),  # bottle green
    Paper("#5b2128", "#7a3840", "#f5ead8", "#33191b", "#7c5d26"),  # oxblood
    Paper("#1f3350", "#364f73", "#f2ead9", "#1b2740", "#94452f"),  # Prussian blue
    Paper("#b9882f", "#d0a557", "#f8f0dd", "#33271a", "#7b2d22"),  # ochre
    Paper("#7f8f83", "#98a89c", "#f6f0e0", "#27312c", "#80402c"),  # sage
    Paper("#3b3a3f", "#57555c", "#f3ecdc", "#262529", "#9a3d2c"),  # graphite
    Paper("#9a4a2f", "#b2694c", "#f7eddb", "#351f17", "#2c4a4a"),  # brick
    Paper("#44566b", "#5f728a", "#f4eddd", "#202c3a", "#8a4a24"),  # slate
)


def sheet(paper: Paper, figure: Figure, width: int, height: int) -> Any:
    """Return a picture of that size, printed all over with a figure."""
    from PIL import Image, ImageDraw

    step = 100 * _FINE
    tile = Image.new("RGB", (step * 2, step * 2), paper.ground)
    pen = ImageDraw.Draw(tile)
    for row in range(-1, 4):
        for column in range(-1, 4):
            shift = step / 2 if row % 2 else 0
            figure(pen, column * step + shift, row * step, step, paper.figure, paper.ground)
    small = tile.resize((200, 200), Image.Resampling.LANCZOS)
    whole = Image.new("RGB", (width, height))
    for x in range(0, width, 200):
        for y in range(0, height, 200):
            whole.paste(small, (x, y))
    return whole


def _star(pen: Any, x: float, y: float, step: int, figure: str, _: str) -> None:
    points = []
    for number in range(16):
        radius = step * (0.30 if number % 2 == 0 else 0.11)
        angle = math.pi * number / 8
        points.append((x + radius * math.sin(angle), y - radius * math.cos(angle)))
    pen.polygon(points, fill=figure)


def _leaf(pen: Any, x: float, y: float, step: int, figure: str, _: str) -> None:
    """Draw four leaves that meet at a berry."""
    for quarter in range(4):
        angle = math.pi * (quarter / 2 + 0.25)
        ahead = math.sin(angle), -math.cos(angle)
        edge = []
        for number in range(32):
            part = number / 16
            along = part if part <= 1 else 2 - part
            out = math.sin(along * math.pi) * (0.085 if part <= 1 else -0.085) * step
            far = (0.09 + 0.33 * along) * step
            edge.append((x + ahead[0] * far - ahead[1] * out, y + ahead[1] * far + ahead[0] * out))
        pen.polygon(edge, fill=figure)
    pen.ellipse((x - step * 0.05, y - step * 0.05, x + step * 0.05, y + step * 0.05), fill=figure)


def _scale(pen: Any, x: float, y: float, step: int, figure: str, ground: str) -> None:
    """Draw the scales of a fish: arcs within arcs, each row over the one before."""
    for ring in range(3):
        radius = step * (0.5 - ring * 0.13)
        pen.ellipse(
            (x - radius, y - radius, x + radius, y + radius), fill=figure if ring % 2 == 0 else ground
        )


def _lozenge(pen: Any, x: float, y: float, step: int, figure: str, ground: str) -> None:
    for size, colour in ((0.34, figure), (0.24, ground), (0.13, figure)):
        tall = step * size * 1.25
        pen.polygon([(x, y - tall), (x + step * size, y), (x, y + tall), (x - step * size, y)], fill=colour)


def _petal(pen: Any, x: float, y: float, step: int, figure: str, ground: str) -> None:
    for number in range(6):
        angle = math.pi * number / 3
        across, down = x + step * 0.19 * math.sin(angle), y - step * 0.19 * math.cos(angle)
        radius = step * 0.115
        pen.ellipse((across - radius, down - radius, across + radius, down + radius), fill=figure)
    pen.ellipse((x - step * 0.07, y - step * 0.07, x + step * 0.07, y + step * 0.07), fill=ground)


FIGURES: tuple[Figure, ...] = (_star, _leaf, _scale, _lozenge, _petal)
