"""The feet of pages that are made: what nudging looks at to see whether a page ends as it should."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.text.line_break import strut

from book.press.engine.lines import Fitted
from book.press.paragraphs import divides

_HAIR = 0.02  # of a line
_OTHERS = (boxes.TableBox, boxes.BlockReplacedBox)


class Foot:
    """What there is to see of a page's text: its last line above all."""

    def __init__(self, page: Any) -> None:
        root, notes, _ = page.children
        self.others = 0
        """What is not text: pictures, tables."""
        lines = list(self._lines(root))
        self.deep = max((line.position_y + line.height for line in lines), default=0.0) - page.content_box_y()
        """How far down its lines reach."""
        fitted = [line.fitted for line in lines if getattr(line, "fitted", None)]
        on_page = Counter(map(id, fitted))
        self._fitted = list({id(one): one for one in fitted}.values())
        self.whole = [one for one in self._fitted if on_page[id(one)] == len(one.chosen) + 1]
        """The paragraphs that begin and end on the page."""
        going_on = self._fitted[:1] if lines and not _first(lines[0]) else []
        self.begun = [one for one in self._fitted if one not in going_on]
        """Those that begin on it."""
        last = _last(root)
        self.divided: tuple[Fitted, int] | None = None
        """The paragraph whose word is divided at the foot, and where."""
        self.missing = 0
        """How many lines more would have room under the last line."""
        if isinstance(last, boxes.LineBox):
            self._look(last, page.content_box_y() + page.height, notes)

    @property
    def full(self) -> bool:
        """Tell whether the page ends as it should."""
        return not self.missing and self.divided is None

    def better(self, other: Foot) -> bool:
        """Tell whether no word is divided at the foot, and no more lines are missing than in another."""
        return self.divided is None and self.missing <= other.missing

    def _look(self, last: Any, bottom: float, notes: Any) -> None:
        room = (notes.position_y if notes.children else bottom) - last.position_y - last.height
        self.missing = int(room / strut(last.style)[0] + _HAIR)
        texts = [box for box in last.descendants() if isinstance(box, boxes.TextBox)]
        ending = getattr(texts[-1], "ending", None) if texts else None
        fitted = getattr(last, "fitted", None)
        if ending is not None and fitted and divides(fitted.paragraph.text, ending):
            self.divided = fitted, ending.stop

    def _lines(self, box: Any) -> Iterator[Any]:
        for child in box.children:
            if isinstance(child, boxes.LineBox):
                yield child
            elif isinstance(child, boxes.BlockBox) and not isinstance(child, _OTHERS):
                yield from self._lines(child)
            elif not child.is_outside_marker:  # of an item of a list
                self.others += 1


def _first(line: Any) -> bool:
    """Tell whether a line is the first of its paragraph, as far as that is known."""
    texts = [box for box in line.descendants() if isinstance(box, boxes.TextBox)]
    return not texts or getattr(texts[0], "begins", True)


def _last(box: Any) -> Any:
    """Return the line, or the box without lines, that stands last in the flow."""
    for child in reversed(getattr(box, "children", ())):
        if child.is_in_normal_flow():
            if isinstance(child, (boxes.LineBox, *_OTHERS)) or child.style["column_count"] != "auto":
                return child
            return _last(child)
    return box
