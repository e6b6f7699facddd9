"""Which files of a static website are posts, and which are posts in a markup that is not read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from book.dates import split_name
from book.errors import BookError
from book.model import Skipped
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


def is_dated(file: Path) -> bool:
    """Tell whether a file's name begins with a date."""
    try:
        return split_name(file)[0] is not None
    except BookError:
        return False


def _files(folder: Path) -> Iterator[Path]:
    try:
        paths = sorted(folder.iterdir(), key=lambda path: path.name)
    except OSError as error:
        said = (error.strerror or str(error)).lower()
        raise BookError(f"this folder cannot be read: {said}", path=folder) from error
    for path in paths:
        if path.name.startswith(".") or path.name.lower() in _NO_FOLDERS:
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _files(path)
        else:
            yield path


def _may_be_post(path: Path) -> bool:
    suffix = path.suffix.lower()
    if suffix in _WOVEN:
        return not any(path.with_suffix(made).exists() for made in (".md", ".markdown", ".html"))
    if suffix in _markups.HTML:  # pages made of templates have headers too
        return begins_with_header(path) and (is_dated(path) or bool(_POST_FOLDERS & set(path.parts)))
    return suffix in MARKDOWN or suffix in _markups.READERS
