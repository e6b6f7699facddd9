"""Accessibility metadata: complete, and true of what is in the book."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from book.alttexts import says
from book.checks._lettering import UNREAD, is_said_beside
from book.epub.markup import EPUB_TYPE, MATHML, SVG, elements, having, is_decoration
from book.epub.opened import OPF, OpenedBook, opened
from book.epub.pictures import moves
from book.model import Finding

SUFFIXES = (".epub",)

_CLAUSE = "EPUB Accessibility 1.1, 2 Discoverability"
_REQUIRED = ("accessMode", "accessibilityFeature", "accessibilityHazard")
_RECOMMENDED = ("accessModeSufficient", "accessibilitySummary")
_CONFORMS = re.compile(r"EPUB Accessibility 1\.1 - WCAG 2\.[0-2] Level A{1,3}")
_OLDER = re.compile(r"https?://(www\.)?idpf\.org/epub/a11y/accessibility-2017\d{4}\.html#wcag-a{1,3}")


def check(path: Path) -> Iterator[Finding]:
    """Compare what the metadata claims with the documents."""
    book = opened(path)
    said = {name: _values(book, name) for name in (*_REQUIRED, *_RECOMMENDED)}
    finding = partial(book.finding, name=book.package_name, clause=_CLAUSE)
    for name, severity in [(n, "error") for n in _REQUIRED] + [(n, "warning") for n in _RECOMMENDED]:
        if not said[name]:
            severity = "note" if book.is_old else severity
            yield finding("accessibility-metadata", severity, f"there is no `schema:{name}`")
    yield from _features(book, said["accessibilityFeature"], finding)
    yield from _modes(book, said["accessMode"], finding)
    yield from _hazards(book, said["accessibilityHazard"], finding)
    yield from _conformance(book, finding)


def _values(book: OpenedBook, name: str) -> list[str]:
    """Return what is said in either form: EPUB 3's `property`, EPUB 2's `name` and `content`."""
    texts = [meta.text for meta in book.metas(f"schema:{name}")]
    every = book.package.iter(f"{{{OPF}}}meta")
    texts += [meta.get("content") for meta in every if meta.get("name") == f"schema:{name}"]
    return [" ".join(text.split()) for text in texts if text and text.strip()]


def _all(book: OpenedBook, *names: str) -> Iterator[Any]:
    return (element for root in book.documents.values() for element in elements(root, *names))


def _having(book: OpenedBook, *attributes: str) -> Iterator[Any]:
    return (element for root in book.documents.values() for element in having(root, *attributes))


def _features(book: OpenedBook, said: list[str], finding: Callable[..., Finding]) -> Iterator[Finding]:
    pictures = [image for image in _all(book, "img") if not is_decoration(image)]
    maths = [math for root in book.documents.values() for math in root.iter(f"{{{MATHML}}}math")]
    pages = book.nav("page-list") is not None
    breaks = any(
        "pagebreak" in e.get(EPUB_TYPE, "").split() or e.get("role") == "doc-pagebreak"
        for e in _having(book, "epub:type", "role")
    )
    described = all(
        says(image.get("alt"), image.get("src", "")) or is_said_beside(image) for image in pictures
    )
    truths = {
        "alternativeText": (bool(pictures) or any(True for _ in _svgs(book))) and described,
        "MathML": bool(maths),
        "describedMath": bool(maths) and all(math.get("alttext") for math in maths),
        "pageNavigation": pages,
        "pageBreakMarkers": breaks,
        "printPageNumbers": pages or breaks,
        "tableOfContents": book.nav("toc") is not None,
        "longDescription": any(
            e.get("aria-details") or e.get("aria-describedby")
            for e in _having(book, "aria-details", "aria-describedby")
        ),
        "structuralNavigation": any(True for _ in _all(book, "h1", "h2", "h3", "h4", "h5", "h6")),
        "synchronizedAudioText": any(item.media_type == "application/smil+xml" for item in book.items),
    }
    for name in said:
        if truths.get(name) is False:
            yield finding("feature-untrue", "warning", f"`{name}` is claimed, and not so of this book")
    inside = any(image.get("role") != "doc-cover" for image in pictures)
    worth = {"alternativeText": inside, "MathML": True, "pageNavigation": "printPageNumbers" not in said}
    for name in (name for name, counts in worth.items() if counts):
        if truths[name] and name not in said:
            yield finding("feature-unsaid", "note", f"`{name}` is so of this book, and not said")
    if len(said) > 1 and "none" in said:
        yield finding("feature-none", "error", "`none` stands beside other features")


def _svgs(book: OpenedBook) -> Iterator[Any]:
    return (svg for root in book.documents.values() for svg in root.iter(f"{{{SVG}}}svg"))


def _modes(book: OpenedBook, said: list[str], finding: Callable[..., Finding]) -> Iterator[Finding]:
    """Pictures that inform make a book visual; lettering on a title page and logos need not."""
    read = [root for root in book.documents.values() if not UNREAD & _types(root)]
    informing = [
        i for root in read for i in elements(root, "img") if not is_decoration(i) and i.get("alt") != ""
    ]
    informing += [svg for root in read for svg in root.iter(f"{{{SVG}}}svg")]
    any_picture = informing or any(True for _ in _all(book, "img")) or any(True for _ in _svgs(book))
    if informing and "visual" not in said and said:
        yield finding("mode-visual", "warning", "pictures inform, and `accessMode` does not say `visual`")
    if "visual" in said and not any_picture:
        yield finding("mode-visual", "warning", "`accessMode` says `visual`, and there is no picture")


def _types(root: Any) -> set[str]:
    return {kind for e in elements(root, "body", "section", "div") for kind in e.get(EPUB_TYPE, "").split()}


def _hazards(book: OpenedBook, said: list[str], finding: Callable[..., Finding]) -> Iterator[Finding]:
    alone = {"none", "unknown"} & set(said)
    if alone and len(said) > 1:
        yield finding("hazard-alone", "error", f"the hazard `{min(alone)}` stands beside others")
    if "none" in said and (reason := _moving(book)):
        yield finding("hazard-unknown", "warning", f"the hazard is said to be `none`, and there is {reason}")


def _moving(book: OpenedBook) -> str | None:
    names = {"video": "a video", "audio": "sound", "script": "a script"}
    for element in _all(book, *names):
        return names[element.tag.rpartition("}")[2]]
    for item in book.items:
        data = book.files.get(item.name, b"")
        if item.media_type.startswith("image/") and moves(item.media_type, data):
            return f"a moving picture, `{item.name}`"
        if item.media_type == "text/css" and b"@keyframes" in data:
            return f"an animation in `{item.name}`"
    return None


def _conformance(book: OpenedBook, finding: Callable[..., Finding]) -> Iterator[Finding]:
    certified = any((meta.text or "").strip() for meta in book.metas("a11y:certifiedBy"))
    for meta in book.metas("dcterms:conformsTo"):
        text = " ".join((meta.text or "").split())
        if "accessib" not in text.lower():
            continue
        if not _CONFORMS.fullmatch(text) and not _OLDER.fullmatch(text):
            hint = "`EPUB Accessibility 1.1 - WCAG 2.2 Level AA`"
            yield finding(
                "conformance-words", "warning", f"`{text}` is not how a standard is named", at=meta, hint=hint
            )
        if not certified:
            hint = "say who judged it: `a11y:certifiedBy`"
            yield finding(
                "conformance-by",
                "warning",
                "the book is said to conform, and not by whose word",
                at=meta,
                hint=hint,
            )
