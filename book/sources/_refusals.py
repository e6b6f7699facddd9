"""Why a file in a website's folder is no post, or comes in only when it is asked for."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from book.header import Header
from book.sources._headerkeys import Meant
from book.sources._treefiles import is_about_the_folder, is_dated, is_no_text_of_the_site
from book.textfile import is_inside


def by_place(file: Path, folder: Path) -> str | None:
    """Say why a file is no post by where it lies."""
    if not is_inside(file, folder):
        return "it is a link that leads out of its folder"
    return is_no_text_of_the_site(file, folder)


def by_header(file: Path, header: Header) -> str | None:
    """Say why a file is no post by what it says of itself."""
    empty, unsaid = not header.body.strip(), not header.values
    if unsaid and empty:
        return "it is empty"
    if file.stem == "_index":
        return "it is a section of a website, and no post"
    if "listing" in header.values and empty:
        return "it is a list of posts that the website makes, and no post"
    if unsaid and is_about_the_folder(file):
        return "it tells of the folder it is in, and is no post"
    if unsaid and file.suffix.lower() == ".ipynb" and not is_dated(file):
        return "it is a notebook without a title or a date of its own"
    return None


def unless_asked(meant: Meant, wanted: Collection[str]) -> str | None:
    """Say why a post does not come in where not all are `wanted`: `pages`, `private`, `drafts`."""
    for option, is_one, what in (
        ("pages", meant.fields["kind"] == "page", "it is a page"),
        ("private", meant.private, "it is private"),
        ("drafts", meant.fields["draft"], "it is a draft"),
    ):
        if is_one and option not in wanted:
            return f"{what}; `--{option}` brings it in"
    return None
