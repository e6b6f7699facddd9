"""Players and frames, which no book can hold, as links with a title."""

from __future__ import annotations

import re

from lxml import etree

from book.addresses import settled_address
from book.allowed import PLAYERS
from book.nesting import HEADINGS, INLINE, replace
from book.remarks import Say, remark
from book.urls import urlsplit

_HOSTS = {
    "youtube.com": "YouTube", "youtu.be": "YouTube", "youtube-nocookie.com": "YouTube", "vimeo.com": "Vimeo",
    "spotify.com": "Spotify", "soundcloud.com": "SoundCloud", "bandcamp.com": "Bandcamp", "ted.com": "TED",
    "dailymotion.com": "Dailymotion", "twitch.tv": "Twitch", "google.com": "Google", "flickr.com": "Flickr",
    "instagram.com": "Instagram", "facebook.com": "Facebook", "twitter.com": "Twitter", "x.com": "X",
    "slideshare.net": "SlideShare", "archive.org": "Internet Archive", "tiktok.com": "TikTok",
    "apple.com": "Apple", "codepen.io": "CodePen", "openstreetmap.org": "OpenStreetMap",
}  # fmt: skip
_YOUTUBE = re.compile(r"//(?:www\.)?youtube(?:-nocookie)?\.com/(?:embed|v)/([\w-]+)(?:[?&](.*))?$")
_VIMEO = re.compile(r"//player\.vimeo\.com/video/(\d+)")
_APOLOGY = re.compile(r"browser|navigat|flash|javascript|html5|unterstütz|soporta|support", re.IGNORECASE)
_LONGEST_TITLE = 120
_NOBODY_PLAYS = re.compile(r"/(?:@[^/]*|c|user|channel|groups|pages|people|company|profile)(?:/|$)")
"""Paths of somebody's own page at such a host."""


def link_players(root: etree._Element, say: Say) -> None:
    """Put a titled link in the place of each frame, player and object; drop those without an address."""
    for player in [element for element in root.iter() if element.tag in PLAYERS]:
        parent = player.getparent()
        if parent is None or (player.tag == "source" and parent.tag == "picture"):
            continue
        if player.tag == "source" or (player.tag == "embed" and parent.tag == "object"):
            continue  # a part of its parent
        address = _address(player)
        if address is None:
            say(remark(f"a `{player.tag!s}` without an address was dropped", f"<{player.tag!s}"))
        made = _shown(player, address, say)
        replace(player, made)
        if parent.tag == "p" and len(made) == len(parent) == 1 and made[0].tag == "a" and _is_bare(parent):
            parent.set("class", "embed")
    for source in list(root.iter("source")):
        replace(source, [])
    for holder in root.iter("p"):
        if len(holder) == 1 and holder[0].tag == "a" and _is_bare(holder) and _is_player(holder[0]):
            holder.set("class", "embed")


def _is_player(link: etree._Element) -> bool:
    """Tell whether a link is what an importer writes for a player: the title and the host, or that alone."""
    address = link.get("href", "")
    parts = urlsplit(address)
    name = _name_of(parts.hostname or "")
    words = " ".join("".join(map(str, link.itertext())).split())
    if name not in _HOSTS.values() or not (words == name or words.endswith(f" — {name}")):
        return False
    steps = [step for step in parts.path.split("/") if step]
    return not _NOBODY_PLAYS.match(parts.path) and (
        len(steps) > 1 or bool(parts.query) or parts.hostname == "youtu.be" or "".join(steps).isdigit()
    )


def _is_bare(holder: etree._Element) -> bool:
    """Tell whether an element with one child holds no words beside it."""
    return not ((holder.text or "") + (holder[0].tail or "")).strip()


def _shown(player: etree._Element, address: str | None, say: Say) -> list[etree._Element]:
    """Return what stands for a player: a link, and what was to be shown where it could not play."""
    inline = any(above.tag in INLINE | HEADINGS | {"p", "pre"} for above in player.iterancestors())
    words = _words(player)
    if words and _APOLOGY.search(words) and len(words) < 2 * _LONGEST_TITLE:
        say(remark(f"words for browsers that cannot play were left out: `{words[:80]}`", words))
        words = ""
    title = " ".join((player.get("title") or "").split())
    if not title and len(words) <= _LONGEST_TITLE:
        title, words = words, ""
    made = [] if address is None else [_link(player, address, title)]
    if words or (title and address is None):
        made.append(etree.Element("span"))
        made[-1].text = words or title
        if len(made) > 1:
            made[0].tail = " "
    return made if inline else [_paragraph(one) for one in made]


def _words(player: etree._Element) -> str:
    """Return the words in a player, less those of frames in it."""
    return " ".join(" ".join(map(str, player.itertext())).split())


def _address(player: etree._Element) -> str | None:
    inner = [element.get("src") for element in player.iter("source", "embed")]
    for source in (player.get("src"), player.get("data"), *inner):
        address = settled_address("https:" + source if source and source.startswith("//") else source or "")
        if address and not address.lower().startswith(("mailto:", "tel:")):
            return _watchable(address)
    return None


def _watchable(address: str) -> str:
    """Return the address of the page on which people watch what a player plays."""
    if match := _YOUTUBE.search(address):
        more = f"&{match[2]}" if match[2] else ""
        return f"https://www.youtube.com/watch?v={match[1]}{more}"
    return _VIMEO.sub(r"//vimeo.com/\1", address)


def _link(player: etree._Element, address: str, title: str) -> etree._Element:
    within_link = any(above.tag == "a" for above in player.iterancestors())
    link = etree.Element("span") if within_link else etree.Element("a", href=address)
    name = _name_of(urlsplit(address).hostname or "")
    link.text = f"{title} — {name}" if title and name else title or name or address
    return link


def _name_of(host: str) -> str:
    """Return what a host is called."""
    host = host.removeprefix("www.")
    return next((name for known, name in _HOSTS.items() if host == known or host.endswith("." + known)), host)


def _paragraph(element: etree._Element) -> etree._Element:
    holder = etree.Element("p", {"class": "embed"} if element.tag == "a" else {})
    element.tail = None
    holder.append(element)
    return holder
