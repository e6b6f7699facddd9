"""Write blocks as clean HTML: what Markdown cannot express stays so, in its place."""

from __future__ import annotations

import re
from html import escape

from book.sources._html.nodes import Node, words

_VOID = frozenset(("br", "hr", "img", "wbr"))
_BLOCKS = words("li tr p blockquote ul ol table dl dt dd pre figure figcaption caption h1 h2 h3 h4 h5 h6")


def html_of(node: Node | str) -> str:
    """Return a block or an inline as HTML. Blocks stand on lines of their own."""
    if isinstance(node, str):
        return escape(node, quote=False).replace("\u00a0", "&nbsp;")
    if node.tag == "math":
        tag = "span" if "inline" in node.attributes else "div"
        return f'<{tag} class="arithmatex">{html_of(node.children[0])}</{tag}>'
    if node.tag == "anchor":
        return f'<a id="{escape(node.attributes["id"])}"></a>'
    if node.tag == "noteref":
        label = escape(node.attributes["label"])
        return f'<sup id="fnref:{label}"><a class="footnote-ref" href="#fn:{label}">{label}</a></sup>'
    attributes = "".join(
        f' {name}="{escape(value)}"' for name, value in node.attributes.items() if name != "language"
    )
    if node.tag in _VOID:
        return f"<{node.tag}{attributes}>"
    return f"<{node.tag}{attributes}>{_content(node)}</{node.tag}>"


def _content(node: Node) -> str:
    if node.tag == "pre":
        inner = "".join(html_of(child) for child in node.children)
        return (
            inner.replace("\t", "&#9;")
            if len(node.nodes())
            else f"<code>{inner}</code>".replace("\t", "&#9;")
        )
    if node.tag == "table":
        return _rows(node)
    if node.tag in ("li", "td", "th", "dd") and len(node.children) == 1 and _is_paragraph(node.children[0]):
        return "".join(html_of(child) for child in node.nodes()[0].children)
    apart = any(isinstance(child, Node) and child.tag in _BLOCKS for child in node.children)
    inner = ("\n" if apart else "").join(html_of(child) for child in node.children)
    return f"\n{inner}\n" if apart else inner


def _is_paragraph(child: Node | str) -> bool:
    return isinstance(child, Node) and child.tag == "p"


def _rows(table: Node) -> str:
    rows = [child for child in table.nodes() if child.tag == "tr"]
    heads = 0
    while heads < len(rows) and all(cell.tag == "th" for cell in rows[heads].nodes()):
        heads += 1
    parts = [html_of(child) for child in table.nodes() if child.tag != "tr"]
    if heads and heads < len(rows):
        parts.append("<thead>\n" + "\n".join(map(html_of, rows[:heads])) + "\n</thead>")
        rows = rows[heads:]
    parts.append("<tbody>\n" + "\n".join(map(html_of, rows)) + "\n</tbody>")
    return re.sub(r"\n{2,}", "\n", "\n" + "\n".join(parts) + "\n")
