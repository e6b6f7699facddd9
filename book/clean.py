"""HTML from anywhere made clean XHTML: what is allowed stays, nesting is mended, no word is lost.

nh3 parses as browsers do (html5ever has no limit of depth) and keeps an explicit list of
elements and attributes; what it writes is so regular that a small tokeniser makes XML of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import nh3
from lxml import etree

DEEPEST = 64
"""How deep elements may nest: WeasyPrint recurses, and no text needs more."""

WIDEST = 200
"""How many columns or rows a cell may span."""

Say = Callable[[str], None]

_TEXT = frozenset(
    """
    a abbr address aside b bdi bdo blockquote br caption cite code col colgroup dd del details dfn
    div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav
    ol p picture pre q rp rt ruby s samp section small span strike strong sub summary sup table
    tbody td tfoot th thead time tr tt u ul var wbr center font big input
    """.split()  # noqa: SIM905
)
_INLINE = frozenset(
    """
    a abbr b bdi bdo cite code del dfn em font i ins kbd mark q s samp small span strike strong sub sup
    tt u var big
    """.split()  # noqa: SIM905
)
PLAYERS = frozenset(["iframe", "video", "audio", "embed", "object", "source"])
_MATH = frozenset(
    """
    math mi mn mo ms mtext mspace mrow mfrac msqrt mroot mstyle merror mpadded mphantom mfenced
    menclose msub msup msubsup munder mover munderover mmultiscripts mprescripts none mtable mtr mtd
    semantics annotation
    """.split()  # noqa: SIM905
)
_SVG = frozenset(
    """
    svg g path rect circle ellipse line polyline polygon text tspan title desc defs linearGradient
    radialGradient stop clipPath mask pattern
    """.split()  # noqa: SIM905
)
_DRAWN = frozenset(
    """
    d x y x1 y1 x2 y2 cx cy r rx ry dx dy width height viewBox points fill fill-opacity fill-rule
    stroke stroke-width stroke-linecap stroke-linejoin stroke-dasharray stroke-opacity opacity
    transform font-size font-family font-weight font-style text-anchor offset stop-color
    stop-opacity gradientUnits gradientTransform patternUnits clip-path mask preserveAspectRatio role
    """.split()  # noqa: SIM905
)
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"class", "id", "lang", "xml:lang", "dir", "title", "style", "align"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start", "type", "reversed"},
    "li": {"value"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "col": {"span"},
    "colgroup": {"span"},
    "time": {"datetime"},
    "input": {"type", "checked"},
    "pre": {"data-language"},
    **{player: {"src", "data", "title"} for player in PLAYERS},
    **{tag: {"display", "alttext", "mathvariant", "stretchy", "fence", "accent", "columnalign", "width",
             "linethickness", "encoding"} for tag in _MATH},
    **{tag: set(_DRAWN) for tag in _SVG},
}  # fmt: skip
_VOID = frozenset(["area", "br", "col", "embed", "hr", "img", "input", "source", "wbr"])
_TOKEN = re.compile(r"<(/?)([A-Za-z][\w:.-]*)((?:\s[^<>\"]*?(?:\"[^\"]*\")?)*?)\s*>")
_ATTRIBUTE = re.compile(r'([^\s"=<>/]+)="([^"]*)"')
_NAME = re.compile(r"[A-Za-z_][\w.-]*|xml:lang")
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SPANS = {"colspan", "rowspan", "span"}
_SPACES = {"svg": "http://www.w3.org/2000/svg", "math": "http://www.w3.org/1998/Math/MathML"}


def legible(text: str, say: Say) -> str:
    """Put U+FFFD for what XML cannot hold, drop bidirectional overrides, and say how many there were."""
    clean, wrong = _NOT_XML.subn("\ufffd", text)
    if wrong:
        say(f"{wrong} characters that no file can hold were replaced")
    clean, overrides = _OVERRIDES.subn("", clean)
    if overrides:
        say(f"{overrides} marks that override the direction of text were dropped")
    return clean


def clean(html: str, say: Say) -> etree._Element:
    """Return `html` as the tree of a `div`, holding allowed elements without a namespace.

    MathML and SVG keep theirs. `say` is told what was changed beyond mending.
    """
    tidy = nh3.clean(
        legible(html, say),
        tags=set(_TEXT | PLAYERS | _MATH | _SVG),
        clean_content_tags={"script", "style", "template", "noscript"},
        attributes=_ATTRIBUTES,
        link_rel=None,
        url_schemes={"http", "https", "mailto", "tel", "ftp", "data"},
        filter_style_properties={"text-align"},
    )
    xml = "".join(_as_xml(legible(tidy, say), say))  # a reference may have named what no file can hold
    return etree.fromstring(f"<div>{xml}</div>".encode(), _parser())


def _parser() -> etree.XMLParser[Any]:
    return etree.XMLParser(huge_tree=True, resolve_entities=False, no_network=True)


def _as_xml(tidy: str, say: Say) -> Iterator[str]:
    """Write nh3's HTML as XML: void elements closed, what is too deep unwrapped."""
    position, open_tags, deep = 0, [], 0
    raw_until = None
    for match in _TOKEN.finditer(tidy):
        closing, tag, rest = match[1], match[2], match[3]
        if raw_until is not None:
            if not (closing and tag == raw_until):
                continue
            raw_until = None  # what a frame holds as its fallback is no text of the page
        else:
            yield _text(tidy[position : match.start()])
        position = match.end()
        if closing:
            if open_tags and open_tags[-1] == (tag, True):
                yield f"</{tag}>"
                open_tags.pop()
            elif open_tags and open_tags[-1][0] == tag:
                open_tags.pop()
                yield _gap(tag)
            continue
        kept = len(open_tags) < DEEPEST
        if tag in _VOID:
            yield f"<{tag}{_attributes(tag, rest)}/>"
            continue
        deep += not kept
        open_tags.append((tag, kept))
        yield f"<{tag}{_attributes(tag, rest)}>" if kept else _gap(tag)
        if tag == "iframe":
            raw_until = tag
    yield _text(tidy[position:]) if raw_until is None else ""
    for tag, kept in reversed(open_tags):
        yield f"</{tag}>" if kept else ""
    if deep:
        say(f"{deep} elements nested more than {DEEPEST} deep were unwrapped; their text is kept")


def _gap(tag: str) -> str:
    """Return what keeps the words on both sides apart where a tag is left out."""
    return "" if tag in _INLINE else "\n"


def _text(html: str) -> str:
    return escape(unescape(html)) if "&" in html or ">" in html or "<" in html else html


def _attributes(tag: str, text: str) -> str:
    written = {}
    for name, value in _ATTRIBUTE.findall(text):
        if _NAME.fullmatch(name):
            written[name] = _clamped(unescape(value)) if name in _SPANS else unescape(value)
    space = f' xmlns="{_SPACES[tag]}"' if tag in _SPACES else ""
    return space + "".join(f" {name}={quoteattr(value)}" for name, value in written.items())


def _clamped(value: str) -> str:
    digits = re.match(r"\s*(\d{1,9})", value)
    return str(min(max(1, int(digits[1])), WIDEST)) if digits else "1"


def fragment(root: etree._Element) -> str:
    """Return what `root` holds as XHTML, without prefixes."""
    parts = [escape(root.text or "")]
    parts += [etree.tostring(child, encoding="unicode") for child in root]
    return "".join(parts).strip()
