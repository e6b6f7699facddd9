"""Pages of a PDF, and what stands after the page breaks of an EPUB, for holding one against the other."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pypdfium2
from binding import Opened
from lxml import etree


def letters(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in folded if sign.isalnum())


def pages_of(path: Path) -> dict[str, str]:
    """The text of each page of a PDF that has any, by its label."""
    with pypdfium2.PdfDocument(path) as pdf:
        texts = {
            pdf.get_page_label(number): pdf[number].get_textpage().get_text_range()
            for number in range(len(pdf))
        }
    return {label: text for label, text in texts.items() if text.strip()}


def paged(opened: Opened) -> dict[str, str]:
    """The text from each page break to the next, by its label."""
    found: dict[str, str] = {}
    hrefs = {item.get("id"): item.get("href") for item in opened.find("//o:item")}
    label = ""
    for ident in opened.find("//o:itemref/@idref"):
        for event, element in etree.iterwalk(opened.xml(hrefs[ident]), events=("start", "end")):
            if event == "start" and element.get("role") == "doc-pagebreak":
                label = element.get("aria-label")
            text = element.text if event == "start" else element.tail
            found[label] = found.get(label, "") + (text or "")
    return found
