"""Which files of a static website are posts, and which are posts in a markup that is not read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from book.dates import split_name
from book.errors import BookError
from book.model import Notice, Skipped
from book.sources import _markups
from book.sources._picturenames import is_picture

MARKDOWN = {
    ".md", ".markdown", ".mkd", ".mkdn", ".mdown", ".mdwn", ".mdx", ".qmd", ".svx", ".rmd", ".rmarkdown",
}  # fmt: skip
_UNREAD = {
    ".adoc": "AsciiDoc",
    ".asciidoc": "AsciiDoc",
    ".org": "Org",
    ".textile": "Textile",
    ".mediawiki": "MediaWiki's markup",
}
_WOVEN = {".rmd", ".rmarkdown", ".ipynb"}
"""R Markdown and notebooks: where what they were made into lies beside them, that is the post."""
_NO_FOLDERS = {"node_modules", "vendor", "_site", "_includes", "_layouts", "__pycache__"}
_BEGINNINGS = {"archetypes", "scaffolds"}
_POST_FOLDERS = {"_posts", "_drafts"}
_ABOUT = {
    "readme",
    "license",
    "licence",
    "copying",
    "changelog",
    "contributing",
    "code_of_conduct",
    "security",
}


def posts_in(folder: Path) -> Iterator[Path]:
    """Give the files in a folder and its folders that may be posts, always in the same order."""
    return (path for path in _files(folder) if _may_be_post(path))


def unread_in(folder: Path) -> Iterator[Skipped]:
    """Give the files that look like posts and cannot be read, with why."""
    for path in _files(folder):
        markup = _UNREAD.get(path.suffix.lower())
        if markup and path.stem.lower() not in ("readme", "changelog", "license"):
            yield Skipped(path, f"it is written in {markup}, which is not read; convert it to Markdown first")
        elif path.suffix.lower() in _WOVEN and (made := _made_of(path)):
            yield Skipped(path, f"`{made.name}` was made of it, and is read instead")
        elif path.is_dir():
            yield Skipped(path, "it is a link to a folder, and such links are not followed")


def closed_in(folder: Path) -> Iterator[Notice]:
    """Tell of folders and hidden files that are passed over, though what is in them may be posts."""
    for path in _passed_over(folder):
        count = sum(map(_seems_post, _all_in(path)))
        if count and path.is_dir():
            what = f"posts may be in this folder, which is not looked into: {count}"
            yield Notice(what, path, hint="if they are posts of yours, gather from it by its name")
        elif count:
            yield Notice("this file is hidden by its name, and not looked into", path)


def _all_in(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
    for folder, _, names in os.walk(path):
        yield from (Path(folder, name) for name in names)


def _seems_post(path: Path) -> bool:
    return path.suffix.lower() in MARKDOWN and (begins_with_header(path) or is_dated(path))


def pictures_in(folder: Path) -> Iterator[Path]:
    """Give the pictures in a folder and its folders, always in the same order."""
    return (path for path in _files(folder) if is_picture(path.name))


def begins_with_header(file: Path) -> bool:
    """Tell whether a file begins as posts with headers do."""
    try:
        with file.open("rb") as opened:
            return opened.read(6).removeprefix(b"\xef\xbb\xbf").startswith((b"---", b"+++"))
    except OSError:
        return False


def is_about_the_folder(file: Path) -> bool:
    """Tell by its name whether a file without header is one of those that any folder of software has."""
    return file.stem.lower() in _ABOUT and not is_dated(file)


def is_no_text_of_the_site(file: Path, root: Path) -> str | None:
    """Say why a file in a website's folder is no post by where it lies; None where it may be one.

    Hugo and Hexo keep the beginnings of new posts in a folder, and what stands in `static` beside
    `content` is copied as it is: slides with their papers, programs with their manuals.
    """
    folders = file.relative_to(root).parts[:-1]
    if folders and folders[0] in _BEGINNINGS:
        return "it is what new posts begin with, and no post"
    above = (root.joinpath(*folders[:depth]) for depth, name in enumerate(folders) if name == "static")
    if any((place / "content").is_dir() for place in above):
        return "it lies in `static`, from where the website copies files as they are"
    return None


def is_dated(file: Path) -> bool:
    """Tell whether a file's name begins with a date."""
    try:
        return split_name(file)[0] is not None
    except BookError:
        return False


def _files(folder: Path) -> Iterator[Path]:
    for path in _standing_in(folder):
        if _is_closed(path):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _files(path)
        else:
            yield path


def _passed_over(folder: Path) -> Iterator[Path]:
    for path in _standing_in(folder):
        if _is_closed(path):
            yield path
        elif path.is_dir() and not path.is_symlink():
            yield from _passed_over(path)


def _standing_in(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir(), key=lambda path: path.name)
    except OSError as error:
        said = (error.strerror or str(error)).lower()
        raise BookError(f"this folder cannot be read: {said}", path=folder) from error


def _is_closed(path: Path) -> bool:
    return path.name.startswith(".") or path.name.lower() in _NO_FOLDERS


def _may_be_post(path: Path) -> bool:
    suffix = path.suffix.lower()
    if suffix in _WOVEN:
        return _made_of(path) is None
    if suffix in _markups.HTML:
        return begins_with_header(path)
    return suffix in MARKDOWN or suffix in _markups.READERS


def _made_of(woven: Path) -> Path | None:
    """Return the post that R Markdown or a notebook was made into, if it lies beside it."""
    made = (woven.with_suffix(suffix) for suffix in (".md", ".markdown", ".html"))
    return next((path for path in made if path.exists() and _may_be_post(path)), None)


def is_page_of_html(path: Path, *, dated: bool) -> bool:
    """Tell whether a file in HTML with a header is a page: what has no date, and stands where no posts do.

    Websites make their lists, their start and their pages of such files.
    """
    in_html = path.suffix.lower() in _markups.HTML
    return in_html and not (dated or is_dated(path) or _POST_FOLDERS & set(path.parts))
