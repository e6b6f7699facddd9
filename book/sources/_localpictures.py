"""Find the pictures that Markdown names in the folder it came from, and nowhere else."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from book.pictures import references
from book.sources._picturenames import is_picture

MISSING_HINT = "gather from the folder that holds the whole blog, pictures and all"
_ROOTS = ("", "static", "source", "content", "public", "assets", "src", "site", "docs")
"""Where generators of websites keep what has an address that begins with a slash."""

_TAG = re.compile(r"\{\{(?:(?!\{\{).)*?\}\}|\{%(?:(?!\{%).)*?%\}|\{(?:static|attach|filename)\}")
_POST = re.compile(r"\.(?:md|markdown|mdx|qmd|rmd|mkd)$", re.IGNORECASE)


def local_path(address: str) -> str | None:
    """Return the path that an address names on its own site; None if it leads elsewhere, or nowhere."""
    plain = _TAG.sub("", address).strip()
    try:
        parts = urlsplit(plain)
    except ValueError:
        return None
    if parts.scheme or parts.netloc or not parts.path:
        return None
    return unquote(parts.path)


def tags_in(address: str) -> list[str]:
    """Return the tags of a generator that stand in an address: `{{ site.pictures }}/salt.jpg`."""
    return _TAG.findall(address)


def home_of(values: Mapping[str, Any]) -> str:
    """Return the folder that a header names for its pictures, as in the theme Chirpy; else nothing."""
    said = next((values[key] for key in ("media_subpath", "img_path") if key in values), None)
    return (local_path(said) or "").strip("/") if isinstance(said, str) else ""


def find(address: str, file: Path, root: Path, home: str = "") -> Path | None:
    """Return the file that an address in `file` means, if it lies inside `root`, links followed.

    `home` is the folder that its header names for pictures.
    """
    path = local_path(address)
    if path is None or "\0" in path + home:
        return None
    inside = root.resolve()
    beside = list(_candidates(f"/{home}/{path.lstrip('/')}", file, root)) if home else []
    possible = (*beside, *_candidates(path, file, root))
    if real := next((real for one in possible if (real := _file(one, inside))), None):
        return real
    if not is_picture(path):
        return None
    likely = (_spelt_otherwise(Path(os.path.normpath(one)), root) for one in possible)
    return next((real for one in likely if one and (real := _file(one, inside))), None)


def _file(path: Path, inside: Path) -> Path | None:
    try:
        real = path.resolve()
        return real if real.is_file() and real.is_relative_to(inside) else None
    except (OSError, RuntimeError):  # a name too long for the system, or a ring of links
        return None


def _spelt_otherwise(path: Path, root: Path) -> Path | None:
    """Return the one file whose path differs in capitals, or in how accents are written, alone.

    Where blogs were written, and where they were served, such a name was often the same.
    """
    if not path.is_relative_to(root):
        return None
    found = root
    for part in path.relative_to(root).parts:
        try:
            alike = [one for one in found.iterdir() if _folded(one.name) == _folded(part)]
        except OSError:
            return None
        exact = [one for one in alike if one.name == part]
        if len(exact or alike) != 1:
            return None
        [found] = exact or alike
    return found


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def named(path: Path, root: Path) -> str:
    """Return a name for a picture that no other one in a folder has: its path there, as an address."""
    return quote(path.relative_to(root.resolve()).as_posix(), errors="surrogateescape")


def _candidates(path: str, file: Path, root: Path) -> Iterator[Path]:
    if not path.startswith("/"):
        yield file.parent / path
    for folder in _ROOTS:
        yield root / folder / path.lstrip("/")


def is_text(address: str) -> bool:
    """Tell whether an address is that of a file of Markdown on its own site."""
    return _POST.search(local_path(address) or "") is not None


def pictures_of(body: str) -> Iterator[tuple[str, int, bool]]:
    """Give the addresses of a body's pictures, with the line and whether the picture is shown there.

    Files of Markdown that it links to are given too: they may be posts of the same folder.
    """
    seen: set[tuple[str, bool]] = set()
    for reference in references(body):
        if reference.address.startswith("data:") and not reference.shown:
            continue
        path = local_path(reference.address) or ""
        wanted = reference.shown or is_picture(path) or is_text(reference.address)
        if wanted and (reference.address, reference.shown) not in seen:
            seen.add((reference.address, reference.shown))
            yield reference.address, body.count("\n", 0, reference.start), reference.shown
