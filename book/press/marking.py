"""What a typesetter would mark on the pages of a book that is set, before it is bound."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from book.model import Finding
from book.press.imposition import Placed, pages
from book.press.proofs import Numbers, lines_from_json
from book.proofread import findings
from book.proofreading._lines import FROM_RIGHT, Line, together


@dataclass(frozen=True, slots=True)
class Unread:
    """A book that is to be proofread: the lines of its gatherings, as the store keeps them.

    `pages` says for each page in which gathering it is, and which of its pages; None for a blank one.
    """

    lines: tuple[bytes, ...]
    pages: tuple[tuple[int, int] | None, ...]
    chapters: tuple[tuple[int, str], ...]


def unread(placed: Sequence[Placed], lines: Callable[[int], bytes]) -> Unread:
    """Put together what is proofread; `lines` gives those of a gathering by its number."""
    numbers = {id(place): number for number, place in enumerate(placed)}
    found = (None if leaf.proof is None else (numbers[id(leaf.place)], leaf.at) for leaf in pages(placed))
    return Unread(tuple(map(lines, range(len(placed)))), tuple(found), tuple(sorted(_chapters(placed))))


def marked(book: Unread) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """Proofread a book's pages; return what is marked, and the pages' words where PDFs turn them around.

    What runs from right to left stands in a PDF as it is painted, in signs that may be no letters. The
    words are a text for each page, empty for one without such; none where there are no such pages.
    """
    numbers = Numbers()
    lines = [lines_from_json(data, numbers) for data in book.lines]
    read = [lines[place[0]][place[1]] if place else () for place in book.pages]
    texts = tuple(_leftward(page) for page in read)
    return tuple(findings(together(read, book.chapters))), texts if any(texts) else ()


def _leftward(page: Sequence[Line]) -> str:
    """Return the text of a page on which something runs from right to left."""
    text = "\n".join(line.text for line in page)
    return text if FROM_RIGHT.search(text) else ""


def _chapters(placed: Sequence[Placed]) -> Iterator[tuple[int, str]]:
    """Give the page on which each galley begins, from 1, and its title."""
    for place in placed:
        for galley in place.gathering.galleys:
            at = place.proof.anchors.get(galley.ident)
            if at is not None:
                yield place.index + at[0] + 1, galley.title
