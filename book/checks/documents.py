"""Content documents: title, headings, languages, roles, links, and what was left in them by mistake."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import Any

from book.epub.markup import EPUB_TYPE, XML_LANG, elements, having, is_wordless, tag, text_of
from book.epub.opened import OpenedBook, opened
from book.model import Finding
from book.restated import restated

SUFFIXES = (".epub",)

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CODE = {tag(name) for name in ("pre", "code", "kbd", "samp", "script", "style")}
_EMPTY_WORDS = {
    *("here", "click here", "this", "link", "this link", "more", "read more", "this page", "page"),
    *("hier", "hier klicken", "mehr", "weiterlesen", "ici", "cliquez ici", "lire la suite", "en savoir plus"),
    *(
        "aquí",
        "haz clic aquí",
        "leer más",
        "qui",
        "clicca qui",
        "leggi tutto",
        "klik hier",
        "lees meer",
        "aqui",
    ),
}
_LEFT_OVER = (
    (re.compile("\ufffd"), "a character that could not be read (U+FFFD)"),
    (re.compile(r"\{\{.{0,60}?\}\}|\{%.{0,60}?%\}"), "a template's code"),
    (re.compile(r"\[/?(gallery|caption|embed|video|audio|playlist|youtube|vimeo)\b[^\]]*\]"), "a shortcode"),
    (re.compile(r"&(amp|lt|gt|quot|nbsp|#\d+|#x[0-9a-fA-F]+);"), "an entity written twice over"),
)
_ROLES = {
    "chapter": "doc-chapter", "part": "doc-part", "noteref": "doc-noteref", "footnote": "doc-footnote",
    "pagebreak": "doc-pagebreak", "dedication": "doc-dedication", "epigraph": "doc-epigraph",
    "foreword": "doc-foreword", "preface": "doc-preface", "introduction": "doc-introduction",
    "afterword": "doc-afterword", "appendix": "doc-appendix", "glossary": "doc-glossary",
    "colophon": "doc-colophon", "conclusion": "doc-conclusion", "prologue": "doc-prologue",
    "epilogue": "doc-epilogue", "bibliography": "doc-bibliography", "toc": "doc-toc", "index": "doc-index",
}  # fmt: skip


def check(path: Path) -> Iterator[Finding]:
    """Look at every content document by itself, then at their titles together."""
    book = opened(path)
    documents = book.documents
    for name, fault in book.faults.items():
        message = f"this file is not well-formed: {restated(fault.msg)}"
        yield book.finding("well-formed", "error", message, name=name, at=fault.lineno, clause="XML 1.0")
    yield from _titles(book)
    for name, root in documents.items():
        yield from _languages(book, name, root)
        yield from _headings(book, name, root)
        yield from _roles(book, name, root)
        yield from _links(book, name, root)
        yield from _left_over(book, name, root)


def _titles(book: OpenedBook) -> Iterator[Finding]:
    titles = {
        name: next((text_of(title) for title in elements(root, "title")), "")
        for name, root in book.documents.items()
    }
    counts = Counter(titles.values())
    for name, title in titles.items():
        clause, hint = "WCAG 2.2, 2.4.2", "use its heading"
        if not title or _is_file_name(title, name):
            message = f"the document's title is `{title}`" if title else "the document has no title"
            yield book.finding("document-title", "warning", message, name=name, hint=hint, clause=clause)
        elif counts[title] > 1:
            message = f"{counts[title]} documents have the title “{title}”"
            yield book.finding("document-title", "warning", message, name=name, hint=hint, clause=clause)


def _is_file_name(title: str, name: str) -> bool:
    """Tell `ch001.xhtml` and `ch001` from a title; `Colophon` may well stand in `colophon.xhtml`."""
    file, folded = PurePosixPath(name), title.casefold()
    stem = file.stem.casefold()
    return folded in {file.name.casefold(), "untitled", "unknown"} or (
        folded == stem and re.search(r"\d|_", stem) is not None
    )


def _languages(book: OpenedBook, name: str, root: Any) -> Iterator[Finding]:
    for element in having(root, "lang"):
        plain, xml = element.get("lang"), element.get(XML_LANG)
        if xml is not None and plain.lower() != xml.lower():
            message = f"`lang` is `{plain}`, and `xml:lang` is `{xml}`"
            yield book.finding(
                "language-attributes", "error", message, name=name, at=element, clause="WCAG 2.2, 3.1.2"
            )
    if root.get("lang") is None and root.get(XML_LANG) is None:
        message = "the document does not say its language"
        yield book.finding("document-language", "warning", message, name=name, clause="WCAG 2.2, 3.1.1")


def _headings(book: OpenedBook, name: str, root: Any) -> Iterator[Finding]:
    found = [(int(h.tag[-1]), h) for h in elements(root, *_HEADINGS)]
    tops = [heading for level, heading in found if level == 1]
    for heading in tops[1:]:
        message = f"“{text_of(heading)}” is a second `h1`"
        yield book.finding("one-h1", "warning", message, name=name, at=heading, clause="WCAG 2.2, 1.3.1")
    if found and not tops and _others_have_h1(book):
        message = "this document has headings, but no `h1`, as others of the book have"
        yield book.finding("one-h1", "warning", message, name=name, at=found[0][1], clause="WCAG 2.2, 1.3.1")
    for (above, _), (level, heading) in pairwise(found):
        if level > above + 1:
            message = f"“{text_of(heading)}” is an `h{level}` after an `h{above}`"
            yield book.finding(
                "heading-levels", "warning", message, name=name, at=heading, clause="WCAG 2.2, 1.3.1"
            )
    for _, heading in found:
        if not text_of(heading) and next(elements(heading, "img"), None) is None:
            yield book.finding("heading-empty", "warning", "this heading is empty", name=name, at=heading)


def _others_have_h1(book: OpenedBook) -> bool:
    """Tell whether chapters of this book begin with `h1`, as most do; some houses begin below it."""
    roots = [root for root in book.documents.values() if next(elements(root, *_HEADINGS), None) is not None]
    return 2 * sum(next(elements(root, "h1"), None) is not None for root in roots) > len(roots)


def _roles(book: OpenedBook, name: str, root: Any) -> Iterator[Finding]:
    for element in having(root, "epub:type"):
        if element.tag in {tag("body"), tag("a")} and element.get(EPUB_TYPE) != "noteref":
            continue
        for kind in element.get(EPUB_TYPE, "").split():
            if kind in _ROLES and not element.get("role"):
                message = f'`epub:type="{kind}"` has no role'
                hint = f'add `role="{_ROLES[kind]}"`'
                yield book.finding(
                    "role",
                    "note",
                    message,
                    name=name,
                    at=element,
                    hint=hint,
                    clause="EPUB Accessibility 1.1, 3.2",
                )


def _links(book: OpenedBook, name: str, root: Any) -> Iterator[Finding]:
    for link in elements(root, "a"):
        href, words = link.get("href"), text_of(link).strip(" .…»›→[]()").casefold()
        if href is None:
            continue
        listed = next(link.iterancestors(tag("nav")), None) is not None  # under the title of what it leads to
        if words in _EMPTY_WORDS and not link.get("aria-label") and not listed:
            message = f"the words “{text_of(link)}” do not say where this link leads"
            hint = "let the link be the name of what it leads to"
            yield book.finding(
                "link-words", "warning", message, name=name, at=link, hint=hint, clause="WCAG 2.2, 2.4.4"
            )
        if is_wordless(link):
            hint = "give it words, or the picture in it an alternative text"
            message = f"the link to `{href}` has no words"
            yield book.finding(
                "link-name", "warning", message, name=name, at=link, hint=hint, clause="WCAG 2.2, 2.4.4"
            )
        file, fragment = book.resolve(name, href)
        if ":" not in href.split("/")[0] and file not in book.files:
            yield book.finding("link-target", "error", f"there is no file `{href}`", name=name, at=link)
        elif file in book.documents and fragment and fragment not in book.places(file):
            yield book.finding("link-target", "error", f"there is no place `{href}`", name=name, at=link)


def _left_over(book: OpenedBook, name: str, root: Any) -> Iterator[Finding]:
    whole = "".join(root.itertext())
    patterns = [(pattern, what) for pattern, what in _LEFT_OVER if pattern.search(whole)]
    for element in elements(root) if patterns else ():
        inside = element.tag in _CODE or any(above.tag in _CODE for above in element.iterancestors())
        parts = ("" if inside else element.text or "", _tail(element))
        for pattern, what in patterns:
            match = next((m for part in parts if (m := pattern.search(part))), None)
            if match is not None:
                message = f"the text has {what}: `{match[0]}`"
                yield book.finding("left-over", "warning", message, name=name, at=element)


def _tail(element: Any) -> str:
    around = element.getparent()
    if around is None or around.tag in _CODE or any(above.tag in _CODE for above in around.iterancestors()):
        return ""
    return element.tail or ""
