"""Substack's widgets as plain HTML: what they show is in JSON beside them, what they ask for is left out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from html import escape

from lxml import etree

from book.clean import Say
from book.sources._harvest import figure, link
from book.sources._html.parsing import classes, remove, replace, text_of
from book.sources._html_to_markdown import parse_html
from book.sources._rows import Row, row_in, rows_in, text_in

_ASKING = re.compile(
    r"/subscribe\b|[?&]action=share\b|[?&]gift=true\b|[?&]donate=|/comments\b|/leaderboard\b|/refer\b|/chat\b"
)
_ANOTHER_PAGE = ("canonical_url", "url", "href")


def settle_widgets(root: etree._Element, say: Say) -> None:
    """Make every widget in the tree plain HTML."""
    for element in list(root.iter()):
        names = classes(element)
        if element.getparent() is None or not names:
            continue
        if "button-wrapper" in names:
            _settle_button(element, say)
        elif "paywall-jump" in names or "paywall" in names:
            remove(element)
        elif make := next((_WIDGETS[name] for name in names if name in _WIDGETS), None):
            _set(element, make(_data(element), element), say)


def asking_addresses(root: etree._Element) -> Iterator[str]:
    """Give where the buttons lead that ask to subscribe, share or comment: into the blog itself."""
    for element in root.iter("a"):
        address = element.get("href", "")
        if "button" in classes(element) and _ASKING.search(address):
            yield address


def _settle_button(element: etree._Element, say: Say) -> None:
    target = next((one.get("href", "") for one in element.iter("a")), "")
    if _ASKING.search(target) or not target:
        say(f"a button was left out: “{text_of(element)[:80]}”")
        remove(element)


def _data(element: etree._Element) -> Row:
    try:
        found = json.loads(element.get("data-attrs") or "{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _set(element: etree._Element, html: str | None, say: Say) -> None:
    """Put HTML in a widget's place; None leaves it as it is."""
    if html is None:
        return
    made, losses = parse_html(html)
    for loss in losses:
        say(loss)
    if not html:
        say(f"a widget was left out: {classes(element)[0]}")
    replace(element, made)
    if element.tag == "span":
        made.tag = "span"


def _picture(data: Row, _: etree._Element) -> str | None:
    source = text_in(data, "src")
    return figure(source, alt=text_in(data, "alt", "title")) if source else None


def _gallery(data: Row, _: etree._Element) -> str | None:
    gallery = row_in(data, "gallery")
    images = [text_in(image, "src") for image in rows_in(gallery, "images")]
    shown = "".join(figure(image) for image in images if image)
    caption = escape(text_in(gallery, "caption"))
    return shown + (f"<p>{caption}</p>" if caption else "") if shown else None


def _formula(data: Row, _: etree._Element) -> str | None:
    tex = text_in(data, "persistentExpression", "expression")
    return f'<div class="arithmatex">{escape(tex, quote=False)}</div>' if tex else None


def _tweet(data: Row, _: etree._Element) -> str | None:
    text, address = text_in(data, "full_text"), text_in(data, "url")
    if not text or not address:
        return None
    user = text_in(data, "username")
    who = " ".join(filter(None, (text_in(data, "name"), f"(@{user})" if user else "")))
    said = escape(text).replace("\n", "<br>")
    signed = f'— <a href="{escape(address)}">{escape(who or address)}</a>'
    return f"<blockquote><p>{said}</p><p>{signed}</p></blockquote>"


def _page(data: Row, element: etree._Element) -> str | None:
    """Return a link to another page, with its title and where it appeared."""
    address = text_in(data, *_ANOTHER_PAGE)
    if not address:
        return None
    words = (text_in(data, "title", "name"), text_in(data, "publication_name", "author_name"))
    about = text_in(data, "caption", "truncated_body_text", "description")
    said = f"<p>{escape(about)}</p>" if about else ""
    return link(address, " — ".join(filter(None, words)) or text_of(element)) + said


def _file(_: Row, element: etree._Element) -> str | None:
    target = next((one.get("href", "") for one in element.iter("a") if one.get("href")), "")
    title = next((text_of(one) for one in element.iter() if "file-embed-details-h1" in classes(one)), "")
    return link(target, title) if target else None


def _player(data: Row, element: etree._Element) -> str | None:
    if next(element.iter("iframe", "video", "audio"), None) is not None:
        return None
    address = text_in(data, "url", "videoUrl", "src")
    return link(address, text_in(data, "label", "title")) if address else ""


def _mention(data: Row, element: etree._Element) -> str | None:
    name = text_in(data, "name") or text_of(element)
    address = text_in(data, "url")
    return f'<a href="{escape(address)}">{escape(name)}</a>' if address else escape(name)


def _nothing(_: Row, __: etree._Element) -> str:
    return ""


_WIDGETS: dict[str, Callable[[Row, etree._Element], str | None]] = {
    "image3": _picture, "image-gallery-embed": _gallery, "latex-rendered": _formula, "tweet": _tweet,
    "twitter-embed": _tweet, "digest-post-embed": _page, "embedded-post-wrap": _page,
    "embedded-publication-wrap": _page, "instagram": _page, "instagram-embed-wrap": _page,
    "file-embed-wrapper": _file, "native-video-embed": _player, "native-audio-embed": _player,
    "mention-wrap": _mention, "poll-embed": _nothing, "community-chat": _nothing,
    "install-substack-app-embed": _nothing, "directMessage": _nothing,
}  # fmt: skip
