"""Shortcodes, WordPress's words in square brackets, as the HTML that they stand for.

What an author put in brackets for readers (“[sic]”, “[1]”) is no shortcode: only a known name is, or one
that has attributes or an end.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape, unescape

from book.clean import Say
from book.sources._wordpress.builders import built, decoded, is_built, is_loss, is_silent, stands_apart
from book.sources._wordpress.pictures import Gallery

_OPENING = re.compile(
    r"""\[(?P<escape>\[?)(?P<name>[A-Za-z][\w-]{0,60})
        (?P<rest>(?:[\s=:](?:=""[^"=\[\]]+""|"[^"]*"|'[^']*'|[^\[\]"'])*+)?)(?P<closed>/?)\](?P<end>\]?)""",
    re.VERBOSE,
)
_LISTING = re.compile(r"<(pre|code|textarea)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_CLOSING = re.compile(r"\[/([A-Za-z][\w-]{0,60})\]")
_DEEPEST = 40
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))|"([^"]*)"|(\S+)""")
_QUOTED_TWICE = re.compile(r'=""([^"=]+)""')
_ONLY_ATTRIBUTES = re.compile(r"""(?:\s+[\w-]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+))+\s*""")
_IMAGE = re.compile(r"(?:<a\b[^<>]*>\s*)?<img\b[^<>]*>(?:\s*</a>)?", re.IGNORECASE)
_CODE = re.compile(
    r"""(?P<before>\[)?\[(?P<name>code|sourcecode|source|highlight|php|python|ruby|java|javascript|js|css|html|xml|bash
        |shell|sql|cpp|csharp|perl|text|plain|crayon|pastacode|gist-code)(?P<rest>(?:\s[^\[\]]*)?)\]
        (?P<code>.*?)\[/(?P=name)\](?(before)\])""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_DOUBLY = re.compile(r"&amp;(?:lt|gt|amp|quot|#\d+);")
_PLAYERS = {
    "youtube": "https://www.youtube.com/watch?v={}", "youtubevid": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}", "dailymotion": "https://www.dailymotion.com/video/{}",
    "soundcloud": "https://soundcloud.com/{}", "wpvideo": "https://videopress.com/v/{}",
    "videopress": "https://videopress.com/v/{}",
    "googlevideo": "https://video.google.com/videoplay?docid={}", "ted": "https://www.ted.com/talks/{}",
    "vine": "https://vine.co/v/{}", "tweet": "https://twitter.com/i/status/{}",
    "gist": "https://gist.github.com/{}", "github-gist": "https://gist.github.com/{}",
    "scribd": "https://www.scribd.com/doc/{}",
    "slideshare": "https://www.slideshare.net/slideshow/embed_code/{}",
    "instagram": "https://www.instagram.com/p/{}/", "spotify": "https://open.spotify.com/{}",
    "bandcamp": "https://bandcamp.com/EmbeddedPlayer/album={}", "flickr": "https://www.flickr.com/{}",
    "flickrvideo": "https://www.flickr.com/{}", "archiveorg": "https://archive.org/details/{}",
    "kickstarter": "https://www.kickstarter.com/{}", "audio": "{}", "video": "{}", "playlist": "{}",
    "embed": "{}", "polldaddy": "https://poll.fm/{}", "poll": "https://poll.fm/{}", "googlemaps": "{}",
    "presentation": "{}", "iframe": "{}",
}  # fmt: skip
_ADDRESSES = (
    "src",
    "url",
    "mp3",
    "m4a",
    "ogg",
    "wav",
    "mp4",
    "m4v",
    "webm",
    "ogv",
    "flv",
    "href",
    "video",
    "id",
    "poll",
    "0",
)
_NOTES = frozenset(("ref", "footnote", "fn", "efn_note", "note", "mfn", "sidenote"))
_KNOWN = _NOTES | _PLAYERS.keys() | {"caption", "wp_caption", "gallery", "latex", "code", "sourcecode"}


@dataclass(slots=True)
class Shortcodes:
    """Puts HTML in the place of the shortcodes of one post, part by part."""

    gallery: Gallery
    say: Say
    notes: list[str] = field(default_factory=list)
    is_built: bool = False
    _told: int = 0
    _depth: int = 0

    def left(self, html: str) -> str:
        """Return a page that WordPress made, with HTML in the place of the shortcodes that it left in it."""
        return self.expanded(_LISTING.sub(unread, html)) if "[" in html else html

    def expanded(self, text: str) -> str:
        """Return a body with HTML in the place of its shortcodes."""
        if "[" not in text:
            return text
        html = self._expanded(_CODE.sub(_code, text))
        if self.is_built and "[/" in html:
            html = _CLOSING.sub(lambda match: "" if is_built(match[1]) else match[0], html)
        if len(self.notes) > self._told:
            items = "".join(
                f'<li id="fn-sc-{number}">{note} <a href="#fnref-sc-{number}">↩</a></li>'
                for number, note in enumerate(self.notes[self._told :], start=self._told + 1)
            )
            html += (
                f'\n\n<ol start="{self._told + 1}">{items}</ol>' if self._told else f"\n\n<ol>{items}</ol>"
            )
            self._told = len(self.notes)
        return html

    def _expanded(self, text: str) -> str:
        if self._depth > _DEEPEST:
            self.say("shortcodes that stand too deep within others were left out; what they hold is kept")
            return _CLOSING.sub("", _OPENING.sub("", text))
        self._depth += 1
        pieces: list[str] = []
        place = 0
        endless: set[str] = set()
        while (match := _OPENING.search(text, place)) is not None:
            pieces.append(text[place : match.start()])
            made, place = self._one(text, match, endless)
            pieces.append(made)
        self._depth -= 1
        return "".join([*pieces, text[place:]])

    def _one(self, text: str, match: re.Match[str], endless: set[str]) -> tuple[str, int]:
        """Return what stands for a shortcode, and where the text goes on."""
        if match["escape"] and match["end"]:
            is_known = match["name"].lower() in _KNOWN
            return match[0][1:-1] if is_known else match[0], match.end()
        begin, end = match.start() + len(match["escape"]), match.end() - len(match["end"])
        if _within_tag(text, begin):
            return match[0], match.end()
        name, attributes = match["name"].lower(), _attributes(match["rest"])
        content, after = None, end
        if not match["closed"] and (close := _end_of(match["name"], text, end, endless)) >= 0:
            content, after = text[end:close], close + len(match["name"]) + 3
        made = self._made(name, attributes, content, match["rest"])
        return (match["escape"] + made, after) if made is not None else (match[0][: end - match.start()], end)

    def _made(self, name: str, attributes: dict[str, str], content: str | None, rest: str) -> str | None:
        known: dict[str, Callable[[], str | None]] = {
            "caption": lambda: self._caption(attributes, content),
            "wp_caption": lambda: self._caption(attributes, content),
            "gallery": lambda: self.gallery.html(attributes, self.say),
            "latex": lambda: f'<span class="arithmatex">{escape(unescape(content or ""))}</span>',
        }
        if name in known:
            return known[name]()
        if name in _NOTES and content is not None:
            return self._note(self._expanded(content))
        if name in _PLAYERS and (attributes or content):
            return self._player(name, attributes, content)
        if is_built(name) and (attributes or content is not None or is_silent(name)):
            return self._built(name, attributes, content or "")
        if content is not None and len(content) < 100_000:
            self.say(f"the shortcode `[{name}]` was left out; what it holds is kept")
            inside = self._expanded(content)
            return f"<div>{inside}</div>" if stands_apart(name) else inside
        if _ONLY_ATTRIBUTES.fullmatch(rest):
            self.say(f"the shortcode `[{name}{rest[:60]}]` was left out")
            return ""
        return None

    def _built(self, name: str, attributes: dict[str, str], content: str) -> str:
        """Return what a page builder's shortcode shows; of its layout, say once that it is left out."""
        inside = self._expanded(decoded(name, content))
        made = built(name, attributes, inside, lambda named, alt: self.gallery.shown(named, alt, self.say))
        if made is None and is_loss(name):
            self.say(f"the shortcode `[{name}]` was left out")
        if not self.is_built:
            self.is_built = True
            self.say("the layout of a page builder was left out; what stands in it is kept")
        return made or ""

    def _caption(self, attributes: dict[str, str], content: str | None) -> str | None:
        if content is None:
            return None
        image = _IMAGE.search(content)
        if image is None:
            return self._expanded(content)
        words = (content[: image.start()] + content[image.end() :]).strip() or unescape(
            attributes.get("caption", "")
        )
        words = " ".join(self._expanded(words).split())
        caption = f"<figcaption>{words}</figcaption>" if words else ""
        return f"<figure>{' '.join(image[0].split())}{caption}</figure>"

    def _player(self, name: str, attributes: dict[str, str], content: str | None) -> str:
        given = [content] if content and name in ("embed", "audio", "video", "youtube", "vimeo") else []
        given += [attributes[key] for key in _ADDRESSES if key in attributes]
        address = next((unescape(unescape(one)).strip() for one in given if one.strip()), "")
        if not address:
            self.say(f"the shortcode `[{name}]` was left out: it has no address")
            return ""
        if not re.match(r"https?://|/", address):
            address = _PLAYERS[name].format(address.lstrip("=:"))
        title = escape(unescape(attributes.get("title", "")))
        return f'<iframe src="{escape(address)}" title="{title}"></iframe>'

    def _note(self, html: str) -> str:
        self.notes.append(" ".join(html.split()))
        number = len(self.notes)
        return f'<sup id="fnref-sc-{number}"><a href="#fn-sc-{number}">{number}</a></sup>'


def _end_of(name: str, text: str, place: int, endless: set[str]) -> int:
    """Return where the next end of a shortcode is, -1 for nowhere, which `endless` remembers."""
    if name in endless:
        return -1
    close = text.find(f"[/{name}]", place)
    if close < 0:
        endless.add(name)
    return close


def unread(match: re.Match[str]) -> str:
    """Return what was found with its brackets written so that they are read as no shortcodes."""
    return match[0].replace("[", "&#91;")


def _code(match: re.Match[str]) -> str:
    """Return code as `pre`; what editors escaped once or twice reads as it was typed."""
    if match["before"]:
        return match[0]
    code = match["code"]
    doubly = _DOUBLY.search(code) is not None
    code = re.sub(r"</?p>|<br\s*/?>(?=\n)", "", code) if "<p>" in code else code
    code = unescape(unescape(code)) if doubly else unescape(code)
    attributes = _attributes(match["rest"])
    name = match["name"].lower()
    plain = ("code", "sourcecode", "source", "highlight", "text", "plain", "crayon", "pastacode", "gist-code")
    language = next((attributes[key] for key in ("language", "lang", "brush", "0") if key in attributes), "")
    language = language.strip('"= ') or ("" if name in plain else name)
    kept = escape(code.strip("\n"), quote=False).replace("[", "&#91;")
    return f'<pre class="language-{escape(language)}">{kept}</pre>' if language else f"<pre>{kept}</pre>"


def _attributes(rest: str) -> dict[str, str]:
    found: dict[str, str] = {}
    text = rest.strip()
    if '"' not in text and "='" not in text:  # an editor made its quotes curly, or escaped them
        text = re.sub("[\u201c\u201d\u2033]|&(?:quot|#8221|#8220|#8243);", '"', text)
    text = _QUOTED_TWICE.sub(r'="&quot;\1&quot;"', text.lstrip("=:"))
    for match in _ATTRIBUTE.finditer(text):
        if match[1]:
            found.setdefault(match[1].lower(), match[2] or match[3] or match[4] or "")
        else:
            found[str(sum(key.isdigit() for key in found))] = match[5] or match[6]
    return found


def _within_tag(text: str, place: int) -> bool:
    """Tell whether a place is inside an HTML tag."""
    opened = text.rfind("<", max(0, place - 2000), place)
    return (
        opened >= 0
        and text.find(">", opened, place) < 0
        and re.match(r"</?[A-Za-z]", text[opened:]) is not None
    )
