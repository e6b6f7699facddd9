"""Which language posts are written in, where neither they nor their source say so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import replace

from book.languagenames import tag_of
from book.model import Draft, Gathered, Notice

_NO_PROSE = re.compile(
    r"```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)|`[^`\n]*`|<!--.{0,9999}?-->"
    r"|<(?P<unread>script|style|noscript)\b.{0,9999}?</(?P=unread)>|<[^<>]*>|\]\([^()\s]*\)|https?://\S+",
    re.DOTALL,
)
_LETTER = re.compile(r"[^\W\d_]")
_ENOUGH, _SAMPLE = 200, 2000
"""Letters that a text must have to be judged, and characters of it that are looked at."""
_LOOKED_AT = 120
"""Posts by which a blog's languages are found: evenly spread ones, where it has more."""
_SHARE = 0.05
"""The part of the posts that must be in a language for it to be one of the blog's."""
_FEW = 5
"""Posts by which no source is contradicted."""
_NO_BLOGS = {"la", "zxx"}
"""What no blog is written in, and text to try a theme with is."""
_WIDE = 3
"""How much weightier an East Asian sign is than a letter."""


def settled(gathered: Gathered) -> Gathered:
    """Return what was gathered with its language, and with that of each post in another one.

    What a post says of itself stays, and what the source says, unless no post is in that language:
    many a blog was never told which it is in. A post or two in a language make it none of the blog's.
    """
    gathered = _tagged(gathered)
    drafts, stated = gathered.drafts, gathered.language
    step = max(1, len(drafts) // _LOOKED_AT)
    seen = Counter(found for draft in drafts[::step] if (found := of(draft.body)))
    spoken = [language for language, count in seen.most_common() if count >= max(2, _SHARE * seen.total())]
    believed = stated and (_primary(stated) in seen or seen.total() < _FEW)
    main = stated if believed else max(seen, key=seen.__getitem__, default=stated)
    if main is None:
        return gathered
    others = {language for language in spoken if language != _primary(main)}
    if others:
        drafts = tuple(_said(draft, others) for draft in drafts)
    warnings = gathered.warnings if believed else (*gathered.warnings, _guessed(main, stated))
    return replace(gathered, drafts=drafts, language=main, warnings=warnings)


def _tagged(gathered: Gathered) -> Gathered:
    """Return what was gathered with the tags of languages that are said in words or as locales."""
    drafts = tuple(
        replace(draft, language=tag_of(draft.language)) if draft.language else draft
        for draft in gathered.drafts
    )
    unknown = Counter(
        draft.language for draft in gathered.drafts if draft.language and not tag_of(draft.language)
    )
    if gathered.language and not tag_of(gathered.language):
        unknown[gathered.language] += 1
    told = (Notice(f"`{language}` is no known language: {count}") for language, count in unknown.items())
    return replace(
        gathered,
        drafts=drafts,
        language=tag_of(gathered.language or ""),
        warnings=(*gathered.warnings, *told),
    )


def _guessed(main: str, stated: str | None) -> Notice:
    said = f"the source says that its language is `{stated}`, but" if stated else "no language is stated;"
    hint = "if it is another, say so: `language` in book.toml, or `--language`"
    return Notice(f"{said} the posts read as `{main}`", hint=hint)


def of(text: str) -> str | None:
    """Return the language of a text (ISO 639-1); None where it is too short to say."""
    from py3langid.langid import classify

    prose = " ".join(_NO_PROSE.sub(" ", text).split())[:_SAMPLE]
    if sum(_WIDE if letter > "\u2e80" else 1 for letter in _LETTER.findall(prose)) < _ENOUGH:
        return None
    found = str(classify(prose)[0])
    return None if found in _NO_BLOGS else found


def _said(draft: Draft, others: Collection[str]) -> Draft:
    if draft.language:
        return draft
    language = of(draft.body)
    return replace(draft, language=language) if language in others else draft


def _primary(tag: str) -> str:
    return tag.split("-")[0].lower()
