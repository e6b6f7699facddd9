"""One post's body, whichever way it was written, as Markdown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs

from lxml import etree

from book.pictures import pictures
from book.sources._html.parsing import replace, text_of, unwrap
from book.sources._html_to_markdown import Converted, parse_html, to_markdown
from book.sources._newlines import needs_breaks, with_breaks
from book.sources._wordpress.blocks import Blocks, has_blocks
from book.sources._wordpress.items import Item
from book.sources._wordpress.markdownwithin import cleaned
from book.sources._wordpress.pictures import Attachments, Gallery
from book.sources._wordpress.shortcodes import Shortcodes
from book.urls import urljoin, urlsplit

_ALONE = re.compile(r"^[^\S\n]*(https?://[^\s<>\"\[\]]+)[^\S\n]*$", re.MULTILINE)
_PROVIDERS = re.compile(
    r"""(?:^|\.)(?:youtube\.com|youtu\.be|vimeo\.com|dailymotion\.com|dai\.ly|soundcloud\.com|spotify\.com|ted\.com
      |slideshare\.net|scribd\.com|issuu\.com|mixcloud\.com|twitter\.com|x\.com|instagram\.com|facebook\.com|tiktok\.com
      |reddit\.com|imgur\.com|giphy\.com|wordpress\.tv|videopress\.com|speakerdeck\.com|kickstarter\.com|flickr\.com
      |flic\.kr|archive\.org|bandcamp\.com|vine\.co)$""",
    re.VERBOSE,
)
_TEX = re.compile(r"\$latex[\s{](.+?)(?<!\\)\$(?:&[^;]*;)?", re.DOTALL)


@dataclass(slots=True)
class Bodies:
    """Makes Markdown of bodies: with the pictures, reusable blocks and addresses of the whole export."""

    attachments: Attachments
    reusable: Mapping[str, str]
    addresses: Mapping[str, str]
    """Every way the export names a post, `?p=12` and old addresses among them, and its own address."""
    home: str = ""

    def as_written(self, item: Item) -> Converted:
        """Return a post's body that is Markdown already."""
        body = cleaned(item.body)
        return Converted(body, tuple(pictures(body)))

    def converted(self, item: Item) -> Converted:
        """Return a post's body, made Markdown."""
        losses: list[str] = []
        shortcodes = Shortcodes(Gallery(item.ident, self.attachments), losses.append)
        if has_blocks(item.body):
            blocks = Blocks(self.reusable, item.metas.get("footnotes", ""), shortcodes, losses.append)
            html = blocks.html(item.body)
        else:
            html = _classic(item.body, shortcodes)
        tree, left_out = parse_html(_TEX.sub(_math, html))
        self._settle(tree)
        made = to_markdown(tree, base=item.link or None)
        return Converted(made.markdown, made.media, (*losses, *left_out, *made.losses), made.inlined)

    def _settle(self, tree: etree._Element) -> None:
        for image in list(tree.iter("img")):
            self._original(image)
        for verse in list(tree.iter("pre")):
            if "wp-block-verse" in (verse.get("class") or ""):
                _set_verse(verse)
        for mark in [one for one in tree.iter("div") if _is_language(one)]:
            following = mark.getnext()
            if following is not None and following.tag == "pre":
                following.set("class", mark.get("class", ""))
        for link in tree.iter("a"):
            if known := self._known(link.get("href", "")):
                link.set("href", known + _fragment(link.get("href", "")))

    def _known(self, address: str) -> str | None:
        """Return the address of the post that a link means, if it means one."""
        relative = address and not re.match(r"[a-z][a-z0-9+.-]*:|[#/]", address)
        return self.addresses.get(_key(urljoin(self.home + "/", address) if relative else address))

    def _original(self, image: etree._Element) -> None:
        """Show the picture that was uploaded, with what its author said of it, rather than a small copy."""
        attachment = self.attachments.of(image.get("src", ""))
        if attachment is None:
            return
        image.set("src", attachment.address)
        if not image.get("alt"):
            image.set("alt", attachment.alt)
        link = image.getparent()
        if link is not None and link.tag == "a" and len(link) == 1 and not text_of(link):
            target = link.get("href", "")
            if target in (attachment.page, attachment.address) or self.attachments.of(target) is attachment:
                unwrap(link)


def _classic(body: str, shortcodes: Shortcodes) -> str:
    html = shortcodes.expanded(_ALONE.sub(_alone, body))
    return with_breaks(html) if needs_breaks(html) else html


def _alone(match: re.Match[str]) -> str:
    """Show an address on a line of its own: as a player where the site has them, else as a link."""
    host = urlsplit(match[1]).hostname or ""
    if _PROVIDERS.search(host):
        return f'<iframe src="{match[1]}"></iframe>'
    return f'<a href="{match[1]}">{match[1]}</a>'


def _math(match: re.Match[str]) -> str:
    return f'<span class="arithmatex">{match[1].strip()}</span>'


def _is_language(element: etree._Element) -> bool:
    return not len(element) and (element.get("class") or "").startswith("highlight language-")


def _set_verse(verse: etree._Element) -> None:
    """Make a verse a paragraph whose lines and indents stay."""
    made = etree.Element("p")
    for number, line in enumerate("".join(map(str, verse.itertext())).strip("\n").split("\n")):
        indent = len(line) - len(line.lstrip(" "))
        text = "\u00a0" * indent + line.lstrip(" ")
        if number:
            etree.SubElement(made, "br").tail = text
        else:
            made.text = text
    replace(verse, made)


def _key(address: str) -> str:
    """Reduce an address to what tells posts apart, as `addresses` has it."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    query = parse_qs(parts.query)
    for name in ("p", "page_id", "attachment_id"):
        if name in query:
            return f"{_host(parts.hostname)}?{query[name][0]}"
    return _host(parts.hostname) + parts.path.rstrip("/")


def _host(name: str | None) -> str:
    return (name or "").removeprefix("www.").lower()


def _fragment(address: str) -> str:
    return "#" + address.partition("#")[2] if "#" in address else ""


def names_of(item: Item, hosts: set[str]) -> set[str]:
    """Return the keys by which links may name a post: its number and its path, at any of the blog's hosts."""
    path = urlsplit(item.link).path.rstrip("/")
    found = {_key(item.link), _key(item.guid)}
    if item.ident:
        found |= {f"{host}?{item.ident}" for host in hosts}
    if path:
        found |= {host + path for host in hosts}
    return found - {"", *hosts}
