"""What WeasyPrint says of pictures, told where the author can mend it: with the post that shows them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from book.errors import BookError
from book.model import Notice, Post
from book.press.gatherings import Gathering
from book.slug import slug
from book.textfile import read_text

_PICTURE = re.compile(r"the (?:picture|drawing) `(?:media/(?P<name>[^`]*)|[^`]*)` cannot be ")
_DIGEST = re.compile(r"-[0-9a-f]{8}\.\w+\Z")
_REFERENCE = re.compile(r"[^\s()<>\[\]\"'=]+\.[A-Za-z]{3,4}(?![\w.])")
_HINT = "look whether a browser shows it; saved anew, or as a PNG, it can be printed"


def placed(found: Iterable[tuple[Gathering, Notice]], posts: Mapping[str, Post]) -> Iterator[Notice]:
    """Give notices about pictures the posts that show them; others stay as they are."""
    for gathering, notice in found:
        about = _PICTURE.match(notice.message)
        if about is None or notice.path is not None:
            yield notice
            continue
        here = [posts[slug] for galley in gathering.galleys for slug in galley.posts if slug in posts]
        sign = f'media/{about["name"]}"' if about["name"] else "<svg"
        paths = [post.origin.path for post in here if sign in _text(post)]
        path = paths[0] if paths and (about["name"] or len(paths) == 1) else None
        line = _line(path, about["name"]) if path else None
        yield replace(notice, path=path, line=line, hint=notice.hint or _HINT)


def _text(post: Post) -> str:
    return "".join((post.body, *(note.body for note in post.notes)))


def _line(path: Path, name: str | None) -> int | None:
    """Return the line of a post's file that names a picture, or in which its only drawing begins."""
    try:
        lines = read_text(path).split("\n")
    except BookError:
        return None
    stem = _DIGEST.sub("", name or "")
    found = [number for number, line in enumerate(lines, 1) if _names(line, stem)]
    return found[0] if found and (stem or len(found) == 1) else None


def _names(line: str, stem: str) -> bool:
    if not stem:
        return "<svg" in line
    return any(slug(Path(unquote(one)).stem)[:40].strip("-") == stem for one in _REFERENCE.findall(line))
