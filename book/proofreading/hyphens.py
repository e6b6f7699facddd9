"""Hyphens at the ends of lines: not three in a row, and none at the foot of a recto."""

from __future__ import annotations

from collections.abc import Iterator

from book.proofreading._lines import Mark, Page, Proofs

_HYPHENS = "-‐\u00ad\u0002\ufffe"
_MOST = 2


def read(book: Proofs) -> Iterator[Mark]:
    """Mark ladders of hyphens, and words divided where the leaf must be turned."""
    for page in book.text:
        yield from _ladders(page)
        following = book.following(page)
        if page.recto and page.body and following and following.body and _divided(page.body[-1].text):
            yield Mark(
                "hyphen-at-recto-end",
                page.number,
                "a word is divided where the leaf is turned",
                page.body[-1].text,
                "a change of a word nearby sets the lines anew",
            )


def _ladders(page: Page) -> Iterator[Mark]:
    run = 0
    for line in (*page.body, None):
        if line is not None and _divided(line.text):
            run, last = run + 1, line
            continue
        if run > _MOST:
            yield Mark(
                "hyphen-ladder", page.number, f"{run} lines in a row end with a divided word", last.text
            )
        run = 0


def _divided(text: str) -> bool:
    return len(text) > 1 and text[-1] in _HYPHENS and text[-2].isalpha()
