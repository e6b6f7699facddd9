"""Parse HTML as browsers do, with everything that tells what its author meant, and no word lost."""

from __future__ import annotations

import re
from typing import Any

import nh3
from lxml import etree

from book import clean
from book.clean import Say
from book.depth import shallow
from book.rawtext import finished, with_ends
from book.sources._html import formulas
from book.sources._html.nodes import words

_TAGS = words(
    """a abbr acronym address article aside audio b bdi bdo big blockquote br button caption center cite code
    col colgroup dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer
    form h1 h2 h3 h4 h5 h6 header hgroup hr i iframe img input ins kbd label legend li listing main map
    mark menu nav nobr noscript object ol option p picture pre q rp rt ruby s samp search section select
    small source span strike strong sub summary sup svg table tbody td textarea tfoot th thead time tr
    tt u ul var video wbr xmp math mi mn mo ms mtext mspace mrow mfrac msqrt mroot mstyle merror mpadded
    mphantom mfenced menclose msub msup msubsup munder mover munderover mmultiscripts mprescripts none
    mtable mtr mtd semantics annotation"""
)
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"class", "id", "lang", "dir", "title", "style", "align", "name"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height", "srcset", "border"},
    "source": {"src", "srcset", "type"},
    "ol": {"start", "type", "reversed"},
    "li": {"value"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
    "input": {"type", "checked", "value"},
    "iframe": {"src", "width", "height"},
    "video": {"src", "poster"},
    "audio": {"src"},
    "embed": {"src"},
    "object": {"data"},
    "math": {"display", "alttext"},
    "annotation": {"encoding"},
}
_DROPPED = {"script": "a script", "style": "a style sheet", "template": "a template", "noembed": "a fallback"}
_OPENING = re.compile(r"<(script|style|template|noembed)\b", re.IGNORECASE)
_COMMENT = re.compile(r"<!--(?:(?!<!--).)*?-->", re.DOTALL)
_TEX = re.compile(
    r"""<script\b[^>]*\btype\s*=\s*["']?math/tex\s*(;\s*mode=display)?[^>]*>(.*?)</script>""",
    re.DOTALL | re.IGNORECASE,
)
_NO_CHARACTERS = re.compile("[\ufdd0-\ufdef]")
_HALVES = re.compile(
    r"&#(?:x(d[89ab][0-9a-f]{2})|(5[5-6]\d{3}));&#(?:x(d[c-f][0-9a-f]{2})|(5[6-7]\d{3}));", re.I
)
_STYLES = {"font-weight", "font-style", "text-decoration", "text-decoration-line", "float", "display",
           "text-align", "font-family", "vertical-align", "white-space"}  # fmt: skip


def parse(html: str, say: Say) -> etree._Element:
    """Return the tree of a `div` that holds `html`; `say` is told what was left out."""
    html = _HALVES.sub(_whole, _NO_CHARACTERS.sub("\ufffd", html))
    html = shallow(with_ends(finished(_TEX.sub(_kept_tex, html), say), say), say)
    if "<" in html:
        for name in sorted({found.lower() for found in _OPENING.findall(_COMMENT.sub("", html))}):
            say(f"{_DROPPED[name]} was left out")
    tidy = nh3.clean(
        clean.legible(html, say),
        tags=set(_TAGS),
        clean_content_tags=set(_DROPPED),
        attributes=_ATTRIBUTES,
        generic_attribute_prefixes={"data-"},
        link_rel=None,
        url_schemes={"http", "https", "mailto", "tel", "ftp", "data"},
        filter_style_properties=_STYLES,
    )
    root = tree_of(tidy, say)
    formulas.mark(root, html, say)
    return root


def tree_of(tidy: str, say: Say) -> etree._Element:
    """Make a tree of what nh3 wrote."""
    xml = "".join(clean.as_xml(clean.legible(tidy, say), say))
    parser: etree.XMLParser[Any] = etree.XMLParser(huge_tree=True, resolve_entities=False, no_network=True)
    root: etree._Element = etree.fromstring(f"<div>{xml}</div>".encode(), parser)
    return root


def _whole(match: re.Match[str]) -> str:
    """Make one character of two references to its halves."""
    high = int(match[1], 16) if match[1] else int(match[2])
    low = int(match[3], 16) if match[3] else int(match[4])
    if 0xD800 <= high < 0xDC00 <= low < 0xE000:
        return chr(0x10000 + ((high & 0x3FF) << 10) + (low & 0x3FF))
    return match[0]


def _kept_tex(match: re.Match[str]) -> str:
    tag = "div" if match[1] else "span"
    return f'<{tag} class="arithmatex">{match[2].replace("&", "&amp;").replace("<", "&lt;")}</{tag}>'


def unwrap(element: etree._Element) -> None:
    """Take an element out of its tree, and leave in its place what it holds."""
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    _append_text(parent, place, element.text)
    children = list(element)
    for offset, child in enumerate(children):
        parent.insert(place + offset, child)
    tail, element.tail = element.tail, None
    parent.remove(element)
    _append_text(parent, place + len(children), tail)


def remove(element: etree._Element) -> None:
    """Take an element and what it holds out of its tree; the text after it stays."""
    parent = element.getparent()
    if parent is not None:
        _append_text(parent, parent.index(element), element.tail)
        element.tail = None
        parent.remove(element)


def replace(element: etree._Element, made: etree._Element) -> None:
    """Put an element in the place of another."""
    parent = element.getparent()
    if parent is not None:
        made.tail, element.tail = element.tail, None
        parent.replace(element, made)


def text_of(element: etree._Element) -> str:
    """Return all the text in an element, spaces as one."""
    return " ".join("".join(map(str, element.itertext())).split())


def classes(element: etree._Element) -> list[str]:
    """Return the classes of an element."""
    return (element.get("class") or "").split()


def _append_text(parent: etree._Element, place: int, text: str | None) -> None:
    """Add text before the child at `place`."""
    if not text:
        return
    if place == 0:
        parent.text = (parent.text or "") + text
    else:
        before = parent[place - 1]
        before.tail = (before.tail or "") + text
