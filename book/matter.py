"""Front and back matter: which leaves stand before and after the chapters, and in what order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches

from book.errors import BookError
from book.labels import Labels
from book.model import Leaf, Post, Skipped

# The order in which a book is made up (New Hart's Rules; roles as in EPUB SSV 1.1).
FRONT = (
    "halftitlepage",
    "series-page",
    "titlepage",
    "copyright-page",
    "dedication",
    "epigraph",
    "toc",
    "foreword",
    "preface",
    "acknowledgments",
    "introduction",
)
YEAR_LETTER = "year-letter"
BACK = ("afterword", "appendix", "glossary", "about-the-author", "colophon")
SERIES_PAGE = "series-page"
_ALWAYS = {"halftitlepage", "titlepage", "copyright-page", "toc", "colophon"}
_ALIASES = {
    "about": "about-the-author",
    "author": "about-the-author",
    "acknowledgements": "acknowledgments",
    "half-title": "halftitlepage",
    "title-page": "titlepage",
    "copyright": "copyright-page",
    "contents": "toc",
    "motto": "epigraph",
    "series": "series-page",
}


def leaves(
    roles: Sequence[str], pages: Sequence[Post], labels: Labels, *, series: bool = False
) -> tuple[Leaf, ...]:
    """Return the leaves of these roles in order: written by the author, or made by a template alone.

    `series` tells that there is something to say on a series page.
    """
    always = _ALWAYS | {SERIES_PAGE} if series else _ALWAYS
    made: list[Leaf] = []
    for role in roles:
        own = [page for page in pages if role_of(page) == role]
        made += [_written(role, page, labels, nth) for nth, page in enumerate(own, 1)]
        if not own and role in always:
            made.append(Leaf(role, labels.text(role)))
    return tuple(made)


def year_letters(
    pages: Sequence[Post], years: set[int], labels: Labels
) -> tuple[tuple[Leaf, ...], list[Skipped]]:
    """Return the letters that open years, in order, and those whose year opens nowhere in the book.

    Raises BookError for a letter without a date.
    """
    own = [page for page in pages if role_of(page) == YEAR_LETTER]
    for page in own:
        if page.undated:
            hint = "add `date: 2017-12-31` to its header"
            raise BookError(
                "a letter that opens a year needs a date of that year",
                path=page.origin.path,
                line=1,
                hint=hint,
            )
    made = [_written(YEAR_LETTER, page, labels, nth) for nth, page in enumerate(own, 1)]
    placed = [leaf for leaf in made if leaf.post and leaf.post.day.year in years]
    left = [page for page in own if page.day.year not in years]
    reason = "no part or chapter of the book is the year {} that this letter opens"
    skipped = [Skipped(page.origin.path, reason.format(page.day.year), page.origin.line) for page in left]
    return tuple(sorted(placed, key=lambda leaf: leaf.post.day if leaf.post else date.min)), skipped


def idents(pages: Sequence[Post]) -> dict[str, str]:
    """Return the identifiers of the leaves that pages become, by the identifiers of the pages."""
    seen: Counter[str] = Counter()
    found = {}
    for page in pages:
        role = role_of(page)
        if role is not None:
            seen[role] += 1
            found[page.ident] = Leaf(role, "", nth=seen[role]).ident
    return found


def unplaced(pages: Sequence[Post]) -> list[Skipped]:
    """Name the pages that have no role, and so no place in the book."""
    return [
        Skipped(page.origin.path, "a page without a `role` has no place in the book", page.origin.line)
        for page in pages
        if role_of(page) is None
    ]


def _written(role: str, page: Post, labels: Labels, nth: int) -> Leaf:
    return Leaf(role, labels.text(role) if page.untitled else page.title, page.body, page, nth)


def role_of(page: Post) -> str | None:
    """Return a page's role by its proper name; raise BookError for one that is none."""
    if page.role is None:
        return None
    role = _ALIASES.get(page.role.lower(), page.role.lower())
    if role in FRONT or role in BACK or role == YEAR_LETTER:
        return role
    near = get_close_matches(role, (*FRONT, *BACK, YEAR_LETTER, *_ALIASES), n=1)
    known = ", ".join(f"`{name}`" for name in (*FRONT, *BACK, YEAR_LETTER))
    raise BookError(
        f"unknown role `{page.role}`",
        path=page.origin.path,
        line=page.origin.line,
        hint=f"did you mean `{near[0]}`?" if near else f"there are: {known}",
    )
