"""The pictures of a WordPress export: attachments, and what a gallery of them is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape

from book.clean import Say
from book.sources._wordpress.items import Item
from book.urls import urlsplit

_SIZED = re.compile(r"-\d{2,5}x\d{2,5}(?=\.\w+$)")
_IMAGE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|avif|bmp|tiff?|heic)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture that was uploaded: where it is, and what its author said of it."""

    ident: str
    address: str
    page: str
    title: str
    alt: str
    caption: str

    @property
    def is_image(self) -> bool:
        """Whether it is a picture, and not a document or a sound."""
        return _IMAGE.search(urlsplit(self.address).path) is not None

    def figure(self) -> str:
        """Return it as HTML, with its caption."""
        image = f'<img src="{escape(self.address)}" alt="{escape(self.alt)}">'
        caption = f"<figcaption>{self.caption}</figcaption>" if self.caption else ""
        return f"<figure>{image}{caption}</figure>"


@dataclass(slots=True)
class Attachments:
    """All attachments of an export, by number, by address, and by the post they were uploaded to."""

    by_ident: dict[str, Attachment] = field(default_factory=dict)
    by_path: dict[str, Attachment] = field(default_factory=dict)
    by_page: dict[str, Attachment] = field(default_factory=dict)
    by_parent: dict[str, list[Attachment]] = field(default_factory=lambda: defaultdict(list))

    def add(self, item: Item) -> None:
        """Add an attachment."""
        made = Attachment(
            item.ident,
            item.attachment or item.guid,
            item.link,
            item.title,
            " ".join(item.metas.get("_wp_attachment_image_alt", "").split()),
            " ".join(item.excerpt.split()),
        )
        if made.address:
            self.by_ident.setdefault(made.ident, made)
            self.by_path.setdefault(_path(made.address), made)
            self.by_page.setdefault(made.page, made)
            if item.parent:
                self.by_parent[item.parent].append(made)

    def of(self, address: str) -> Attachment | None:
        """Return the attachment that an address shows, in any size."""
        path = _path(address)
        return self.by_path.get(path) or self.by_path.get(_SIZED.sub("", path))


def _path(address: str) -> str:
    parts = urlsplit(address)
    return (parts.hostname or "").removeprefix("www.") + parts.path


@dataclass(frozen=True, slots=True)
class Gallery:
    """What `[gallery]` shows in one post."""

    post: str
    attachments: Attachments

    def html(self, attributes: dict[str, str], say: Say) -> str:
        """Return the pictures of a gallery; say which are not in the export."""
        wanted = re.findall(r"\d+", attributes.get("ids", "") or attributes.get("include", ""))
        if wanted:
            found = [self.attachments.by_ident[one] for one in wanted if one in self.attachments.by_ident]
            if len(found) < len(wanted):
                say(
                    f"a gallery lacks {len(wanted) - len(found)} of its {len(wanted)} pictures, "
                    "which the export does not name"
                )
        else:
            left_out = set(re.findall(r"\d+", attributes.get("exclude", "")))
            of_post = self.attachments.by_parent.get(attributes.get("id", self.post), [])
            found = [one for one in of_post if one.is_image and one.ident not in left_out]
            if not found:
                say("a gallery was left out: the export does not name its pictures")
        return f"<div>{figures(found)}</div>" if found else ""

    def shown(self, named: str, alt: str, say: Say) -> str:
        """Return the pictures that a page builder names: by numbers, as `4,9|full`, or by address."""
        if not re.fullmatch(r"[\d,|\sa-z]+", named):
            return f'<img src="{escape(named)}" alt="{escape(alt)}">'
        numbers = re.findall(r"(?<![|\w])\d+", named)
        known = self.attachments.by_ident
        if lacking := [one for one in numbers if one not in known]:
            say(f"{len(lacking)} of {len(numbers)} pictures were left out: the export does not name them")
        return figures(known[one] for one in numbers if one in known)


def figures(found: Iterable[Attachment]) -> str:
    """Return pictures one after another."""
    return "".join(one.figure() for one in found)
