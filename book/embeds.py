"""Players and frames, which no book can hold, as links with a title."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from lxml import etree

from book.clean import PLAYERS, Say

_HOSTS = {
    "youtube.com": "YouTube", "youtu.be": "YouTube", "youtube-nocookie.com": "YouTube", "vimeo.com": "Vimeo",
    "spotify.com": "Spotify", "soundcloud.com": "SoundCloud", "bandcamp.com": "Bandcamp",
    "dailymotion.com": "Dailymotion", "google.com": "Google", "instagram.com": "Instagram",
    "facebook.com": "Facebook", "twitter.com": "Twitter", "x.com": "X", "slideshare.net": "SlideShare",
}  # fmt: skip
_WATCH = (
    (
        re.compile(r"//(?:www\.)?youtube(?:-nocookie)?\.com/(?:embed|v)/([\w-]+)"),
        "//www.youtube.com/watch?v=\\1",
    ),
    (re.compile(r"//player\.vimeo\.com/video/(\d+)"), "//vimeo.com/\\1"),
)


def link_players(root: etree._Element, say: Say) -> None:
    """Put a titled link in the place of each frame, player and object; drop those without an address."""
    for player in [e for e in root.iter() if e.tag in PLAYERS]:
        parent = player.getparent()
        if parent is None:
            continue
        address = _address(player)
        if player.tag == "source" and parent.tag in {"picture", "video", "audio"}:
            made = None
        elif address is None:
            say(f"a `{player.tag!s}` without an address was dropped")
            made = None
        else:
            made = _link(player, address, inline=_inside_paragraph(player))
        _replace(parent, player, made)


def _address(player: etree._Element) -> str | None:
    sources = [player.get("src"), player.get("data"), *(s.get("src") for s in player.iter("source"))]
    for source in sources:
        if source and urlsplit(source).scheme in {"", "http", "https"}:
            address = "https:" + source if source.startswith("//") else source
            for pattern, watch in _WATCH:
                address = pattern.sub(watch, address)
            return address
    return None


def _link(player: etree._Element, address: str, *, inline: bool) -> etree._Element:
    link = etree.Element("a", href=address)
    host = (urlsplit(address).hostname or "").removeprefix("www.")
    name = next((n for h, n in _HOSTS.items() if host == h or host.endswith("." + h)), host)
    title = (player.get("title") or "").strip() or " ".join(" ".join(map(str, player.itertext())).split())
    link.text = f"{title} — {name}" if title and name else title or name or address
    if inline:
        return link
    holder = etree.Element("p", {"class": "embed"})
    holder.append(link)
    return holder


def _inside_paragraph(element: etree._Element) -> bool:
    return any(
        a.tag in {"p", "span", "a", "li", "td", "h2", "h3", "em", "strong"} for a in element.iterancestors()
    )


def _replace(parent: etree._Element, player: etree._Element, made: etree._Element | None) -> None:
    if made is not None:
        made.tail = player.tail
        parent.replace(player, made)
        return
    before, tail = player.getprevious(), player.tail or ""
    parent.remove(player)
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
