"""Gutenberg's blocks: finished HTML between comments, but for the blocks that WordPress fills in itself."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from book.clean import Say
from book.sources._newlines import with_breaks
from book.sources._wordpress.builders import of_block
from book.sources._wordpress.shortcodes import Shortcodes

_MARK = re.compile(
    r"<!--\s+(?P<end>/)?wp:(?P<name>[a-z][a-z0-9_-]*(?:/[a-z][a-z0-9_-]*)?)\s+(?P<values>\{.*?\}\s+)?(?P<empty>/)?-->",
    re.DOTALL,
)
_EMBED = re.compile(r'(<div class="wp-block-embed__wrapper">)\s*(https?://[^\s<>"]+)\s*(</div>)')
_FILE_BUTTON = re.compile(r"<a\b[^<>]*\bwp-block-file__button\b[^<>]*>((?:(?!<a\b).)*?)</a>", re.DOTALL)
_FREEFORM = frozenset(("freeform", "shortcode", "core/freeform", "divi/placeholder", "divi/layout"))
_SILENT = frozenset(("more", "nextpage", "spacer", "separator", "template-part", "post-content", "site-logo"))


def has_blocks(body: str) -> bool:
    """Tell whether a body was written in blocks."""
    return "<!-- wp:" in body


@dataclass(slots=True)
class Blocks:
    """Makes HTML of bodies in blocks. `reusable` are bodies kept apart, by number; `footnotes` the post's."""

    reusable: Mapping[str, str]
    footnotes: str
    shortcodes: Shortcodes
    say: Say
    unknown: set[str] = field(default_factory=set)

    def html(self, body: str) -> str:
        """Return a body as HTML; text outside blocks is read as WordPress read it before there were any."""
        html = self._html(body, 0)
        html = self.shortcodes.left(html)  # in paragraphs too, and over several
        if "<!-- wp:divi/" in body and "[et_pb_" not in body:
            self.say("the layout of a page builder was left out; what stands in it is kept")
        if self.unknown:
            names = ", ".join(f"`{name}`" for name in sorted(self.unknown))
            self.say(f"what WordPress fills in as it shows the page was left out: {names}")
        return html

    def _html(self, body: str, depth: int) -> str:
        pieces: list[str] = []
        place, open_blocks, freeform = 0, 0, 0
        for mark in _MARK.finditer(body):
            pieces.append(self._between(body[place : mark.start()], freeform or not open_blocks))
            place = mark.end()
            if mark["empty"]:
                pieces.append(self._filled(mark["name"], _values(mark["values"]), depth))
                continue
            step = -1 if mark["end"] else 1
            open_blocks = max(0, open_blocks + step)
            if mark["name"] in _FREEFORM:
                freeform = max(0, freeform + step)
            elif step > 0:
                pieces.append(_opened(mark["name"], _values(mark["values"]), body[place : place + 4000]))
        pieces.append(self._between(body[place:], True))
        html = _FILE_BUTTON.sub(self._without_button, "".join(pieces))
        return _EMBED.sub(lambda found: f'<iframe src="{found[2]}"></iframe>', html)

    def _without_button(self, button: re.Match[str]) -> str:
        words = " ".join(re.sub(r"<[^<>]*>", "", button[1]).split())
        self.say(f"a button beside the link to a file was left out: `{words}`")
        return ""

    def _between(self, html: str, is_freeform: bool | int) -> str:
        if is_freeform and html.strip():
            return f"<div>{with_breaks(self.shortcodes.expanded(html.strip())).replace('[', '&#91;')}</div>"
        return html

    def _filled(self, name: str, values: Mapping[str, Any], depth: int) -> str:
        """Return what WordPress would show for a block that holds nothing itself."""
        if name == "block":
            kept = self.reusable.get(str(values.get("ref", "")))
            if kept is not None and depth < 5:
                return self._html(kept, depth + 1)
            self.say("a reusable block was left out: it is not in the export")
        elif name == "footnotes":
            return _notes(self.footnotes)
        elif name in ("embed", "core-embed/youtube", "video", "audio") and isinstance(values.get("url"), str):
            return f'<iframe src="{escape(values["url"])}"></iframe>'
        elif name.startswith("divi/"):
            made = of_block(values, lambda address, alt: f'<img src="{escape(address)}" alt="{escape(alt)}">')
            if not made and name != "divi/divider":
                self.unknown.add(name)
            return made
        elif name not in _SILENT:
            self.unknown.add(name)
        return ""


def _values(text: str | None) -> Mapping[str, Any]:
    try:
        found = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _opened(name: str, values: Mapping[str, Any], following: str) -> str:
    """Return what a block says of itself outside its HTML."""
    if (
        name == "cover"
        and isinstance(values.get("url"), str)
        and "<img" not in following.partition("<!--")[0]
    ):
        return f'<img src="{escape(values["url"])}" alt="">'
    language = values.get("language")
    if "code" in name and isinstance(language, str) and language:
        return f'<div class="highlight language-{escape(language)}"></div>'
    return ""


def _notes(text: str) -> str:
    """Return the footnotes that WordPress keeps beside a post."""
    try:
        found = json.loads(text) if text else []
    except (ValueError, RecursionError):
        return ""
    items = [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
    return f"<ol>{''.join(map(_note, items))}</ol>" if items else ""


def _note(one: Mapping[str, Any]) -> str:
    name = escape(str(one.get("id", "")))
    return f'<li id="{name}">{one.get("content", "")} <a href="#{name}-link">↩</a></li>'
