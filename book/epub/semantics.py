"""What things are: `epub:type` for reading systems, matching roles for assistive technology.

Vocabularies: EPUB Structural Semantics 1.1 and DPUB-ARIA 1.1. Roles that Ace pairs with
a type always go with it.
"""

from __future__ import annotations

from typing import Any

from book.direction import direction
from book.epub.markup import EPUB_TYPE, XHTML, XML_LANG, classes, elements, tag, unwrap

# Role of a galley: its `epub:type`, and the ARIA role of its section where there is one.
SECTIONS: dict[str, tuple[str | None, str | None]] = {
    "halftitlepage": ("halftitlepage", None),
    "series-page": ("seriespage", None),
    "titlepage": ("titlepage", None),
    "copyright-page": ("copyright-page", None),
    "dedication": ("dedication", "doc-dedication"),
    "epigraph": ("epigraph", "doc-epigraph"),
    "foreword": ("foreword", "doc-foreword"),
    "preface": ("preface", "doc-preface"),
    "acknowledgments": ("acknowledgments", "doc-acknowledgments"),
    "introduction": ("introduction", "doc-introduction"),
    "part": ("part", "doc-part"),
    "chapter": ("chapter", "doc-chapter"),
    "afterword": ("afterword", "doc-afterword"),
    "appendix": ("appendix", "doc-appendix"),
    "glossary": ("glossary", "doc-glossary"),
    "index": ("index", "doc-index"),
    "pictures": ("loi", None),
    "colophon": ("colophon", "doc-colophon"),
}
MATTERS = {"front": "frontmatter", "body": "bodymatter", "back": "backmatter"}
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def mark_section(section: Any, role: str, title: str) -> None:
    """Say what the section of a galley is; one without a heading is named by its title."""
    kind, aria = SECTIONS.get(role, (None, None))
    if kind:
        section.set(EPUB_TYPE, kind)
    if aria:
        section.set("role", aria)
    if next(elements(section, *_HEADINGS), None) is None and title:
        section.set("aria-label", title)


def mark_languages(root: Any) -> None:
    """Give each element that changes the language both attributes, and its direction where that turns."""
    for element in elements(root):
        language = element.get("lang") or element.get(XML_LANG)
        if language is None:
            continue
        element.set(XML_LANG, language)
        if element.tag.startswith(f"{{{XHTML}}}"):
            element.set("lang", language)
        if element.get("dir") is None and direction(language) != direction(_language_around(element)):
            element.set("dir", direction(language))


def _language_around(element: Any) -> str:
    said = (above.get(XML_LANG) or above.get("lang") for above in element.iterancestors())
    return next((language for language in said if language), "en")


def mark_notes(root: Any, notes: str) -> None:
    """Make references, notes and ways back what they are called, for notes that open where one reads.

    A list of notes becomes a section of asides, each beginning with its number: reading
    systems show an aside as a pop-up, and leave an empty list item where they hide it.
    """
    for link in elements(root, "a"):
        if "noteref" in classes(link):
            link.set(EPUB_TYPE, "noteref")
            link.set("role", "doc-noteref")
        elif "term" in classes(link):
            link.set(EPUB_TYPE, "glossref")
            link.set("role", "doc-glossref")
    for item in elements(root, "li"):
        if "footnote" in classes(item):
            _mark_note(item)
    for section in elements(root, "section"):
        if "footnotes" in classes(section):
            section.set(EPUB_TYPE, "footnotes")
            section.set("aria-label", notes)
            for child in list(section):
                if child.tag == tag("ol"):
                    unwrap(child)


def _mark_note(item: Any) -> None:
    number = item.attrib.pop("value", None) or str(
        len(list(item.itersiblings(tag("li"), preceding=True))) + 1
    )
    item.tag = tag("aside")
    item.set(EPUB_TYPE, "footnote")
    item.set("role", "doc-footnote")
    for link in elements(item, "a"):
        if "backlink" in classes(link):
            link.set("role", "doc-backlink")
            if link.get("title"):
                link.set("aria-label", link.attrib.pop("title"))
            _join(link, item)
    _number(item, number)


def _join(link: Any, note: Any) -> None:
    """Move a way back that stands alone at a note's end into the note's last paragraph."""
    before = link.getprevious()
    if link.getparent() is not note or before is None or before.tag != tag("p"):
        return
    before.tail, link.tail = None, None
    _append_text(before, "\u00a0")
    before.append(link)


def _append_text(element: Any, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "").rstrip() + text
    else:
        element.text = (element.text or "").rstrip() + text


def _number(note: Any, number: str) -> None:
    first = note[0] if len(note) and note[0].tag == tag("p") else None
    if first is None:
        first = note.makeelement(tag("p"))
        note.insert(0, first)
    sign = first.makeelement(tag("span"), {"class": "note-number"})
    sign.text, sign.tail = f"{number}.", "\u2002" + (first.text or "").lstrip()
    first.text = None
    first.insert(0, sign)


def mark_asides(root: Any) -> None:
    """Tell tips from other admonitions, which are notes by the way."""
    for aside in elements(root, "aside"):
        names = classes(aside)
        if "admonition" in names:
            aside.set("role", "doc-tip" if "tip" in names else "note")
            if "tip" in names:
                aside.set(EPUB_TYPE, "tip")
