"""An SVG drawing with few means: lines, boxes, lettering, and greeked text."""

from __future__ import annotations

from random import Random

import lettering

HAIR, FINE, FIRM = 0.45, 0.7, 1.1
INK, MID, PALE, TINT = "#000", "#666", "#b5b5b5", "#ededed"


class Drawing:
    """A drawing of `width` by `height` CSS pixels on white ground, and what it is called."""

    def __init__(self, width: float, height: float, title: str) -> None:
        self.width, self.height, self.title = width, height, title
        self.parts: list[str] = []

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str = "none",
        stroke: str = INK,
        weight: float = FINE,
        dash: str = "",
    ) -> None:
        """Draw a rectangle; with `weight` 0 it has no outline."""
        line = f'stroke="{stroke}" stroke-width="{weight:g}"' if weight else 'stroke="none"'
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<rect x="{x:.5g}" y="{y:.5g}" width="{width:.5g}" height="{height:.5g}" '
            f'fill="{fill}" {line}{dashes}/>'
        )

    def line(
        self, *points: tuple[float, float], stroke: str = INK, weight: float = HAIR, dash: str = ""
    ) -> None:
        """Draw a line through `points`."""
        data = "M" + "L".join(f"{x:.5g} {y:.5g}" for x, y in points)
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<path d="{data}" fill="none" stroke="{stroke}" stroke-width="{weight:g}"{dashes}/>'
        )

    def shape(self, data: str, *, fill: str = INK, stroke: str = "none", weight: float = 0) -> None:
        """Draw path data."""
        line = f' stroke="{stroke}" stroke-width="{weight:g}"' if weight else ""
        self.parts.append(f'<path d="{data}" fill="{fill}"{line}/>')

    def text(
        self,
        words: str,
        x: float,
        y: float,
        size: float = 11.5,
        face: str = "italic",
        *,
        anchor: str = "start",
        tracking: float = 0,
        fill: str = INK,
    ) -> None:
        """Letter `words` on the baseline `y`."""
        self.shape(lettering.outline(words, x, y, size, face, anchor=anchor, tracking=tracking), fill=fill)

    def span(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Draw a dimension line with a short bar at both ends."""
        (x1, y1), (x2, y2) = start, end
        self.line(start, end)
        if y1 == y2:
            self.line((x1, y1 - 3), (x1, y1 + 3))
            self.line((x2, y2 - 3), (x2, y2 + 3))
        else:
            self.line((x1 - 3, y1), (x1 + 3, y1))
            self.line((x2 - 3, y2), (x2 + 3, y2))

    def greek(
        self,
        x: float,
        y: float,
        width: float,
        lines: int,
        leading: float,
        *,
        seed: int,
        ends: tuple[int, ...] = (),
        indent: bool = True,
        fill: str = PALE,
    ) -> None:
        """Draw `lines` of text as grey words standing on baselines from `y` down; `ends` end paragraphs."""
        random = Random(seed)
        height = leading * 0.36
        data = []
        fresh = indent
        for number in range(lines):
            base = y + number * leading
            at = x + (leading * 0.9 if fresh else 0)
            fresh = number + 1 in ends
            stop = x + width * (random.uniform(0.35, 0.8) if fresh else 1)
            while at < stop - 2:
                word = min(random.choice((5, 8, 11, 14, 19, 24)) * leading / 9, stop - at)
                if stop - at - word < leading * 0.8:
                    word = stop - at
                data.append(f"M{at:.2f} {base:.2f}h{word:.2f}v{-height:.2f}h{-word:.2f}z")
                at += word + leading * 0.24
        self.shape("".join(data), fill=fill)

    def svg(self) -> str:
        """Return the file's text."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width:g}" height="{self.height:g}" '
            f'viewBox="0 0 {self.width:g} {self.height:g}" role="img">\n'
            f"<title>{self.title}</title>\n"
            f'<rect width="{self.width:g}" height="{self.height:g}" fill="#fff"/>\n'
            + "\n".join(self.parts)
            + "\n</svg>\n"
        )
