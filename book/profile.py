"""Printers' and shops' rules: `profiles/NAME.toml`, ours or the project's, read into a `Profile`.

Lengths are points. A profile that says `like = "…"` has everything that it does not say itself
from that one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from book import kinds, resources, tables
from book.errors import BookError
from book.finish import COUNT, Colour, Finish
from book.kinds import Kind
from book.lengths import LENGTH, pair
from book.registry import advice
from book.shop import Shop
from book.tables import Keys, key

SIDES = ("top", "bottom", "inside", "outside")


def _sides(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(side in SIDES for side in value):
        raise ValueError("is not a list of sides", 'write some of `["top", "bottom", "inside", "outside"]`')
    return tuple(side for side in SIDES if side in value)


def _trims(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ValueError("is not a list of trims", 'write `["6in x 9in"]`')
    for one in value:
        for size in one.split(" to "):
            pair(size)
    return tuple(value)


def _steps(value: Any) -> tuple[tuple[int, float], ...]:
    """Read what grows with the pages: `[[150, "0.375in"], [300, "0.5in"]]`."""
    hint = 'write `[[150, "0.375in"], [300, "0.5in"]]`: up to so many pages, so much'
    if not isinstance(value, list):
        raise ValueError("is not a list of steps", hint)
    steps = []
    for row in value:
        if not isinstance(row, list) or len(row) != 2 or type(row[0]) is not int:
            raise ValueError("is not a list of steps", hint)
        steps.append((row[0], float(LENGTH.check(row[1]))))
    if any(a[0] >= b[0] or a[1] > b[1] for a, b in pairwise(steps)):
        raise ValueError("does not grow from step to step", hint)
    return tuple(steps)


def _day(value: Any) -> date:
    if type(value) is not date:
        raise ValueError("is not a day", "write it without quotes: `2026-10-21`")
    return value


_DAY = Kind("day", _day)
_AS_BOUND, _ANY_SHOP = Finish(), Shop()


@dataclass(frozen=True, slots=True)
class Page:
    """`[page]`: the leaf and what of it may be printed on."""

    trim: str = key("a5", "the trim where an edition names none", kinds.LINE)
    trims: tuple[str, ...] = key(
        (), "the trims on offer, `A to B` for all between; none: any", Kind("list of trims", _trims)
    )
    bleed: float = key(0.0, "how far the sheet reaches past the trim", LENGTH)
    bleed_sides: tuple[str, ...] = key(
        SIDES, "at which sides", Kind("list of sides", _sides), name="bleed-sides"
    )
    safe: float = key(0.0, "nothing but bleeds is printed nearer to the edge", LENGTH)
    safe_with_bleed: float = key(0.0, "the same, where the book has bleed", LENGTH, name="safe-with-bleed")
    gutter: tuple[tuple[int, float], ...] = key(
        (), "the least inside margin, by pages", Kind("list of steps", _steps)
    )
    marks: bool = key(False, "whether crop marks are printed", kinds.FLAG)


@dataclass(frozen=True, slots=True)
class Pages:
    """`[pages]`: how many there may be."""

    least: int | None = key(None, "the fewest pages", COUNT)
    most: int | None = key(None, "the most pages", COUNT)
    multiple: int | None = key(None, "of what the count is a multiple: blank leaves make it up", COUNT)
    blanks: int | None = key(None, "the most blank pages in a row", COUNT)


@dataclass(frozen=True, slots=True)
class Limits:
    """`[limits]`: what a preflight looks for."""

    type_size: float = key(0.0, "the smallest type", LENGTH, name="type-size")
    rule: float = key(0.0, "the thinnest rule", LENGTH)
    resolution: int | None = key(None, "the fewest pixels to the inch of a picture", COUNT)
    size: int | None = key(None, "the largest file, in megabytes", COUNT)
    transparency: bool = key(True, "whether it may be in the file", kinds.FLAG)
    rgb: bool = key(True, "whether RGB may be in the file", kinds.FLAG)


@dataclass(frozen=True, slots=True)
class Paper:
    """`[papers.NAME]`: a paper's thickness, and how many pages of it can be bound."""

    caliper: float = key(0.0, "what a page adds to the spine", LENGTH)
    extra: float = key(0.0, "what the spine has besides its pages", LENGTH)
    least: int | None = key(None, "the fewest pages", COUNT)
    most: int | None = key(None, "the most pages", COUNT)
    spines: tuple[tuple[int, float], ...] = key(
        (), "the spine's width, by pages, where the printer has a table", Kind("list of steps", _steps)
    )

    def spine(self, pages: int) -> float:
        """Return the spine's width, in points."""
        wide = next((width for upto, width in self.spines if pages <= upto), None)
        return pages * self.caliper + self.extra if wide is None else wide


@dataclass(frozen=True, slots=True)
class Cover:
    """`[cover]`: the wraparound cover."""

    bleed: float = key(0.0, "past the trim, at all four sides", LENGTH)
    safe: float = key(0.0, "no text is nearer to the trim", LENGTH)
    spine_text: int | None = key(None, "the fewest pages for text on the spine", COUNT, name="spine-text")
    spine_safe: float = key(0.0, "no text on the spine is nearer to its edges", LENGTH, name="spine-safe")
    wrap: float = key(0.0, "what is turned in over a hard board, instead of bleed", LENGTH)
    hinge: float = key(0.0, "where a hard cover bends, at each side of the spine", LENGTH)
    wider: float = key(0.0, "by how much board and hinge are wider than a leaf", LENGTH)
    overhang: float = key(0.0, "how far a board reaches past the leaves, at head and foot", LENGTH)
    barcode: tuple[float, float] | None = key(
        None, "width and height of its place", Kind("two lengths", pair)
    )
    barcode_inset: float = key(0.0, "how far its place is from spine and foot", LENGTH, name="barcode-inset")
    colour: Colour = key("srgb", "the cover's colours", kinds.one_of("srgb", "grey", "cmyk"))  # noqa: RUF009


@dataclass(frozen=True, slots=True)
class Profile:
    """A printer's or a shop's rules: what a finished PDF or EPUB is made to, and judged by."""

    name: str
    path: Path
    title: str = key("", "who prints or sells, and what", kinds.LINE)
    format: str = key("pdf", "what is made to it", kinds.one_of("pdf", "epub"))
    sources: tuple[str, ...] = key((), "where the rules come from", kinds.LINES)
    checked: date | None = key(None, "the day on which they were read there", _DAY)  # noqa: RUF009
    doubts: tuple[str, ...] = key((), "what could not be confirmed", kinds.LINES)
    paper: str | None = key(None, "the paper where an edition names none", kinds.WORD)
    page: Page = Page()
    pages: Pages = Pages()
    limits: Limits = Limits()
    finish: Finish = _AS_BOUND
    cover: Cover = Cover()
    papers: Mapping[str, Paper] = field(default_factory=dict)
    shop: Shop = _ANY_SHOP

    def safe(self, *, bleed: bool) -> float:
        """Return how near to the trim text may come at top, bottom and fore-edge."""
        return self.page.safe_with_bleed if bleed and self.page.safe_with_bleed else self.page.safe

    def gutter(self, pages: int) -> float:
        """Return the least inside margin of a book of so many pages."""
        steps = self.page.gutter
        return next((least for upto, least in steps if pages <= upto), steps[-1][1] if steps else 0.0)


_TABLES: Mapping[str, tuple[str, type]] = {
    "page": ("page", Page),
    "pages": ("pages", Pages),
    "limits": ("limits", Limits),
    "pdf": ("finish", Finish),
    "cover": ("cover", Cover),
    "epub": ("shop", Shop),
}
_KNOWN: Mapping[Keys, tuple[str, ...]] = {
    (): ("like", "papers", *_TABLES, *(name for name, _ in tables.declared(Profile))),
    **{(table,): tuple(name for name, _ in tables.declared(cls)) for table, (_, cls) in _TABLES.items()},
}


def names(root: Path | None = None) -> list[str]:
    """Return the names of all profiles, ours and the project's, sorted."""
    return resources.stems("profiles", ".toml", root or resources.builtin("profiles"))


def load(name: str, root: Path | None = None, format: str = "pdf") -> Profile:
    """Read the profile `name` for files of a `format`: the project's own of that name, else ours.

    Raises one BookError of all faults in its file, or with the nearest name where there is none.
    """
    root = root or resources.builtin("profiles")
    found = _load(name, root, ())
    if found.format != format:
        others = (one for one in names(root) if _load(one, root, ()).format == format)
        hint = "there are: " + ", ".join(f"`{one}`" for one in others)
        message = f"the profile `{name}` is for {found.format.upper()}"
        raise BookError(message, hint=hint, keys=("profile",))
    return found


def _load(name: str, root: Path, above: tuple[Path, ...]) -> Profile:
    path = _locate(name, root, above)
    document = tables.load(path)
    like = document.values.get("like", "")
    if not isinstance(like, str):
        document.fault(("like",), "`like` is not text")
        document.raise_faults()
    base = _base(document, like, root, (*above, path)) if like else Profile(name, path)
    profile = _filled(document, replace(base, name=name, path=path))
    document.raise_faults()
    return profile


def _base(document: tables.Document, like: str, root: Path, above: tuple[Path, ...]) -> Profile:
    try:
        return _load(like, root, above)
    except BookError as error:
        notice = error.notices[0]
        if notice.path is not None:
            raise
        document.fault(("like",), notice.message, notice.hint)
        raise BookError.of(tuple(document.faults)) from error


def _locate(name: str, root: Path, above: tuple[Path, ...]) -> Path:
    """Find a profile that is not one of those `above` it: a project's own `a5` may be like ours."""
    path = resources.locate("profiles", f"{name}.toml", root) if _is_name(name) else None
    if path is not None and path in above:
        path = resources.builtin("profiles") / path.name
        if path in above or not path.is_file():
            raise BookError(f"`like` goes in a circle: `{name}` is like itself")
    if path is None:
        hint = advice(name, resources.stems("profiles", ".toml", root))
        raise BookError(f"there is no profile `{name}`", hint=hint, keys=("profile",))
    return path


def _is_name(name: str) -> bool:
    return bool(name) and not set(name) & set("/\\\0")


def _filled(document: tables.Document, base: Profile) -> Profile:
    """Return `base` with all that the document says, table by table."""
    values = {
        name: value for name, value in document.values.items() if name not in ("like", "papers", *_TABLES)
    }
    given: dict[str, Any] = tables.take(document, Profile, values)
    tables.refuse(document, values, _KNOWN)
    for table, (name, cls) in _TABLES.items():
        inner = document.table(table)
        given[name] = replace(getattr(base, name), **tables.take(document, cls, inner, table))
        tables.refuse(document, inner, _KNOWN, table)
    return replace(base, **given, papers={**base.papers, **_papers(document, base)})


def _papers(document: tables.Document, base: Profile) -> dict[str, Paper]:
    made = {}
    for name in document.table("papers"):
        inner = document.table("papers", name)
        keys = ("papers", name)
        made[name] = replace(base.papers.get(name, Paper()), **tables.take(document, Paper, inner, *keys))
        known: Mapping[Keys, tuple[str, ...]] = {keys: tuple(key for key, _ in tables.declared(Paper))}
        tables.refuse(document, inner, known, *keys)
    return made
