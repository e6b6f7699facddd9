"""Identifiers unique in the whole book, and links that lead somewhere or are undone."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from lxml import etree

from book.clean import Say

_NOT_NAME = re.compile(r"[^\w.-]+")
_ALLOWED = {"", "http", "https", "mailto", "tel", "ftp"}


def settle(root: etree._Element, ident: str, say: Say) -> None:
    """Prefix every id under `root` with `ident.`, and lead local links to the ids as they are now."""
    _name_headings(root)
    renamed = _rename(root, ident)
    for link in root.iter("a"):
        href = (link.get("href") or "").strip()
        if not href:
            link.attrib.pop("href", None)
        elif _scheme(href) not in _ALLOWED:
            del link.attrib["href"]
            say(f"the address `{href[:60]}` may not stand in a book; its words are kept")
        elif href.startswith("#") and not href.startswith(f"#{ident}."):
            _lead(link, href, renamed, say)


def _name_headings(root: etree._Element) -> None:
    """Give headings that links mean by their words the identifiers that blogs give all headings."""
    wanted = {
        unquote(href[1:]) for link in root.iter("a") if (href := link.get("href") or "").startswith("#")
    }
    wanted -= {element.get("id", "") for element in root.iter()}
    for heading in root.iter("h1", "h2", "h3", "h4", "h5", "h6") if wanted else ():
        words = re.sub(r"[^\w\s-]", "", "".join(map(str, heading.itertext())).lower()).strip()
        for name in (re.sub(r"\s", "-", words), re.sub(r"[-\s]+", "-", words), re.sub(r"[-\s]+", "_", words)):
            if name in wanted and not heading.get("id"):
                heading.set("id", name)
                wanted.discard(name)


def _rename(root: etree._Element, ident: str) -> dict[str, str]:
    renamed: dict[str, str] = {}
    taken: set[str] = {e.get("id", "") for e in root.iter() if (e.get("id") or "").startswith(f"{ident}.")}
    for element in root.iter():
        name = element.get("id") or ""
        if not name or name.startswith(f"{ident}."):
            continue
        new = f"{ident}.{_NOT_NAME.sub('-', name).strip('-') or 'x'}"
        number = 1
        while new in taken:
            number += 1
            new = f"{ident}.{_NOT_NAME.sub('-', name).strip('-') or 'x'}-{number}"
        taken.add(new)
        renamed.setdefault(name, new)
        element.set("id", new)
    return renamed


def _lead(link: etree._Element, href: str, renamed: dict[str, str], say: Say) -> None:
    name = href[1:]
    target = renamed.get(name) or renamed.get(unquote(name))
    if target is not None:
        link.set("href", f"#{target}")
        return
    del link.attrib["href"]
    if name and name.lower() not in {"top", "more"}:
        say(f"the link `{href[:60]}` leads to nothing in the post; its words are kept")


def _scheme(href: str) -> str:
    try:
        return urlsplit(re.sub(r"[\x00-\x20]+", "", href)).scheme.lower()
    except ValueError:
        return "invalid"
