"""Bring pictures to their best: the original for a small copy, the caption beside, no tracking pixel."""

from __future__ import annotations

import re
from base64 import b64decode
from hashlib import sha256
from html import unescape
from pathlib import PurePosixPath
from urllib.parse import parse_qs, unquote, unquote_to_bytes

from lxml import etree

from book.clean import Say
from book.sources._html.parsing import classes, remove, text_of, unwrap
from book.sources._picturenames import is_picture
from book.urls import urlsplit

_TRACKERS = re.compile(
    r"""//(?:pixel\.wp\.com|stats\.wordpress\.com|feeds\.wordpress\.com/1\.0|[\w.]*doubleclick\.net
      |(?:www|ssl)\.google-analytics\.com|[\w.]*assoc-amazon\.\w+|[\w.-]*amazon-adsystem\.com|feeds\.feedburner\.com/~[rf]
      |feedproxy\.google\.com/~[rf]|[\w.]*feedsportal\.com|[\w.]*quantserve\.com|b\.scorecardresearch\.com
      |(?:\w+\.)?list-manage\.com/track|medium\.com/_/stat|blogger\.googleusercontent\.com/tracker
      |(?:www\.)?blogger\.com/img/blank|[\w.-]+/(?:open|pixel|tracker|beacon|spacer|transparent|clear|blank|1x1)\.(?:gif|png)\b)""",
    re.VERBOSE | re.IGNORECASE,
)
_LAZY = ("data-orig-file", "data-original", "data-lazy-src", "data-src", "data-original-src")
_SIZED = re.compile(
    r"(?:-\d{2,5}x\d{2,5}|-scaled|_[stmnzcbkho]|_thumb|\.thumbnail|\.thumb|-thumb|_small|_medium)(?=\.\w+$)",
    re.I,
)
_BLOGGER = re.compile(
    r"//(?:\d\.bp\.blogspot\.com|[\w.]*ggpht\.com|(?:lh\d|blogger)\.googleusercontent\.com)/", re.I
)
_BLOGGER_SIZE = re.compile(
    r"/(?:s\d+|w\d+|h\d+)(?:-[\w-]+)*/(?=[^/]*$)|=(?:s\d+|w\d+|h\d+)(?:-[\w-]+)*$", re.I
)
_CAMERA = re.compile(r"(?:img|dsc[nf]?|image|screen ?shot|photo|picture|p)?[\s_-]*\d[\w\s.:-]*", re.I)


def settle_pictures(root: etree._Element, say: Say) -> None:
    """Make every picture in the tree what its author meant to show."""
    for image in list(root.iter("img")):
        _settle(image, say)
    for holder in list(root.iter("a")):
        _use_target(holder)
    for block in list(root.iter("div", "table", "dl", "span", "p")):
        _set_caption(block)
    for holder in list(root.iter("picture")):
        for source in list(holder.iter("source")):
            unwrap(source)
        unwrap(holder)


def _settle(image: etree._Element, say: Say) -> None:
    source = unescape(_source(image))
    alt = image.get("alt", "").strip()
    if _is_sign(image) and alt:
        image.tag, image.text = "span", alt
        image.attrib.clear()
    elif "latex" in classes(image) and alt:
        image.tag, image.text = "span", alt
        image.attrib.clear()
        image.set("class", "arithmatex")
    elif not source:
        _put_text(image, alt)
    elif _tracks(image, source):
        say("a tracking pixel was left out")
        remove(image)
    else:
        image.set("src", full_size(source))


def _source(image: etree._Element) -> str:
    """Return the best address of a picture, past what loads it late."""
    source = image.get("src", "").strip()
    lazy = next((image.get(name, "").strip() for name in _LAZY if image.get(name)), "")
    if lazy and (
        not source
        or source.startswith("data:")
        or "data-orig-file" in image.attrib
        or _TRACKERS.search(source)
    ):
        return lazy
    if not source or (source.startswith("data:") and len(source) < 200):
        return _largest(image.get("srcset") or image.get("data-srcset") or "") or source
    return source


def _largest(srcset: str) -> str:
    sizes = [part.split() for part in re.split(r",\s+", srcset) if part.strip()]
    widths = [
        (float(part[1][:-1]) if len(part) > 1 and re.fullmatch(r"[\d.]+[wx]", part[1]) else 0, part[0])
        for part in sizes
    ]
    return max(widths, default=(0, ""))[1]


def _is_sign(image: etree._Element) -> bool:
    """Tell whether a picture stands for a character: an emoji, a smiley."""
    return bool(
        {"wp-smiley", "emoji", "smiley"} & set(classes(image))
    ) or "/s.w.org/images/core/emoji" in image.get("src", "")


def _tracks(image: etree._Element, source: str) -> bool:
    tiny = any(image.get(side, "").strip().removesuffix("px") in ("0", "1") for side in ("width", "height"))
    return tiny or _TRACKERS.search(source) is not None


def _put_text(image: etree._Element, text: str) -> None:
    image.tag, image.text = "span", text
    image.attrib.clear()


def _use_target(link: etree._Element) -> None:
    """Show the picture itself where a small copy of it links to it."""
    images = list(link.iter("img"))
    target = link.get("href", "").strip()
    if len(images) == 1 and not text_of(link) and same_picture(images[0].get("src", ""), target):
        images[0].set("src", full_size(target))
        unwrap(link)


def same_picture(copy: str, target: str) -> bool:
    """Tell whether an address is that of a picture, of which the other is a copy."""
    if copy == target:
        return True
    if _BLOGGER.search(target):
        return _BLOGGER.search(copy) is not None and _blogger_name(copy) == _blogger_name(target)
    path = PurePosixPath(urlsplit(target).path)
    return is_picture(path.name) and _stem(copy) == _stem(target)


def _blogger_name(address: str) -> str:
    path = _BLOGGER_SIZE.sub("/", address.replace("-h/", "/"))
    return unquote(path.rstrip("/").rpartition("/")[2]).lower()


def _stem(address: str) -> str:
    name = PurePosixPath(unquote(urlsplit(address).path)).name.lower()
    return PurePosixPath(_SIZED.sub("", name)).stem


def _set_caption(block: etree._Element) -> None:
    """Make a figure of what blogs use for a picture with a caption."""
    names = set(classes(block))
    if block.tag == "table" and "tr-caption-container" in names:
        caption = next((cell for cell in block.iter("td") if "tr-caption" in classes(cell)), None)
    elif names & {"wp-caption", "caption", "captioned-image-container", "image-caption-container"}:
        found = (
            e for e in block.iter("p", "dd", "div", "span", "figcaption") if _captions(e) and e is not block
        )
        caption = next(found, None)
    elif block.tag == "dl" and "gallery-item" in names:
        caption = block.find("dd")
    else:
        return
    image = next(block.iter("img"), None)
    if image is not None:
        _make_figure(block, image, caption)


def _captions(element: etree._Element) -> bool:
    return (
        element.tag == "figcaption"
        or any("caption" in name for name in classes(element))
        or element.tag == "dd"
    )


def _make_figure(block: etree._Element, image: etree._Element, caption: etree._Element | None) -> None:
    shown = image
    parent = image.getparent()
    if parent is not None and parent.tag == "a" and len(parent) == 1:
        shown = parent
    figure = etree.Element("figure")
    if caption is not None:
        remove(caption)
        caption.tag = "figcaption"
        caption.attrib.clear()
    remove(shown)
    holder = block.getparent()
    if holder is None:
        return
    holder.insert(holder.index(block), figure)
    figure.append(shown)
    if caption is not None:
        figure.append(caption)
    if not text_of(block) and block.find(".//img") is None:
        remove(block)


def tooltip(image: etree._Element) -> str:
    """Return a picture's title where it says more than its name does."""
    title = " ".join(image.get("title", "").split())
    name = PurePosixPath(unquote(urlsplit(image.get("src", "")).path)).stem
    plain = re.sub(r"[\W_]+", "", title).lower()
    if plain in (re.sub(r"[\W_]+", "", name).lower(), re.sub(r"[\W_]+", "", image.get("alt", "")).lower()):
        return ""
    return "" if _CAMERA.fullmatch(title) else title


def full_size(address: str) -> str:
    """Return the address of the largest picture, where a service makes smaller ones by its address."""
    if _BLOGGER.search(address):
        whole = re.sub(r"=(?:s\d+|w\d+|h\d+)(?:-[\w-]+)*$", "=s1600", address)
        return re.sub(r"/(?:s\d+|w\d+|h\d+)(?:-[\w-]+)*/(?=[^/]*$)", "/s1600/", whole)
    if re.search(r"\.files\.wordpress\.com/", address):
        return re.sub(r"\?(?:(?:w|h|resize|fit|crop|quality|strip)=[^&]*&?)+$", "", address)
    return address


def proxied(address: str) -> str:
    """Return the address of a picture's own file, where it is shown through a service that resizes."""
    parts = urlsplit(address)
    if parts.hostname and re.fullmatch(r"substackcdn\.com|cdn\.substack\.com", parts.hostname):
        inner = unquote(parts.path.rpartition("/")[2])
        return inner if inner.startswith("http") else address
    if parts.hostname and re.fullmatch(r"i\d\.wp\.com", parts.hostname):
        scheme = "https" if "ssl=1" in parts.query else "http"
        return f"{scheme}:/{parts.path}"
    if parts.path == "/_next/image" and (shown := parse_qs(parts.query).get("url")):
        return shown[0]
    return address


def held_in(address: str) -> tuple[str, bytes] | None:
    """Return a name and the bytes of a picture that a `data:` address holds; None where it holds none."""
    match = re.match(r"data:image/([\w.+-]+)((?:;[^;,]*)*),", address)
    if match is None:
        return None
    try:
        text = unquote_to_bytes(address[match.end() :])
        data = b64decode(text, validate=False) if ";base64" in match[2] else text
    except ValueError:
        return None
    suffix = {"jpeg": "jpg", "svg+xml": "svg"}.get(match[1], match[1])
    return f"inline-{sha256(data).hexdigest()[:12]}.{suffix}", data
