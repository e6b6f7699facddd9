"""Web addresses as print has them: to be read and typed, without what only follows their readers."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from html import unescape
from urllib.parse import SplitResult, unquote

from book.urls import urlsplit

LIMIT = 240
"""Characters after which nobody types an address: what is printed of it ends with a mark."""
CUT = "[…]"
_SHOWN = 120

_FOLLOWING = re.compile(
    r"(utm_\w+|hsa_\w+|pk_\w+|mtm_\w+|oly_\w+|vero_\w+|fb_\w+|fbclid|gclid|gclsrc|gbraid|wbraid|dclid|msclkid"
    r"|yclid|ysclid|twclid|ttclid|igshid|igsh|li_fat_id|mc_[ce]id|mkt_tok|_hs(enc|mi)|_g[al]|_openstat|wickedid"
    r"|s_cid|cmpid|ncid|ref_src|ref_url|spm|scm|trk|trkcampaign|rb_clickid|guccounter|guce_referrer\w*)(=.*)?",
    re.IGNORECASE,
)
_SHOP = re.compile(r"(?:^|\.)amazon\.(?:com?\.)?[a-z]{2,3}$")
_OF_THE_SHOP = re.compile(
    r"(tag|ascsubtag|link_?(code|id)|camp|creative|creativeasin|ie|ref_?|p[df]_rd_\w+|qid|sr|crid|sprefix"
    r"|_encoding|dib(_tag)?|content-id|psc|smid|keywords)(=.*)?",
    re.IGNORECASE,
)
"""What a shop puts into its addresses to know who sent whom, and from where; the ware is named without."""
_ESCAPED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")


@dataclass(frozen=True, slots=True)
class Address:
    """An address: where it leads, without what follows its readers, and what is printed of it."""

    href: str
    text: str
    cut: bool = False


def printed(href: str) -> Address:
    """Return an address as print has it; raise ValueError for one that is none."""
    if href.lower().startswith(("mailto:", "tel:")):
        _, _, rest = href.partition(":")
        return Address(href, _shortened(_legible(rest.partition("?")[0])))
    parts = _cleaned(urlsplit(unescape(href) if "&amp;" in href else href))  # as exports escape it twice
    text = _text(parts)
    shown = _shortened(text)
    return Address(parts.geturl(), shown, shown != text)


def _cleaned(parts: SplitResult) -> SplitResult:
    """Drop passwords, and what tells a website who sent its reader."""
    kept = [pair for pair in re.split(r"[&;]", parts.query) if not _FOLLOWING.fullmatch(pair)]
    if _SHOP.search((parts.hostname or "").lower()):
        kept = [pair for pair in kept if not _OF_THE_SHOP.fullmatch(pair)]
        parts = parts._replace(path=re.sub(r"/ref=[^/]*/?$", "", parts.path))
    fragment = parts.fragment.partition(":~:")[0]
    if _FOLLOWING.fullmatch(fragment) or fragment.lower().startswith("utm_"):
        fragment = ""
    query = parts.query if len(kept) == len(re.split(r"[&;]", parts.query)) else "&".join(kept)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query=query, fragment=fragment)


def _text(parts: SplitResult) -> str:
    host = _host(parts.netloc)
    plain = parts.scheme in {"http", "https"} and "." in host.strip(".") and ":" not in host
    bare = host.removeprefix("www.")
    shown = (
        (bare if "." in bare else host)
        if plain
        else f"{parts.scheme}://{host}"
        if host
        else parts.scheme + ":"
    )
    after = _legible(parts.path) + (f"?{_legible(parts.query)}" if parts.query else "")
    after += f"#{_legible(parts.fragment)}" if parts.fragment else ""
    return shown + ("" if after == "/" else after)


def _host(netloc: str) -> str:
    """Write a host in its own script, where that is what it stands for."""
    host = netloc.lower()
    if "xn--" not in host:
        return host
    try:
        own = host.encode("ascii").decode("idna")
        return own if own.encode("idna").decode("ascii") == host and _is_legible(own) else host
    except UnicodeError:
        return host


def _legible(text: str) -> str:
    """Decode what was escaped, where it reads well and means the same."""
    return _ESCAPED.sub(_decoded, text)


def _decoded(match: re.Match[str]) -> str:
    try:
        text = unquote(match[0], errors="strict")
    except UnicodeDecodeError:
        return match[0]
    return "".join(one if _is_legible(one) else "".join(f"%{b:02X}" for b in one.encode()) for one in text)


def _is_legible(text: str) -> bool:
    """Tell whether characters are letters, marks and digits, or signs that need no escape."""
    return all(one in "-._~" or unicodedata.category(one)[0] in "LMN" for one in text)


def _shortened(text: str) -> str:
    return text if len(text) <= LIMIT else f"{text[:_SHOWN].rstrip('%/?&=-.')}{CUT}"


def same(words: str, address: Address) -> bool:
    """Tell whether a link's words are its address already, whole or without its ornaments."""
    return _bare(words) in {_bare(address.text), _bare(address.href)}


def _bare(text: str) -> str:
    plain = re.sub(r"\s+", "", unquote(text)).casefold()
    return re.sub(r"^(?:\w+:(?://)?)?(?:www\.)?|[/.,;]+$", "", plain)
