"""The posts of a Tumblr blog as its interface for programs gives them, in JSON."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from book.markup import to_html
from book.sources._harvest import figure, link
from book.sources._moments import moment
from book.sources._rows import Row, list_in, number_in, row_in, rows_in, text_in
from book.sources._tumblr.posts import Post

_SIGNS = ('"blog_name"', '"post_url"')
_LISTS = {"ordered-list-item": "ol", "unordered-list-item": "ul"}
_TAGS = {"heading1": "h2", "heading2": "h3", "quote": "blockquote", "indented": "blockquote"}
_MARKS = {"bold": "strong", "italic": "em", "strikethrough": "s", "small": "small"}


def is_answer(head: str) -> bool:
    """Tell by how a file begins whether it holds posts as the interface gives them."""
    return head.lstrip()[:1] in ("{", "[") and all(sign in head for sign in _SIGNS)


def rows_of(document: Any) -> tuple[list[Row], Row]:
    """Return the posts of an answer, a list of posts or one, and what is said of their blog."""
    if isinstance(document, list):
        return [one for one in document if isinstance(one, dict) and "post_url" in one], {}
    if not isinstance(document, dict):
        return [], {}
    inner = row_in(document, "response") or document
    posts = rows_in(inner, "posts") or ([inner] if "post_url" in inner else [])
    return posts, row_in(inner, "blog") or row_in(posts[0] if posts else {}, "blog")


def post_of_row(row: Row) -> Post:
    """Read a post."""
    kind = text_in(row, "original_type", "type") or "text"
    shown = [_widest(photo) for photo in rows_in(row, "photos")]
    return Post(
        ident=str(row.get("id_string") or row.get("id") or ""),
        kind=kind,
        state=text_in(row, "state").lower() or "published",
        title=escape(text_in(row, "title")),
        html="".join(_npf(row)) if list_in(row, "content") else _old(row),
        date=moment(text_in(row, "date")),
        address=text_in(row, "post_url"),
        slug=text_in(row, "slug"),
        tags=tuple(dict.fromkeys(tag for tag in map(str, list_in(row, "tags")) if tag.strip())),
        is_reblog=bool(row.get("reblogged_from_id") or row.get("reblogged_root_id")),
        pictures=tuple(address for address in shown if address),
    )


def _old(row: Row) -> str:
    """Return the text of a post that is of one kind."""
    parts = [figure(_widest(one), caption=escape(text_in(one, "caption"))) for one in rows_in(row, "photos")]
    if text_in(row, "text") and text_in(row, "type") == "quote":
        parts.append(f"<blockquote>{_rich(row, 'text')}</blockquote>")
        parts.append(f"<p>— {text_in(row, 'source')}</p>" if text_in(row, "source") else "")
    if text_in(row, "question"):
        parts.append(f"<blockquote>{_rich(row, 'question')}</blockquote>{_rich(row, 'answer')}")
    address = text_in(row, "url", "video_url", "permalink_url", "audio_source_url", "audio_url")
    if address and text_in(row, "type") in ("link", "video", "audio"):
        song = " — ".join(filter(None, (text_in(row, "artist"), text_in(row, "track_name"))))
        parts.append(link(address, text_in(row, "title") or song))
    parts += [
        f"<p><strong>{escape(text_in(one, 'label', 'name'))}</strong> {escape(text_in(one, 'phrase'))}</p>"
        for one in rows_in(row, "dialogue")
    ]
    parts += [_rich(row, name) for name in ("body", "description", "caption")]
    return "".join(parts)


def _rich(row: Row, name: str) -> str:
    text = text_in(row, name)
    return to_html(text) if text_in(row, "format") == "markdown" and "<" not in text and text else text


def _widest(photo: Row) -> str:
    sizes = [row_in(photo, "original_size"), *rows_in(photo, "alt_sizes")]
    return text_in(max(sizes, key=lambda size: number_in(size, "width")), "url")


def _npf(row: Row) -> Iterator[str]:
    """Give the text of a post that is made of blocks, after those that it answers or passes on."""
    for before in rows_in(row, "trail"):
        name = text_in(row_in(before, "blog"), "name")
        said = f"<p><strong>{escape(name)}</strong></p>" if name else ""
        yield f"<blockquote>{said}{''.join(_blocks(rows_in(before, 'content')))}</blockquote>"
    yield from _blocks(rows_in(row, "content"))


def _blocks(blocks: list[Row]) -> Iterator[str]:
    opened = ""
    for block in blocks:
        wanted = _LISTS.get(text_in(block, "subtype"), "") if text_in(block, "type") == "text" else ""
        if wanted != opened:
            yield (f"</{opened}>" if opened else "") + (f"<{wanted}>" if wanted else "")
            opened = wanted
        yield f"<li>{_formatted(block)}</li>" if wanted else _block(block)
    yield f"</{opened}>" if opened else ""


def _block(block: Row) -> str:
    kind = text_in(block, "type")
    if kind == "text":
        tag = _TAGS.get(text_in(block, "subtype"), "p")
        return f"<{tag}>{_formatted(block)}</{tag}>"
    if kind == "image":
        widest = max(rows_in(block, "media"), key=lambda one: number_in(one, "width"), default={})
        return figure(
            text_in(widest, "url"), alt=text_in(block, "alt_text"), caption=escape(text_in(block, "caption"))
        )
    address = text_in(block, "url") or text_in(row_in(block, "media"), "url")
    told = text_in(block, "description")
    shown = link(address, text_in(block, "title")) if address else ""
    return shown + (f"<p>{escape(told)}</p>" if told else "")


def _formatted(block: Row) -> str:
    """Return the words of a block with what is marked in them; marks count characters."""
    text = block.get("text") if isinstance(block.get("text"), str) else ""
    assert isinstance(text, str)
    opens: dict[int, str] = {}
    closes: dict[int, str] = {}
    for mark in sorted(rows_in(block, "formatting"), key=lambda one: -number_in(one, "end")):
        start, end = int(number_in(mark, "start")), int(number_in(mark, "end"))
        tag, attributes = _MARKS.get(text_in(mark, "type"), ""), ""
        if text_in(mark, "type") in ("link", "mention"):
            address = text_in(mark, "url") or text_in(row_in(mark, "blog"), "url")
            tag, attributes = "a", f' href="{escape(address)}"'
        if tag and 0 <= start < end <= len(text):
            opens[start] = opens.get(start, "") + f"<{tag}{attributes}>"
            closes[end] = f"</{tag}>" + closes.get(end, "")
    pieces = (closes.get(n, "") + opens.get(n, "") + escape(char) for n, char in enumerate(text))
    return ("".join(pieces) + closes.get(len(text), "")).replace("\n", "<br>")
