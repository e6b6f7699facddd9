"""A story of a Medium export: what its page says of it, and its text without what only the page needs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import PurePosixPath
from urllib.parse import unquote

from lxml import etree

from book.sources._html.parsing import classes, remove, replace, text_of
from book.sources._html_to_markdown import parse_html
from book.sources._titles import alike
from book.urls import urlsplit

_BODY = re.compile(r"<body\b[^>]*>(.*)(?:</body\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_IDENT = re.compile(r"(?:^|[-/])([0-9a-f]{8,16})$")
_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Story:
    """A story. `dated` is when it was published, in universal time, as its page writes it."""

    file: str
    title: str
    subtitle: str
    body: etree._Element
    dated: str
    author: str
    address: str
    short_address: str
    tags: tuple[str, ...]
    losses: tuple[str, ...]

    @property
    def name(self) -> str:
        """What to call it in a message."""
        return self.title or PurePosixPath(self.file).stem

    @property
    def is_draft(self) -> bool:
        """Whether it was never published: then its page says neither when nor where."""
        named = PurePosixPath(self.file).name.startswith("draft_")
        return named or not (self.address or self.dated)

    @property
    def is_response(self) -> bool:
        """Whether it was written under another story: it has no title but its own first words."""
        if not self.title or self.heading is not None:
            return False
        return _letters(text_of(self.body)).startswith(_letters(self.title))

    @property
    def heading(self) -> etree._Element | None:
        """The title as the text itself shows it."""
        for one in self.body.iter("h1", "h2", "h3", "h4", "p"):
            named = "graf--title" in classes(one)
            if named or (one.tag != "p" and alike(text_of(one), self.title)):
                return one
        return None

    @property
    def published_at(self) -> str:
        """Where it was published: under its own name, else by its number."""
        return self.address or (self.short_address if self.dated else "")

    @property
    def summary(self) -> str:
        """What its author says of it; empty where that is only how the text begins."""
        told = _letters(self.subtitle)
        begun = _letters(text_of(self.body)).removeprefix(_letters(self.title))
        return "" if begun.startswith(told) and not self._shows_subtitle() else self.subtitle

    def _shows_subtitle(self) -> bool:
        return any("graf--subtitle" in classes(one) for one in self.body.iter())

    @property
    def ident(self) -> str:
        """The number that Medium knows it by."""
        for address in (self.short_address, self.address, PurePosixPath(self.file).stem):
            if found := _IDENT.search(urlsplit(address).path.rstrip("/")):
                return found[1]
        return self.address or PurePosixPath(self.file).stem

    @property
    def slug(self) -> str:
        """The words at the end of its address."""
        last = PurePosixPath(unquote(urlsplit(self.address).path)).name
        return _IDENT.sub("", last)


def story_of(page: str, file: str) -> Story:
    """Read a story's page."""
    found = _BODY.search(page)
    root, losses = parse_html(found[1] if found else page)
    time = next(_with(root, "dt-published"), None)
    short = time.getparent() if time is not None else None
    canonical = next(_with(root, "p-canonical"), None)
    return Story(
        file=file,
        title=_text(root, "p-name"),
        subtitle=_text(root, "p-summary"),
        body=next((one for one in root.iter("section") if one.get("data-field") == "body"), root),
        dated=time.get("datetime", "") if time is not None else "",
        author=_text(root, "p-author"),
        address=canonical.get("href", "") if canonical is not None else "",
        short_address=short.get("href", "") if short is not None else "",
        tags=tuple(dict.fromkeys(text_of(tag) for tag in _with(root, "p-tag"))),
        losses=tuple(losses),
    )


def settle(story: Story, addresses: Mapping[str, str]) -> etree._Element:
    """Make plain what only Medium knows in a story's text, and take out of it the title, which the post has.

    `addresses` are those of the export's stories by their numbers: links may name them in other ways.
    """
    body = story.body
    for rule in [one for one in body.iter("div") if "section-divider" in classes(one)][:1]:
        if not _text_before(rule, body):
            remove(rule)
    for footer in [one for one in body.iter("footer") if next(_with(one, "p-canonical"), None) is not None]:
        remove(footer)
    heading = story.heading
    if heading is not None and alike(text_of(heading), story.title):
        remove(heading)
    for element in list(body.iter()):
        names = classes(element)
        if "graf--subtitle" in names:
            _set_subtitle(element)
        elif "graf--mixtapeEmbed" in names:
            _set_card(element)
        elif language := element.get("data-code-block-lang"):
            element.set("data-language", language)
        elif element.tag == "a" and (address := addresses.get(number_in(element.get("href", "")))):
            element.set("href", address)
    return body


def number_in(address: str) -> str:
    """Return the number of the story that an address on Medium leads to; empty for any other."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    found = _IDENT.search(parts.path.rstrip("/"))
    return found[1] if found and (parts.hostname or "").endswith("medium.com") else ""


def _set_subtitle(element: etree._Element) -> None:
    inner = etree.Element("em")
    inner.text, element.text = element.text, None
    for child in list(element):
        inner.append(child)
    element.append(inner)
    element.tag = "p"


def _set_card(element: etree._Element) -> None:
    """Make of a card that leads to a page a link with the page's title, and what it says of the page below.

    Its picture is the other page's, and the name of the website is in the link's address.
    """
    card = next((link for link in element.iter("a") if text_of(link)), None)
    if card is None:
        remove(element)
        return
    title = text_of(first) if (first := next(card.iter("strong"), None)) is not None else ""
    about = text_of(second) if (second := next(card.iter("em"), None)) is not None else ""
    address = card.get("href", "")
    words = title or about or address
    under = f"<br>{escape(about)}" if title and about else ""
    made, _ = parse_html(f'<p><a href="{escape(address)}">{escape(words)}</a>{under}</p>')
    replace(element, made)


def name_of_profile(page: str) -> str:
    """Return the name that an account is shown by, from its profile's page; nothing else is read of it."""
    body = _BODY.search(page)
    root, _ = parse_html(body[1] if body else page)
    return next((_text(one, "p-name") for one in root.iter("section") if "h-card" in classes(one)), "")


def _text_before(element: etree._Element, root: etree._Element) -> bool:
    for one in root.iter():
        if one is element:
            return False
        if (one.text or "").strip() or one.tag == "img":
            return True
    return False


def _letters(text: str) -> str:
    return _LETTERS.sub("", text)


def _text(root: etree._Element, name: str) -> str:
    found = next(_with(root, name), None)
    return text_of(found) if found is not None else ""


def _with(root: etree._Element, name: str) -> Iterator[etree._Element]:
    return (one for one in root.iter() if name in classes(one))
