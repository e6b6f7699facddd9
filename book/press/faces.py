"""The faces that the press sets type in, as `@font-face` rules, and a machine without any others.

WeasyPrint finds fonts through fontconfig, which would answer with whatever the
machine has. So a press process gets a fontconfig of its own, which knows no
font at all: the `@font-face` rules bring the book's, and nothing else can leak in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from book.errors import BookError
from book.model import Face, Sheet
from book.press.leaves import ASSETS

_NAMED = {"normal": 400, "bold": 700, "bolder": 700, "lighter": 300}
_WEIGHT = re.compile(r"font(?:-weight)?\s*:\s*([^;}]*)", re.IGNORECASE)
_GENERIC = (("monospace", r"mono|code|courier"), ("sans-serif", r"sans|inter|grotesk"), ("serif", r""))


@dataclass(frozen=True, slots=True)
class Cut:
    """A static font file: one weight and one style of a family."""

    family: str
    style: str
    weight: int
    path: Path

    @property
    def address(self) -> str:
        """The address by which the press fetches its bytes."""
        family = re.sub(r"[^a-z0-9]+", "-", self.family.lower())
        return f"{ASSETS}fonts/{family}-{self.weight}-{self.style}{self.path.suffix}"


def weights(sheets: Iterable[Sheet]) -> frozenset[int]:
    """Return the weights that style sheets ask for, with regular and bold."""
    found = {400, 700}
    for sheet in sheets:
        for declared in _WEIGHT.findall(sheet.text):
            words = declared.lower().replace("!important", "").split()
            found |= {_NAMED[word] for word in words if word in _NAMED}
            found |= {int(word) for word in words if re.fullmatch(r"[1-9]\d\d", word)}
    return frozenset(found)


def wanted(faces: Sequence[Face], sheets: Iterable[Sheet]) -> list[tuple[Face, int]]:
    """Return which weights of which faces to cut: those that are asked for and lie in a face's range."""
    if not faces:
        raise BookError(
            "there is no typeface to set the book in",
            hint="install a family (`pip install fontpkg-eb-garamond`) and name it in the theme's `families`",
        )
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


def generic_families(families: Iterable[str]) -> Mapping[str, str]:
    """Choose, among the book's families, what `serif`, `sans-serif` and `monospace` mean."""
    ordered = list(dict.fromkeys(families))
    chosen = {}
    for generic, pattern in _GENERIC:
        others = [p for g, p in _GENERIC if g != generic and p]
        fitting = [
            family
            for family in ordered
            if (re.search(pattern, family, re.IGNORECASE) if pattern else True)
            and (pattern or not any(re.search(p, family, re.IGNORECASE) for p in others))
        ]
        if ordered:
            chosen[generic] = (fitting or ordered)[0]
    return chosen


def fontconfig(folder: Path, families: Iterable[str]) -> Path:
    """Write a fontconfig configuration that knows no fonts into `folder`; return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    aliases = "".join(
        f"<alias binding='same'><family>{generic}</family><prefer><family>{escape(family)}</family>"
        "</prefer></alias>"
        for generic, family in generic_families(families).items()
    )
    path = folder / "fonts.conf"
    path.write_text(
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n'
        f"<fontconfig>{aliases}<cachedir>{escape(str(folder / 'cache'))}</cachedir></fontconfig>\n",
        encoding="utf-8",
    )
    return path
