"""A text of Ghost's newer editor (Lexical) as HTML."""

from __future__ import annotations

from html import escape

from book.clean import Say
from book.sources._ghost.cards import card
from book.sources._rows import Row, number_in, rows_in, text_in

_FORMATS = (
    (16, "code"),
    (1, "strong"),
    (2, "em"),
    (4, "del"),
    (8, "u"),
    (32, "sub"),
    (64, "sup"),
    (128, "mark"),
)
_TEXTS = ("text", "extended-text", "code-highlight")
_HOLDERS = {
    "paragraph": "p", "quote": "blockquote", "extended-quote": "blockquote", "aside": "blockquote",
    "listitem": "li",
}  # fmt: skip
_LEAVES = {"linebreak": "<br>", "tab": "\t", "zwnj": "", "horizontalrule": "<hr>"}


def to_html(document: Row, say: Say) -> str:
    """Return the HTML of a document; `say` is told what of it is not shown."""
    root = document.get("root")
    return _inside(root, say) if isinstance(root, dict) else ""


def _inside(node: Row, say: Say) -> str:
    return "".join(_node(child, say) for child in rows_in(node, "children"))


def _node(node: Row, say: Say) -> str:
    kind = text_in(node, "type")
    if kind in _TEXTS:
        return _text(node)
    if kind in _LEAVES:
        return _LEAVES[kind]
    if kind in _HOLDERS:
        return f"<{_HOLDERS[kind]}>{_inside(node, say)}</{_HOLDERS[kind]}>"
    if kind in ("heading", "extended-heading"):
        return _heading(node, say)
    if kind == "list":
        return _list(node, say)
    if kind in ("link", "autolink", "at-link"):
        return f'<a href="{escape(text_in(node, "url"))}">{_inside(node, say)}</a>'
    if "children" in node:
        return _inside(node, say)
    return card(kind, node, say)


def _text(node: Row) -> str:
    text = node.get("text")
    html = escape(text, quote=False) if isinstance(text, str) else ""
    wanted = int(number_in(node, "format"))
    for sign, tag in _FORMATS:
        if wanted & sign and html:
            html = f"<{tag}>{html}</{tag}>"
    return html


def _heading(node: Row, say: Say) -> str:
    tag = text_in(node, "tag")
    tag = tag if tag in ("h1", "h2", "h3", "h4", "h5", "h6") else "h2"
    return f"<{tag}>{_inside(node, say)}</{tag}>"


def _list(node: Row, say: Say) -> str:
    numbered = text_in(node, "listType") == "number" or text_in(node, "tag") == "ol"
    start = int(number_in(node, "start")) or 1
    head = (f'<ol start="{start}">' if start != 1 else "<ol>") if numbered else "<ul>"
    return f"{head}{_items(node, say)}</{'ol' if numbered else 'ul'}>"


def _items(node: Row, say: Say) -> str:
    """Return the items of a list; a list that stands alone in an item belongs to the one before it."""
    items: list[str] = []
    for item in rows_in(node, "children"):
        inside = rows_in(item, "children")
        if items and len(inside) == 1 and text_in(inside[0], "type") == "list":
            items[-1] += _inside(item, say)
        else:
            items.append(_inside(item, say))
    return "".join(f"<li>{item}</li>" for item in items)
