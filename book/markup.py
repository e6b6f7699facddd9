"""Markdown as writers use it, to HTML. Math goes by as TeX in elements of class `arithmatex`."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element

import markdown
from markdown.inlinepatterns import InlineProcessor, SimpleTagInlineProcessor, SubstituteTagInlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.util import AtomicString

from book.dialect.abbreviations import Definitions
from book.dialect.inline import Inline
from book.dialect.lists import Lists
from book.dialect.notes import Footnotes
from book.dialect.runaways import restored, tamed
from book.dialect.tablerules import TableRules

EXTENSIONS = [
    "attr_list", "def_list", "md_in_html", "tables", "admonition", "sane_lists",
    "pymdownx.superfences", "pymdownx.highlight", "pymdownx.tasklist", "pymdownx.arithmatex",
]  # fmt: skip
_SETTINGS: dict[str, dict[str, Any]] = {
    "pymdownx.superfences": {"preserve_tabs": True, "relaxed_headers": True},
    "pymdownx.highlight": {"use_pygments": False, "css_class": "code", "language_prefix": "language-"},
    "pymdownx.tasklist": {"custom_checkbox": False},
    "pymdownx.arithmatex": {"generic": True, "smart_dollar": True, "tex_inline_wrap": ["", ""],
                            "tex_block_wrap": ["", ""]},
}  # fmt: skip
_SCRIPTS = {
    "del": r"()(?<!~)~~(?=[^\s~])(.{1,2000}?)(?<=[^\s~])~~(?!~)",
    "sub": r"()(?<!~)~([^~\s]{1,200})~(?!~)",
    "ins": r"()(?<!\^)\^\^(?=[^\s^])(.{1,2000}?)(?<=[^\s^])\^\^(?!\^)",
    "sup": r"()(?<![\^\[])\^([^^\s]{1,200})\^(?!\^)",
}
"""Marks around a text: their inside is the second group. Undone marks are found out in one look."""


@dataclass(frozen=True, slots=True)
class Marked:
    """The HTML of a post, and the abbreviations that it explains, still to be marked."""

    html: str
    abbreviations: Mapping[str, str]


def to_html(text: str) -> str:
    """Convert one post's Markdown."""
    return marked(text).html


def marked(text: str) -> Marked:
    """Convert one post's Markdown, and return its abbreviations beside."""
    converter, definitions = _converter()
    converter.reset()
    definitions.found.clear()
    html = restored(converter.convert(tamed(text)))
    return Marked(html, {restored(short): restored(long) for short, long in definitions.found.items()})


@lru_cache(maxsize=1)
def _converter() -> tuple[markdown.Markdown, Definitions]:
    made = markdown.Markdown(
        extensions=[*EXTENSIONS, Footnotes()], extension_configs=_SETTINGS, output_format="xhtml"
    )
    made.block_level_elements.extend(["svg", "math"])
    made.ESCAPED_CHARS = list(string.punctuation)
    _leave_money(made.inlinePatterns["arithmatex-inline"])
    definitions = Definitions(made)
    made.preprocessors.register(_Whitespace(made), "normalize_whitespace", 30)
    made.preprocessors.register(Lists(made), "lists", 15)  # code and HTML blocks are set aside by then
    made.preprocessors.register(definitions, "abbreviations", 14)
    made.preprocessors.register(TableRules(made), "table-rules", 13)
    made.inlinePatterns.register(
        _DisplayMath(r"(?<![\\$])\$\$(?!\$)([^$]+?)\$\$(?!\$)", made), "display", 190
    )
    made.inlinePatterns.register(SubstituteTagInlineProcessor(r"\\\n", "br"), "hard-break", 181)
    for number, (tag, pattern) in enumerate(_SCRIPTS.items()):
        made.inlinePatterns.register(SimpleTagInlineProcessor(pattern, tag), tag, 65 - number)
    made.treeprocessors.register(Inline(made), "inline", 20)
    return made, definitions


def _leave_money(mathematics: Any) -> None:
    """Have no formula end before a figure, as pandoc has it: `$20-$30` are sums of money."""
    pattern = mathematics.pattern.replace(r"(?:\$))", r"(?:\$)(?!\d))")
    mathematics.compiled_re = re.compile(pattern, mathematics.compiled_re.flags)


class _Whitespace(Preprocessor):
    """Tabs are indentation at the head of a line; further on they are the author's."""

    _INDENTATION = re.compile(r"^[ \t]*\t[ \t]*", re.MULTILINE)

    def run(self, lines: list[str]) -> list[str]:
        source = "\n".join(lines).replace("\x02", "").replace("\x03", "")
        source = self._INDENTATION.sub(lambda match: match[0].expandtabs(self.md.tab_length), source + "\n\n")
        return re.sub(r"(?<=\n) +\n", "\n", source).split("\n")


class _DisplayMath(InlineProcessor):
    """`$$…$$` inside a paragraph."""

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        made = Element("span", {"class": "arithmatex"})
        made.text = AtomicString(m[1])
        return made, m.start(0), m.end(0)
