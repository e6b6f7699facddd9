"""The PDF edition: galleys set in pages."""

from __future__ import annotations

import os
from pathlib import Path

from book import fonts
from book.errors import BookError
from book.model import Bound, Composition, Desk, Notice, Sheet
from book.press import geometry
from book.press.bench import Setup
from book.press.faces import Cut, fontconfig, rules, wanted
from book.press.leaves import ASSETS
from book.press.workers import Failed, Limits, Lost, Worker, scratch

MEDIUM = "print"
SUFFIX = ".pdf"

PROFILES = {"a5": "a5", "home": "a4", "digest": "digest", "trade": "trade"}


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
) -> Bound:
    """Set `composition` in pages and write the PDF to `desk.to`.

    `profile` names a set of page values; `trim` and the margins replace its own.
    Raises BookError for an option that cannot be, and where the text cannot be set.
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
    setup = _setup(composition, desk, shape, tagged=tagged)
    folder = scratch(desk.store)
    families = composition.settings.get("families") or [face.family for face in composition.faces]
    environment = {"FONTCONFIG_FILE": str(fontconfig(folder, families))}
    worker = Worker(setup, Limits(seconds=600, memory=4 << 30), environment)
    try:
        pdf, pages, notices = worker.call("whole", composition.galleys)
    except (Lost, Failed) as error:
        raise BookError(f"the book cannot be set in pages: {error}") from error
    finally:
        worker.close()
    _write(desk.to, pdf)
    return Bound(pages, tuple(notices))


def _setup(composition: Composition, desk: Desk, shape: geometry.Page, *, tagged: bool) -> Setup:
    cuts = [
        Cut(face.family, face.style, weight, fonts.instance(face, weight, desk.store))
        for face, weight in wanted(composition.faces, composition.sheets)
    ]
    first = next((galley.ident for galley in composition.galleys if galley.matter == "body"), None)
    values = geometry.sheet(shape, str(composition.settings.get("openings", "page")), first)
    assets: dict[str, tuple[Path, str]] = {cut.address: (cut.path, "font/ttf") for cut in cuts}
    for media in composition.book.media:
        assets[f"{ASSETS}media/{media.name}"] = (media.path, media.media_type)
    return Setup(
        sheets=(Sheet("faces", rules(cuts)), *composition.sheets, Sheet("values", values)),
        assets=assets,
        metadata=composition.book.metadata,
        tagged=tagged,
    )


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


__all__ = ["MEDIUM", "SUFFIX", "Notice", "bind"]
