"""What a profile and an edition's own wishes make of a page: its trim, margins, gutter and count."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from book import lengths
from book.errors import BookError
from book.finish import Finish
from book.model import Notice
from book.nouns import many
from book.press import geometry
from book.press.geometry import Page
from book.profile import Profile
from book.registry import advice

_TOLERANCE = 0.5
"""By how many points a trim may differ from one on offer: printers round millimetres."""
_SPACE = {"top": 11.0, "bottom": 15.0}
"""How far running heads and folios stand from the text, in points: see `print.css`."""
_LINE = 1.08
"""What their letters take, in sizes of the text."""
ENGINES_BLEED = 10
"""To how many points from the trim WeasyPrint sets the end of the bleed."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What an edition sets itself: None where the profile decides."""

    trim: str | None = None
    margins: Mapping[str, str | None] | None = None
    bleed: str | None = None
    gutter: str | None = None
    paper: str | None = None
    marks: bool | None = None
    even_pages: bool | None = None
    finish: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class PagePlan:
    """A page that is decided but for its inside margin, which waits for the count of pages.

    `inside` and `outside` are the margins without a gutter: the edition's, else the theme's.
    """

    profile: Profile
    trim: str
    margins: Mapping[str, str | None]
    inside: str | None
    outside: str | None
    bleed: str | None
    marks: bool
    fixed: float | None
    least: int
    most: int | None
    multiple: int
    finish: Finish

    def gutter(self, pages: int) -> float:
        """Return the least inside margin for so many pages, in points."""
        return self.fixed if self.fixed is not None else self.profile.gutter(pages)

    @property
    def deep(self) -> bool:
        """Whether the bleed is deeper than the engine writes down."""
        return self.bleed is not None and lengths.points(self.bleed) > ENGINES_BLEED

    def whole(self, pages: int) -> int:
        """Return the count with the blank leaves that make it up."""
        return math.ceil(pages / self.multiple) * self.multiple

    def shape(self, gutter: float) -> Page:
        """Return the page with an inside margin of at least `gutter` points."""
        margins = dict(self.margins)
        spine = self.inside
        if gutter and (self.inside is None or lengths.points(self.inside) < gutter):
            margins["inside"], spine = f"{gutter:g}pt", f"{gutter / 72 * 25.4:.4g}mm"
        self._check_measure(margins.get("inside") or self.inside, spine)
        return geometry.page(
            self.trim, margins, bleed=self.bleed, marks=self.marks, bleed_sides=self.profile.page.bleed_sides
        )

    def _check_measure(self, inside: str | None, told: str | None) -> None:
        width = geometry.size(self.trim)[0]
        taken = sum(lengths.points(side) for side in (inside, self.outside) if side)
        if taken > lengths.points(width) - 72:
            raise BookError(
                f"margins of {told} at the spine and {self.outside or 'none'} at the fore-edge leave "
                f"less than an inch for the text on a page that is {width} wide",
                hint="make `gutter`, `margin-inside` or `margin-outside` smaller, or `trim` larger",
                keys=("gutter", "margin-inside", "margin-outside", "trim"),
            )

    def notices(self, pages: int) -> tuple[Notice, ...]:
        """Say what the printer will not take: a count out of its limits, margins that are too small."""
        found = self._counted(pages)
        bleed = self.bleed is not None
        safe = self.profile.safe(bleed=bleed)
        for side in ("top", "bottom", "outside"):
            given = self.margins.get(side)
            if given and lengths.points(given) < safe:
                message = f"`margin-{side}` is {given}, and `{self.profile.name}` asks for {_inches(safe)}"
                found.append(Notice(message, hint=f'write `margin-{side} = "{_inches(safe)}"` or more'))
        return tuple(found)

    def _counted(self, pages: int) -> list[Notice]:
        name = self.profile.name
        if self.most and pages > self.most:
            message = f"the book has {pages} pages, and `{name}` binds at most {self.most}"
            return [Notice(message, hint=self._fewer(pages, self.most))]
        if pages < self.least:
            message = f"the book has {pages} pages, and `{name}` binds no fewer than {self.least}"
            return [Notice(message, hint=self._more(pages))]
        return []

    def _fewer(self, pages: int, most: int) -> str:
        volumes = math.ceil(pages / most)
        tighter = f"a `leading` tighter by {math.ceil(100 * (1 - most / pages))} %, "
        larger = self._larger(pages / most)
        parts = f"{volumes} volumes of about {math.ceil(pages / volumes)} pages"
        return f"{tighter if pages <= most * 1.25 else ''}{larger}or {parts}, with `from` and `until`"

    def _larger(self, times: float) -> str:
        """Name the smallest trim on offer whose page holds so many times as much."""
        area = math.prod(map(lengths.points, geometry.size(self.trim)))
        offered = [one for one in self.profile.page.trims if " to " not in one]
        enough = [(math.prod(lengths.pair(one)), one) for one in offered]
        fits = min(((size, one) for size, one in enough if size >= area * times), default=None)
        return f'`trim = "{fits[1]}"`, ' if fits else ""

    def _more(self, pages: int) -> str:
        looser = math.ceil(100 * (self.least / max(1, pages) - 1))
        if looser <= 25:
            return f"set a `leading` looser by {looser} %, or a smaller `trim`"
        lacking = many(self.least - pages, "page")
        return f'it lacks {lacking}: add posts, `openings = "recto"`, or another printer'


def plan(
    profile: Profile,
    wishes: Wishes,
    theme: tuple[str | None, str | None],
    ends: tuple[str | None, str | None] = (None, None),
    size: float = 11.0,
) -> PagePlan:
    """Decide all that can be decided before the pages are counted.

    `theme` has its margins at the sides, `ends` those at head and foot, and `size` points its text.

    Raises BookError for a wish that the printer cannot fulfil.
    """
    trim = wishes.trim or profile.page.trim
    _check_trim(profile, trim)
    margins = {side: value for side, value in (wishes.margins or {}).items() if value}
    geometry.page(trim, margins)
    bleed = _bleed(profile, wishes.bleed)
    margins |= _safe_ends(profile.safe(bleed=bleed is not None), ends, size, margins)
    least, most = _limits(profile, wishes.paper)
    multiple = profile.pages.multiple or 1
    if wishes.even_pages is not None:
        multiple = math.lcm(multiple, 2) if wishes.even_pages else 1
    return PagePlan(
        profile=profile,
        trim=trim,
        margins=margins,
        inside=margins.get("inside") or theme[0],
        outside=margins.get("outside") or theme[1],
        bleed=bleed,
        marks=profile.page.marks if wishes.marks is None else wishes.marks,
        fixed=None if wishes.gutter is None else _gutter(wishes.gutter),
        least=least,
        most=most,
        multiple=multiple,
        finish=_finish(profile, wishes.finish or {}),
    )


def _safe_ends(
    safe: float, theme: tuple[str | None, str | None], size: float, own: Mapping[str, str]
) -> dict[str, str]:
    """Return wider margins at head and foot where heads and folios would stand too near to the trim."""
    needed = {side: safe + space + _LINE * size for side, space in _SPACE.items()}
    return {
        side: f"{least:g}pt"
        for (side, least), margin in zip(needed.items(), theme, strict=True)
        if side not in own and margin and lengths.points(margin) < least
    }


def _check_trim(profile: Profile, trim: str) -> None:
    width, height = (lengths.points(side) for side in geometry.size(trim))
    offered = [tuple(map(lengths.pair, one.split(" to "))) for one in profile.page.trims]
    for sizes in offered:
        (least_w, least_h), (most_w, most_h) = sizes[0], sizes[-1]
        if (
            least_w - _TOLERANCE <= width <= most_w + _TOLERANCE
            and least_h - _TOLERANCE <= height <= most_h + _TOLERANCE
        ):
            return
    if offered:
        single = [one for one in profile.page.trims if " to " not in one]
        near = sorted(single, key=lambda one: math.dist(lengths.pair(one), (width, height)))[:3]
        raise BookError(
            f"`{profile.name}` does not offer the trim `{trim}`",
            hint="the nearest are: " + ", ".join(f'`"{one}"`' for one in near),
            keys=("trim", "profile"),
        )


def _limits(profile: Profile, wished: str | None) -> tuple[int, int | None]:
    name = wished or profile.paper
    if wished and wished not in profile.papers:
        known = sorted(profile.papers)
        hint = advice(wished, known) if known else f"`{profile.name}` knows no papers"
        raise BookError(f"`{profile.name}` has no paper `{wished}`", hint=hint, keys=("paper",))
    paper = profile.papers.get(name) if name else None
    least, most = profile.pages.least or 1, profile.pages.most
    if paper is None:
        return least, most
    return max(least, paper.least or 1), min((n for n in (most, paper.most) if n), default=None)


def _bleed(profile: Profile, wished: str | None) -> str | None:
    if wished is None:
        return f"{profile.page.bleed:g}pt" if profile.page.bleed else None
    return None if wished == "none" else wished


def _gutter(wished: str) -> float:
    try:
        return lengths.points(wished)
    except ValueError as error:
        raise BookError(f"`gutter` {error.args[0]}", hint=error.args[1], keys=("gutter",)) from error


def _finish(profile: Profile, wished: Mapping[str, object]) -> Finish:
    """Return the profile's finish with the edition's own values; intents go with their colours."""
    given = {name: value for name, value in wished.items() if value is not None}
    made = replace(profile.finish, **given)  # type: ignore[arg-type]
    if made.attachments and made.standard == "a-2a":  # which takes none
        return replace(made, standard="a-3a")
    return made


def _inches(points: float) -> str:
    return f"{points / 72:g}in"
