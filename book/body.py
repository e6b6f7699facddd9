"""One post's Markdown, or HTML, as a clean body: every step in order, on one tree."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from unicodedata import is_normalized

from lxml import etree

from book import figures, headingpictures, identifiers, notes, shape
from book.attributes import drop_marks, settle_attributes
from book.clean import clean, fragment, legible
from book.code import set_code
from book.composed import compose
from book.copyedit import copyedit, wraps
from book.counterflow import set_counterflow
from book.dialect.abbreviations import explain
from book.dialect.unclosed import closed
from book.drawings import painted, settle_drawings
from book.embeds import link_players
from book.grids import settle_tables
from book.mathml import set_math
from book.model import Note
from book.nesting import settle_nesting
from book.remarks import remark
from book.ruby import settle_ruby
from book.verse import set_verse

_LETTERS = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_UNDEFINED = re.compile(r"\[\^([^\[\]\s]{1,60})\](?!:)")
_NOT_WRITTEN = re.compile(r"<(script|style|template)\b", re.IGNORECASE)
_MARK = re.compile(r"<!--\s*index:\s*(.*?)\s*-->", re.DOTALL)
_MARKS = r"((?:<!--\s*index:(?:(?!-->).)*-->\s*)+)"
_MARKS_BEFORE = re.compile(rf"{_MARKS}(<(?:p|h[1-6])\b[^>]*>)", re.DOTALL)
_MARKS_AFTER = re.compile(rf"(</(?:p|h[1-6])>)\s*{_MARKS}", re.DOTALL)
_NOT_PROSE = {"code", "pre", "kbd", "samp"}


@dataclass(frozen=True, slots=True)
class Body:
    """A body with its notes and how many words both have; `said` is what was changed on the way."""

    xhtml: str
    notes: tuple[Note, ...]
    words: int
    said: tuple[str, ...]


def set_body(markdown: str, ident: str, language: str, passes: tuple[str, ...]) -> Body:
    """Make the body of the post `ident` from its Markdown, corrected as `language` has it."""
    from book.markup import marked

    said: list[str] = []
    made = marked(closed(legible(markdown, said.append), said.append))
    html = painted(made.html, said.append)
    left_out = sorted({tag.lower() for tag in _NOT_WRITTEN.findall(html)})
    said += [remark(f"a `{tag}` was left out", f"<{tag}") for tag in left_out]
    root = clean(_with_marks(html), said.append)
    return _finished(root, ident, language, passes, said, made.abbreviations)


def _with_marks(html: str) -> str:
    """Make elements of comments that mark places for the index; those between blocks go into one."""
    if "<!--" not in html:
        return html
    html = _MARKS_BEFORE.sub(lambda match: match[2] + match[1].strip(), html)
    html = _MARKS_AFTER.sub(lambda match: match[2].strip() + match[1], html)
    return _MARK.sub(lambda match: f'<span data-index="{escape(match[1])}"></span>', html)


def set_plain(text: str, ident: str, why: str) -> Body:
    """Make a body of the bare text, where reading it as Markdown cannot be waited for."""
    said = [f"{why}; the text stands as it was written"]
    blocks = [block.strip() for block in re.split(r"\n\s*\n", legible(text, said.append)) if block.strip()]
    html = "".join(f"<p>{escape(block, quote=False)}</p>" for block in blocks)
    return _finished(clean(html, said.append), ident, "", (), said, {})


def _finished(
    root: etree._Element,
    ident: str,
    language: str,
    passes: tuple[str, ...],
    said: list[str],
    abbreviations: Mapping[str, str],
) -> Body:
    say = said.append
    set_code(root)
    figures.set_captions(root)
    settle_attributes(root)
    set_math(root, say)
    settle_drawings(root, say)
    shape.set_tasks(root)
    shape.set_asides(root)
    found = notes.find(root, ident, say)
    link_players(root, say)
    settle_tables(root, say)
    settle_ruby(root)  # first: what it holds may be a block
    settle_nesting(root)
    headingpictures.set_out(root)
    shape.fit_headings(root, found.section, say)
    shape.drop_empty_paragraphs(root)
    figures.set_apart(root)
    figures.set_figures(root)
    drop_marks(root)
    if "wraps" in passes:
        wraps.join(root, say)
    set_verse(root)
    explain(root, abbreviations)
    said += [remark(f"there is no note `{name}`; the reference stands as it was written", f"[^{name}]")
             for name in _undefined(root)]  # fmt: skip
    identifiers.settle(root, ident, say, found.names)
    copyedit(root, language, passes)
    set_counterflow(root, language)
    words = count_words(" ".join(map(str, root.itertext())))
    if not is_normalized("NFC", fragment(root)):  # letters and their accents have come together since
        compose(root)
    taken = notes.cut(root, found)
    return Body(fragment(root), taken, words, _each_once(said))


def _each_once(said: list[str]) -> tuple[str, ...]:
    return tuple({(getattr(one, "kind", ""), one): one for one in said}.values())


def _undefined(root: etree._Element) -> list[str]:
    """Return what looks like a reference to a note that there is not."""
    names: dict[str, None] = {}
    for element in root.iter():
        inside = "" if element.tag in _NOT_PROSE else element.text or ""
        after = element.tail or ""
        for text in (inside, after):
            if "[^" in text and not any(above.tag in _NOT_PROSE for above in element.iterancestors()):
                names.update(dict.fromkeys(_UNDEFINED.findall(text)))
    return list(names)


def count_words(text: str) -> int:
    """Count words; a character of Chinese or Japanese counts as one."""
    signs = len(_EAST_ASIAN.findall(text))
    return len(_LETTERS.findall(_EAST_ASIAN.sub(" ", text) if signs else text)) + signs
