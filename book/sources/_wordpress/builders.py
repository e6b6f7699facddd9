"""What page builders keep in shortcodes and blocks of their own, as HTML: words, pictures, players, buttons.

The layout is theirs, and no book's: rows and columns follow one another.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator, Mapping
from html import escape, unescape
from typing import Any
from urllib.parse import unquote

Show = Callable[[str, str], str]
"""Returns what shows the pictures that a value names, by numbers or by address; given their text too."""

_OURS = re.compile(
    r"(?:et_pb|dipi|vc|fusion|av|cs|x|nectar|mk|kc|tatsu|ux|themify|su|mkdf|qodef|eltdf|edgtf)_[a-z0-9_]+"
)
_BLOCK = re.compile(
    r"(?:^|[_-])(?:rows?|cols?|columns?|section|container|box|panel|tabs?|toggles?|accordions?|spoiler|slides?"
    r"|one|two|three|half|third|fourth|fifth|sixth|quarter|note|message|alert)(?:$|[_-])"
)
_INLINE = re.compile(r"_(?:highlight|dropcaps?|tooltip|popover|label|icon|fontawesome)$")
_SILENT = re.compile(r"_(?:separator|divider|hr|empty_space|spacer|space|gap|clear|line)$")
_FILLED = re.compile(
    r"_(?:contact|form|login|signup|search|sidebar|widget|maps?|social|menu|blog|posts?|portfolio|shop|products?|comments?)"
    r"(?:_|$)"
)
"""What a site fills in as it shows the page."""
_EMPTY = re.compile(r"(?:row|column|col|section|container|text|textblock|tabs|accordion)(?:_inner|_\d+)*$")
_ANSWERS = frozenset(("yes", "no", "on", "off", "true", "false", "default", "none", "0", "1"))
_TITLES = ("title", "heading", "text", "question", "tab_title")
_BESIDES = ("subhead", "subheading", "subtitle", "sub_heading")
_SHOWN = ("src", "image", "image_url", "portrait_url", "img", "photo", "item_image", "images", "gallery_ids",
          "image_ids", "ids", "image_id")  # fmt: skip
_PLAYED = ("src", "link", "video_url", "youtube_url", "url", "mp4", "audio", "video", "id")
_PEOPLE = ("author", "name", "cite", "job_title", "position", "company_name")
_BUTTONS = (
    ("button_text", "button_url"),
    ("button_text", "button_link"),
    ("button_one_text", "button_one_url"),
    ("button_two_text", "button_two_url"),
    ("link_text", "link_url"),
)
_TARGETS = ("url", "link", "href", "link_url")
_ESCAPES = {"%22": "&quot;", "%91": "[", "%93": "]", "%92": "\\", "``": "&quot;", "`{`": "[", "`}`": "]"}
"""How builders write in an attribute what would end it."""
_ESCAPED = re.compile("|".join(map(re.escape, _ESCAPES)))
_ADDRESS = re.compile(r"\s*(https?://[^\s<>\"]+|/[^\s<>\"]+\.\w{3,4})\s*")
_LEVEL = re.compile(r"(?:tag:)?h([2-6])\b")


def is_built(name: str) -> bool:
    """Tell whether a shortcode is one of a page builder's."""
    return _OURS.fullmatch(name) is not None


def is_silent(name: str) -> bool:
    """Tell whether a builder's shortcode only parts what is before and after it."""
    return _SILENT.search(name) is not None


def is_loss(name: str) -> bool:
    """Tell whether something is lost with a builder's shortcode that shows nothing here."""
    return not is_silent(name) and _EMPTY.search(name) is None


def stands_apart(name: str) -> bool:
    """Tell whether what a shortcode holds stands apart from what is before and after it."""
    return _INLINE.search(name) is None and (is_built(name) or _BLOCK.search(name) is not None)


def built(name: str, attributes: Mapping[str, str], content: str, show: Show) -> str | None:
    """Return what a builder's shortcode shows, `content` being HTML already; None for nothing."""
    if _SILENT.search(name) or _FILLED.search(name):
        return None
    values = {key: _meant(value) for key, value in attributes.items()}
    if _INLINE.search(name):
        return content
    if name == "fusion_title":
        level = re.fullmatch("[2-6]", values.get("size", ""))
        return f"<h{level[0] if level else 2}>{content.strip()}</h{level[0] if level else 2}>"
    if name.endswith(("button", "btn")):
        return _button(content or _said(values, (*_TITLES, "button_text", "label")), values)
    pieces = [*_above(values), *_pictures(name, values, content, show)]
    if re.search("video|youtube|vimeo|audio", name) and (address := _player(name, values)):
        pieces.append(f'<iframe src="{escape(address)}"></iframe>')
    if content.strip() and not ("image" in name and _ADDRESS.fullmatch(content)):
        pieces.append(f"<div>{content}</div>")
    pieces += _below(values)
    return "".join(pieces) or None


def decoded(name: str, content: str) -> str:
    """Return what a builder hides as letters and digits, and lines that it marks, as they were written."""
    content = content.replace("<!-- [et_pb_line_break_holder] -->", "\n")
    if name not in ("vc_raw_html", "fusion_code"):
        return content
    try:
        found = base64.b64decode("".join(content.split()), validate=True).decode()
    except (binascii.Error, ValueError):
        return content
    return unquote(found) if name == "vc_raw_html" else found


def of_block(values: Mapping[str, Any], show: Show) -> str:
    """Return what one of Divi's blocks shows: it keeps its words, pictures and buttons in its values."""
    return "".join(_within(values, show))


def _within(values: Mapping[str, Any], show: Show) -> Iterator[str]:
    order = ("title", "subhead", "image", "portrait", "video", "audio", "content")
    for key in sorted(values, key=lambda one: order.index(one) if one in order else len(order)):
        found: Any = values[key]
        for step in ("innerContent", "desktop", "value"):
            found = found.get(step) if isinstance(found, dict) else None
        if isinstance(found, str) and found.strip():
            yield f"<h3>{found}</h3>" if key == "title" else f"<div>{found}</div>"
        elif isinstance(found, dict):
            yield _value(key, {name: one for name, one in found.items() if isinstance(one, str)}, show)


def _value(key: str, found: Mapping[str, str], show: Show) -> str:
    address = found.get("src") or found.get("url")
    if address and key in ("video", "audio"):
        return f'<iframe src="{escape(address)}"></iframe>'
    if address:
        return show(address, found.get("alt", ""))
    words = found.get("text", "")
    if key == "title" and words:
        return f"<h3>{words}</h3>"
    return _button(words, {"link": found.get("linkUrl", "")}) if words else ""


def _meant(value: str) -> str:
    return _ESCAPED.sub(lambda match: _ESCAPES[match[0]], value)


def _said(values: Mapping[str, str], names: tuple[str, ...]) -> str:
    words = (values.get(name, "").strip() for name in names)
    return next((one for one in words if one and one.lower() not in _ANSWERS), "")


def _above(values: Mapping[str, str]) -> Iterator[str]:
    named = (values.get(key, "") for key in ("title_level", "header_level", "font_container"))
    level = next((found[1] for one in named if (found := _LEVEL.search(one))), "3")
    if words := _said(values, _TITLES):
        yield f"<h{level}>{words}</h{level}>"
    if words := _said(values, _BESIDES):
        yield f"<p>{words}</p>"


def _pictures(name: str, values: Mapping[str, str], content: str, show: Show) -> Iterator[str]:
    """Return what shows a shortcode's pictures: an address that it holds, or else what it names."""
    if re.search("video|youtube|vimeo|audio", name) or ("image" in name and "<img" in content):
        return
    held = _ADDRESS.fullmatch(content) if "image" in name else None
    named = unescape(held[1]) if held else next((values[key] for key in _SHOWN if values.get(key)), "")
    if not named or not re.search(r"\d|/", named):
        return
    shown = show(named, unescape(_said(values, ("alt", "alt_text", "title_text"))))
    target = _address(_said(values, _TARGETS))
    linked = target and re.fullmatch("<img[^<>]*>", shown) and target != named
    yield f'<a href="{escape(target)}">{shown}</a>' if linked else shown


def _player(name: str, values: Mapping[str, str]) -> str:
    found = _address(_said(values, _PLAYED))
    if "/" in found or not found:
        return found
    service = "https://vimeo.com/" if "vimeo" in name else "https://www.youtube.com/watch?v="
    return service + found if re.search("youtube|vimeo", name) else ""


def _below(values: Mapping[str, str]) -> Iterator[str]:
    people = [one for key in _PEOPLE if (one := _said(values, (key,)))]
    if people:
        yield f"<p>{', '.join(people)}</p>"
    for words, address in _BUTTONS:
        if values.get(words) and values.get(address):
            yield _button(values[words], {"link": values[address]})


def _button(words: str, values: Mapping[str, str]) -> str:
    """Return a link for a button, or its words where it leads nowhere."""
    target = _address(_said(values, ("button_url", "button_link", *_TARGETS)))
    if not words.strip():
        return ""
    return f'<p><a href="{escape(target)}">{words}</a></p>' if target.strip("#") else f"<p>{words}</p>"


def _address(value: str) -> str:
    """Return the address in a value; WPBakery writes `url:…|title:…`, with signs as in an address."""
    match = re.match(r"url:([^|]*)", value)
    return unquote(match[1]) if match else unescape(value)
