"""A bound PDF finished: blank leaves, links and outline, colours, standard, attachments; then written."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import pikepdf

from book.errors import BookError
from book.finish import Finish
from book.finishing.attaching import attach
from book.finishing.inks import Inks
from book.finishing.painting import Repainter
from book.finishing.pictures import lay_on_white, reprint
from book.finishing.standards import keep
from book.press.binding.volume import save
from book.press.endleaves import complete
from book.textfile import is_inside

_PROFILE_SUFFIXES = (".icc", ".icm")
_VERSIONS = {"x-1a": "1.3", "x-4": "1.6"}


def finished(
    pdf: bytes, pages: int, finish: Finish, root: Path | None, attachments: Mapping[str, bytes]
) -> bytes:
    """Return the PDF with so many pages as `finish` wants it; the same bytes for the same book.

    A condition that ends in `.icc` is a file of the project in `root`. Raises BookError for a
    profile that cannot be used, and for a standard that the colours do not allow.
    """
    printing = finish.standard in ("x-1a", "x-4")
    links, bookmarks = finish.links and not printing, finish.bookmarks and finish.standard != "x-1a"
    whole = complete(pdf, pages, links=links, bookmarks=bookmarks)
    inks, profile = _inks(finish, root)
    opaque = finish.opaque or finish.standard == "x-1a"
    if inks is None and finish.standard == "none" and not attachments and not opaque:
        return whole
    with pikepdf.open(io.BytesIO(whole)) as opened:
        if inks is not None:
            Repainter(opened, inks, opaque=opaque).repaint()
            reprint(opened, inks, opaque=opaque)
        elif opaque:
            lay_on_white(opened)
        if attachments:
            attach(opened, attachments)
        keep(opened, finish, profile)
        return save(opened, version=_VERSIONS.get(finish.standard), packed=finish.standard != "x-1a")


def _inks(finish: Finish, root: Path | None) -> tuple[Inks | None, bytes | None]:
    """Return the inks that colours are made into, None where they stay; and the condition's profile."""
    profile = _profile(finish.intent, root)
    colour: Literal["grey", "cmyk", "srgb"] = finish.colour
    if colour == "srgb":
        if finish.standard in ("x-1a", "x-4"):
            raise BookError(
                f"PDF/{finish.standard.upper()} is not made in the colours of a screen",
                hint='write `colour = "grey"`, or `colour = "cmyk"`',
            )
        return None, None
    space = {b"GRAY": "grey", b"CMYK": "cmyk"}.get(profile[16:20]) if profile else colour
    if profile is not None and space is None:
        raise BookError(
            f"`{finish.intent}` is no profile of a press: its colours are {profile[16:20].decode().strip()}"
        )
    if profile is not None and colour == "cmyk" and space != "cmyk":
        raise BookError(
            f"`{finish.intent}` knows one ink, and `colour` is `cmyk`", hint='write `colour = "grey"`'
        )
    limit = finish.ink_limit / 100 if finish.ink_limit else None
    managed = profile if space == "cmyk" and colour == "cmyk" else None
    return Inks(colour, limit, managed), profile


def _profile(intent: str | None, root: Path | None) -> bytes | None:
    if intent is None or not intent.lower().endswith(_PROFILE_SUFFIXES):
        return None
    from PIL import ImageCms

    path = (root or Path()) / intent
    if root is None or not is_inside(path, root):
        raise BookError(
            f"the colour profile `{intent}` lies outside the project", hint="copy it into the project"
        )
    try:
        data = path.read_bytes()
        ImageCms.ImageCmsProfile(io.BytesIO(data))
    except OSError as error:
        raise BookError(
            "this is no colour profile, or cannot be read", path=path, hint="`intent` names an ICC file"
        ) from error
    return data
