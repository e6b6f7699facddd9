"""A WordPress site in several languages: what Polylang and WPML say of its posts, and which come in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from book.languagenames import primary, tag_of
from book.model import Draft, Notice, Skipped
from book.sources._translations import Tongue, one_of_each
from book.sources._wordpress.items import GROUP, LANGUAGE, Item

UNCATEGORISED = frozenset((
    "uncategorized", "uncategorised", "sin categoría", "non classé", "unkategorisiert",
    "nicht kategorisiert", "ohne kategorie", "senza categoria", "sem categoria",
    "geen categorie", "niet gecategoriseerd", "okategoriserade", "ukategorisert",
    "ikke kategoriseret", "luokittelematon", "kategoriaton", "bez kategorii", "nezařazené",
    "nezaradené", "egyéb kategória", "sense categoria", "fără categorie", "без рубрики",
    "без категорії", "未分類", "未分类", "미분류", "غير مصنف", "دسته‌بندی نشده", "دسته بندی نشده",
    "ללא קטגוריה", "αταξινόμητα",
))  # fmt: skip
"""What WordPress calls, in its languages, the category of posts that were given none."""


def language_of(item: Item) -> str | None:
    """Return the tag of the language in which an item says that it is."""
    said = [nicename for domain, nicename, _ in item.terms if domain == "language"]
    said += [name for domain, _, name in item.terms if domain == "language"]
    said.append(item.metas.get(LANGUAGE, ""))
    return next((tag for one in said if one and (tag := tag_of(one))), None)


def group_of(item: Item) -> str | None:
    """Return what an item and its translations share."""
    shared = [nicename for domain, nicename, _ in item.terms if domain == "post_translations"]
    return next((one for one in (*shared, item.metas.get(GROUP, "").strip()) if one), None)


def one_version(
    drafts: Sequence[Draft], groups: Mapping[str, str], main: str | None, tongue: Tongue
) -> tuple[list[Draft], list[Skipped], list[Notice], str | None]:
    """Return one version of each post, what was left out for it, what to say, and the language of most.

    `groups` has, by a draft's source, what it shares with its translations; `main` is the site's language.
    """
    kept, left_out, told = one_of_each(
        [_plain(one, main) for one in drafts],
        tag_of(main) if main else None,
        tongue,
        key=lambda one: groups.get(one.source or "", id(one)),
        name=lambda one: one.title,
    )
    spoken = (tongue.chosen if told else None) or main
    titles = {(one.origin.path or Path(), one.origin.line or 0): one.title for one in drafts}
    skipped = [
        replace(one, reason=f"`{titles[one.path or Path(), one.line or 0]}`: {one.reason}")
        for one in left_out
    ]
    return [_plain(one, spoken) for one in kept], skipped, told, spoken


def _plain(draft: Draft, spoken: str | None) -> Draft:
    """Leave out what a post says of its language where that is the blog's."""
    tag = tag_of(spoken) if spoken else None
    is_same = tag is not None and draft.language in (tag, primary(tag))
    return replace(draft, language=None) if is_same else draft
