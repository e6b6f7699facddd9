"""Preflight: hold a PDF against the demands of a printer before the printer does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

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


def unmet(path: Path, name: str, root: Path) -> tuple[Notice, ...]:
    """Return what of the profile `name` a PDF of ours does not meet, as a build tells it.

    A profile that demands nothing costs nothing: its pages are not read again.
    """
    from book.profile import Limits, Pages, load

    profile = load(name, root)
    if profile.limits == Limits() and profile.pages == Pages() and not profile.page.trims:
        return ()
    found = preflight(path, profile)
    return tuple(Notice(f"{one.message} [{one.rule}]", path, None, one.hint) for one in found)


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
        raise BookError("this PDF is locked with a password", path=path) from error
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

    page, limits, finish = profile.page, profile.limits, profile.finish
    sizes, between = _sizes(profile)
    bleed, inside = page.bleed, "inside" in page.bleed_sides
    with_bleed = bool(bleed) and (file.bleeds or sheet_bleeds(file.pages, sizes, bleed, inside))
    edge = profile.safe(bleed=with_bleed)
    papers = profile.papers.get(profile.paper or "")
    return Demands(
        profile.name,
        sizes=sizes,
        between=between,
        bleed=bleed,
        bleeds_inside=inside,
        safe=(max(profile.gutter(len(file.pages)), edge), edge, edge, edge),
        fewest=(papers and papers.least) or profile.pages.least,
        most=(papers and papers.most) or profile.pages.most,
        multiple=profile.pages.multiple,
        blanks=profile.pages.blanks,
        links=finish.links,
        bookmarks=finish.bookmarks,
        transparency=limits.transparency,
        spaces=None if limits.rgb else frozenset({"grey", "CMYK"}),
        profiles=finish.standard != "x-1a",
        ink=finish.ink_limit,
        intent=finish.standard in _VERSIONS,
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
