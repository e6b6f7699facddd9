"""The fonts of an EPUB: cut to the characters used, declared in CSS, with their licences beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from book import fonts
from book.epub.container import Resource, Statement
from book.epub.styles import Stack, stacks, strings, weights
from book.fonts.matching import nearest
from book.model import Face, Sheet

_MEDIA_TYPES = {".ttf": "font/ttf", ".otf": "font/otf"}


@dataclass(frozen=True, slots=True)
class Characters:
    """The characters of a book, those set as code apart from the rest."""

    plain: str
    code: str


@dataclass(frozen=True, slots=True)
class Typefaces:
    """The font files, the statements about their licences, and the style sheet that declares them."""

    resources: tuple[Resource, ...] = ()
    statements: tuple[Statement, ...] = ()
    css: str = ""
    following: dict[tuple[str, bool], tuple[str, ...]] | None = None

    def after(self, family: str, code: bool) -> Sequence[str]:
        """Return the families that supply what `family` lacks."""
        return (self.following or {}).get((family, code), ())


def typefaces(sheets: Sequence[Sheet], faces: Sequence[Face], text: Characters, store: Path) -> Typefaces:
    """Cut the fonts that the sheets name, and their fallbacks, to the characters of `text`."""
    named = stacks(sheets)
    first = {stack.families[0] for stack in named}
    wanted: dict[str, set[str]] = {}
    following: dict[tuple[str, bool], tuple[str, ...]] = {}
    for stack in named:
        chain = _chain(stack, faces, first)
        shares = fonts.chosen(text.code if stack.code else text.plain + strings(sheets), chain)
        for family, characters in shares.items():
            wanted.setdefault(family, set()).update(characters)
        following[stack.families[0], stack.code] = tuple(f for f in shares if f != stack.families[0])
    styles: dict[tuple[str, str], list[Face]] = {}
    for face in faces:
        if face.family in wanted:
            styles.setdefault((face.family, face.style), []).append(face)
    asked = weights(sheets)
    made = [
        made
        for (family, _), group in styles.items()
        for made in _cut(group, "".join(sorted(wanted[family])), asked, store)
    ]
    return _bound(made, following)


def _chain(stack: Stack, faces: Sequence[Face], first: set[str]) -> list[Face]:
    """Order faces for one stack: its own families, then those that lead no other stack."""
    own = [face for family in stack.families for face in faces if face.family == family]
    return own + [face for face in faces if face not in own and face.family not in first]


@dataclass(frozen=True, slots=True)
class _Made:
    face: Face
    path: Path
    weight: int
    declared: str


def _cut(group: Sequence[Face], characters: str, wanted: Sequence[int], store: Path) -> list[_Made]:
    """Cut the faces of one family and style, one for each weight; a face that serves two is cut once."""
    made: dict[Path, _Made] = {}
    for weight in wanted:
        face = nearest(group, weight)
        available = fonts.coverage.characters(face.path) & set(characters)
        if not available:
            continue
        whole = fonts.instance(face, weight, store)
        path = fonts.subset(whole, "".join(sorted(available)), store)
        # A single heavier weight answers to `bold`, which every reading system knows.
        declared = "normal" if weight == 400 else "bold" if wanted[1:] == (weight,) else str(weight)
        made.setdefault(path, _Made(face, path, weight, declared))
    return list(made.values())


def _bound(made: Sequence[_Made], following: dict[tuple[str, bool], tuple[str, ...]]) -> Typefaces:
    result = Typefaces(following=following)
    licences: dict[str, str] = {}
    for one in made:
        slope = "-italic" if one.face.style == "italic" else ""
        ident = f"font-{_slug(one.face.family)}-{one.weight}{slope}"
        name = f"fonts/{ident.removeprefix('font-')}{one.path.suffix}"
        resource = Resource(ident, name, _MEDIA_TYPES[one.path.suffix], one.path.read_bytes())
        rule = (
            f'@font-face {{\n  font-family: "{one.face.family}";\n  font-style: {one.face.style};\n'
            f'  font-weight: {one.declared};\n  src: url("../{name}");\n}}\n'
        )
        result = replace(result, resources=(*result.resources, resource), css=result.css + rule)
        if one.face.licence is not None:
            result = _with_licence(result, ident, one.face.family, one.face.licence, licences)
    return result


def _with_licence(
    typefaces: Typefaces, ident: str, family: str, path: Path, licences: dict[str, str]
) -> Typefaces:
    """Put a family's licence beside its fonts, linked from the package but no part of the reading."""
    if family not in licences:
        name = licences[family] = f"fonts/{_slug(family)}-licence.txt"
        resource = Resource(f"licence-{_slug(family)}", name, "text/plain", path.read_bytes(), listed=False)
        typefaces = replace(typefaces, resources=(*typefaces.resources, resource))
    about = {"rel": "dcterms:license", "refines": f"#{ident}", "href": licences[family]}
    link = Statement("link", None, about | {"media-type": "text/plain"})
    return replace(typefaces, statements=(*typefaces.statements, link))


def _slug(family: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", family.lower()).strip("-")
