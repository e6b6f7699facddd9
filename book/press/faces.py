"""The faces that the press sets type in, and a machine that has no others.

WeasyPrint finds fonts through fontconfig, which would answer with whatever the
machine has. So a press process gets a fontconfig of its own, which knows no
font at all: `@font-face` rules bring the book's, and nothing else can leak in.
Of the families that stand by for other scripts, only those are cut and brought
that some character of the book needs.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from xml.sax.saxutils import escape

from book.errors import BookError
from book.model import Composition, Face, Media, Sheet
from book.press.leaves import ASSETS
from book.press.store import Store, key
from book.wholefile import write_whole

_NAMED = {"normal": 400, "bold": 700, "bolder": 700, "lighter": 300}
_WEIGHT = re.compile(r"font(?:-weight)?\s*:\s*([^;}]*)", re.IGNORECASE)
_FAMILIES = re.compile(r"font(?:-family)?\s*:\s*([^;}]*)", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")
_GENERIC = (("monospace", r"mono|code|courier"), ("sans-serif", r"sans|inter|grotesk"), ("serif", r""))
_EMOJI = r"\bemoji\b"
"""What Pango asks for where signs are one emoji together: figures in keys, flags, people with a trade."""
_OWN = "•◦▪‐-0123456789"
"""Characters that lists, hyphenation and counters bring into any text."""
_RAISED = """\
::footnote-call, a.endnote-call, a.noteref {
  font-variant-position: normal; font-size: 0.65em; vertical-align: 0.55em;
}
"""


@dataclass(frozen=True, slots=True)
class Cut:
    """A static font file: one weight and one style of a family; `digest` is of its bytes."""

    family: str
    style: str
    weight: int
    path: str
    digest: str

    @property
    def address(self) -> str:
        """The address by which the press fetches its bytes."""
        family = re.sub(r"[^a-z0-9]+", "-", self.family.lower())
        return f"{ASSETS}fonts/{family}-{self.weight}-{self.style}{Path(self.path).suffix}"


@dataclass(frozen=True, slots=True)
class Fount:
    """The cuts that a book is set in.

    `strays` says which family was brought for which single characters: text without
    them is set the same with or without it.
    """

    cuts: tuple[Cut, ...]
    strays: Mapping[str, str]
    lacking: tuple[tuple[str, str | None], ...] = ()
    """What to say of characters that no face has: message and hint."""

    def shaping(self, text: str) -> list[str]:
        """Return digests of the cuts that `text` can be set in."""
        stray = set(self.strays.values())
        wanted = {family for character, family in self.strays.items() if character in text}
        return [cut.digest for cut in self.cuts if cut.family not in stray or cut.family in wanted]


def fount(faces: Sequence[Face], sheets: Sequence[Sheet], texts: Iterable[str], store: Store) -> Fount:
    """Choose the faces that a book needs and cut them; remember the choice."""
    if not faces:
        raise BookError(
            "there is no typeface to set the book in",
            hint="name a family in the theme's `families`, and install it: `pip install fontpkg-eb-garamond`",
        )
    from book.fonts.cutting import RECIPE

    used = "".join(sorted(signs(texts)))
    styled = "".join(sheet.text for sheet in sheets)
    name = key("fount", RECIPE, [(asdict(face), _stat(face.path)) for face in faces], used, styled)
    if (data := store.get(name)) is not None:
        raw = json.loads(data)
        lacking = tuple((message, hint) for message, hint in raw["lacking"])
        known = Fount(tuple(Cut(**cut) for cut in raw["cuts"]), raw["strays"], lacking)
        if all(Path(cut.path).is_file() for cut in known.cuts):
            return known
    made = _choose(faces, sheets, used, styled)
    store.put(name, json.dumps(asdict(made)).encode())
    return made


def signs(texts: Iterable[str]) -> frozenset[str]:
    """Return every character that stands in some texts."""
    return frozenset().union(*map(_signs, texts))


@lru_cache(maxsize=1024)
def _signs(text: str) -> frozenset[str]:
    """Return the characters of a text; of a book that is made again, few texts are new."""
    return frozenset(text)


def texts(composition: Composition) -> Iterator[str]:
    """Give all that is set in type: the galleys, and the drawings beside them."""
    yield from (galley.body for galley in composition.galleys)
    yield from map(lettering, composition.book.media)


def lettering(media: Media) -> str:
    """Return what a drawing sets in type, in its markup; nothing for a picture, which has no words."""
    return media.path.read_text(encoding="utf-8") if media.media_type == "image/svg+xml" else ""


def _stat(path: Path) -> tuple[int, int]:
    stat = path.stat()
    return stat.st_size, stat.st_mtime_ns


def _choose(faces: Sequence[Face], sheets: Sequence[Sheet], used: str, styled: str) -> Fount:
    from book import fonts

    shown = styled + "".join(chr(min(int(code, 16), 0x10FFFF)) for code in _ESCAPE.findall(styled)) + _OWN
    first = _first_families(sheets, {face.family for face in faces}) or {faces[0].family}
    ordered = sorted(faces, key=lambda face: face.family not in first)
    base = first | set(fonts.chosen(shown, ordered))
    ordered = sorted(ordered, key=lambda face: face.family not in base)
    strays = {
        character: family
        for family, characters in fonts.chosen(used, ordered).items()
        if family not in base
        for character in characters
    }
    wanted = [face for face in faces if face.family in base or face.family in set(strays.values())]
    lacking = tuple((notice.message, notice.hint) for notice in fonts.warnings(used, faces))
    return Fount(tuple(_cut(face, weight) for face, weight in _weighted(wanted, sheets)), strays, lacking)


def _first_families(sheets: Iterable[Sheet], known: set[str]) -> set[str]:
    found = set()
    for sheet in sheets:
        for declared in _FAMILIES.findall(sheet.text):
            first = declared.split(",")[0].strip().rstrip("\"'").lower()
            found |= {family for family in known if first.endswith(family.lower())}
    return found


def _cut(face: Face, weight: int) -> Cut:
    from book import fonts

    path = fonts.instance(face, weight, fonts.store())
    digest = hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest()
    return Cut(face.family, face.style, weight, str(path), digest)


def weights(sheets: Iterable[Sheet]) -> frozenset[int]:
    """Return the weights that style sheets ask for, with regular and bold."""
    found = {400, 700}
    for sheet in sheets:
        for declared in _WEIGHT.findall(sheet.text):
            words = declared.lower().replace("!important", "").split()
            found |= {_NAMED[word] for word in words if word in _NAMED}
            found |= {int(word) for word in words if re.fullmatch(r"[1-9]\d\d", word)}
    return frozenset(found)


def _weighted(faces: Iterable[Face], sheets: Iterable[Sheet]) -> list[tuple[Face, int]]:
    """Return which weights of which faces to cut: those that are asked for, the nearest that a face has."""
    asked = weights(sheets)
    pairs: dict[tuple[str, str, int], Face] = {}
    for face in faces:
        low, high = face.weights
        for weight in sorted({min(max(w, low), high) for w in asked}):
            pairs.setdefault((face.family, face.style, weight), face)
    return [(face, weight) for (_, _, weight), face in pairs.items()]


def rules(cuts: Iterable[Cut]) -> str:
    """Write the `@font-face` rules for static fonts."""
    return "".join(
        f'@font-face {{ font-family: "{cut.family}"; font-style: {cut.style}; '
        f'font-weight: {cut.weight}; src: url("{cut.address}"); }}\n'
        for cut in cuts
    )


def figures(faces: Sequence[Face]) -> str:
    """Write the rule that raises figures of notes where the text's family has no superiors, or not all."""
    from book import fonts

    own = [face for face in faces if face.family == faces[0].family]
    return "" if all(fonts.superior_figures(face.path) for face in own) else _RAISED


def generic_families(families: Iterable[str]) -> Mapping[str, str]:
    """Choose, among the book's families, what `serif`, `sans-serif` and `monospace` mean."""
    named = list(dict.fromkeys(families))
    emoji = [family for family in named if _like(_EMOJI, family)]
    ordered = [family for family in named if family not in emoji] or emoji
    patterns = [pattern for _, pattern in _GENERIC if pattern]
    chosen = {}
    for generic, pattern in _GENERIC:
        fitting = [
            family
            for family in ordered
            if (_like(pattern, family) if pattern else not any(_like(other, family) for other in patterns))
        ]
        if ordered:
            chosen[generic] = (fitting or ordered)[0]
    return {**chosen, "emoji": emoji[0]} if emoji else chosen


def _like(pattern: str, family: str) -> bool:
    return re.search(pattern, family, re.IGNORECASE) is not None


def fontconfig(folder: Path, families: Iterable[str]) -> Path:
    """Write a fontconfig configuration that knows no fonts into `folder`; return its path."""
    aliases = "".join(
        f"<alias binding='same'><family>{generic}</family><prefer><family>{escape(family)}</family>"
        "</prefer></alias>"
        for generic, family in generic_families(families).items()
    )
    text = (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n'
        f"<fontconfig>{aliases}<cachedir>{escape(str(folder / 'cache'))}</cachedir></fontconfig>\n"
    )
    path = folder / f"fonts-{key(text)[:16]}.conf"
    if not path.is_file():
        write_whole(path, text.encode("utf-8", "surrogateescape"))  # a folder may have any name
    return path
