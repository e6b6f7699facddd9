"""One post's Markdown, or HTML, as a clean body: every step in order, on one tree."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from lxml import etree

from book import embeds, identifiers, mathml, notes, shape
from book.clean import clean, fragment
from book.copyedit import copyedit
from book.model import Note

_LETTERS = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_INLINE_ONLY = {"a", "strong", "em"}


@dataclass(frozen=True, slots=True)
class Body:
    """A body with its notes and how many words both have; `said` is what was changed on the way."""

    xhtml: str
    notes: tuple[Note, ...]
    words: int
    said: tuple[str, ...]


def set_body(markdown: str, ident: str, language: str, passes: tuple[str, ...]) -> Body:
    """Make the body of the post `ident` from its Markdown, corrected as `language` has it."""
    from book.markup import to_html

    said: list[str] = []
    root = clean(to_html(markdown), said.append)
    return _finished(root, ident, language, passes, said)


def set_plain(text: str, ident: str, why: str) -> Body:
    """Make a body of the bare text, where reading it as Markdown cannot be waited for."""
    said = [f"{why}; the text stands as it was written"]
    blocks = [block.strip() for block in re.split(r"\n\s*\n", text) if block.strip()]
    html = "".join(f"<p>{escape(block, quote=False)}</p>" for block in blocks)
    return _finished(clean(html, said.append), ident, "", (), said)


def _finished(
    root: etree._Element, ident: str, language: str, passes: tuple[str, ...], said: list[str]
) -> Body:
    say = said.append
    mathml.set_math(root, say)
    taken = notes.taken(root, ident, say)
    embeds.link_players(root, say)
    shape.shaped(root, say)
    set_figures(root)
    identifiers.settle(root, ident, say)
    copyedit(root, language, passes)
    done = tuple(_note(note, ident, language, passes, said) for note in taken)
    words = count_words(" ".join(map(str, root.itertext())))
    words += sum(count_words(re.sub(r"<[^>]+>", " ", note.body)) for note in done)
    return Body(fragment(root), done, words, tuple(dict.fromkeys(said)))


def _note(note: Note, ident: str, language: str, passes: tuple[str, ...], said: list[str]) -> Note:
    root = etree.fromstring(f"<div>{note.body}</div>", etree.XMLParser(huge_tree=True))
    identifiers.settle(root, f"{ident}", said.append)
    copyedit(root, language, passes)
    return Note(note.ident, note.number, fragment(root))


def set_figures(root: etree._Element) -> None:
    """Make a paragraph that is nothing but one picture a figure; its title is the caption."""
    for picture in list(root.iter("img")):
        holder = _lone(picture)
        if holder is None:
            continue
        holder.tag = "figure"
        title = picture.attrib.pop("title", "")
        if title.strip():
            caption = etree.SubElement(holder, "figcaption")
            caption.text = title
    for figure in root.iter("figure"):
        for picture in figure.iter("img"):
            picture.attrib.pop("title", None)


def _lone(picture: etree._Element) -> etree._Element | None:
    """Return the paragraph that holds only this picture, or a link around it."""
    holder = picture.getparent()
    if holder is not None and holder.tag == "a" and len(holder) == 1 and not (holder.text or "").strip():
        if (picture.tail or "").strip():
            return None
        picture, holder = holder, holder.getparent()
    if holder is None or holder.tag != "p" or len(holder) != 1:
        return None
    words = (holder.text or "") + (picture.tail or "")
    return None if words.strip() else holder


def count_words(text: str) -> int:
    """Count words; a character of Chinese or Japanese counts as one."""
    return len(_LETTERS.findall(_EAST_ASIAN.sub(" ", text))) + len(_EAST_ASIAN.findall(text))
