"""Write blocks of the normal form as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from book.sources._escape import escaped
from book.sources._html.nodes import Node
from book.sources._html.rawhtml import html_of
from book.sources._html.tables import is_plain

_PIECE = "\ufdd0"  # stands for a piece of markup while the text around it is escaped; it is no character
_SIGNS = {"strong": "**", "em": "*", "del": "~~"}
_INDENT = "    "
_LINE_START = re.compile("^[\u00a0\u2002\u2003\u2009\u3000]+")
_ADDRESS = re.compile(r"https?://[^\s<>\[\]()`*\\]+")
_REFERENCE = re.compile(r"&(?=#?\w+;)")
_TASKS = {"☐ ": "[ ] ", "☑ ": "[x] "}
_PLAIN_TARGET = re.compile(r"[^\s()<>\"'\\\x00-\x1f]+")


class Inexpressible(Exception):
    """Markdown has no way to write this block."""


def write(block: Node, *, tags: bool = False) -> str:
    """Return a block as Markdown; raise Inexpressible where it must stay HTML.

    With `tags`, emphasis, links and pictures are written as HTML within the Markdown.
    """
    return "\n".join(_Writer(tags).block(block))


def write_note(label: str, blocks: list[Node], *, tags: bool = False) -> str:
    """Return a footnote's definition."""
    return "\n".join(_hung(f"[^{label}]: ", _Writer(tags).blocks(blocks)))


def _hung(mark: str, lines: list[str]) -> list[str]:
    """Put a mark before the first line, and indent the others under it."""
    return [mark + lines[0], *(_INDENT + line if line else "" for line in lines[1:])] if lines else []


class _Writer:
    def __init__(self, tags: bool) -> None:
        self.tags = tags

    def blocks(self, blocks: list[Node]) -> list[str]:
        """Return the lines of blocks, a blank line between them."""
        lines: list[str] = []
        before = None
        for block in blocks:
            if before is not None:
                lines.append("")
                if needs_parting(before, block):
                    lines += ["<!-- -->", ""]
            lines += self.block(block)
            before = block
        return lines

    def block(self, block: Node) -> list[str]:
        if block.tag in ("p", "dt"):
            return self.inlines(block.children).split("\n")
        if block.tag.startswith("h") and block.tag != "hr":
            return self._heading(block)
        if block.tag in ("ul", "ol"):
            return self._list(block)
        if block.tag == "blockquote":
            return [f"> {line}" if line else ">" for line in self.blocks(block.nodes())]
        if block.tag == "pre" and not block.nodes():
            return _fenced(block)
        if block.tag == "hr":
            return ["* * *"]
        if block.tag == "math":
            return ["$$", str(block.children[0]), "$$"]
        if block.tag == "table" and is_plain(block):
            return self._table(block)
        if block.tag == "dl":
            return self._definitions(block)
        raise Inexpressible(block.tag)

    def _heading(self, block: Node) -> list[str]:
        anchor = block.children[0]
        name = ""
        children = block.children
        if (
            isinstance(anchor, Node)
            and anchor.tag == "anchor"
            and re.fullmatch(r"[\w:.-]+", anchor.attributes["id"])
        ):
            name = f" {{#{anchor.attributes['id']}}}"
            children = children[1:]
        text = self.inlines(children).replace("  \n", "<br>")
        if text.endswith("#"):
            raise Inexpressible("a heading that ends with a number sign")
        return [f"{'#' * int(block.tag[1])} {text}{name}"]

    def _list(self, block: Node) -> list[str]:
        if set(block.attributes) - {"start"} or (
            block.attributes and not block.attributes["start"].isdecimal()
        ):
            raise Inexpressible("a list with marks of its own")
        number = int(block.attributes.get("start", 1))
        lines: list[str] = []
        loose = not all(_is_short(item) for item in block.nodes())
        for item in block.nodes():
            if item.attributes or not item.children:
                raise Inexpressible("an item with a number of its own")
            mark = "- " if block.tag == "ul" else f"{number}. "
            number += 1
            if lines and loose:
                lines.append("")
            inside = self.blocks(item.nodes()) if loose else self._short(item)
            inside[0] = _TASKS.get(inside[0][:2], inside[0][:2]) + inside[0][2:]
            lines += _hung(mark, inside)
        return lines

    def _short(self, item: Node) -> list[str]:
        return [line for block in item.nodes() for line in self.block(block)]

    def _definitions(self, block: Node) -> list[str]:
        lines: list[str] = []
        before = ""
        for part in block.nodes():
            if part.tag == "dt":
                if before == "dd":
                    lines.append("")
                lines += [self.inlines(part.children)]
            else:
                if len(part.children) > 1 or before == "":
                    raise Inexpressible("a definition of several blocks")
                lines += _hung(":   ", self.blocks(part.nodes()))
            before = part.tag
        return lines

    def _table(self, block: Node) -> list[str]:
        rows = [[self._cell(cell) for cell in row.nodes()] for row in block.nodes()]
        rule = ["---"] * len(rows[0])
        return ["| " + " | ".join(row) + " |" for row in (rows[0], rule, *rows[1:])]

    def _cell(self, cell: Node) -> str:
        text = self.inlines(cell.nodes()[0].children) if cell.children else ""
        return text.replace("  \n", "<br>").replace("|", "\\|")

    def inlines(self, children: list[Node | str]) -> str:
        """Return inlines as Markdown, each line escaped for what it would mean at its beginning."""
        lines: list[list[tuple[str, bool]]] = [[]]
        for text, is_markup in self._pieces(children):
            if text == "\n" and is_markup:
                lines.append([])
            else:
                lines[-1].append((text, is_markup))
        return "  \n".join(_escaped_line(line) for line in lines)

    def _pieces(self, children: list[Node | str]) -> Iterator[tuple[str, bool]]:
        """Give text that is to be escaped, and markup that is not."""
        for child in children:
            if isinstance(child, str):
                yield child, False
            else:
                yield from self._inline(child)

    def _inline(self, node: Node) -> Iterator[tuple[str, bool]]:
        if node.tag == "br":
            yield "\n", True
        elif node.tag in _SIGNS and not self.tags:
            sign = _SIGNS[node.tag]
            yield sign, True
            yield from self._pieces(node.children)
            yield sign, True
        elif node.tag == "code" and all(isinstance(child, str) for child in node.children):
            yield _code_span("".join(map(str, node.children))), True
        elif node.tag == "a" and not self.tags:
            yield from self._link(node)
        elif node.tag == "img" and not self.tags:
            yield _image(node), True
        elif node.tag == "math" and "inline" in node.attributes:
            yield f"${node.children[0]}$", True
        elif node.tag == "noteref":
            yield f"[^{node.attributes['label']}]", True
        elif node.tag in ("img", "anchor", "wbr"):
            yield html_of(node), True
        else:
            attributes = html_of(Node(node.tag, [], node.attributes)).rpartition("</")[0]
            yield attributes, True
            yield from self._pieces(node.children)
            yield f"</{node.tag}>", True

    def _link(self, node: Node) -> Iterator[tuple[str, bool]]:
        href, title = node.attributes["href"], node.attributes.get("title", "")
        text = node.children[0] if len(node.children) == 1 else None
        if text == href and not title and _ADDRESS.fullmatch(href):
            yield f"<{href}>", True
            return
        yield "[", True
        for piece, is_markup in self._pieces(node.children):
            if is_markup:
                yield piece, True
            else:
                yield from _without_brackets(piece)
        yield f"]({_target(href, title)})", True


def _without_brackets(text: str) -> Iterator[tuple[str, bool]]:
    for part in re.split(r"([\[\]])", text):
        if part:
            yield (f"\\{part}", True) if part in "[]" else (part, False)


def _escaped_line(pieces: list[tuple[str, bool]]) -> str:
    pieces = list(_apart_from_links(pieces))
    markup = [text for text, is_markup in pieces if is_markup]
    text = "".join(_PIECE if is_markup else text for text, is_markup in pieces).strip(" ")
    start = _LINE_START.match(text)
    indent = "".join(f"&#{ord(char)};" for char in start[0]) if start else ""
    written = escaped(text[len(start[0]) if start else 0 :])
    parts = iter(markup)
    return indent + re.sub(_PIECE, lambda _: next(parts), written)


def _apart_from_links(pieces: list[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
    """Keep a sign that stands before a link from making something else of it."""
    for (text, is_markup), (after, _) in zip(pieces, [*pieces[1:], ("", True)], strict=False):
        if not is_markup and after.startswith("[") and text.endswith(("]", "!")):
            yield text[:-1], False
            yield f"&#{ord(text[-1])};", True
        else:
            yield text, is_markup


def _code_span(text: str) -> str:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{space}{text}{space}{fence}"


def _image(node: Node) -> str:
    alt = re.sub(r"[\[\]\\*_`]", lambda match: f"\\{match[0]}", node.attributes.get("alt", ""))
    alt = alt.replace("&", "&amp;").replace("<", "&lt;")
    return f"![{alt}]({_target(node.attributes['src'], node.attributes.get('title', ''))})"


def _target(address: str, title: str) -> str:
    address = _REFERENCE.sub("&amp;", address)
    written = address if _PLAIN_TARGET.fullmatch(address) else f"<{address}>"
    if not title:
        return written
    quoted = title.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    return f'{written} "{quoted}"'


def _fenced(block: Node) -> list[str]:
    text = "".join(map(str, block.children))
    longest = max((len(run) for run in re.findall(r"^\s*(`{3,}|~{3,})", text, re.MULTILINE)), default=2)
    fence = "`" * (longest + 1)
    return [fence + block.attributes.get("language", ""), *text.split("\n"), fence]


def _is_short(item: Node) -> bool:
    """Tell whether an item is a line, and perhaps a list under it."""
    tags = [block.tag for block in item.nodes()]
    nested = all(_is_short(inner) for block in item.nodes()[1:] for inner in block.nodes())
    return tags in (["p"], ["p", "ul"], ["p", "ol"]) and nested


def needs_parting(before: Node, after: Node) -> bool:
    """Tell whether two blocks would be read as one, were nothing put between them."""
    lists = ("ul", "ol", "dl")
    both_lists = before.tag in lists and after.tag in lists
    return both_lists or (before.tag == "blockquote" and after.tag == "blockquote")
