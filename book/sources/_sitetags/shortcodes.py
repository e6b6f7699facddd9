"""Shortcodes of WordPress that came along into Markdown: captions, players and galleries."""

from __future__ import annotations

import re
from collections.abc import Callable

from book.sources._html_to_markdown import to_markdown
from book.sources._sitetags.arguments import arguments
from book.sources._sitetags.meanings import picture
from book.sources._wordpress.pictures import Attachments, Gallery
from book.sources._wordpress.shortcodes import Shortcodes

_SHORTCODE = re.compile(
    r"""\[(?P<caption>(?:wp_)?caption)\b(?P<given>[^\[\]]*)\]
         (?P<within>(?:[^\[]++|\[(?!/?(?:wp_)?caption\b))*+)\[/(?P=caption)\]
      |\[(?P<player>youtube|vimeo|dailymotion|soundcloud|audio|video|embed|bandcamp|spotify|instagram)
         (?P<told>(?:[\s=][^\[\]\n]*)?)\](?:(?P<content>[^\[\]\n]*)\[/(?P=player)\])?(?![(\[:])
      |\[gallery(?:\s[^\[\]\n]*)?\](?![(\[:])""",
    re.VERBOSE | re.DOTALL,
)
_ADDRESS = re.compile(r"https?://|=|(?<!\S)(?=\S*\d)\S{6,}")
"""A player without any of these is a word in brackets."""
_SHOWN = re.compile(
    r"(?P<link>\[)?!\[(?P<alt>[^\[\]]*)\]\((?P<address>[^()\s]+)[^()]*\)(?(link)\]\([^()]*\))"
)


def settle_shortcodes(text: str, miss: Callable[[str], str]) -> str:
    """Put Markdown in the place of shortcodes; `miss` says what stands for those that show nothing here."""

    def settled(match: re.Match[str]) -> str:
        if match["caption"]:
            return _captioned(match)
        if match["player"]:
            return _played(match)
        return miss(match[0])

    return _SHORTCODE.sub(settled, text) if "[" in text else text


def _captioned(match: re.Match[str]) -> str:
    """Return a picture with its caption, a block of its own."""
    shown = _SHOWN.search(match["within"])
    if shown is None:
        return f"\n\n{_as_markdown(match[0])}\n\n"
    words = match["within"].replace(shown[0], "").strip(" \n\\")
    words = words or arguments(match["given"]).first("caption")
    about = arguments(f'src="{shown["address"]}" alt="{shown["alt"]}"')
    return f"\n\n{picture(about, words)}\n\n"


def _played(match: re.Match[str]) -> str:
    given = f"{match['told']} {match['content'] or ''}"
    return _as_markdown(match[0]) if _ADDRESS.search(given) else match[0]


def _as_markdown(shortcode: str) -> str:
    return to_markdown(_as_html(shortcode)).markdown


def _as_html(shortcode: str) -> str:
    nowhere = Gallery("", Attachments())
    return Shortcodes(nowhere, lambda _: None).expanded(shortcode)


_UNTOUCHED = r"(?i:<(?P<listing>pre|code|textarea)\b.*?(?:</(?P=listing)\s*>|\Z))|<[A-Za-z/!][^<>]*>"
_IN_HTML = re.compile(f"{_UNTOUCHED}|{_SHORTCODE.pattern}", re.VERBOSE | re.DOTALL)
_PLAYS = re.compile(r"https?://|=\s*\S|\d{5}")
"""What names a film; “[video 2]” is how an author speaks of one."""
_WITH_PICTURES = re.compile(r"\[gallery\s+[^\[\]]*\bids\s*=", re.IGNORECASE)


def moved_along(html: str, say: Callable[[str], None]) -> str:
    """Return HTML of a blog that may have been WordPress's once, without the shortcodes that came along."""

    def settled(match: re.Match[str]) -> str:
        if match["caption"]:
            return _as_html(match[0]) if "<img" in match["within"] else match[0]
        if match["player"]:
            plays = _PLAYS.search(f"{match['told']} {match['content'] or ''}")
            return _as_html(match[0]) if plays else match[0]
        if _WITH_PICTURES.match(match[0]):
            say(f"the shortcode `{match[0][:60]}` was left out: nothing says which pictures it showed")
            return ""
        return match[0]

    return _IN_HTML.sub(settled, html) if "[" in html else html


def expanded(html: str) -> str:
    """Return HTML with HTML in the place of its shortcodes; galleries stay for whoever tells of them."""

    def settled(match: re.Match[str]) -> str:
        plays = match["player"] and _ADDRESS.search(f"{match['told']} {match['content'] or ''}")
        return _as_html(match[0]) if match["caption"] or plays else match[0]

    return _SHORTCODE.sub(settled, html) if "[" in html else html
