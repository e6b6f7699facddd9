"""What the keys of other tools' headers mean: the same things under many names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from book.authornames import is_mail
from book.dates import date_of
from book.header import names_of, words_of
from book.languagenames import tag_of
from book.model import When

_NAMES = {
    "title": "title headline name",
    "date": "date pubdate publishdate publish_date published_at publishedat date_published datepublished "
    "published created created_at createdat creation_date",
    "updated": "updated lastmod last_modified last_modified_at lastmodified modified modified_at "
    "modified_time updated_at updatedat updateddate date_modified datemodified",
    "authors": "author authors byline",
    "slug": "slug basename",
    "url": "url permalink path canonical_url canonical original_url originalurl",
    "tags": "tags tag keywords categories category topics",
    "language": "language lang locale",
    "summary": "summary description excerpt abstract",
    "order": "order",
}
_MEANINGS = {name: meaning for meaning, names in _NAMES.items() for name in names.split()}
KEYS = frozenset(_MEANINGS) | {
    "layout",
    "status",
    "published",
    "draft",
    "type",
    "template",
    "comments",
    "lang",
}
"""What headers hold, whatever it means."""
_PUBLIC = {"publish", "published", "public", "live", "post", "posted"}


@dataclass(slots=True)
class Meant:
    """What a header says: the fields of a draft by their names, and the keys that mean nothing to us.

    `undated` are values that stand where a date should, and are none; `private` tells that not everybody
    could read the post.
    """

    fields: dict[str, Any] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)
    undated: list[str] = field(default_factory=list)
    private: bool = False

    @property
    def date(self) -> When | None:
        """The date, if the header has one."""
        return self.fields.get("date")


def understood(values: Mapping[str, Any]) -> Meant:
    """Read the values of a header, whichever tool it was written for."""
    meant = Meant()
    draft, kind = False, "post"
    for key, value in values.items():
        plain = key.lower().replace("-", "_")
        if _is_private(plain, value):
            meant.private = True
            continue
        if plain == "taxonomies" and isinstance(value, Mapping):  # Zola's
            for name, terms in value.items():
                _keep(meant, _MEANINGS.get(name), terms)
        if plain in ("draft", "published", "status") and (hidden := _is_hidden(plain, value)) is not None:
            draft = draft or hidden
        elif plain in ("layout", "type", "kind") and value in ("page", "post", "posts", None):
            kind = "page" if value == "page" else kind
        elif "mail" in plain and isinstance(value, str) and is_mail(value):
            continue
        elif value is None or not _keep(meant, _MEANINGS.get(plain), value):
            meant.extra[key] = value
    meant.fields["tags"] = tuple(dict.fromkeys(meant.fields.get("tags", ())))
    meant.fields |= {"draft": draft, "kind": kind}
    return meant


def _is_private(key: str, value: Any) -> bool:
    """Tell whether a key says that only some could read a post: by name, or with a password."""
    if key in ("private", "protected"):
        return value is True
    if key in ("status", "visibility"):
        return isinstance(value, str) and value.lower() in ("private", "protected")
    return key in ("password", "encrypt") and value not in (None, False, "")


def _is_hidden(key: str, value: Any) -> bool | None:
    """Tell whether a key says that a post is not published; None if it says nothing of that kind."""
    if isinstance(value, bool):
        return not value if key == "published" else value
    if key == "status" and isinstance(value, str):
        return value.lower() not in _PUBLIC
    return None


def _keep(meant: Meant, meaning: str | None, value: Any) -> bool:
    """Put a value where it belongs, and tell whether it does; of two that mean the same, the first stays."""
    fields = meant.fields
    if meaning in ("date", "updated"):
        return _keep_date(meant, meaning, value)
    if meaning == "tags" and _is_plain(value):
        fields["tags"] = (*fields.get("tags", ()), *words_of(value))
        return True
    if meaning == "authors" and isinstance(value, str) and ";" in value:
        value = [name.strip() for name in value.split(";") if name.strip()]  # Pelican's
    if meaning == "authors" and (names := names_of(value)):
        fields["authors"] = tuple(dict.fromkeys((*fields.get("authors", ()), *names)))
        return True
    if meaning == "order":
        fits = isinstance(value, int | float) and not isinstance(value, bool)
    else:
        fits = meaning is not None and isinstance(value, str)
    if not fits or meaning is None or meaning in fields:
        return False
    said = " ".join(value.split()) if isinstance(value, str) else value
    if meaning == "language":
        said = tag_of(said) or said
    fields[meaning] = unquote(said) if meaning == "slug" else said  # WordPress writes them as addresses
    return True


def _keep_date(meant: Meant, meaning: str, value: Any) -> bool:
    if meaning in meant.fields:
        return False
    try:
        meant.fields[meaning] = date_of(value)
    except ValueError:
        if meaning == "date":
            meant.undated.append(str(value))
        return False
    return True


def _is_plain(value: Any) -> bool:
    return isinstance(value, str | int) or (
        isinstance(value, list) and not any(isinstance(item, dict | list) for item in value)
    )
