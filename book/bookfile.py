"""`book.toml` into a Config: each key checked, each fault kept with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from book import registry, resources, tables
from book.config import (
    EDITIONS,
    NOTHING,
    TABLES,
    ChapterRules,
    Config,
    EditionPlan,
    IndexRules,
    LetterRules,
    Project,
    Style,
    VolumeRules,
)
from book.errors import BookError
from book.registry import advice
from book.tables import Document, Keys
from book.textfile import is_inside
from book.volumes.plans import in_volumes

_KNOWN: dict[Keys, tuple[str, ...]] = {
    table: tuple(name for name, _ in tables.declared(cls)) for table, cls in TABLES
}
_NESTED = ("chapters", "index", "letters", "style", "copyedit", "volumes", "editions")
_KNOWN[()] += ("format-version", "author", *_NESTED)


def config_of(document: Document, root: Path) -> Config:
    """Make a Config of a TOML document; what is wrong with it is kept in `document.faults`."""
    top = document.table()
    _check_version(document, top.pop("format-version", 1))
    _join_authors(document, top)
    for name in _NESTED:
        top.pop(name, None)
    given = tables.take(document, Config, top)
    tables.refuse(document, top, _known(document, root) if top else _KNOWN)
    _check_file(document, root, ("cover",), given.get("cover"))
    if given.get("volume") is not None and not given.get("series"):
        document.fault(("volume",), "`volume` is set, and no `series`", 'write `series = "…"` too')
    style = _style(document, root, Style(), document.table("style"), "style")
    if "language" in given:
        _check_language(document, given["language"], root)
    chapters, volumes = _chapters(document), _volumes(document)
    if volumes:
        _check_set(document, given, chapters)
    editions = _editions(document, root, style)
    return Config(
        **given,
        chapters=chapters,
        copyedit=_copyedit(document),
        index=_index(document),
        letters=_letters(document),
        style=style,
        volumes=volumes,
        editions=in_volumes(editions, volumes, document),
    )


def _check_version(document: Document, version: Any) -> None:
    if version != 1 or isinstance(version, bool):
        hint = "this Octavo reads `format-version = 1`; a newer one may read this file"
        document.fault(("format-version",), f"`format-version` is `{version}`", hint)


def _join_authors(document: Document, top: dict[str, Any]) -> None:
    if "author" in top:
        author = top.pop("author")
        if "authors" in top:
            document.fault(("author",), "both `author` and `authors` are set", "keep one of them")
        elif isinstance(author, str):
            top["authors"] = [author]
        else:
            document.fault(("author",), "`author` is not text", 'for several write `authors = ["…", "…"]`')


def _check_language(document: Document, language: str, root: Path) -> None:
    from book.labels import catalogue

    try:
        catalogue(language, root)
    except BookError as error:
        notice = error.notices[0]
        if notice.path is not None:
            raise
        document.fault(("language",), notice.message, notice.hint)


def _check_file(document: Document, root: Path, keys: Keys, file: str | None) -> None:
    if file is None:
        return
    path = root / file
    if not is_inside(path, root):
        document.fault(keys, f"`{file}` lies outside the project", "copy it into the project")
    elif not path.is_file():
        document.fault(keys, f"there is no file `{file}`", "its path begins at the project's folder")


def _chapters(document: Document) -> ChapterRules:
    values = document.table("chapters")
    rules = ChapterRules(**tables.take(document, ChapterRules, values, "chapters"))
    tables.refuse(document, values, _KNOWN, "chapters")
    if rules.since and rules.until and rules.since[: len(rules.until)] > rules.until[: len(rules.since)]:
        message = f"`from` is after `until`: nothing lies between {rules.since} and {rules.until}"
        document.fault(("chapters", "from"), message)
    return rules


def _volumes(document: Document) -> tuple[VolumeRules, ...]:
    rules = []
    for nth, values in enumerate(document.tables("volumes"), start=1):
        keys = ("volumes", str(nth))
        rules.append(VolumeRules(**tables.take(document, VolumeRules, values, *keys)))
        tables.refuse(document, values, _KNOWN, *keys)
    return tuple(rules)


def _check_set(document: Document, given: Mapping[str, Any], chapters: ChapterRules) -> None:
    """Keep a fault for what a book in volumes cannot be besides."""
    if given.get("volume") is not None:
        hint = "take it out: the volumes in `[[volumes]]` are numbered as they come"
        document.fault(("volume",), "`volume` is set, and the book is in volumes itself", hint)
    if chapters.by == "tag" or chapters.order == "newest-first":
        key, value = ("by", "tag") if chapters.by == "tag" else ("order", "newest-first")
        message = f'a book with `{key} = "{value}"` cannot be divided into volumes, which end on a day'
        document.fault(("chapters", key), message, "take `[[volumes]]` out, or that")


def _index(document: Document) -> IndexRules:
    values = document.table("index")
    rules = IndexRules(**tables.take(document, IndexRules, values, "index"))
    tables.refuse(document, values, _KNOWN, "index")
    return rules


def _letters(document: Document) -> LetterRules:
    values = document.table("letters")
    rules = LetterRules(**tables.take(document, LetterRules, values, "letters"))
    tables.refuse(document, values, _KNOWN, "letters")
    return rules


def _copyedit(document: Document) -> Mapping[str, bool]:
    values = document.table("copyedit")
    if not values:
        return NOTHING
    from book.copyedit import NAMES

    for name, value in values.items():
        if name not in NAMES:
            tables.refuse(document, [name], {**_KNOWN, ("copyedit",): NAMES}, "copyedit")
        elif not isinstance(value, bool):
            document.fault(("copyedit", name), f"`{name}` is neither `true` nor `false`")
    return values


def _style(document: Document, root: Path, base: Style, values: dict[str, Any], *keys: str) -> Style:
    """Read the [style] keys of a table over those of `base`; all others are left in `values` or refused."""
    given = tables.take(document, Style, values, *keys)
    if keys == ("style",) and values:
        tables.refuse(document, values, _known(document, root), *keys)
    for file in given.get("stylesheets", ()):
        _check_file(document, root, (*keys, "stylesheets"), file)
    theme = given.get("theme")
    if theme and resources.locate("styles", f"{theme}.toml", root) is None:
        hint = advice(theme, resources.stems("styles", ".toml", root))
        document.fault((*keys, "theme"), f"there is no theme `{theme}`", hint)
    settings = {**base.settings, **given.pop("settings", {})}
    return replace(base, **given, settings=settings)


def _known(document: Document, root: Path, *keys: str) -> dict[Keys, tuple[str, ...]]:
    """Return the keys of every table, with the settings of the theme: people look for them one table above.

    `keys` are those of an edition, which may have settings of its own.
    """
    from book.theme import load

    table = document.values.get("style")
    name = table.get("theme", Style().theme) if isinstance(table, dict) else Style().theme
    try:
        settings = tuple(load(str(name), Project(root, Config())).settings)
    except BookError:  # which is told where the theme is used
        return _KNOWN
    return {**_KNOWN, (*(keys or ("style",)), "settings"): settings}


def _editions(document: Document, root: Path, style: Style) -> tuple[EditionPlan, ...]:
    if "editions" not in document.values:
        return tuple(replace(plan, style=style) for plan in EDITIONS)
    names = document.table("editions")
    if not names:
        document.fault(
            ("editions",), "`[editions]` is empty", 'write `[editions.ebook]` and `format = "epub"`'
        )
    return tuple(plan for name in names for plan in _edition(document, root, style, name))


def _edition(document: Document, root: Path, style: Style, name: str) -> Iterator[EditionPlan]:
    keys = ("editions", name)
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", name):
        hint = "an edition's name is part of a file's name: lowercase letters, digits and hyphens"
        document.fault(keys, f"an edition cannot be named `{name}`", hint)
        return
    values = document.table(*keys)
    if not isinstance(document.values["editions"][name], dict):
        return
    given = tables.take(document, EditionPlan, values, *keys)
    own = _style(document, root, style, values, *keys)
    if isinstance(values.get("links"), str):
        own = replace(own, links=values["links"])
    usual = {plan.name: plan.format for plan in EDITIONS}
    chosen = given.pop("format", None) or usual.get(name)
    if chosen is None:
        document.fault(
            keys, f"the edition `{name}` has no format", 'write `format = "epub"` or `format = "pdf"`'
        )
    elif _check_options(document, root, keys, chosen, values):
        yield EditionPlan(name, chosen, own, options=values, **given)


def _check_options(document: Document, root: Path, keys: Keys, chosen: str, values: dict[str, Any]) -> bool:
    try:
        bind = registry.find("editions", chosen).bind
    except BookError as error:
        document.fault((*keys, "format"), error.notices[0].message, error.notices[0].hint)
        return False
    options = registry.option_names(bind)
    if unknown := [name for name in values if name not in options]:
        own = (*_KNOWN["editions", "NAME"], *_KNOWN["style",], *options)
        tables.refuse(document, unknown, {**_known(document, root, *keys), keys: own}, *keys)
    for name in options:
        if name in values:
            _check_option(document, (*keys, name), bind, values[name])
    return True


def _check_option(document: Document, keys: Keys, bind: Any, value: Any) -> None:
    try:
        registry.options(bind, {keys[-1]: value}, where="")
    except BookError as error:
        document.fault(keys, error.notices[0].message, error.notices[0].hint)
