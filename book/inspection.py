"""Preflight: hold a PDF against the demands of a printer before the printer does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from book import registry
from book.errors import BookError
from book.lengths import pair
from book.model import Finding, Notice

if TYPE_CHECKING:
    from pikepdf import Pdf

    from book.preflight._demands import Demands
    from book.preflight._file import File
    from book.profile import Profile

_VERSIONS = {"x-1a": "1.4", "x-4": "1.6"}


def preflight(path: Path, profile: Profile) -> list[Finding]:
    """Return what in the PDF does not meet a printer's rules; raise BookError where it cannot be read."""
    return inspect(path, lambda file: demanded(profile, file))


def unmet(path: Path, options: Mapping[str, object], root: Path) -> tuple[Notice, ...]:
    """Return what of its profile an edition of ours does not meet, as a build tells it.

    `options` are the edition's. How many pages it has is not told: binding has done so already.
    A profile that demands nothing costs nothing: its pages are not read again.
    """
    from book.profile import Limits, Pages, load

    profile = _as_wished(load(str(options.get("profile", "a5")), root), options)
    printed = profile.finish.standard in _VERSIONS
    if not printed and (profile.limits, profile.pages, profile.page.trims) == (Limits(), Pages(), ()):
        return ()
    found = (one for one in preflight(path, profile) if one.rule != "preflight-page-count")
    return tuple(Notice(f"{one.message} [{one.rule}]", path, None, one.hint) for one in found)


def _as_wished(profile: Profile, options: Mapping[str, Any]) -> Profile:
    """Return the profile with what an edition chooses itself: its paper, its standard, its ink."""
    finish = replace(
        profile.finish,
        standard=options.get("standard", profile.finish.standard),
        ink_limit=options.get("ink-limit", profile.finish.ink_limit),
    )
    return replace(profile, paper=options.get("paper", profile.paper), finish=finish)


def inspect(path: Path, demands: Callable[[File], Demands]) -> list[Finding]:
    """Return what in the PDF does not meet the demands made on such a file."""
    import pikepdf

    try:
        with pikepdf.open(path) as pdf:
            file = _read(pdf, path)
            asked = demands(file)
            rules = [registry.find("preflight", name) for name in registry.names("preflight")]
            return [finding for rule in rules for finding in rule.look(file, asked)]
    except pikepdf.PasswordError as error:
        hint = "open it with its password, and save it without one"
        raise BookError("this PDF is locked with a password", path=path, hint=hint) from error
    except (pikepdf.PdfError, OSError) as error:
        hint = "it may be cut short: make it again"
        raise BookError("this PDF cannot be read", path=path, hint=hint) from error


def _read(pdf: Pdf, path: Path) -> File:
    """Read what the rules ask of a document, one whose parts are not what they should be being no PDF."""
    from book.preflight import _file

    try:
        return _file.read(pdf, path)
    except (TypeError, AttributeError, ValueError, KeyError, IndexError) as error:
        hint = "make it again, with another program if it stays so"
        raise BookError(
            "this PDF is malformed, and cannot be looked through", path=path, hint=hint
        ) from error


def demanded(profile: Profile, file: File) -> Demands:
    """Return what a profile demands of a file of this length, with bleed or without."""
    from book.preflight._demands import Demands, sheet_bleeds
    from book.profile import Paper

    page, limits, finish = profile.page, profile.limits, profile.finish
    sizes, between = _sizes(profile)
    bleed, inside = page.bleed, "inside" in page.bleed_sides
    with_bleed = bool(bleed) and (file.bleeds or sheet_bleeds(file.pages, sizes, bleed, inside))
    edge = profile.safe(bleed=with_bleed)
    paper = profile.papers.get(profile.paper or "", Paper())
    printed, flat = finish.standard in _VERSIONS, finish.standard == "x-1a"
    return Demands(
        profile.name,
        sizes=sizes,
        between=between,
        bleed=bleed,
        bleeds_inside=inside,
        safe=(max(profile.gutter(len(file.pages)), edge), edge, edge, edge),
        fewest=max(paper.least or 0, profile.pages.least or 0) or None,
        most=min((most for most in (paper.most, profile.pages.most) if most), default=None),
        multiple=profile.pages.multiple,
        blanks=profile.pages.blanks,
        links=finish.links and not printed,
        bookmarks=finish.bookmarks,
        transparency=limits.transparency and not flat,
        spaces=None if limits.rgb and not printed else frozenset({"grey", "CMYK"}),
        profiles=not flat,
        ink=finish.ink_limit,
        intent=printed,
        ppi=limits.resolution,
        type=limits.type_size,
        rule=limits.rule,
        version=_VERSIONS.get(finish.standard),
        megabytes=limits.size,
        source=next(iter(profile.sources), None),
    )


def _sizes(
    profile: Profile,
) -> tuple[tuple[tuple[float, float], ...], tuple[tuple[float, float, float, float], ...]]:
    """Return the trims on offer: those that are named, and the ranges between two."""
    written = [one.split(" to ") for one in profile.page.trims]
    single = tuple(pair(ends[0]) for ends in written if len(ends) == 1)
    between = tuple((*pair(ends[0]), *pair(ends[1])) for ends in written if len(ends) == 2)
    return single, between
