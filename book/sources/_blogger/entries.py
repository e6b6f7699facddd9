"""The entries of a Blogger export as values, whichever of the two kinds of export they come from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from pathlib import Path

from book.sources._xml import Element

_KIND = "http://schemas.google.com/g/2005#kind"
_LABELS = ("http://www.blogger.com/atom/ns#", "tag:blogger.com,1999:blog-")
_IDENTITY = re.compile(r"blog-(\d+)\.(?:post|page)-(\d+)")
_FRACTION = re.compile(r"\.\d+(?=[Zz+-]|$)")


@dataclass(frozen=True, slots=True)
class Entry:
    """A `post`, `page` or `comment`; its `status` is `live`, `draft`, or whatever Blogger calls it."""

    path: Path
    line: int
    ident: str
    kind: str
    status: str
    title: str
    body: str
    author: str
    published: datetime | None
    dated: str
    updated: datetime | None
    address: str
    """Where it was published: an address, or in a Takeout only its path."""
    labels: tuple[str, ...] = ()
    parent: str = ""
    answers: str = ""
    links_to: str = ""
    is_signed: bool = False
    """Whether its writer was known to Blogger, and not only by a name that anybody could give."""


def entry_of(element: Element, path: Path) -> Entry | None:
    """Read an entry; None for a template or a setting."""
    kind = _kind(element)
    if kind not in ("post", "page", "comment"):
        return None
    author = element.first("author")
    content = element.first("content") or element.first("summary")
    dated = element.text("published").strip()
    return Entry(
        path=path,
        line=element.line,
        ident=element.text("id").strip(),
        kind=kind,
        status=_status(element),
        title=_title(element),
        body=_body(content),
        author=" ".join(unescape(author.text("name")).split()) if author else "",
        published=moment(dated),
        dated=dated,
        updated=moment(element.text("updated")),
        address=element.text("blogger:filename").strip() or _link(element, "alternate"),
        labels=_labels(element),
        parent=_parent(element),
        answers=element.text("blogger:inReplyTo").strip() or _answered(element, kind),
        links_to=_link(element, "related") if kind != "comment" else "",
        is_signed=author is not None and _is_signed(author),
    )


def _is_signed(author: Element) -> bool:
    return author.text("blogger:type").strip().upper() == "BLOGGER" or "/profile/" in author.text("uri")


def kind_of_setting(element: Element) -> tuple[str, str] | None:
    """Return a setting's name and value, for an entry that is one."""
    if _kind(element) != "settings":
        return None
    return element.text("id").strip().rpartition(".")[2].lower(), element.text("content").strip()


def _kind(element: Element) -> str:
    if kind := element.text("blogger:type").strip().lower():
        return kind
    terms = (
        one.attributes.get("term", "")
        for one in element.all("category")
        if one.attributes.get("scheme") == _KIND
    )
    return next(terms, "").rpartition("#")[2]


def _status(element: Element) -> str:
    if element.text("blogger:trashed").strip():
        return "trashed"
    if status := element.text("blogger:status").strip().lower():
        return status
    control = element.first("app:control")
    is_draft = control is not None and control.text("app:draft").strip() == "yes"
    return "draft" if is_draft else "live"


def _title(element: Element) -> str:
    """Return a title as it reads; Takeout escapes it once more than XML does."""
    return " ".join(unescape(element.text("title")).split())


def _body(content: Element | None) -> str:
    if content is None:
        return ""
    return content.markup() if content.attributes.get("type") == "xhtml" else content.own_text


def _link(element: Element, kind: str) -> str:
    links = (
        one.attributes.get("href", "") for one in element.all("link") if one.attributes.get("rel") == kind
    )
    return next(links, "").strip()


def _labels(element: Element) -> tuple[str, ...]:
    found = (
        unescape(one.attributes.get("term", "")).strip()
        for one in element.all("category")
        if one.attributes.get("scheme", "").startswith(_LABELS)
    )
    return tuple(dict.fromkeys(label for label in found if label))


def _parent(element: Element) -> str:
    answered = element.first("thr:in-reply-to")
    reference = answered.attributes.get("ref", "").strip() if answered else ""
    return element.text("blogger:parent").strip() or reference


def _answered(element: Element, kind: str) -> str:
    """Return the number of the comment that another, in a backup, answers: the end of its address."""
    return _link(element, "related").rpartition("/")[2] if kind == "comment" else ""


def number_of(ident: str) -> str:
    """Return the number that ends an entry's name."""
    return re.split(r"[-/.]", ident)[-1]


def identity(ident: str) -> str:
    """Return the name by which a post is known again: the same in a backup and in a Takeout."""
    found = _IDENTITY.search(ident)
    return f"blogger:{found[1]}/{found[2]}" if found else f"blogger:{ident}"


def moment(text: str) -> datetime | None:
    """Read a date as Atom writes it, to the second."""
    try:
        return datetime.fromisoformat(_FRACTION.sub("", text.strip()).upper())
    except ValueError:
        return None
