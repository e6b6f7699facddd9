"""A text of Ghost's older editor (Mobiledoc) as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from book.clean import Say
from book.sources._ghost.cards import card
from book.sources._rows import Row, list_in

_MARKUPS = {
    "a", "abbr", "b", "cite", "code", "del", "em", "i", "mark", "q", "s", "small", "strong", "sub", "sup",
    "u",
}  # fmt: skip
_SECTIONS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "aside", "pull-quote"}
_MARKUP, _IMAGE, _LIST, _CARD = 1, 2, 3, 10


def to_html(document: Row, say: Say) -> str:
    """Return the HTML of a document; `say` is told what of it is not shown."""
    return "".join(_section(section, document, say) for section in list_in(document, "sections"))


def _section(section: Any, document: Row, say: Say) -> str:
    kind, first, second = _three(section)
    if kind == _MARKUP:
        tag = first if first in _SECTIONS else "p"
        tag = "blockquote" if tag in ("aside", "pull-quote") else tag
        return f"<{tag}>{_line(second, document)}</{tag}>"
    if kind == _IMAGE and isinstance(first, str):
        return f'<p><img src="{escape(first)}" alt=""></p>'
    if kind == _LIST:
        tag = "ol" if first == "ol" else "ul"
        items = second if isinstance(second, list) else []
        return f"<{tag}>{''.join(f'<li>{_line(item, document)}</li>' for item in items)}</{tag}>"
    if kind == _CARD:
        name, payload, _ = _three(_at(list_in(document, "cards"), first))
        return card(name, payload if isinstance(payload, dict) else {}, say) if isinstance(name, str) else ""
    return ""


def _line(markers: Any, document: Row) -> str:
    """Return the HTML of one line: pieces of text, each with the markups it opens and closes."""
    pieces: list[str] = []
    opened: list[str] = []
    for marker in markers if isinstance(markers, list) else []:
        kind, opens, closes = _three(marker)
        for number in opens if isinstance(opens, list) else []:
            tag, head = _markup(_at(list_in(document, "markups"), number))
            opened.append(tag)
            pieces.append(head)
        value = marker[3] if isinstance(marker, list) and len(marker) > 3 else ""
        pieces.append(_atom(_at(list_in(document, "atoms"), value)) if kind == 1 else escape(str(value)))
        for _ in range(min(closes, len(opened)) if isinstance(closes, int) else 0):
            tag = opened.pop()
            pieces.append(f"</{tag}>" if tag else "")
    return "".join((*pieces, *(f"</{tag}>" for tag in reversed(opened) if tag)))


def _markup(markup: Any) -> tuple[str, str]:
    """Return the tag of a markup, and how it opens; both empty for one that means nothing here."""
    name, attributes, _ = _three(markup)
    tag = str(name).lower()
    if tag not in _MARKUPS:
        return "", ""
    if tag == "a" and isinstance(attributes, list) and "href" in attributes[::2]:
        address = _at(attributes, attributes.index("href") + 1)
        return "a", f'<a href="{escape(str(address))}">'
    return tag, f"<{tag}>"


def _atom(atom: Any) -> str:
    name, text, _ = _three(atom)
    return "<br>" if name == "soft-return" else escape(str(text or ""))


def _three(value: Any) -> tuple[Any, Any, Any]:
    """Return the first three items of a list; None for those that are not there."""
    items: Sequence[Any] = value if isinstance(value, list) else []
    first, second, third, *_ = [*items, None, None, None]
    return first, second, third


def _at(items: Sequence[Any], place: Any) -> Any:
    return items[place] if isinstance(place, int) and 0 <= place < len(items) else None
