"""The posts of a Tumblr blog as values: of every kind, as HTML."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from urllib.parse import parse_qs, urlsplit

from book.markup import to_html
from book.model import When
from book.sources._harvest import figure, link
from book.sources._moments import moment, with_offset
from book.sources._titles import plain
from book.sources._xml import Element

_TAGS = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_PLAYER = re.compile(r"""<(?:iframe|embed|source|video|audio)\b[^>]*?\ssrc=["']([^"']+)""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Post:
    """A post. `pictures` are the addresses of those it shows by itself, not within its text."""

    ident: str
    kind: str
    state: str
    title: str
    html: str
    date: When | None
    address: str
    slug: str
    tags: tuple[str, ...]
    is_reblog: bool
    pictures: tuple[str, ...] = ()
    line: int | None = None

    @property
    def name(self) -> str:
        """What to call it in a message."""
        return plain(self.title) or self.slug or self.ident


def post_of(element: Element) -> Post:
    """Read a post of `posts.xml`."""
    known = element.attributes
    kind = known.get("type", "regular").lower()
    local, universal = moment(known.get("date", "")), moment(known.get("date-gmt", ""))
    shown = _photos(element)
    title = element.text("regular-title") or element.text("link-text") or element.text("conversation-title")
    state = known.get("state", "").lower() or ("private" if known.get("private") == "true" else "published")
    return Post(
        ident=known.get("id", ""),
        kind=kind,
        state=state,
        title=title,
        html=_HTML.get(kind, _regular)(element),
        date=with_offset(local, universal),
        address=known.get("url-with-slug", "") or known.get("url", ""),
        slug=known.get("slug", ""),
        tags=tuple(dict.fromkeys(filter(None, (plain(tag.own_text) for tag in element.all("tag"))))),
        is_reblog=known.get("is_reblog") == "true" or "reblogged-from-name" in known,
        pictures=tuple(address for address, _ in shown),
        line=element.line,
    )


def _photos(element: Element) -> list[tuple[str, str]]:
    """Return the address of each picture of a post, the widest there is, with its caption."""
    photoset = element.first("photoset")
    holders = photoset.all("photo") if photoset is not None else []
    found = [(_widest(holder), holder.attributes.get("caption", "")) for holder in holders or [element]]
    return [(address, caption) for address, caption in found if address]


def _widest(holder: Element) -> str:
    def width(one: Element) -> int:
        written = one.attributes.get("max-width", "")
        return int(written) if written.isdecimal() else 0

    return max(holder.all("photo-url"), key=width, default=Element("", {}, 1)).own_text.strip()


def _text(element: Element, name: str) -> str:
    """Return a text of a post as HTML; of those kept as Markdown, what it gives."""
    text = element.text(name)
    is_markdown = element.attributes.get("format") == "markdown" and not _TAGS.search(text)
    return to_html(text) if is_markdown and text.strip() else text


def _regular(element: Element) -> str:
    return _text(element, "regular-body")


def _photo(element: Element) -> str:
    target = element.text("photo-link-url").strip()
    shown = (figure(address, caption=escape(words), target=target) for address, words in _photos(element))
    return "".join(shown) + _text(element, "photo-caption")


def _quote(element: Element) -> str:
    source = element.text("quote-source").strip()
    signed = f"<p>— {source}</p>" if source and not source.startswith("<p") else source
    return f"<blockquote>{_text(element, 'quote-text')}</blockquote>{signed}"


def _link(element: Element) -> str:
    address = element.text("link-url").strip()
    shown = link(address, plain(element.text("link-text"))) if address else ""
    return shown + _text(element, "link-description")


def _answer(element: Element) -> str:
    return f"<blockquote>{_text(element, 'question')}</blockquote>{_text(element, 'answer')}"


def _video(element: Element) -> str:
    return _played(element, "video-source", "video-player") + _text(element, "video-caption")


def _audio(element: Element) -> str:
    song = (plain(element.text(name)) for name in ("id3-artist", "id3-title"))
    words = " — ".join(filter(None, song))
    return _played(element, "audio-source", "audio-player", "audio-embed", words=words) + _text(
        element, "audio-caption"
    )


def _played(element: Element, *names: str, words: str = "") -> str:
    """Return a link to what a player plays: to the first address that any of these elements gives."""
    for name in names:
        for one in element.all(name):
            text = one.own_text.strip()
            if re.match(r"https?://\S+$", text):
                return link(text, words)
            if found := _PLAYER.search(text):
                return f'<iframe src="{escape(found[1])}" title="{escape(words)}"></iframe>'
    return f"<p>{escape(words)}</p>" if words else ""


def _conversation(element: Element) -> str:
    conversation = element.first("conversation")
    lines = conversation.all("line") if conversation is not None else []
    said = (
        f"<p><strong>{escape(line.attributes.get('label') or line.attributes.get('name', ''))}</strong> "
        f"{escape(line.own_text)}</p>"
        for line in lines
    )
    return "".join(said) or _text(element, "conversation-text")


_HTML: dict[str, Callable[[Element], str]] = {
    "regular": _regular, "text": _regular, "photo": _photo, "quote": _quote, "link": _link, "answer": _answer,
    "video": _video, "audio": _audio, "conversation": _conversation, "chat": _conversation,
}  # fmt: skip


def direct(address: str) -> str:
    """Return where a link leads that goes through Tumblr's counter."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return address
    if parts.hostname == "t.umblr.com" and (target := parse_qs(parts.query).get("z")):
        return target[0]
    return address
