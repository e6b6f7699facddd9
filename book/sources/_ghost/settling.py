"""The cards in HTML that Ghost rendered: made what they are in plain HTML, without what only a page needs."""

from __future__ import annotations

from lxml import etree

from book.clean import Say
from book.sources._ghost.cards import card
from book.sources._html.parsing import classes, remove, replace, text_of, unwrap
from book.sources._html_to_markdown import parse_html
from book.sources._rows import Row

_CHROME = (
    "kg-audio-player-container", "kg-audio-player", "kg-video-overlay", "kg-video-player-container",
    "kg-toggle-card-icon", "kg-product-card-rating", "kg-audio-thumbnail", "kg-audio-hide",
)  # fmt: skip
_FORMS = ("kg-signup-card", "kg-header-card-form", "kg-subscribe-form")


def settle_cards(root: etree._Element, say: Say) -> None:
    """Make every card in the tree plain HTML, and links that only open a window of Ghost's their words."""
    for link in list(root.iter("a")):
        if link.get("href", "").startswith("#/portal"):
            unwrap(link)
    for element in list(root.iter()):
        names = set(classes(element))
        if element.getparent() is None or not any(name.startswith("kg-") for name in names):
            continue
        if names & set(_FORMS):
            say(f"a form to sign up was left out: “{text_of(element)[:80]}”")
            remove(element)
        elif payload := _payload(element, names):
            _set(element, *payload, say)
        elif names & set(_CHROME):
            remove(element)


def _set(element: etree._Element, kind: str, payload: Row, say: Say) -> None:
    made, losses = parse_html(card(kind, payload, say))
    for loss in losses:
        say(loss)
    replace(element, made)


def _payload(element: etree._Element, names: set[str]) -> tuple[str, Row] | None:
    """Return what a card of these classes is, and what it holds; None for one that is fine as it is."""
    if "kg-bookmark-card" in names:
        return "bookmark", _bookmark(element)
    if "kg-callout-card" in names:
        emoji = _first(element, "kg-callout-emoji")
        text = _first(element, "kg-callout-text")
        sign = text_of(emoji) if emoji is not None else ""
        return "callout", {"calloutEmoji": sign, "calloutText": _html(text)}
    if "kg-audio-card" in names or "kg-video-card" in names:
        title = _first(element, "kg-audio-title")
        player = next(element.iter("audio", "video"), None)
        address = player.get("src", "") if player is not None else ""
        name = text_of(title) if title is not None else ""
        return "audio", {"src": address, "title": name, "caption": _caption(element)}
    if "kg-file-card" in names:
        return "file", _file(element)
    return None


def _bookmark(element: etree._Element) -> Row:
    container = _first(element, "kg-bookmark-container")
    parts = {"title": "title", "description": "description", "author": "author", "publisher": "publisher"}
    known = {name: _first(element, f"kg-bookmark-{part}") for name, part in parts.items()}
    return {
        "url": container.get("href", "") if container is not None else "",
        "metadata": {name: text_of(found) for name, found in known.items() if found is not None},
        "caption": _caption(element),
    }


def _file(element: etree._Element) -> Row:
    container = _first(element, "kg-file-card-container")
    known = {name: _first(element, f"kg-file-card-{name}") for name in ("title", "caption", "filename")}
    texts = {name: text_of(found) if found is not None else "" for name, found in known.items()}
    address = container.get("href", "") if container is not None else ""
    title = texts["title"] or texts["filename"]
    return {"src": address, "fileTitle": title, "fileCaption": texts["caption"]}


def _caption(element: etree._Element) -> str:
    return _html(next(element.iter("figcaption"), None))


def _first(element: etree._Element, name: str) -> etree._Element | None:
    return next((one for one in element.iter() if name in classes(one)), None)


def _html(element: etree._Element | None) -> str:
    """Return what an element holds, as HTML."""
    if element is None:
        return ""
    whole = etree.tostring(element, encoding="unicode", with_tail=False, method="html")
    return whole[whole.index(">") + 1 : whole.rindex("</")].strip()
