"""Footnotes in Markdown: `[^name]` in the text, `[^name]: …` where the note is.

Python-Markdown's own extension reads the definitions; what it does with them grows with the
square of their number, and of two notes with one name it drops the first.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Extension, Markdown
from markdown.extensions.footnotes import FootnoteBlockProcessor
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor


class Footnotes(Extension):
    """Calls, notes and backlinks as Python-Markdown writes them: `fnref:name`, `fn:name`."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Hang reader, call and section into the parser."""
        md.registerExtension(self)
        self.parser = md.parser  # which the reader of definitions asks for
        self.reset()
        md.parser.blockprocessors.register(FootnoteBlockProcessor(self), "footnote", 17)  # type: ignore[arg-type]
        md.inlinePatterns.register(_Call(self), "footnote", 175)
        md.treeprocessors.register(_Section(self, md), "footnote", 50)

    def reset(self) -> None:
        """Forget the notes of the post before."""
        self.footnotes: dict[str, str] = {}
        self.called: set[str] = set()
        self._again: Counter[str] = Counter()

    def setFootnote(self, name: str, text: str) -> None:
        """Keep a note; a second one of the same name under a name of its own."""
        self._again[name] += 1
        self.footnotes[name if self._again[name] == 1 else f"{name} ({self._again[name]})"] = text


class _Call(InlineProcessor):
    def __init__(self, notes: Footnotes) -> None:
        super().__init__(r"\[\^([^\[\]]*)\]")
        self._notes = notes

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int] | tuple[None, None, None]:
        name = m[1]
        if name not in self._notes.footnotes:
            return None, None, None
        call = Element("sup", {} if name in self._notes.called else {"id": f"fnref:{name}"})
        self._notes.called.add(name)
        SubElement(call, "a", {"class": "footnote-ref", "href": f"#fn:{name}"}).text = name
        return call, m.start(0), m.end(0)


class _Section(Treeprocessor):
    """Sets the notes, before the inline marks in them are read."""

    def __init__(self, notes: Footnotes, md: Markdown) -> None:
        super().__init__(md)
        self._notes = notes

    def run(self, root: Any) -> None:
        if not self._notes.footnotes:
            return
        section = SubElement(root, "div", {"class": "footnote"})
        rows = SubElement(section, "ol")
        done = 0
        while done < len(self._notes.footnotes):  # a note may hold the definition of another
            for name, text in list(self._notes.footnotes.items())[done:]:
                row = SubElement(rows, "li", {"id": f"fn:{name}"})
                holder = Element("div")
                self._notes.parser.parseChunk(holder, text)
                row.extend(list(holder))
                last = row[-1] if len(row) and row[-1].tag == "p" else SubElement(row, "p")
                SubElement(last, "a", {"class": "footnote-backref", "href": f"#fnref:{name}"})
                done += 1
