"""What can truly be said of a book's accessibility: computed from its documents, never asserted.

Terms are those of the Schema.org Accessibility Properties for Discoverability Vocabulary
and of EPUB Accessibility 1.1.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from book.alttexts import says
from book.epub.container import Resource, Statement
from book.epub.documents import Document
from book.epub.markup import MATHML, SVG, elements, is_decoration, text_of
from book.epub.pictures import moves
from book.errors import BookError
from book.labels import Labels

CONFORMANCE = {
    f"wcag-{version}-{level}": f"EPUB Accessibility 1.1 - WCAG {version} Level {level.upper()}"
    for version in ("2.0", "2.1", "2.2")
    for level in ("a", "aa", "aaa")
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What was counted in the documents."""

    pictures: int
    described: int
    formulas: int
    spoken_formulas: int
    headings: bool
    moving: bool


def facts(documents: Iterable[Document], pictures: Sequence[Resource]) -> Facts:
    """Count what bears on accessibility; a picture said to be decoration is not counted."""
    seen = spoken = formulas = told = 0
    headings = False
    for document in documents:
        for element in elements(document.root):
            if element.tag.endswith("}img") and not is_decoration(element):
                seen, told = seen + 1, told + says(element.get("alt"), element.get("src", ""))
            elif element.tag == f"{{{SVG}}}svg" and not is_decoration(element):
                seen, told = seen + 1, told + _is_named(element)
            elif element.tag == f"{{{MATHML}}}math":
                formulas, spoken = formulas + 1, spoken + bool((element.get("alttext") or "").strip())
            headings = headings or element.tag.endswith("}h1")
    return Facts(
        seen, told, formulas, spoken, headings, any(moves(one.media_type, one.data) for one in pictures)
    )


def _is_named(svg: object) -> bool:
    title = next((child for child in svg if str(child.tag).endswith("}title")), None)  # type: ignore[attr-defined]
    label = svg.get("aria-label")  # type: ignore[attr-defined]
    return bool(label or (title is not None and text_of(title)))


def statements(seen: Facts, labels: Labels, *, paged: bool) -> list[Statement]:
    """Say in metadata what is so: modes, features, hazards and a summary in the book's language.

    `paged` tells that the pages of a printed edition are marked and listed.
    """
    modes = ["textual"] + ["visual"] * (seen.pictures > 0)
    enough = ["textual"] * (seen.pictures == seen.described) + ["textual,visual"] * (seen.pictures > 0)
    features = ["tableOfContents", "readingOrder", "displayTransformability"]
    features += ["structuralNavigation"] * seen.headings
    features += ["pageNavigation", "pageBreakMarkers"] * paged
    features += ["alternativeText"] * (0 < seen.pictures == seen.described)
    features += ["MathML"] * (seen.formulas > 0)
    features += ["describedMath"] * (0 < seen.formulas == seen.spoken_formulas)
    pairs = [("accessMode", mode) for mode in modes]
    pairs += [("accessModeSufficient", mode) for mode in enough]
    pairs += [("accessibilityFeature", feature) for feature in features]
    pairs += [("accessibilityHazard", "unknown" if seen.moving else "none")]
    made = [Statement("meta", value, {"property": f"schema:{name}"}) for name, value in pairs]
    about = {"property": "schema:accessibilitySummary", "xml:lang": labels.language}
    return [*made, Statement("meta", summary(seen, labels), about)]


def summary(seen: Facts, labels: Labels) -> str:
    """Put the facts into sentences."""
    said = [labels.text("access-text"), labels.text("access-navigation")]
    if 0 < seen.pictures == seen.described:
        said.append(labels.text("access-pictures"))
    elif seen.pictures:
        lacking = seen.pictures - seen.described
        said.append(labels.text("access-some-pictures", number=lacking, all=seen.pictures))
    if 0 < seen.formulas == seen.spoken_formulas:
        said.append(labels.text("access-math"))
    return labels.text("access-join").join(said)


def conformance(claim: str | None, certifier: str | None) -> list[Statement]:
    """Say which standard the author had the book judged by; raise BookError for half a claim."""
    if claim is None and certifier is None:
        return []
    if claim is None or certifier is None:
        raise BookError(
            "`conforms-to` and `certified-by` go together",
            hint="an accessibility claim names the standard, and who found that the book keeps it",
        )
    if claim.lower() not in CONFORMANCE:
        known = ", ".join(f"`{name}`" for name in CONFORMANCE)
        raise BookError(f"there is no standard `{claim}`", hint=f"there are: {known}")
    return [
        Statement(
            "meta", CONFORMANCE[claim.lower()], {"property": "dcterms:conformsTo", "id": "conformance"}
        ),
        Statement("meta", certifier, {"property": "a11y:certifiedBy", "refines": "#conformance"}),
    ]
