"""The book through its templates and styles: galleys, linked, not yet paged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

from book import backnotes, fonts, openers
from book.accounting import account
from book.config import NOTHING, ChapterRules, EditionPlan, Project, Style
from book.contents import contents, of_year
from book.crowding import crowded
from book.index.omitting import without
from book.labels import Labels, catalogue
from book.mentions import Mentions, mentions
from book.model import Book, Chapter, Composition, Entry, Galley, Leaf, Notice, Part
from book.outlinks import print_links
from book.press.faces import lettering, signs
from book.press.store import Store
from book.readysheets import ready
from book.references import refer
from book.templates import Templates
from book.theme import Theme, theme
from book.views import View, book_view, chapter_view, entry_view, leaf_view, letters_view, part_view
from book.volumes.abroad import Abroad, with_volumes

_ENTITY = re.compile(r"&[#\w]{1,40};")


def typeset(
    book: Book,
    project: Project,
    style: Style,
    medium: str,
    *,
    isbn: str | None = None,
    abroad: Abroad | None = None,
) -> Composition:
    """Render every leaf, part and chapter for `medium` (`screen` or `print`).

    `isbn` is the edition's own; `abroad` is what a volume knows of its set. Raises BookError for
    a template or style sheet with an error in it, and for a theme, family or setting that is not there.
    """
    book = replace(book, metadata=replace(book.metadata, isbn=isbn))
    labels = catalogue(book.metadata.language, project.root)
    book, mentioned = mentions(book, abroad) if style.mentions else (book, {})
    if medium != "print" and book.year_letters:
        letters = {leaf.ident for leaf in book.year_letters}
        book = replace(book, year_letters=(), back=without(book.back, letters))
    at_the_back = medium == "print" and style.links == "backnotes"
    book = backnotes.with_leaf(book, labels) if at_the_back else book
    chosen = theme(project, style)
    looks = chosen.values(style)
    notices: tuple[Notice, ...] = ()
    with _templates(book, project, labels, medium, chosen, abroad, store=project.store) as templates:
        galleys = tuple(_galleys(book, templates, labels, mentioned, project.config.chapters, looks))
        if medium == "print":
            galleys = refer(galleys, book, templates, labels, style.references, abroad)
            galleys, notices = print_links(galleys, book, templates, labels, style.links)
            galleys = backnotes.moved(galleys, book, templates) if at_the_back else galleys
            if style.links == "chapternotes":
                galleys = backnotes.to_chapter_ends(galleys, book)
            galleys = with_volumes(galleys, abroad) if abroad else galleys
        elif abroad:
            galleys = refer(galleys, book, templates, labels, "none", abroad)
    account(book.posts, galleys, Store(project.store / "accounts"))
    whole = Composition(book, galleys, _contents(book, project, labels), (), (), {"labels": labels}, notices)
    return _dressed(whole, project, style, medium, chosen)


def reset(
    before: Composition, ident: str, book: Book, project: Project, style: Style, *, isbn: str | None = None
) -> Composition | None:
    """Set one galley of a printed book anew, the chapter `ident`, and take all others as they were `before`.

    None where that cannot be: notes may have gone to the book's end, and the chapter from the book.
    """
    chapter = next((one for one in book.chapters if one.ident == ident), None)
    if chapter is None or style.links == "backnotes":
        return None
    book = replace(book, metadata=replace(book.metadata, isbn=isbn))
    labels = catalogue(book.metadata.language, project.root)
    book, mentioned = mentions(book, None) if style.mentions else (book, {})
    chosen = theme(project, style)
    with _templates(book, project, labels, "print", chosen, None) as templates:
        rules = project.config.chapters
        made = [_chapter(chapter, book, templates, labels, mentioned, rules, chosen.values(style))]
        galleys = refer(made, book, templates, labels, style.references, among=before.galleys)
        galleys, _ = print_links(galleys, book, templates, labels, style.links)
    if style.links == "chapternotes":
        galleys = backnotes.to_chapter_ends(galleys, book)
    whole = tuple(galleys[0] if galley.ident == ident else galley for galley in before.galleys)
    return _dressed(replace(before, book=book, galleys=whole), project, style, "print", chosen)


def _templates(
    book: Book,
    project: Project,
    labels: Labels,
    medium: str,
    chosen: Theme,
    abroad: Abroad | None,
    *,
    store: Path | None = None,
) -> Templates:
    """Return the templates, which see the book and its contents; what they give is remembered in `store`."""
    front = frozenset(leaf.ident for leaf in book.front)
    beside = _beside(project.config.editions, abroad)
    return Templates(
        project.root,
        labels,
        medium,
        chosen.templates,
        store,
        book=book_view(book, labels, chosen.families[:1], beside),
        contents=tuple(entry_view(entry, front) for entry in _contents(book, project, labels)),
    )


def _contents(book: Book, project: Project, labels: Labels) -> tuple[Entry, ...]:
    return contents(book, labels, grouped=project.config.chapters.parts != "none")


def _dressed(
    composition: Composition, project: Project, style: Style, medium: str, chosen: Theme
) -> Composition:
    """Give a composition its faces and style sheets, as a theme and its text ask for."""
    book, galleys = composition.book, composition.galleys
    faces = fonts.faces(
        chosen.families,
        project.root / "fonts",
        reserve=chosen.reserve,
        text=_characters(galleys) + _ornaments(chosen, style) + _drawn(book, medium),
        languages=(book.metadata.language, *(galley.language for galley in galleys)),
    )
    others = [face.family for face in faces if face.family not in chosen.families]
    close = crowded(chosen, style, project) if medium == "print" else ()
    sheets, unfit = ready(project, style, medium, others)
    return replace(
        composition,
        sheets=sheets,
        faces=faces,
        settings={
            **composition.settings,
            "openings": style.openings,
            "families": (*chosen.families, *others),
        },
        warnings=(*composition.warnings, *unfit, *close),
    )


def _beside(editions: Sequence[EditionPlan], abroad: Abroad | None) -> list[EditionPlan]:
    """Return the editions of the same volume, which its copyright page names."""
    return [plan for plan in editions if plan.volume in (None, abroad and abroad.volume)]


def _drawn(book: Book, medium: str) -> str:
    """Return what is written in the drawings of a printed book; in an EPUB no font of its reaches them."""
    return "".join(unescape(lettering(media)) for media in book.media if medium == "print")


def _characters(galleys: Iterable[Galley]) -> str:
    """Return every character that stands in the galleys, for fonts of other scripts to be found."""
    bodies = [galley.body for galley in galleys]
    escaped = (unescape(entity) for body in bodies for entity in _ENTITY.findall(body))
    return "".join(sorted(signs(bodies).union(*escaped)))


def _ornaments(chosen: Theme, style: Style) -> str:
    """Return what the theme's settings have for style sheets to show: an ornament, the dots of a leader."""
    values = {name: setting.default for name, setting in chosen.settings.items()} | dict(style.settings)
    shown = (value for name, value in values.items() if chosen.settings[name].type == "string")
    return "".join(map(str, shown))


def _galleys(
    book: Book,
    templates: Templates,
    labels: Labels,
    mentioned: Mentions,
    rules: ChapterRules,
    looks: Mapping[str, str],
) -> Iterator[Galley]:
    language = book.metadata.language
    for leaf in book.front:
        yield _leaf(leaf, "front", templates, language)
    for part in book.parts:
        if part.title is not None:
            opener = _opener("part", part.chapters, book, rules, labels)
            yield _part(part, templates, language, opener)
            yield from _year_letters(part.chapters[0], book, templates)
        for chapter in part.chapters:
            if part.title is None and not chapter.single:
                yield from _year_letters(chapter, book, templates)
            yield _chapter(chapter, book, templates, labels, mentioned, rules, looks)
    for leaf in book.back:
        more = letters_view(book, labels) if leaf.role == "letters" else {}
        yield _leaf(leaf, "back", templates, language, more)


def _leaf(
    leaf: Leaf, matter: str, templates: Templates, language: str, more: Mapping[str, Any] = NOTHING
) -> Galley:
    name = f"{leaf.role}.xhtml" if templates.has(f"{leaf.role}.xhtml") else "matter.xhtml"
    body = templates.render(name, leaf={**leaf_view(leaf), **more})
    own = leaf.post.language if leaf.post else None
    return Galley(leaf.ident, leaf.ident, leaf.role, matter, leaf.title, own or language, body)


def _year_letters(chapter: Chapter, book: Book, templates: Templates) -> Iterator[Galley]:
    for leaf in of_year(book.year_letters, chapter.posts[0]):
        yield _leaf(leaf, "body", templates, book.metadata.language)


def _opener(
    what: str, chapters: Sequence[Chapter], book: Book, rules: ChapterRules, labels: Labels
) -> View | None:
    posts = [post for chapter in chapters for post in chapter.posts]
    return openers.of_year(posts, book, rules, labels) if openers.opens_years(rules) == what else None


def _part(part: Part, templates: Templates, language: str, opener: View | None) -> Galley:
    body = templates.render("part.xhtml", part=part_view(part, opener))
    return Galley(part.name, part.ident, "part", "body", part.title or "", language, body)


def _chapter(
    chapter: Chapter,
    book: Book,
    templates: Templates,
    labels: Labels,
    mentioned: Mentions,
    rules: ChapterRules,
    looks: Mapping[str, str],
) -> Galley:
    opener = _opener("chapter", [chapter], book, rules, labels)
    view = chapter_view(chapter, book, labels, mentioned, opener, rules, looks)
    return Galley(
        name=re.sub(r"[^a-z0-9-]", "-", chapter.name.lower()),
        ident=chapter.ident,
        role="chapter",
        matter="body",
        title=chapter.title,
        language=chapter.language or book.metadata.language,
        body=templates.render("chapter.xhtml", chapter=view),
        posts=tuple(post.slug for post in chapter.posts),
    )
