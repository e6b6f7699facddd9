"""What a printer demands of a file, in points and plain facts; what is not demanded is None."""

from __future__ import annotations

from dataclasses import dataclass

from book.preflight._marks import Box, Page

_SLACK = 1.0  # points by which a size may differ from the one it means: a third of a millimetre


@dataclass(frozen=True, slots=True)
class Demands:
    """The demands of one profile, for a book of the length that the file has.

    `safe` is how far from the trim everything stays that does not bleed: inside, outside,
    top, bottom. `sizes` are the sizes to which the printer cuts, `between` the least and the most
    width and height of those cut to order; both empty mean any.
    """

    profile: str
    sizes: tuple[tuple[float, float], ...] = ()
    between: tuple[tuple[float, float, float, float], ...] = ()
    bleed: float = 0
    bleeds_inside: bool = True
    safe: tuple[float, float, float, float] = (0, 0, 0, 0)
    fewest: int | None = None
    most: int | None = None
    multiple: int | None = None
    blanks: int | None = None
    links: bool = True
    bookmarks: bool = True
    transparency: bool = True
    spaces: frozenset[str] | None = None
    profiles: bool = True
    ink: float | None = None
    intent: bool = False
    ppi: float | None = None
    type: float | None = None
    rule: float | None = None
    version: str | None = None
    megabytes: float | None = None
    source: str | None = None


def trim(page: Page, demands: Demands) -> Box:
    """Return where the page is cut: as it says, or as its size says to a printer who adds the bleed."""
    if page.trimmed:
        return page.trim
    media = page.media
    if any(_sheet(media, one, demands.bleed, demands.bleeds_inside) for one in demands.sizes):
        inner = demands.bleed if demands.bleeds_inside else 0
        left, right = sides_of(page.number, inner, demands.bleed)
        return media.grown(-left, -demands.bleed, -right, -demands.bleed)
    return media


def safe(page: Page, demands: Demands) -> Box:
    """Return the part of the page where all is that does not bleed."""
    inside, outside, top, bottom = demands.safe
    left, right = sides_of(page.number, inside, outside)
    return trim(page, demands).grown(-left, -bottom, -right, -top)


def sides_of(number: int, inside: float, outside: float) -> tuple[float, float]:
    """Return what is left and what is right: a recto, of an odd number, has its inside on the left."""
    return (inside, outside) if number % 2 else (outside, inside)


def offered(box: Box, demands: Demands) -> bool:
    """Tell whether the printer cuts to the size of this box."""
    if not demands.sizes and not demands.between:
        return True
    to_order = any(
        wide - _SLACK < box.width < most_wide + _SLACK and high - _SLACK < box.height < most_high + _SLACK
        for wide, high, most_wide, most_high in demands.between
    )
    return to_order or any(_fits(box, size) for size in demands.sizes)


def _fits(box: Box, size: tuple[float, float]) -> bool:
    """Tell whether a box has this size."""
    return abs(box.width - size[0]) < _SLACK and abs(box.height - size[1]) < _SLACK


def sheet_bleeds(
    pages: tuple[Page, ...], sizes: tuple[tuple[float, float], ...], bleed: float, inside: bool
) -> bool:
    """Tell whether pages that name no trim are of a size the printer cuts, with the bleed added."""
    return any(
        not page.trimmed and any(_sheet(page.media, size, bleed, inside) for size in sizes) for page in pages
    )


def _sheet(media: Box, size: tuple[float, float], bleed: float, inside: bool) -> bool:
    whole = size[0] + (2 if inside else 1) * bleed, size[1] + 2 * bleed
    return bool(bleed) and _fits(media, whole)
