"""The picture that stands for a post: named in its header, or lying beside it under a name that says so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from book.model import Draft, Notice
from book.sources._html.pictures import same_picture
from book.sources._localpictures import MISSING_HINT, find, home_of, local_path, named, pictures_of
from book.sources._picturenames import is_picture

_KEYS = (
    *(
        "cover",
        "coverimage",
        "coverimg",
        "featuredimage",
        "featuredimg",
        "featureimage",
        "featured",
        "feature",
    ),
    *("hero", "heroimage", "heroimg", "image", "images", "img", "header", "headerimage", "headerimg"),
    *("banner", "bannerimage", "bannerimg", "background", "backgroundimage", "topimg", "indeximg", "photos"),
    *("thumbnail", "thumbnailimage", "thumbnailimg", "thumb", "teaser", "ogimage", "socialimage"),
)
"""What themes call it, the largest first; without the signs between words, and capitals."""
_WITHIN = ("image", "src", "url", "path", "relative", "img", "large", "feature", "overlayimage", "teaser",
           "thumbnail", "publicurl", "file", "filename")  # fmt: skip
_BESIDE = re.compile(r"(?:^|[-_])(?:featured?|cover|hero|banner|thumb(?:nail)?)(?:[-_]|$)", re.IGNORECASE)
_FEW = 4
"""How many posts one picture may stand for."""
_TAGGED = re.compile(r"\{[{%].*?[%}]\}")


@dataclass(frozen=True, slots=True)
class Featured:
    """A picture that stands for a post, with what is said of it."""

    address: str
    alt: str = ""
    caption: str = ""

    def markdown(self, address: str) -> str:
        """Return it as a figure of its own, at an address."""
        title = ' "' + self.caption.replace('"', "&quot;") + '"' if self.caption else ""
        alt = re.sub(r"([][])", r"\\\1", self.alt)
        return f"![{alt}]({address}{title})"


class StandingPictures:
    """The pictures that stand for the posts of a folder, with what to say of them."""

    def __init__(self, folder: Path, by_name: Callable[[str], Path | None]) -> None:
        """Look in a folder; `by_name` finds there what a header gives no more of than a name."""
        self.folder = folder
        self.by_name = by_name
        self.media: dict[str, Path | None] = {}
        self.warnings: list[Notice] = []
        self._found: dict[Path, tuple[Featured, str]] = {}

    def look(self, values: Mapping[str, Any], file: Path) -> None:
        """Find the picture that stands for the post in `file`."""
        one = featured(values, file)
        if one is None:
            return
        path = find(one.address, file, self.folder, home_of(values)) or self.by_name(one.address)
        if path is not None:
            self._found[file] = one, named(path, self.folder)
            self.media[self._found[file][1]] = path
        elif local_path(one.address) is None:
            self._found[file] = one, one.address
            self.media.setdefault(one.address, None)
        else:
            message = f"there is no picture `{one.address}`, which stands for this post, in this folder"
            self.warnings.append(Notice(message, file, 1, MISSING_HINT))

    def placed(self, drafts: Iterable[Draft]) -> Iterator[Draft]:
        """Put before each post's text the picture that stands for it, unless it is in it.

        One that stands for many posts is a website's ornament, and is told.
        """
        counts = Counter(name for _, name in self._found.values())
        for name, count in sorted(counts.items()):
            if count > _FEW:
                self.media.pop(name)
                message = f"the picture `{name}` stands for {count} posts: it is an ornament, and left out"
                self.warnings.append(Notice(message, self.folder))
        for draft in drafts:
            one, name = self._found.get(draft.origin.path or self.folder, (None, ""))
            if one is None or counts[name] > _FEW or _shows(draft.body, name):
                yield draft
            else:
                yield replace(draft, body=f"{one.markdown(name)}\n\n" + draft.body.lstrip("\n"))


def _shows(body: str, name: str) -> bool:
    """Tell whether a body shows a picture itself."""
    return any(shown and same_picture(address, name) for address, _, shown in pictures_of(body))


def featured(values: Mapping[str, Any], file: Path) -> Featured | None:
    """Find the picture that a header names, or that lies in the folder of a post's own."""
    plain = {_plain(key): value for key, value in values.items()}
    for key in _KEYS:
        for address, told in _addresses(plain.get(key)):
            told = {**plain, **told}
            alt = _said(told, "alt", f"{key}alt", "imagealt", "coveralt", "featuredimagealt", "heroimagealt")
            caption = _said(told, "caption", f"{key}caption", "imagecaption", "covercaption")
            return Featured(address, alt, caption)
    beside = next(_beside(file), None) if file.stem == "index" else None
    return Featured(beside.name) if beside is not None else None


def _addresses(value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give what may be a picture's address in a value, with what stands beside it."""
    if isinstance(value, list):
        for one in value:
            yield from _addresses(one)
    elif isinstance(value, dict):
        plain = {_plain(str(key)): one for key, one in value.items()}
        for key in _WITHIN:
            yield from ((address, plain) for address, _ in _addresses(plain.get(key)))
    elif isinstance(value, str):
        address = re.sub(r"^(?:~|@)/", "/", _TAGGED.sub("", value).strip())
        if "\n" not in address and (
            is_picture(re.split(r"[?#]", address, maxsplit=1)[0]) or re.match(r"https?://\S+/\S+$", address)
        ):
            yield address, {}


def _said(values: Mapping[str, Any], *names: str) -> str:
    found = (values.get(name) for name in names)
    return next((" ".join(value.split()) for value in found if isinstance(value, str) and value.strip()), "")


def _beside(file: Path) -> Iterator[Path]:
    paths = sorted(file.parent.iterdir(), key=lambda path: path.name)
    return (path for path in paths if is_picture(path.name) and _BESIDE.search(path.stem))


def _plain(key: str) -> str:
    return re.sub(r"[-_ .]", "", key).lower()
