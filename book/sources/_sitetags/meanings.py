"""What the tags that hold content mean, as Markdown: pictures, code, players, links and asides."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from pathlib import PurePosixPath

from book.sources._fences import fenced
from book.sources._picturenames import is_picture
from book.sources._sitetags.arguments import Arguments
from book.sources._sitetags.besides import beside

Meaning = Callable[[Arguments, str], "str | None"]
"""Makes Markdown of a tag's arguments and of what it encloses; None where it cannot."""

_PLAYERS = {
    "youtube": ("https://www.youtube.com/watch?v={}", "YouTube"),
    "youtuber": ("https://www.youtube.com/watch?v={}", "YouTube"),
    "vimeo": ("https://vimeo.com/{}", "Vimeo"),
    "dailymotion": ("https://www.dailymotion.com/video/{}", "Dailymotion"),
    "bilibili": ("https://www.bilibili.com/video/{}", "Bilibili"),
    "instagram": ("https://www.instagram.com/p/{}/", "Instagram"),
    "gist": ("https://gist.github.com/{}", "GitHub Gist"),
    "jsfiddle": ("https://jsfiddle.net/{}/", "JSFiddle"),
    "codepen": ("https://codepen.io/{}", "CodePen"),
    "asciinema": ("https://asciinema.org/a/{}", "asciinema"),
    "speakerdeck": ("https://speakerdeck.com/player/{}", "Speaker Deck"),
    "spotify": ("https://open.spotify.com/{}", "Spotify"),
    "soundcloud": ("https://soundcloud.com/{}", "SoundCloud"),
}  # fmt: skip
_NOTICES = {
    "notice", "alert", "admonition", "callout", "note", "tip", "warning", "info", "danger", "hint", "caution",
    "important", "success", "error", "question", "example", "details", "aside",
}  # fmt: skip
_SAME_NOTICES = {
    "notice": "note", "alert": "note", "admonition": "note", "callout": "note", "details": "note",
    "aside": "note", "abstract": "note", "summary": "note", "tldr": "note", "seealso": "note", "todo": "note",
    "primary": "note", "secondary": "note", "default": "note", "spoiler": "note", "expander": "note",
    "collapse": "note", "fold": "note", "cite": "quote", "check": "success", "done": "success",
    "help": "question", "faq": "question", "attention": "warning", "warn": "warning",
    "failure": "danger", "fail": "danger", "missing": "danger", "bug": "danger",
}  # fmt: skip
KINDS_OF_NOTICES = frozenset({*_NOTICES, *_SAME_NOTICES, "quote"})
"""What asides are called, by generators and by authors."""
_ADDRESS = re.compile(r"(?:https?:)?//|/|\./|[\w./%-]+\.(?:jpe?g|png|gif|webp|svg|avif|bmp|tiff?)$", re.I)


def picture(given: Arguments, within: str) -> str | None:
    """A picture with its caption, whichever tag shows it: `figure`, `img`, `asset_img`, `include` …"""
    address = given.first("src", "image_path", "url", "file", "path", "image", "img", "photo", "picture")
    address = address or next((value for value in given.values.values() if is_picture(value)), "")
    address = address or given.first("link")
    words = list(given.words)
    if not address:
        place = next((n for n, word in enumerate(words) if _ADDRESS.match(word)), None)
        if place is None:
            return _captioned(given, within)
        address = words[place]
        words = [word for word in words[place + 1 :] if not re.fullmatch(r"\d+(?:px|%|x\d+)?", word)]
    said = given.first("caption", "title", "description") or (" ".join(words) if not given.values else "")
    caption = within.strip() or said
    alt = given.first("alt") or (caption if not given.first("caption") else "")
    title = ' "' + _plain(caption).replace('"', "&quot;") + '"' if caption else ""
    return (
        f"![{_label(_plain(alt))}](<{address}>{title})"
        if " " in address
        else (f"![{_label(_plain(alt))}]({address}{title})")
    )


def _captioned(given: Arguments, within: str) -> str | None:
    """What a figure encloses, with its caption below it: pictures that are Markdown already."""
    if not within.strip():
        return None
    caption = _plain(given.first("caption", "title"))
    return f"{within.strip()}\n*{caption}*" if caption else within.strip()


def code(given: Arguments, within: str) -> str:
    """A listing, with its title above it where it has one."""
    words = [word for word in given.words if not re.match(r"line|hl_|mark|first|wrap", word)]
    language = given.first("lang", "language") or (
        words[0] if words and re.fullmatch(r"[\w+#.-]+", words[0]) else ""
    )
    title = given.first("title", "caption", "filename")
    listing = fenced(within.strip("\r\n"), language)
    return f"{_plain(title)}\n\n{listing}" if title else listing


def player(name: str) -> Meaning:
    """A player, as a link to where it plays."""
    pattern, host = _PLAYERS[name]

    def meaning(given: Arguments, _: str) -> str | None:
        whole = given.first("url", "src", "id", "gist", "video_id", "code", at=0)
        if (
            name == "gist"
            and len(given.words) > 1
            and "/" not in whole
            and not re.search(r"\.\w+$", given.words[1])
        ):
            whole = f"{given.words[0]}/{given.words[1]}"
        if not whole:
            return None
        address = whole if whole.startswith(("http://", "https://")) else pattern.format(whole)
        title = given.first("title", "alt", "caption")
        return f"[{_label(title)} — {host}]({address})" if title else f"[{host}]({address})"

    return meaning


def tweet(given: Arguments, _: str) -> str | None:
    """A short message elsewhere, as a link to it."""
    address = given.first("url", at=0)
    if not address.startswith("http"):
        user, number = given.first("user"), given.first("id", at=0)
        if not number.isdigit():
            return None
        address = f"https://twitter.com/{user or 'i/web'}/status/{number}"
    return f"[Twitter]({address})"


def frame(given: Arguments, _: str) -> str | None:
    """Another page shown within the page, as a link to it."""
    address = given.first("src", "url", at=0)
    if not address.startswith(("http://", "https://", "//")):
        return f"[{_label(PurePosixPath(address).name)}]({address})" if address else None
    host = re.sub(r"^(?:https?:)?//(?:www\.)?([^/]+).*", r"\1", address)
    title = given.first("title", "caption")
    return f"[{_label(title) + ' — ' if title else ''}{host}]({address})"


def quotation(given: Arguments, within: str) -> str:
    """A quotation, with who said it below."""
    source = given.first("author", "cite") or " ".join(given.words)
    text = within.strip() + (f"\n\n— {source}" if source else "")
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def notice(name: str) -> Meaning:
    """An aside: a note, a tip, a warning."""

    def meaning(given: Arguments, within: str) -> str:
        kinds = [given.first("type", "class", "context", at=0).removeprefix("alert-"), name]
        kind = next((kind for kind in kinds if kind in KINDS_OF_NOTICES), "note")
        kind = _SAME_NOTICES.get(kind, kind)
        title = _plain(given.first("title", "summary")).replace('"', "&quot;")
        head = f'!!! {kind} "{title}"' if title else f"!!! {kind}"
        lines = within.strip("\n").split("\n")
        return head + "\n" + "\n".join(f"    {line}" if line.strip() else "" for line in lines)

    return meaning


def link_to_post(given: Arguments, within: str) -> str | None:
    """Hexo's `post_link`: a link with a title of its own, or the post's name."""
    if not given.words:
        return None
    words = given.words[1:-1] if given.words[-1] in ("true", "false") else given.words[1:]
    name = PurePosixPath(given.words[0]).name
    return f"[{_label(' '.join(words) or name)}]({name}.md)"


def link(given: Arguments, within: str) -> str | None:
    """Hexo's `link` and `asset_link`: words, and an address."""
    place = next(
        (n for n, word in enumerate(given.words) if re.match(r"https?://|/|[\w-]+\.\w+$", word)), None
    )
    if place is None:
        return None
    words = given.words[:place] or tuple(w for w in given.words[place + 1 :] if w not in ("true", "false"))
    return f"[{_label(' '.join(words) or given.words[place])}]({given.words[place]})"


def inside(given: Arguments, within: str) -> str:
    """What the tag encloses, and nothing of the tag."""
    return within


def mark(tag: str) -> Meaning:
    """Words marked in a line, as an element of HTML."""
    return lambda given, within: f"<{tag}>{within.strip() or escape(given.rest(0))}</{tag}>"


def _plain(text: str) -> str:
    return " ".join(re.sub(r"<[^<>]*>", "", text).split())


def _label(text: str) -> str:
    return re.sub(r"([\[\]])", r"\\\1", text)


MEANINGS: dict[str, Meaning] = {
    **{name: player(name) for name in _PLAYERS},
    **{name: notice(name) for name in _NOTICES},
    **dict.fromkeys(("figure", "image", "img", "imgcap", "asset_img", "picture", "photo"), picture),
    **dict.fromkeys(("highlight", "codeblock", "code_block"), code),
    **dict.fromkeys(("tweet", "twitter", "x"), tweet),
    **dict.fromkeys(("iframe", "video", "audio", "pdf", "embed", "mp3", "oembed"), frame),
    **dict.fromkeys(("blockquote", "quote", "epigraph"), quotation),
    **dict.fromkeys(("link", "asset_link"), link),
    **dict.fromkeys(("raw", "center", "rawhtml", "gallery", "spoiler", "pullquote", "expand"),
                    inside),
    **dict.fromkeys(("sidenote", "marginnote", "footnote", "fn"), beside),
    "post_link": link_to_post,
    "kbd": mark("kbd"),
    "mark": mark("mark"),
}  # fmt: skip
BLOCKS = {*_NOTICES, "blockquote", "quote", "epigraph", "highlight", "codeblock", "code_block"} - {"details"}
"""Tags whose meaning stands in paragraphs of its own."""
