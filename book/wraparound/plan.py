"""Where things are on a wraparound cover: back, spine and front, in points, measured from the trim."""

from __future__ import annotations

from dataclasses import dataclass

from book.errors import BookError
from book.model import Notice
from book.profile import Paper, Profile
from book.registry import advice

_SPINE_SAFE = 4.5
_LEAST_SAFE = 9.0
_BARCODE = (144.0, 86.4)
_INSET = 18.0
_SPINE_TEXT = 80


@dataclass(frozen=True, slots=True)
class CoverPlan:
    """`width` and `height` are a leaf's, or a hard board's; `safe` is what stays free of text at every
    edge and fold. `bleed` is what is cut off past them, or turned in. `hinge` lies between board and
    spine, 0 in a paperback.

    `front` and `back` are where those begin: a book read from right to left has its front at the
    left. `spine_text` is the height that text on the spine may have, 0 where there may be none.
    `barcode` is left, top, width and height of its place, measured from the back's left and top.
    """

    width: float
    height: float
    spine: float
    bleed: float
    safe: float
    spine_text: float
    barcode: tuple[float, float, float, float]
    rtl: bool = False
    notices: tuple[Notice, ...] = ()
    hinge: float = 0.0

    @property
    def whole(self) -> float:
        """The width of back, spine and front, without bleed."""
        return 2 * self.width + self._between

    @property
    def front(self) -> float:
        """Where the front begins."""
        return 0.0 if self.rtl else self.width + self._between

    @property
    def back(self) -> float:
        """Where the back begins."""
        return self.width + self._between if self.rtl else 0.0

    @property
    def _between(self) -> float:
        return self.spine + 2 * self.hinge


def plan(
    profile: Profile, trim: tuple[float, float], pages: int, paper: str | None, *, rtl: bool = False
) -> CoverPlan:
    """Return the cover of a book of so many pages; raise BookError for what the printer cannot make."""
    rules = profile.cover
    stock, name = _paper(profile, paper)
    spine = stock.spine(pages)
    enough = pages >= (rules.spine_text or _SPINE_TEXT)
    board = trim[0] + rules.wider - rules.hinge, trim[1] + 2 * rules.overhang
    return CoverPlan(
        *board,
        spine=spine,
        bleed=rules.wrap or rules.bleed,
        safe=max(rules.safe, _LEAST_SAFE),
        spine_text=max(0.0, spine - 2 * (rules.spine_safe or _SPINE_SAFE)) if enough else 0.0,
        barcode=_barcode(profile, board, rtl=rtl),
        rtl=rtl,
        notices=_counted(stock, name, pages),
        hinge=rules.hinge,
    )


def _barcode(profile: Profile, board: tuple[float, float], *, rtl: bool) -> tuple[float, float, float, float]:
    """Return its place: at the foot of the back, beside the spine."""
    rules = profile.cover
    width, height = rules.barcode or _BARCODE
    inset = max(rules.barcode_inset or _INSET, rules.safe)
    return (inset if rtl else board[0] - inset - width, board[1] - inset - height, width, height)


def _paper(profile: Profile, wanted: str | None) -> tuple[Paper, str]:
    name = wanted or profile.paper or ""
    if not profile.papers:
        raise BookError(
            f"the profile `{profile.name}` does not say how thick its paper is",
            hint='name a printer\'s: `profile = "kdp-paperback"`',
        )
    if name not in profile.papers:
        raise BookError(f"`{profile.name}` has no paper `{name}`", hint=advice(name, sorted(profile.papers)))
    return profile.papers[name], name


def _counted(stock: Paper, name: str, pages: int) -> tuple[Notice, ...]:
    if stock.least and pages < stock.least:
        return (Notice(f"the book has {pages} pages, and on `{name}` paper {stock.least} are the fewest"),)
    if stock.most and pages > stock.most:
        return (Notice(f"the book has {pages} pages, and on `{name}` paper {stock.most} are the most"),)
    return ()
