"""HTML from anywhere made clean XHTML: what is allowed stays, nesting is mended, no word is lost.

nh3 parses as browsers do (html5ever has no limit of depth) and keeps what `book.allowed` lists;
what it writes is so regular that a small tokeniser makes XML of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from html import escape, unescape
from typing import Any
from unicodedata import is_normalized

import nh3
from lxml import etree

from book.addresses import settle_addresses
from book.allowed import (
    ATTRIBUTES,
    CONTENT_MATH,
    CONTROLS,
    DRAWING,
    HEARD_OF,
    INLINE,
    MATH,
    OTHER_DRAWING,
    PLAYERS,
    SPACES,
    TEXT,
    VOID,
    WITHOUT_CONTENT,
)
from book.bidi import MARKS, settled
from book.composed import compose
from book.depth import shallow
from book.rawtext import with_ends
from book.remarks import Say, remark

__all__ = ["DEEPEST", "PLAYERS", "WIDEST", "Say", "as_xml", "clean", "fragment", "legible"]

DEEPEST = 64
"""How deep elements may nest: WeasyPrint recurses, and no text needs more."""

WIDEST = 200
"""How many columns or rows a cell may span."""

WIDEST_SPACE = 500
"""How many spaces may stand in a row."""

_ROOMY = frozenset(["ul", "ol", "dl", "table"])
"""What is useless without elements of its own inside: it needs room for them."""
_PARTS = frozenset(["li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "caption", "colgroup"])

_NOSCRIPT = re.compile(r"</?noscript\b[^<>]*>", re.IGNORECASE)
_ASKS_FOR_SCRIPTS = re.compile(
    r"<noscript\b[^<>]*>(?=(?:(?!</noscript)(?!<(?:img|iframe|video|audio)\b).){0,400}?\bjavascript\b)"
    r"(?:(?!</noscript)(?!<(?:img|iframe|video|audio)\b).){0,800}</noscript\s*>",
    re.IGNORECASE | re.DOTALL,
)
"""What a page says where scripts are off: that they should be on, and nothing of its own."""
_TOKEN = re.compile(r"<(/?)([A-Za-z][\w:.-]*)((?:\s[^<>\"]*?(?:\"[^\"]*\")?)*?)\s*>")
_ATTRIBUTE = re.compile(r'([^\s"=<>/]+)="([^"]*)"')
_NAME = re.compile(r"[A-Za-z_][\w.-]*|xml:lang|xlink:href")
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACE = re.compile(rf"[ \t\u00a0\u2000-\u200a]{{{WIDEST_SPACE + 1},}}")
_PICTORIAL = re.compile(r"<(?:svg|math)\b", re.IGNORECASE)


def _tags_of(names: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"</?(?:{'|'.join(sorted(names))})(?=[\s/>])[^<>]*>", re.IGNORECASE)


_OF_PICTURES = _tags_of((MATH | DRAWING | OTHER_DRAWING | CONTENT_MATH) - {"title"})
_OF_MEANINGS = _tags_of(CONTENT_MATH)
_LETTERS = re.compile(r"\w+")
_SPANS = {"colspan", "rowspan", "span"}


def legible(text: str, say: Say) -> str:
    """Put U+FFFD for what XML cannot hold, drop what turns text around, and say how many there were."""
    if bad := _NOT_XML.search(text):
        text, wrong = _NOT_XML.subn("\ufffd", text)
        say(remark(f"characters that no file can hold were replaced: {wrong}", bad[0]))
    if wide := _SPACE.search(text):  # no line is so wide, and setting one takes minutes
        text = _SPACE.sub(lambda run: run[0][:WIDEST_SPACE], text)
        say(remark(f"spaces in a row were cut to {WIDEST_SPACE}", wide[0]))
    marked = text
    text, turned = settled(text)
    if turned:
        first = next(sign for sign in marked if sign in MARKS)
        say(remark(f"marks that override the direction of text were dropped: {turned}", first))
    return text


def clean(html: str, say: Say) -> etree._Element:
    """Return `html` as the tree of a `div`, holding allowed elements without a namespace.

    MathML and SVG keep theirs. `say` is told what was changed beyond mending.
    """
    html, asked = _ASKS_FOR_SCRIPTS.subn(" ", legible(html, say))
    if asked:
        say("a request to turn scripts on was left out")
    html = shallow(with_ends(_NOSCRIPT.sub(" ", html), say), say)
    xml = "".join(as_xml(legible(_tidied(html, say), say), say))  # references may name what no file can hold
    parser: etree.XMLParser[Any] = etree.XMLParser(huge_tree=True, resolve_entities=False, no_network=True)
    root: etree._Element = etree.fromstring(f"<div>{xml}</div>".encode(), parser)
    _drop_controls(root)
    settle_addresses(root, say)
    if not is_normalized("NFC", xml):
        compose(root)
    return root


def _tidied(html: str, say: Say) -> str:
    """Let nh3 parse, sanitise and write HTML.

    It drops parts of drawings and formulas that stand outside of one, with their words: where that
    happened, all of them go, and the words stay.
    """
    plain = _sanitised(_OF_PICTURES.sub("", html))
    if not _PICTORIAL.search(html):
        return plain
    for kept in (html, _OF_MEANINGS.sub("", html)):
        if _letters(tidy := _sanitised(kept)) >= _letters(plain):
            return tidy
    say("drawings and formulas were left out, since their parts stand outside of them; their words are kept")
    return plain


def _sanitised(html: str) -> str:
    return _cleaner().clean(html)


@cache
def _cleaner() -> nh3.Cleaner:
    """Return what holds HTML to what is allowed: making it takes longer than cleaning a post."""
    return nh3.Cleaner(
        tags=set(TEXT | CONTROLS | PLAYERS | MATH | DRAWING),
        clean_content_tags=WITHOUT_CONTENT,
        attributes=ATTRIBUTES,
        link_rel=None,
        url_schemes=HEARD_OF,
        filter_style_properties={"text-align"},
    )


def _letters(html: str) -> int:
    return sum(map(len, _LETTERS.findall(unescape(_TOKEN.sub(" ", html)))))


def _drop_controls(root: etree._Element) -> None:
    """Leave the words of forms, apart from each other, without the forms."""
    for control in root.iter(*CONTROLS):
        if control.tag not in INLINE:
            control.text = f"\n{control.text or ''}"
            control.tail = f"\n{control.tail or ''}"
    etree.strip_tags(root, *CONTROLS)


def as_xml(tidy: str, say: Say) -> Iterator[str]:
    """Write nh3's HTML as XML: void elements closed, what is too deep or out of place unwrapped."""
    position, open_tags, deep = 0, _Open(), 0
    frame = False
    for match in _TOKEN.finditer(tidy):
        closing, tag, rest = match[1], match[2], match[3]
        if frame and not (closing and tag == "iframe"):
            continue
        yield "" if frame else _text(tidy[position : match.start()])
        frame = tag == "iframe" and not closing  # what it holds as its fallback is no text of the page
        position = match.end()
        if closing:
            yield from open_tags.close(tag)
        elif tag in VOID:
            yield f"<{tag}{_attributes(tag, rest)}/>"
        else:
            kept = open_tags.open(tag)
            deep += not kept and tag not in DRAWING | MATH
            yield f"<{tag}{_attributes(tag, rest)}>" if kept else _gap(tag)
    yield "" if frame else _text(tidy[position:])
    yield from open_tags.close_all()
    if deep:
        say(f"elements nested more than {DEEPEST} deep were unwrapped, and their text kept: {deep}")


_as_xml = as_xml


class _Open:
    """The elements that are open, and whether each of them is kept."""

    def __init__(self) -> None:
        self._tags: list[tuple[str, bool]] = []
        self._spaces: list[str] = []

    def open(self, tag: str) -> bool:
        """Open an element; tell whether it is kept."""
        kept = self._fits(tag) and self._is_in_place(tag)
        self._tags.append((tag, kept))
        if tag in SPACES and kept:
            self._spaces.append(tag)
        return kept

    def close(self, tag: str) -> Iterator[str]:
        """Close an element; nh3 closes them in order, and names no other."""
        if not self._tags or self._tags[-1][0] != tag:
            return
        _, kept = self._tags.pop()
        if tag in SPACES and kept:
            self._spaces.pop()
        yield f"</{tag}>" if kept else _gap(tag)

    def close_all(self) -> Iterator[str]:
        """Close what is open."""
        while self._tags:
            yield from self.close(self._tags[-1][0])

    def _fits(self, tag: str) -> bool:
        depth = len(self._tags)
        if tag in _PARTS:
            above = next((kept for name, kept in reversed(self._tags) if name in _ROOMY | _PARTS), True)
            return above and depth < DEEPEST
        return depth < (DEEPEST - 4 if tag in _ROOMY else DEEPEST)

    def _is_in_place(self, tag: str) -> bool:
        """Tell whether a part of a drawing or a formula stands in one."""
        if self._spaces:
            return True
        return tag in SPACES or tag not in DRAWING | MATH or tag in TEXT


def _gap(tag: str) -> str:
    """Return what keeps the words on both sides apart where a tag is left out."""
    return "" if tag in INLINE else "\n"


def _text(html: str) -> str:
    if "&" in html or ">" in html or "<" in html:
        return escape(unescape(html), quote=False)
    return html


def _attributes(tag: str, text: str) -> str:
    written = {}
    for name, value in _ATTRIBUTE.findall(text):
        if _NAME.fullmatch(name):
            value = _clamped(unescape(value)) if name in _SPANS else unescape(value)
            written[name.removeprefix("xlink:")] = value
    space = f' xmlns="{SPACES[tag]}"' if tag in SPACES else ""
    return space + "".join(f' {name}="{_quoted(value)}"' for name, value in written.items())


def _quoted(value: str) -> str:
    return escape(value).replace("\n", "&#10;").replace("\t", "&#9;").replace("\r", "&#13;")


def _clamped(value: str) -> str:
    digits = re.match(r"\s*(\d{1,9})", value)
    return str(min(max(1, int(digits[1])), WIDEST)) if digits else "1"


def fragment(root: etree._Element) -> str:
    """Return what `root` holds as XHTML, without prefixes."""
    parts = [escape(root.text or "", quote=False)]
    parts += [etree.tostring(child, encoding="unicode") for child in root]
    return "".join(parts).strip()
