"""How a cover looks: its design, its colours, and the words that stand on it at their sizes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from book.contrast import luminance
from book.cover import paper_of
from book.errors import BookError
from book.lettering import Lettering
from book.model import Book
from book.paper import Paper
from book.wraparound import barcode, sizes
from book.wraparound.plan import CoverPlan

Design = Literal["label", "plain", "picture", "whole"]

_UPWARD = {"ca", "cs", "de", "es", "fr", "hu", "it", "pl", "pt", "ro", "ru", "sk", "uk"}
"""Languages whose publishers let the words of a spine run upwards."""
_BARCODE_GAP = 14.0


@dataclass(frozen=True, slots=True)
class Room:
    """What a design has for the title and the blurb, in parts of the leaf's width and height."""

    title: tuple[float, float]
    largest: int
    blurb: float
    top: float


_ROOMS: Mapping[Design, Room] = {
    "label": Room((0.64, 0.30), 46, 0.60, 0.13),
    "plain": Room((0.76, 0.46), 54, 0.76, 0.13),
    "picture": Room((0.80, 0.17), 40, 0.76, 0.13),
    "whole": Room((0.80, 0.17), 40, 0.76, 0.13),
}


def design_of(book: Book, wanted: Design | None) -> Design:
    """Return the design: the one wanted, else the author's picture, else a label.

    Raises BookError for a design that needs a picture where the book has none.
    """
    if wanted in ("picture", "whole") and book.cover is None:
        raise BookError(
            f"the design `{wanted}` needs a picture", hint='name one in book.toml: `cover = "cover.jpg"`'
        )
    return wanted or ("whole" if book.cover else "label")


def colours_of(book: Book, design: Design) -> Paper:
    """Return ground, panel, ink and accent: of the paper that the title decides, or of the picture."""
    paper = paper_of(book)[0]
    if design == "picture":
        return Paper(paper.label, paper.figure, paper.label, paper.ink, paper.accent)
    if design == "whole" and book.cover:
        ground = _edge_of(book.cover.path)
        red, green, blue = (int(ground[at : at + 2], 16) / 255 for at in (1, 3, 5))
        ink = "#ffffff" if luminance(red, green, blue) < 0.18 else "#111111"
        return Paper(ground, ground, ground, ink, ink)
    return paper


def values(
    book: Book, design: Design, made: CoverPlan, letters: Lettering, *, isbn: str | None, blurb: str
) -> dict[str, Any]:
    """Return what the template sees; raise BookError for a blurb that no size fits into its place."""
    metadata, room = book.metadata, _ROOMS[design]
    title = metadata.of_set or metadata.title
    authors = ", ".join(metadata.authors)
    paragraphs = [" ".join(one.split()) for one in blurb.split("\n\n") if one.strip()]
    size, lines = sizes.title(
        letters, title, made.width * room.title[0], made.height * room.title[1], room.largest
    )
    code = barcode.digits(isbn) if isbn else ""
    number = str(metadata.volume) if metadata.part else ""
    along = "  ".join(filter(None, (title, number, authors)))
    return {
        "design": design,
        "title": title,
        "lines": lines,
        "subtitle": metadata.subtitle,
        "part": metadata.part,
        "volume": number,
        "authors": authors,
        "years": book.years if design in ("label", "plain") else None,
        "blurb": paragraphs,
        "picture": book.cover.name if book.cover and design in ("picture", "whole") else None,
        "code": code,
        "isbn": isbn and isbn.upper().removeprefix("ISBN").lstrip(": "),
        "bars": barcode.bars(code) if code else [],
        "digits": _digits(code),
        "sizes": {
            "title": size,
            "blurb": _blurb(letters, paragraphs, made, room, design),
            "spine": _spine(letters, along, made),
        },
    }


def upward(language: str) -> bool:
    """Tell whether the words of a spine run from foot to head in books of that language."""
    return language.split("-")[0] in _UPWARD


def _blurb(letters: Lettering, paragraphs: list[str], made: CoverPlan, room: Room, design: Design) -> float:
    padding = 2 * (0.07 * made.width + 4) if design == "label" else 0.0
    height = made.barcode[1] - made.height * room.top - padding - _BARCODE_GAP
    size = sizes.block(letters, paragraphs, made.width * room.blurb, height, 12, 7.5)
    if paragraphs and not size:
        raise BookError(
            "the words for the back of the cover do not fit there",
            hint="write a shorter `blurb` for this edition",
        )
    return size


def _spine(letters: Lettering, along: str, made: CoverPlan) -> float:
    room = made.height - 2 * max(made.safe, 27.0)
    return sizes.spine(letters, along, room * 0.9, made.spine_text)


def _digits(code: str) -> list[tuple[str, float]]:
    """Return each digit under its bars, and how far from the left of the quiet zone, in points."""
    module = 105.7 / 113
    places = [1.5, *(14 + 7 * number for number in range(6)), *(61 + 7 * number for number in range(6))]
    return [(digit, round(at * module, 2)) for digit, at in zip(code, places, strict=False)]


def _edge_of(path: Any) -> str:
    from PIL import Image

    from book.cover import edge

    with Image.open(path) as picture:
        picture.thumbnail((400, 400))
        return "#" + "".join(f"{band:02x}" for band in edge(picture.convert("RGB")))
