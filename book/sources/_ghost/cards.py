"""Ghost's cards as plain HTML: what is more than text in a post, whichever of its editors made it."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from book.clean import Say
from book.markup import to_html
from book.sources._harvest import figure, link
from book.sources._rows import Row, row_in, rows_in, text_in

_NOT_SHOWN = {
    "paywall": "",
    "signup": "a form to sign up",
    "email": "a text that only e-mails show",
    "email-cta": "a text that only e-mails show",
    "transistor": "a list of a podcast's episodes",
}
_OTHER_NAMES = {
    "card-markdown": "markdown", "markdown-card": "markdown", "codeblock": "code", "code-block": "code",
    "hr": "horizontalrule", "divider": "horizontalrule", "image-card": "image", "html-card": "html",
}  # fmt: skip


def card(kind: str, payload: Row, say: Say) -> str:
    """Return the HTML of a card; `say` is told of one that is not shown."""
    kind = _OTHER_NAMES.get(kind, kind)
    if make := _CARDS.get(kind):
        return make(payload)
    what = _NOT_SHOWN.get(kind, f"a card of the kind `{kind}`")
    if what:
        say(f"{what} was left out")
    return ""


def _image(payload: Row) -> str:
    return figure(
        text_in(payload, "src"),
        alt=text_in(payload, "alt"),
        caption=text_in(payload, "caption"),
        target=text_in(payload, "href"),
    )


def _gallery(payload: Row) -> str:
    images = "".join(
        figure(text_in(image, "src"), alt=text_in(image, "alt")) for image in rows_in(payload, "images")
    )
    return images + _paragraph(text_in(payload, "caption"))


def _bookmark(payload: Row) -> str:
    known = row_in(payload, "metadata") or payload
    address = text_in(payload, "url") or text_in(known, "url")
    names = dict.fromkeys(filter(None, (text_in(known, "author"), text_in(known, "publisher"))))
    head = f'<a href="{escape(address)}">{escape(text_in(known, "title") or address)}</a>'
    about = " — ".join([head, *map(escape, names)])
    description = text_in(known, "description")
    return f"<p>{about}{'<br>' + escape(description) if description else ''}</p>" + _paragraph(
        text_in(payload, "caption")
    )


def _embed(payload: Row) -> str:
    known = row_in(payload, "metadata")
    html, address = text_in(payload, "html"), text_in(payload, "url")
    if "<blockquote" in html:
        shown = html
    elif address:
        name = text_in(known, "title")
        provider = text_in(known, "provider_name")
        shown = _linked(address, " — ".join(filter(None, (name, provider))))
    else:
        shown = html
    return shown + _paragraph(text_in(payload, "caption"))


def _code(payload: Row) -> str:
    code = payload.get("code")
    language = text_in(payload, "language")
    attribute = f' class="language-{escape(language)}"' if language else ""
    text = escape(code, quote=False) if isinstance(code, str) else ""
    return f"<pre><code{attribute}>{text}</code></pre>" + _paragraph(text_in(payload, "caption"))


def _markdown(payload: Row) -> str:
    text = text_in(payload, "markdown", "payload")
    return to_html(text) if text else ""


def _callout(payload: Row) -> str:
    sign = escape(text_in(payload, "calloutEmoji"))
    text = text_in(payload, "calloutText")
    if text.startswith("<p") and sign:
        place = text.index(">") + 1
        return f"<blockquote>{text[:place]}{sign} {text[place:]}</blockquote>"
    return f"<blockquote><p>{' '.join(filter(None, (sign, text)))}</p></blockquote>"


def _toggle(payload: Row) -> str:
    return f"<h4>{text_in(payload, 'heading')}</h4>{_block(text_in(payload, 'content'))}"


def _button(payload: Row) -> str:
    return _linked(text_in(payload, "buttonUrl"), text_in(payload, "buttonText"))


def _player(payload: Row) -> str:
    name = text_in(payload, "title", "fileName") or text_in(payload, "src").rpartition("/")[2]
    return _linked(text_in(payload, "src"), name) + _paragraph(text_in(payload, "caption"))


def _file(payload: Row) -> str:
    name = text_in(payload, "fileTitle", "fileName") or text_in(payload, "src").rpartition("/")[2]
    return _linked(text_in(payload, "src"), name) + _paragraph(text_in(payload, "fileCaption"))


def _header(payload: Row) -> str:
    heading, below = text_in(payload, "heading", "header"), text_in(payload, "subheading", "subheader")
    return (f"<h2>{heading}</h2>" if heading else "") + _paragraph(below) + _offered(payload)


def _product(payload: Row) -> str:
    picture = text_in(payload, "productImageSrc")
    title = text_in(payload, "productTitle")
    address = text_in(payload, "productUrl")
    return (
        (figure(picture) if picture else "")
        + (f"<h4>{title}</h4>" if title else "")
        + _block(text_in(payload, "productDescription"))
        + (_linked(address, text_in(payload, "productButton")) if address else "")
    )


def _call(payload: Row) -> str:
    picture = text_in(payload, "imageUrl")
    sponsor = text_in(payload, "sponsorLabel") if payload.get("hasSponsorLabel") else ""
    shown = figure(picture) if picture else ""
    return _block(sponsor) + shown + _block(text_in(payload, "textValue")) + _offered(payload)


def _offered(payload: Row) -> str:
    """Return the link of a card that may have a button."""
    offers = payload.get("showButton", payload.get("buttonEnabled", True))
    words, address = text_in(payload, "buttonText"), text_in(payload, "buttonUrl")
    return _linked(address, words) if offers and words and address else ""


def _linked(address: str, words: str) -> str:
    return link(address, words) if address else _paragraph(escape(words))


def _paragraph(html: str) -> str:
    return f"<p>{html}</p>" if html else ""


def _block(html: str) -> str:
    return html if html.startswith("<") else _paragraph(html)


_CARDS: dict[str, Callable[[Row], str]] = {
    "image": _image, "gallery": _gallery, "bookmark": _bookmark, "embed": _embed, "code": _code,
    "html": lambda payload: text_in(payload, "html"), "markdown": _markdown, "callout": _callout,
    "toggle": _toggle, "button": _button, "audio": _player, "video": _player, "file": _file,
    "header": _header, "product": _product, "call-to-action": _call, "horizontalrule": lambda _: "<hr>",
}  # fmt: skip
