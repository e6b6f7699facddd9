"""Find font families: in the project's `fonts/` folder, and in the packages that are installed."""

from __future__ import annotations

import json
import pkgutil
import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from book.errors import BookError
from book.fonts import rights
from book.fonts.facts import remembered
from book.fonts.fontfile import opened
from book.model import Face
from book.textfile import is_inside
from book.unchanged import while_unchanged

_SUFFIXES = {".ttf", ".otf"}

# Packages that carry fonts for the scripts and symbols that text families lack. They are
# searched in this order after a theme's own families. `octavo[cjk]` installs those of East Asia.
_SCRIPTS = "manimgx_fonts"
_EAST_ASIA = {
    "ja": "pylopdf_fonts_jp",
    "zh-Hant": "pylopdf_fonts_zh_tw",
    "ko": "pylopdf_fonts_ko",
    "zh-Hans": "pylopdf_fonts_zh_cn",
}
# What draws formulas has fonts with thousands of signs: the last resort for arrows, marks and dingbats.
_SIGNS = ("ziamath", "ziafont")
# Sans families that repeat what a serif family of the same package has, and a theme's own.
_UNWANTED = re.compile(r"Noto Sans (JP|SC|TC|KR)|Noto Sans")


def faces(
    families: Sequence[str],
    folder: Path | None = None,
    *,
    reserve: Sequence[str] = (),
    text: str = "",
    languages: Sequence[str] = (),
) -> tuple[Face, ...]:
    """Return the faces of these families in order, a project's own files before installed ones.

    `folder` is the project's `fonts/`. Where `text` is given, faces of the `reserve` and then
    of other installed families follow, for the characters that none of the named ones has;
    `languages` (BCP 47) settle which of them comes first. Raises BookError for a family that
    is nowhere, and for a font that may not be embedded.
    """
    own = _in_folder(folder) if folder else {}
    named = [face for family in dict.fromkeys(families) for face in _family(family, own)]
    spare = [face for family in dict.fromkeys(reserve) for face in _family(family, own)]
    return (*named, *(fallbacks(text, named, languages, spare) if text else ()))


def known(folder: Path | None = None) -> list[str]:
    """Return the families that can be named: those installed for books, and those in `folder`."""
    own = _in_folder(folder) if folder is not None else {}
    return sorted({*(faces[0].family for faces in own.values()), *_installed()})


def fallbacks(
    text: str, before: Sequence[Face], languages: Sequence[str] = (), reserve: Sequence[Face] = ()
) -> tuple[Face, ...]:
    """Return the faces, of the reserve first, for those characters of `text` that `before` lacks."""
    from book.fonts.coverage import characters, printing

    lacking = printing(text).difference(*(characters(face.path) for face in before))
    found: list[Face] = []
    for face in (*reserve, *_installed_fallbacks(tuple(languages), _hints(text))) if lacking else ():
        if lacking & characters(face.path):
            found.append(face)
            if face.style == "normal":
                lacking -= characters(face.path)
    return tuple(found)


def _hints(text: str) -> tuple[str, ...]:
    """Name the East Asian languages that a text shows by letters that only they have."""
    hints = []
    if re.search(r"[\u3041-\u30ff]", text):
        hints.append("ja")
    if re.search(r"[\uac00-\ud7a3]", text):
        hints.append("ko")
    if re.search(r"[\u3105-\u312f]", text):
        hints.append("zh-Hant")
    return tuple(hints)


@lru_cache
def _installed_fallbacks(languages: tuple[str, ...], hints: tuple[str, ...]) -> tuple[Face, ...]:
    wanted = dict.fromkeys([*map(_east_asian, languages), *hints, "zh-Hans", *_EAST_ASIA])
    packages = [_EAST_ASIA[tag] for tag in wanted if tag in _EAST_ASIA]
    signs = [face for name in _SIGNS for face in _in_package(name, "fonts", licence=False)]
    return (*(face for name in (_SCRIPTS, *packages) for face in _in_package(name)), *signs)


def _east_asian(language: str) -> str:
    first, _, rest = language.partition("-")
    if first != "zh":
        return first
    return "zh-Hant" if re.search(r"\b(Hant|TW|HK|MO)\b", rest, re.IGNORECASE) else "zh-Hans"


def _in_package(name: str, folder: str = "", *, licence: bool = True) -> list[Face]:
    """Return the faces that a package has in a folder; its own `licence` is that of its fonts, or not."""
    root = _root(name)
    if root is None:
        return []
    terms = _licence_of(root) if licence else None
    files = sorted((root / folder).iterdir())
    found = [_face(path, terms) for path in files if path.suffix in _SUFFIXES]
    return [face for face in found if not _UNWANTED.fullmatch(face.family)]


def _root(name: str) -> Path | None:
    spec = find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None


def _licence_of(root: Path) -> Path | None:
    """Return the licence in a folder of fonts, else the one in its package's metadata."""
    metadata = root.parent.glob(f"{root.name}-*.dist-info/licenses/*")
    candidates = [*sorted(root.iterdir()), *sorted(metadata)]
    return next((path for path in candidates if re.match(r"(?i)(OFL|LICEN[CS]E|COPYING)", path.name)), None)


def _family(family: str, own: dict[str, list[Face]]) -> list[Face]:
    if family.casefold() in own:
        return own[family.casefold()]
    root = _root("fontpkg_" + re.sub(r"[^a-z0-9]+", "_", family.lower()).strip("_"))
    if root is not None and (root / "metadata.json").is_file():
        return _described(root)
    extra = [face for name in (_SCRIPTS, *_EAST_ASIA.values()) for face in _in_package(name)]
    found = [face for face in extra if face.family.casefold() == family.casefold()]
    if not found:
        raise _unknown(family, own)
    return found


def _described(root: Path) -> list[Face]:
    """Read a fontpkg package: its metadata says which files there are."""
    metadata = json.loads((root / "metadata.json").read_text(encoding="utf-8"))
    weights = {axis["tag"]: (int(axis["min"]), int(axis["max"])) for axis in metadata["axes"]}
    return [
        Face(
            family=metadata["family"],
            path=root / file["path"],
            style=file["style"],
            weights=weights.get("wght", (400, 400))
            if file["variable"]
            else (int(file["weight"] or 400),) * 2,
            licence=root / "LICENSE",
        )
        for file in metadata["files"]
    ]


def _unknown(family: str, own: dict[str, list[Face]]) -> BookError:
    known = [*(faces[0].family for faces in own.values()), *_installed()]
    near = get_close_matches(family, known, n=1)
    slug = re.sub(r"[^a-z0-9]+", "-", family.lower()).strip("-")
    install = f"`pip install fontpkg-{slug}` if that package exists, or put its files into `fonts/`"
    return BookError(
        f"there is no font family `{family}`",
        hint=f"did you mean `{near[0]}`? Otherwise {install}" if near else install,
    )


def _installed() -> Iterable[str]:
    for module in pkgutil.iter_modules():
        if module.name.startswith("fontpkg_") and (root := _root(module.name)):
            yield str(json.loads((root / "metadata.json").read_text(encoding="utf-8"))["family"])


def _in_folder(folder: Path) -> dict[str, list[Face]]:
    """Read a project's own fonts; raise BookError for a file that is none, or may not be embedded."""
    found: dict[str, list[Face]] = {}
    if not folder.is_dir():
        return found
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in _SUFFIXES and path.is_file() and is_inside(path, folder):
            face = _face(path, _licence_of(path.parent))
            found.setdefault(face.family.casefold(), []).append(face)
    return found


@while_unchanged(128)
def _face(path: Path, licence: Path | None) -> Face:
    family, style, low, high = json.loads(remembered(path, "face", lambda: json.dumps(_described_by(path))))
    return Face(family, path, style, (low, high), licence)


def _described_by(path: Path) -> tuple[str, str, int, int]:
    """Return the family, style and weights of a font file; raise BookError where it may not be embedded."""
    with opened(path) as font:
        allowed = rights.rights(font)
        names = font["name"]
        family = names.getDebugName(16) or names.getDebugName(1) or path.stem
        slanted = font["head"].macStyle & 2 or "italic" in path.stem.lower()
        axes = {axis.axisTag: axis for axis in font["fvar"].axes} if "fvar" in font else {}
        weight = font["OS/2"].usWeightClass if "OS/2" in font else 400
    if not allowed.embed:
        raise BookError(
            f"the font `{family}` may not be embedded: {allowed.note}",
            path=path,
            hint="use another family, or ask its maker for one with a licence for books",
        )
    low, high = (axes["wght"].minValue, axes["wght"].maxValue) if "wght" in axes else (weight, weight)
    return family, "italic" if slanted else "normal", int(low), int(high)
