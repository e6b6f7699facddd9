"""The cover picture: an author's own, fitted, or a typographic one made of the book's title.

The made one is a label pasted on pattern paper, as small presses bind their books. The
title decides which paper: the same title always gets the same cover.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from book.errors import BookError
from book.finishing.profiles import srgb
from book.lettering import Hand, Lettering, Line
from book.linebreaking import chop, fit
from book.model import Book, Face, Media
from book.paper import FIGURES, PAPERS, Figure, Paper, sheet

WIDTH, HEIGHT = 1600, 2560
"""What shops ask for, in pixels."""


def fitted(media: Media) -> bytes:
    """Return an author's picture as a cover: whole, RGB, on a ground that continues its edge."""
    from PIL import Image, ImageFile, ImageOps

    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint, where it is loaded, would have half a picture
    try:
        with Image.open(media.path) as opened:
            picture = ImageOps.exif_transpose(opened).convert("RGBA")
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        hint = "name a JPEG or PNG file in the project as `cover`"
        raise BookError(f"the cover `{media.name}` is no picture that can be read", hint=hint) from error
    ground = Image.new("RGB", picture.size, "white")
    ground.paste(picture, mask=picture.getchannel("A"))
    scale = min(WIDTH / ground.width, HEIGHT / ground.height)
    size = max(1, round(ground.width * scale)), max(1, round(ground.height * scale))
    inside = ground.resize(size, Image.Resampling.LANCZOS)
    canvas = Image.new("RGB", (WIDTH, HEIGHT), edge(inside))
    canvas.paste(inside, ((WIDTH - size[0]) // 2, (HEIGHT - size[1]) // 2))
    return jpeg(canvas)


def drawn(book: Book, faces: Sequence[Face], store: Path) -> bytes:
    """Return a cover with the book's title, subtitle, authors and years, set in its own faces."""
    from PIL import Image, ImageDraw

    metadata = book.metadata
    paper, figure = paper_of(book)
    canvas = Image.new("RGB", (WIDTH, HEIGHT), paper.ground)
    canvas.paste(sheet(paper, figure, WIDTH, HEIGHT))
    pen = ImageDraw.Draw(canvas)
    letters = Lettering(faces, store, metadata.language)
    _label(pen, letters, paper, list(_blocks(book, letters)))
    return jpeg(canvas)


def paper_of(book: Book) -> tuple[Paper, Figure]:
    """Return the pattern paper of a book, which its title decides."""
    seed = sha256((book.metadata.of_set or book.metadata.title).encode()).digest()
    return PAPERS[seed[0] % len(PAPERS)], FIGURES[seed[1] % len(FIGURES)]


def edge(picture: Any) -> tuple[int, int, int]:
    """Return the mean colour of a picture's edge."""
    right, below = picture.width - 1, picture.height - 1
    edge = [picture.getpixel((x, y)) for x in range(0, right + 1, 8) for y in (0, below)]
    edge += [picture.getpixel((x, y)) for y in range(0, below + 1, 8) for x in (0, right)]
    red, green, blue = (sum(pixel[band] for pixel in edge) // len(edge) for band in range(3))
    return red, green, blue


def jpeg(canvas: Any) -> bytes:
    """Return a picture as a JPEG in sRGB, the same bytes whenever it is made."""
    out = io.BytesIO()
    canvas.save(out, "JPEG", quality=85, optimize=True, subsampling=0, dpi=(300, 300), icc_profile=srgb())
    return out.getvalue()


# What stands on the label, from top to bottom.

_MEASURE = 1000  # the widest line on the label, in pixels


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one hand: how far apart, how far below the block before, in which ink."""

    lines: tuple[Line, ...]
    leading: float
    above: float
    accent: bool = False

    @property
    def height(self) -> float:
        """The height the block takes, the space above it included."""
        return self.above + self.leading * len(self.lines)


def _blocks(book: Book, letters: Lettering) -> Iterator[Block]:
    metadata = book.metadata
    capitals = ("smcp", "c2sc")
    title = _set(letters, metadata.of_set or metadata.title, Hand(176), lines=6, smallest=52, leading=1.12)
    yield title
    yield Block((letters.line("❦", Hand(84)),), 130, 40, accent=True)
    if metadata.part:
        yield _set(letters, metadata.part, Hand(66), lines=3, smallest=40, leading=1.25, above=24)
    if metadata.subtitle:
        yield _set(
            letters, metadata.subtitle, Hand(66, italic=True), lines=4, smallest=40, leading=1.25, above=24
        )
    if metadata.authors:
        names = ", ".join(metadata.authors)
        hand = Hand(60, tracking=0.09, features=capitals)
        yield _set(letters, names, hand, lines=4, smallest=34, leading=1.4, above=64)
    if book.years:
        hand = Hand(46, tracking=0.06, features=("onum",))
        yield Block((letters.line(book.years, hand),), 64, 40, accent=True)


def _set(
    letters: Lettering,
    text: str,
    hand: Hand,
    *,
    lines: int,
    smallest: int,
    leading: float,
    above: float = 0.0,
) -> Block:
    """Set a text as large as it fits: fewer lines of large letters before more lines of small ones."""
    sizes = range(hand.size, smallest - 1, -4)
    for size, whole in [*((size, True) for size in sizes), *((size, False) for size in sizes)]:
        measure = _measure(letters, hand, size)
        words = text if whole else chop(text, _MEASURE, measure)
        broken = fit(words, _MEASURE, _most(size, hand.size, lines), measure)
        if broken is not None and (whole or len(broken) <= lines or size == smallest):
            break
    else:
        broken = fit(words, _MEASURE, 99, measure) or []
    sized = Hand(size, hand.italic, hand.tracking, hand.features)
    return Block(tuple(letters.line(line, sized) for line in broken), size * leading, above)


def _most(size: int, largest: int, lines: int) -> int:
    """Return how many lines are allowed at a size: few while letters are large, more as they shrink."""
    return max(2, round(lines * (1 + 1.6 * (largest - size) / largest)) - 2)


def _measure(letters: Lettering, hand: Hand, size: int) -> Callable[[str], float]:
    sized = Hand(size, hand.italic, hand.tracking, hand.features)
    return lambda text: letters.line(text, sized).width


def _label(pen: Any, letters: Lettering, paper: Paper, blocks: Sequence[Block]) -> None:
    """Paste the label above the middle, as tall as its text needs, and set the text on it."""
    inner = sum(block.height for block in blocks)
    height = min(HEIGHT - 300, max(1100, inner + 340))
    left, right = 190, WIDTH - 190
    top = max(150, (HEIGHT - height) * 0.40)
    pen.rectangle((left + 5, top + 7, right + 5, top + height + 7), fill=_darker(paper.ground))
    pen.rectangle((left, top, right, top + height), fill=paper.label)
    for inset, weight in ((26, 5), (40, 2)):
        box = (left + inset, top + inset, right - inset, top + height - inset)
        pen.rectangle(box, outline=paper.accent, width=weight)
    y = top + (height - inner) / 2
    for block in blocks:
        y += block.above
        for line in block.lines:
            baseline = y + block.leading * 0.5 + line.size * 0.28
            ink = paper.accent if block.accent else paper.ink
            letters.draw(pen, line, (WIDTH - line.width) / 2, baseline, ink)
            y += block.leading


def _darker(colour: str) -> str:
    return "#" + "".join(f"{int(int(colour[at : at + 2], 16) * 0.72):02x}" for at in (1, 3, 5))
