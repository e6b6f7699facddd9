"""Pages mended as they are made: a paragraph set tighter or looser, a word left whole.

A page that ends in a divided word, one that is a line or two short, and a chapter that ends
with a page of a few lines are set again with other lines in one paragraph or two, where these
bear it, or the pages before a line short or long, two and two; and what stays two lines short has
one of them from the page before. A page is set again by itself, before
the next one is made, so that it costs a page and not a chapter. What does not help is undone.
The style sheet says within what limits: `--nudges` on the root element is how many lines
paragraphs may gain or lose for a page's sake, how many times their width spaces may have,
with how many lines a chapter's last page should end, and what part of its size a picture keeps.

WeasyPrint keeps, for each page, where the one before it ended, so that it can make a page anew.
The contract test compares what is used of that with what is installed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from math import ceil
from typing import Any

from weasyprint import layout
from weasyprint.layout import page as page_layout
from weasyprint.text.line_break import strut

from book.press.engine.changes import Change, Limits, others, pairs, unbroken, write
from book.press.engine.feet import Foot
from book.press.engine.lines import Fitted
from book.press.engine.pages import replaced
from book.press.engine.shrinking import blocks, leading, pictures, room, titles_alone

_plain_pages = layout.make_all_pages
_plain_remake = page_layout.remake_page
_plain_height = page_layout.page_height
_TRIES = 4
"""How many ways to mend a page are tried."""
_BACK = 3
"""In how many of a chapter's last pages paragraphs may be mended for the last one's sake."""

_HOLE = 2
"""From how many lines of white on a picture is made smaller for it."""
_UNDER_A_TITLE = 0.6
"""How much smaller than that a picture may be made that would leave a title alone on its page."""
_HAIR = 0.5  # of a pixel
_HAIRLINE = 0.1  # of a line
_MANY = 99
_LEAST_MARGIN = 48.0
"""In pixels, half an inch: what is left at the foot of a page with a line more; no printer wants more."""
_FOR_A_WORD = 0.35
"""By how much wider spaces may be where no word is to be divided at a page's foot."""


@contextmanager
def nudged() -> Iterator[None]:
    """Have WeasyPrint mend pages as it makes them."""
    with (
        replaced(layout, make_all_pages=_pages),
        replaced(page_layout, page_height=_height, remake_page=_remake),
    ):
        yield


def _pages(context: Any, root_box: Any, html: Any, pages: Sequence[Any]) -> Iterator[Any]:
    """Stand for `make_all_pages`; where pages are made again for their numbers' sake, nudges stay."""
    limits = Limits.of(root_box.style)
    if pages or limits is None:
        made: Iterator[Any] = _plain_pages(context, root_box, html, pages)
        return made
    return iter(_Making(context, root_box, html, limits).run())


def _remake(index: int, context: Any, root_box: Any, html: Any) -> Any:
    """Stand for `remake_page`, which see: note which page is made."""
    context.making = index
    return _plain_remake(index, context, root_box, html)


def _height(page: Any, context: Any, *others: Any) -> None:
    """Stand for `page_height`: a page that is to be short has a line less, a long one has one more."""
    _plain_height(page, context, *others)
    making = getattr(context, "making", None)
    if making in getattr(context, "short", ()):
        page.shortened = context.line
    elif making in getattr(context, "long", ()) and page.margin_bottom - context.line >= _LEAST_MARGIN:
        page.shortened = -context.line
    else:
        return
    page.height -= page.shortened
    page.margin_bottom += page.shortened


class _Making:
    """The pages of a document in the making."""

    def __init__(self, context: Any, root_box: Any, html: Any, limits: Limits) -> None:
        self._context, self._root, self._html, self._limits = context, root_box, html, limits
        self._made: list[Any] = []
        self._notes: list[list[Any]] = []
        """Those that were still to be placed before each page."""
        self._calm: list[bool] = []
        """Whether nothing was left over for a page by the one before."""
        context.short, context.long, context.line = frozenset(), frozenset(), strut(root_box.style)[0]

    def run(self) -> list[Any]:
        context = self._context
        context.rendered_notes = []
        while not self._made or self._following()[0] is not None or context.reported_footnotes:
            self._make(len(self._made))
            self._mend_hole()
            if not self._ends():
                self._mend_foot()
            elif len(self._made) > 1 and not self._ends(-2):
                self._mend_end()
        context.page_maker = context.page_maker[: len(self._made) + 1]
        context.broken_out_of_flow.clear()
        context.reported_footnotes.clear()
        return self._made

    def _make(self, index: int) -> None:
        """Make a page, and forget those that were made after it."""
        context = self._context
        del self._made[index:], self._notes[index + 1 :], self._calm[index + 1 :]
        if index == len(self._notes):
            self._notes.append(list(context.footnotes))
            self._calm.append(self._quiet())
        state = context.page_maker[index][-1]
        state.update(content_changed=False, pages_wanted=False, anchors=[], content_lookups=[])
        self._made.append(page_layout.remake_page(index, context, self._root, self._html)[0])

    def _following(self, at: int = -1) -> Any:
        """Return where the text goes on after a page that is made, and what its end asks of the next."""
        return self._context.page_maker[len(self._made) + 1 + at]

    def _ends(self, at: int = -1) -> bool:
        """Tell whether a chapter, or the document, ends with a page."""
        resume, following, *_ = self._following(at)
        name = following["page"]
        renamed = name is not None and name != self._made[at].page_type.name
        return resume is None or following["break"] != "any" or renamed

    def _foot(self, at: int = -1) -> Foot:
        return Foot(self._made[at])

    def _mend_foot(self) -> None:
        """Mend the page that was made last: no divided word at its foot, no line that is missing."""
        foot = self._foot()
        if foot.divided is not None:
            if not self._try(-1, self._unbroken(foot), lambda: self._foot().better(foot), _TRIES * 4):
                self._try_before(lambda: abs(self._lacks(-2)) < 2 and self._foot().better(foot))
            foot = self._foot()
        if foot.divided is None and 0 < foot.missing <= self._limits.lines:
            after = self._following()[0]
            self._try(
                -1,
                self._changes(foot.whole, foot.missing, 1),
                lambda: self._foot().full and self._following()[0] == after,
            )
        if foot.divided is None and foot.missing <= self._limits.lines and not self._are_level():
            self._mend_spread()

    def _mend_spread(self) -> None:
        """Have the page that was made last end within a line of its neighbours.

        A paragraph on it takes a line more or less, or it is a line long itself, so that what stands
        next has room; or the page before is a line short or long.
        """
        last, whole = len(self._made) - 1, self._foot().whole
        ways = [change for by in (-1, 1) for change in islice(self._changes(whole, 1, by), _TRIES)]
        ways.append(Change({}, long=frozenset({last})))
        if not self._try(-1, ways, self._are_level, len(ways)):
            self._try_before(self._are_level)

    def _try_before(self, good: Callable[[], bool]) -> None:
        """Have the page before the last a line short, or long, if that is good."""
        before = len(self._made) - 2
        if before >= 0 and not self._ends(-2) and not self._lacks(-2):
            one = frozenset({before})
            self._try(-2, [Change({}, one), Change({}, long=one)], good)

    def _are_level(self) -> bool:
        """Tell whether the last page ends within a line of the one before it, and of full ones."""
        last = self._lacks(-1)
        before = self._lacks(-2) if len(self._made) > 1 and not self._ends(-2) else last
        if before > self._limits.lines:  # a hole, or a divided word, that nothing mends
            before = last
        return abs(last) < 2 and abs(last - before) < 2

    def _lacks(self, at: int) -> int:
        """Return how many lines a page lacks; where a word is divided at its foot, more than any page may."""
        foot, page = self._foot(at), len(self._made) + at
        if foot.divided is not None:
            return _MANY
        return foot.missing + (page in self._context.short) - (page in self._context.long)

    def _unbroken(self, foot: Foot) -> Iterator[Change]:
        """Give ways to end a page with a whole word: other lines at its foot, a line more or less above.

        Where none of them helps, the page may be a line short or long, or a picture on it a line or two
        smaller.
        """
        assert foot.divided is not None
        fitted, place = foot.divided
        begun = [fitted] if fitted in foot.begun else []
        for spaces in (self._limits.spaces, self._limits.spaces + _FOR_A_WORD):
            for one in begun:
                found = unbroken(one, place, spaces)
                if found is not None:
                    yield Change({one: found})
        for by in (-1, 1):
            yield from islice(self._changes([*foot.whole, *begun], 1, by), _TRIES)
        last = frozenset({len(self._made) - 1})
        yield Change({}, last)
        yield Change({}, long=last)
        for lines in (1, 2):
            yield from self._smaller(-1, lines * self._context.line)

    def _smaller(self, at: int, less: float) -> Iterator[Change]:
        """Give ways to make a picture on a page so much smaller, for those that bear it."""
        for picture in pictures(self._made[at]):
            if picture.part(less) >= self._limits.picture:
                yield Change({}, picture=(picture, less))

    def _mend_hole(self) -> None:
        """Mend a page that ends with a hole, since the picture after it did not fit: make that smaller."""
        picture = leading(self._made[-1])
        if picture is None or len(self._made) < 2 or self._ends(-2):
            return
        hole, line = room(self._made[-2]), self._context.line
        least = self._limits.picture * (_UNDER_A_TITLE if titles_alone(self._made[-2]) else 1)
        less = picture.needs - hole + _HAIR
        steps = (less + count * line for count in range(_TRIES))  # what stands above keeps its distance
        smaller = [
            Change({}, picture=(picture, step)) for step in steps if step > 0 and picture.part(step) >= least
        ]
        if hole >= _HOLE * line:
            short = len(self._made) - 2  # the text may end there, once the picture fits
            self._try(-2, smaller, lambda: any(map(picture.same, blocks(self._made[short]))))

    def _mend_end(self) -> None:
        """Mend a chapter that ends with a page of a few lines: these go back, or others come to them."""
        few, least, limit = self._depth(), self._limits.last_page, self._limits.lines
        if self._foot().others or not 0 < few < least:
            return
        pages, after, more = len(self._made), self._following()[0], least - few
        chapter = next((at for at in range(2, pages) if self._ends(-at - 1)), pages)
        near = min(chapter, _BACK)

        def divided() -> int:
            rectos = (page for page in self._made[pages - chapter : -1] if page.page_type.side == "right")
            return sum(Foot(page).divided is not None for page in rectos)

        were = divided()

        def gone() -> bool:
            ends = len(self._made) == pages - 1 and self._following()[0] == after
            return ends and divided() <= were

        def longer() -> bool:
            ends = len(self._made) == pages and self._following()[0] == after
            return ends and self._depth() >= least and divided() <= were

        begun = [one for at in range(2, near + 1) for one in self._foot(-at).begun]
        ways = sorted(((few, -1, gone), (more, 1, longer)), key=lambda way: way[0])
        for lines, by, good in ways:
            if lines <= limit and self._try(-near, self._changes(begun, lines, by), good):
                return
        less = few * self._context.line
        smaller = [one for at in range(2, near + 1) for one in self._smaller(-at, less)]
        before = [
            Change({}, long=frozenset(range(pages - count - 1, pages - 1)))
            for count in pairs(few, chapter - 1)
        ]
        if self._try(-near, smaller, gone) or self._try(-chapter, before, gone):
            return
        short = [
            Change({}, frozenset(range(pages - count - 1, pages - 1))) for count in pairs(more, chapter - 1)
        ]
        if self._try(-chapter, short, longer):
            return
        last = frozenset({pages - 2})
        for lines, by, good in ways:  # a line of the page before, and the others of paragraphs
            if 1 < lines <= limit + 1:
                both = (
                    Change(one.lines, *((last, frozenset()) if by > 0 else (frozenset(), last)))
                    for one in self._changes(begun, lines - 1, by)
                )
                if self._try(-near, both, good):
                    return

    def _depth(self) -> int:
        """Return how many lines of running text would be as deep as what stands on the last page."""
        lines: float = self._foot().deep / self._context.line
        return ceil(lines - _HAIRLINE)

    def _changes(self, fitted: Sequence[Fitted], lines: int, by: int) -> Iterator[Change]:
        return others(fitted, lines, by, self._limits.spaces)

    def _try(self, at: int, changes: Iterable[Change], good: Callable[[], bool], tries: int = _TRIES) -> bool:
        """Make the last pages again, from `at`, with each of some changes, until one is good."""
        context, first, pages = self._context, len(self._made) + at, len(self._made)
        if not all(self._calm[first:]) or not self._quiet():
            return False
        kept = [
            list(one) for one in (self._made, self._notes, self._calm, context.page_maker, context.footnotes)
        ]
        for change in islice(changes, tries):
            before = {fitted: (fitted.chosen, fitted.wish) for fitted in change.lines}
            write(change.lines)
            context.short |= change.short
            context.long |= change.long
            if change.picture:
                change.picture[0].shrink(change.picture[1])
            start = first if change.lines else min(change.short | change.long, default=first)
            context.footnotes = list(self._notes[start])
            for index in range(start, pages):
                self._make(index)
                if self._ends():
                    break
            if good() and self._quiet():
                return True
            write(before)
            if change.picture:
                change.picture[0].restore()
            context.short -= change.short
            context.long -= change.long
            context.reported_footnotes.clear()
            context.broken_out_of_flow.clear()
            self._made, self._notes, self._calm, context.page_maker, context.footnotes = map(list, kept)
        return False

    def _quiet(self) -> bool:
        """Tell whether nothing is left over for the next page."""
        return not self._context.reported_footnotes and not self._context.broken_out_of_flow
