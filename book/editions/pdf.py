"""The PDF edition: galleys set in pages."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from book.errors import BookError
from book.model import Bound, Composition, Desk, Printed, Sheet
from book.press import geometry
from book.press.press import Press

MEDIUM = "print"
SUFFIX = ".pdf"

PROFILES: Mapping[str, str] = MappingProxyType(
    {"a5": "a5", "home": "a4", "digest": "digest", "trade": "trade"}
)
"""The trim of each profile."""


def bind(
    composition: Composition,
    desk: Desk,
    *,
    profile: str = "a5",
    trim: str | None = None,
    margin_top: str | None = None,
    margin_bottom: str | None = None,
    margin_inside: str | None = None,
    margin_outside: str | None = None,
    bleed: str | None = None,
    marks: bool = False,
    tagged: bool = False,
    linebreaks: Literal["greedy", "fit"] = "fit",
    omit: tuple[str, ...] = (),
) -> Bound:
    """Set `composition` in pages and write the PDF to `desk.to`.

    `profile` names a set of page values; `trim` and the margins replace its own.
    `linebreaks` says whether lines are broken one by one or to suit the paragraph.
    `omit` names blocks to leave out, as an error message told them. Raises BookError for
    an option that cannot be, and where the text cannot be set.
    """
    if profile not in PROFILES:
        known = ", ".join(f"`{name}`" for name in PROFILES)
        raise BookError(f"there is no profile `{profile}`", hint=f"there are: {known}")
    shape = geometry.page(
        trim or PROFILES[profile],
        {"top": margin_top, "bottom": margin_bottom, "inside": margin_inside, "outside": margin_outside},
        bleed=bleed,
        marks=marks,
    )
    first = next((galley.ident for galley in composition.galleys if galley.matter == "body"), None)
    values = geometry.sheet(shape, str(composition.settings.get("openings", "page")), first)
    press = Press(
        composition, desk, Sheet("values", values), tagged=tagged, fit=linebreaks == "fit", omitted=omit
    )
    printed = press.print()
    _write(desk.to, printed.pdf)
    return Bound(printed.pages, printed.notices, Printed(*geometry.points(shape)))


def _write(to: Path, data: bytes) -> None:
    """Write `data` to the file `to`, whole or not at all."""
    beside = to.with_name(f".{to.name}.{os.getpid()}")
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(to)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise BookError(f"the PDF cannot be written: {error.strerror}", path=to) from error
