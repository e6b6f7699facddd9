"""Total fit inside WeasyPrint: the lines of a paragraph are chosen before it is laid out.

WeasyPrint asks Pango, line by line, how much text fits. Here a paragraph's boxes are
read first, `paragraphs` chooses its lines, and the choice is written on the text boxes;
laying out then sets the lines as chosen, which is also quicker than trying. A paragraph
that holds what is not measured here (floats, pictures, forced breaks, scripts without
spaces) is left to WeasyPrint. The contract test compares what is replaced with what is
installed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from math import inf
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import block, inline
from weasyprint.text.ffi import FROM_UNITS, pango
from weasyprint.text.line_break import create_layout, get_log_attrs

from book.press.engine.firstlines import apart, styled
from book.press.engine.firstlines import lines as first_lines_apart
from book.press.engine.measuring import runs_of, widths
from book.press.engine.objects import OBJECT, is_object, text_of
from book.press.engine.objects import closed as around
from book.press.engine.pages import replaced
from book.press.engine.shaping import line_size, strut
from book.press.paragraphs import Ending, Paragraph, Run, Wish, balanced, endings, first_spaces

# Scripts whose words are parted by spaces, and the signs that stand among them.
_MEASURED = re.compile(
    r"[\n -ɏͰ-ԯ\u0590-\u08ffḀ-῿\u2000-\u200f‐-‧\u202f‰-⁞⁰-₟€™←-➿⬀-⯿"
    r"\ufb1d-\ufdff\ufe0f\ufe70-\ufeff\ufffc\U0001f000-\U0001faff]*"
)
_DASHED = re.compile(r"[^ ][–—]")  # a dash between two words stays with the first, though UAX 14 lets it go
_BEGUN = re.compile(r"(?<![^\s(\[{“‘„«»\"'])[-‐/]+(?=\w)")  # what begins an option or a path stays with it
_FEED = re.compile("\n *")  # what `<br>` is, with the spaces that the next line does not begin with
_CALL = "footnote-call"  # in the tag of a note's number: no line begins with one
# Text that is justified is set as evenly as can be; what is centred, and titles, in lines of like width.
Way = Callable[[Paragraph, Wish | None], list[Ending] | None]
"""Chooses a paragraph's lines."""
_WAYS: Mapping[str, Way] = {"justify": endings, "center": balanced}
_TITLES = {"h1", "h2", "h3", "h4", "h5", "h6"}
_EDGES = ("padding_left", "padding_right", "margin_left", "margin_right")
_BORDERS = ("border_left_style", "border_right_style")
_TRACKED = (0.0, 0.015, -0.015, 0.03, -0.03)
"""What may be put between the small capitals of a first line, in parts of their size, to fill it.

With more, readers of the PDF would take letters for words."""

_GAPPY = 3.0
"""Times their width from which on spaces are holes: such a line keeps them as they are, and ends early."""

_ENDLESS = 400
"""Letters of a word that no line holds."""
_NARROWEST = 8
"""Letters to the em that a line may hold; where it holds more, it is set again with the whole word."""

_LONG = 5_000
"""Letters of a paragraph whose lines are not worth keeping for the next time it is set."""

_plain_split = inline.split_text_box
_plain_room = inline.avoid_collisions
_plain_align = inline.text_align


@contextmanager
def total_fit() -> Iterator[None]:
    """Have WeasyPrint set justified paragraphs with the lines that suit them best as a whole."""
    with (
        replaced(inline, split_text_box=_split, avoid_collisions=_room, text_align=_align),
        replaced(inline, iter_line_boxes=_lines),
        replaced(block, iter_line_boxes=_lines),
    ):
        yield


def _lines(
    context: Any,
    box: Any,
    position_y: float,
    bottom_space: float,
    skip_stack: Any,
    containing_block: Any,
    absolute_boxes: Any,
    fixed_boxes: Any,
    first_letter_style: Any,
    first_line_style: Any,
) -> Any:
    """Stand for `iter_line_boxes`: choose the lines when a paragraph is laid out from its start."""
    first_line_style = apart(box, first_line_style)
    if _way(box) is not None:
        if context.excluded_shapes or first_letter_style or "text_transform" in (first_line_style or ()):
            _forget(box)
        elif skip_stack is None and getattr(box, "measure", None) != containing_block.width:
            _forget(box)
            _choose(context, box, containing_block, first_line_style)
    tracked = getattr(box, "tracked", None) if getattr(box, "measure", None) else None
    return first_lines_apart(
        context, box, position_y, bottom_space, skip_stack, containing_block, absolute_boxes,
        fixed_boxes, first_letter_style, tracked or first_line_style,
    )  # fmt: skip


def _way(line: Any) -> Way | None:
    return balanced if line.element_tag in _TITLES else _WAYS.get(line.style["text_align_all"])


def _forget(line: Any) -> None:
    line.measure = line.fitted = line.tracked = None
    for box in _inside(line):
        box.endings = None


def _inside(box: Any) -> Iterator[Any]:
    for child in box.children:
        yield child
        if isinstance(child, boxes.InlineBox):
            yield from _inside(child)


class Fitted:
    """A paragraph whose lines are chosen: its boxes of text, what was measured of them, and the choice."""

    def __init__(self, line: Any, texts: Sequence[Any], paragraph: Paragraph) -> None:
        self.line, self.texts, self.paragraph = line, texts, paragraph
        self.chosen: Sequence[Ending] = ()
        self.wish: Wish | None = None

    def choose(self, wish: Wish | None = None) -> Sequence[Ending] | None:
        """Choose lines, as they are wished for; None where there are none."""
        way = _way(self.line)
        if way is None:
            return None
        choose = _chosen if len(self.paragraph.text) < _LONG else _chosen.__wrapped__
        return choose(way, self.paragraph, wish)

    def write(self, chosen: Sequence[Ending], wish: Wish | None = None) -> None:
        """Write a choice on the boxes, if they can be cut so."""
        text, runs = self.paragraph.text, self.paragraph.runs
        written: list[list[tuple[int, int, bool, Ending]]] = [[] for _ in self.texts]
        for ending in chosen:
            if ending.forced:
                continue  # WeasyPrint does what is forced
            number = next(n for n, run in enumerate(runs) if run.start < ending.resume <= run.end)
            start = runs[number].start
            if ending.stop < start:
                return  # two boxes are swallowed by the break
            stop, resume = (len(text[start:place].encode()) for place in (ending.stop, ending.resume))
            written[number].append((stop, resume, ending.hyphen, ending))
        self.chosen, self.wish = chosen, wish
        self.line.measure, self.line.fitted = self.paragraph.width, self
        for box, own in zip(self.texts, written, strict=True):
            box.endings = None if text_of(box) in ("\n", OBJECT) else tuple(own)
            box.begins = box is self.texts[0]


@lru_cache(maxsize=1024)
def _chosen(way: Way, paragraph: Paragraph, wish: Wish | None) -> Sequence[Ending] | None:
    """Choose lines, once for every time that a paragraph is set."""
    return way(paragraph, wish)


def _choose(context: Any, line: Any, containing_block: Any, first: Mapping[str, Any] | None) -> None:
    """Write the best lines on the text boxes of a paragraph, if it can be measured."""
    texts = [box for box in _inside(line) if isinstance(box, boxes.TextBox) or is_object(box)]
    text = "".join(map(text_of, texts))
    # A title of any script can be set evenly, since its words are not driven apart for it.
    measured = _way(line) is balanced or _MEASURED.fullmatch(text)
    if not text.strip() or not measured or not all(map(_simple, _inside(line))):
        return
    inline.resolve_percentages(line, containing_block)
    inline.resolve_one_percentage(line, "text_indent", containing_block.width)
    runs = runs_of(texts, [box.style for box in texts], context, containing_block)
    begun = None
    if first:
        begun = runs_of(texts, [styled(box, first) for box in texts], context, containing_block)
    allowed = tuple(_allowed(text, texts, runs, get_log_attrs(text, line.style["lang"])))
    paragraph = Paragraph(text, allowed, runs, containing_block.width, line.text_indent, begun)
    fitted, chosen = _tracked(line, texts, paragraph, first)
    if chosen is not None:
        fitted.write(chosen)


def _allowed(text: str, texts: Sequence[Any], runs: Sequence[Run], marks: Any) -> Iterator[int]:
    """Give the places where lines may end: not before a note's number, nor in what is not to be broken."""
    closed: set[int] = set(around(text, texts, runs))
    for run, box in zip(runs, texts, strict=True):
        closed |= {run.start} if _CALL in str(box.element_tag) else set()
        closed |= set(range(run.start + 1, run.end)) if box.style["white_space"] == "nowrap" else set()
    closed |= {begun.end() for begun in _BEGUN.finditer(text)}
    forced = set()
    for feed in _FEED.finditer(text):
        closed.update(range(feed.start(), feed.end() + 1))
        forced.add(feed.end())
    for place in range(1, len(text)):
        free = marks[place].is_line_break and place not in closed and not _DASHED.match(text, place - 1)
        if free or place in forced:
            yield place


def _tracked(
    line: Any, texts: Sequence[Any], paragraph: Paragraph, first: Mapping[str, Any] | None
) -> tuple[Fitted, Sequence[Ending] | None]:
    """Choose a paragraph's lines; small capitals of a first line are spaced so that it is filled evenly."""
    plain = Fitted(line, texts, paragraph)
    chosen = plain.choose()
    if not first or chosen is None or "small" not in str(first.get("font_variant_caps")):
        return plain, chosen
    size, spaced = line.style["font_size"], first.get("letter_spacing", "normal")
    base = 0.0 if spaced == "normal" else spaced
    ways: list[tuple[float, int, Fitted, Sequence[Ending], float]] = []
    for share in _TRACKED:
        tried = Fitted(line, texts, replace(paragraph, tracking=share * size))
        found = tried.choose() if share else chosen
        if found is not None:
            times = first_spaces(tried.paragraph, found)
            ways.append((_uneven(times), len(ways), tried, found, share))
            if _uneven(times) == 0.0:
                break
    _, _, best, found, share = min(ways, key=lambda way: way[:2])
    if share:
        line.tracked = {**first, "letter_spacing": base + share * size}
    return best, found


def _uneven(times: float) -> float:
    """Return how far spaces are from what is even enough: from three quarters of theirs to one and a half."""
    return max(0.0, times - 1.5, 0.75 - times)


def _simple(box: Any) -> bool:
    """Tell whether a box is text, or an inline box without edges of its own."""
    if isinstance(box, boxes.TextBox):
        return box.style["white_space"] in ("normal", "nowrap") or box.text == "\n"
    if is_object(box):
        return True
    style = box.style
    return (
        type(box) is boxes.InlineBox
        and bool(box.is_in_normal_flow())
        and style["position"] == "static"
        and all(style[border] == "none" for border in _BORDERS)
        and all(getattr(style[edge], "value", style[edge]) in (0, "auto") for edge in _EDGES)
    )


def _split(context: Any, box: Any, available_width: Any, skip: Any, is_line_start: bool = True) -> Any:
    """Stand for `split_text_box`: set the text up to the ending that was chosen."""
    chosen = getattr(box, "endings", None)
    if chosen is None or available_width is None or available_width == inf:
        return _split_word(context, box, available_width, skip, is_line_start)
    raw, skip = box.text.encode(), skip or 0
    ending = next((ending for ending in chosen if ending[1] > skip), (len(raw), None, False, None))
    stop, resume, hyphen, place = ending
    text = raw[skip:stop].decode() + (box.style["hyphenate_character"] if hyphen else "")
    made = _set(context, box, text) if text else None
    if made is not None:
        made.ending, made.begins = place, box.begins and not skip
    return made, resume, False


def _split_word(context: Any, box: Any, available_width: Any, skip: Any, is_line_start: bool) -> Any:
    """Split as WeasyPrint does, but have Pango see no more of an endless word than a line can hold.

    It would see all of what is left, for every line: a word of 50,000 letters takes it minutes.
    """
    start = skip or 0  # in bytes
    long = len(box.text) > _ENDLESS
    piece = box.text.encode()[start : start + 4 * _ENDLESS + 4].decode(errors="ignore") if long else ""
    if len(piece) > _ENDLESS and not any(character.isspace() for character in piece[:_ENDLESS]):
        piece = piece[: _held(available_width, box.style["font_size"])]
        made, resume, preserved = _plain_split(
            context, box.copy_with_text(piece), available_width, 0, is_line_start
        )
        if resume is not None:
            return made, start + resume, preserved
    return _plain_split(context, box, available_width, skip, is_line_start)


def _held(width: float | None, size: float) -> int:
    """Return how many letters of a size a line of this width may hold."""
    if width is None or size <= 0:
        return _ENDLESS
    return int(min(_ENDLESS, max(_NARROWEST, width / size * _NARROWEST)))


def _set(context: Any, box: Any, text: str) -> Any:
    """Make the box of a line's text, with the metrics that WeasyPrint gives one."""
    layout = create_layout(text, box.style, context, None, box.justification_spacing)
    width, height = line_size(layout.get_first_line()[0], box.style)
    baseline = pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS
    layout.deactivate()
    made = box.copy_with_text(text)
    made.width, made.height, made.pango_layout = width, height, layout
    made.margin_top = made.margin_bottom = (strut(box.style)[0] - height) / 2
    made.baseline = baseline + made.margin_top
    return made


def _room(context: Any, box: Any, containing_block: Any, outer: bool = True) -> Any:
    """Stand for `avoid_collisions`: a line whose end is chosen may be wider than its measure."""
    x, y, width = _plain_room(context, box, containing_block, outer=outer)
    chosen = isinstance(box, boxes.LineBox) and getattr(box, "measure", None)
    return x, y, width + 10_000 if chosen else width


def _align(context: Any, line: Any, available_width: float, last: bool) -> Any:
    """Stand for `text_align`: spaces stretch, or shrink, to the measure."""
    measure = getattr(line, "measure", None)
    if not last and _gappy(context, line, (measure or available_width) - line.width):
        return 0
    if not measure or line.style["text_align_all"] != "justify":
        return _plain_align(context, line, measure or available_width, last)
    short = measure - line.width
    if not last or short < 0:
        inline.justify_line(context, line, short)
    return 0


def _gappy(context: Any, line: Any, short: float) -> bool:
    """Tell whether a line that is justified would be more holes than text."""
    spaces = inline.count_expandable_spaces(line) if short > 0 else 0
    if not spaces or line.style["text_align_all"] != "justify":
        return False
    measure = widths.measure(line.style, context)
    return bool(short / spaces > (_GAPPY - 1) * (measure("n n") - measure("nn")))
