"""The widths of words as Pango sets them, and where they may be divided: what lines are chosen by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import pyphen
from weasyprint.text.line_break import create_layout

from book.press.engine.objects import is_object, run_of, undivided
from book.press.engine.shaping import line_size
from book.press.paragraphs import Run

_SHAPING = (
    "font_size", "font_style", "font_weight", "font_stretch", "font_kerning", "font_variant_caps",
    "font_variant_numeric", "font_variant_ligatures", "font_variant_position", "font_feature_settings",
    "letter_spacing", "word_spacing", "lang",
)  # fmt: skip


class _Measure:
    """Measures text in one way of shaping it, and remembers how wide it was: a book's vocabulary is small.

    There is one for each way, so that what is chosen by the same measures need not be chosen again.
    """

    def __init__(self) -> None:
        self._known: dict[str, float] = {}
        self._style: Any = None
        self._context: Any = None
        self._layout: Any = None

    def within(self, style: Any, context: Any) -> _Measure:
        """Measure with a document's fonts from now on, for as long as it is laid out."""
        if context is not self._context:
            self._layout = None
        self._style, self._context = style, context
        return self

    def rest(self) -> None:
        """Let go of the document."""
        self._style = self._context = self._layout = None

    def __call__(self, text: str) -> float:
        width = self._known.get(text)
        return self._measured(text) if width is None else width

    def _measured(self, text: str) -> float:
        # A layout keeps where the spaces of its last text were, if they have a width of their own.
        if self._layout is None or self._style["word_spacing"]:
            self._layout = create_layout(text, self._style, self._context, None, 0)
        else:
            self._layout.set_text(text)
        width = self._known[text] = line_size(self._layout.get_first_line()[0], self._style)[0]
        return width


class _Widths:
    """Measures, remembered by style."""

    def __init__(self) -> None:
        self._known: dict[tuple[Any, ...], _Measure] = {}

    def measure(self, style: Any, context: Any) -> Callable[[str], float]:
        """Return what measures text in `style`, in the document that is laid out."""
        return self._of(style).within(style, context)

    def rest(self) -> None:
        """Let go of the document that was measured in last."""
        for measure in self._known.values():
            measure.rest()

    def _of(self, style: Any) -> _Measure:
        """Return the measure of a style, and of all that shape as it does."""
        found = style.__dict__.get("_widths")
        if found is None or found[0] != style["font_size"]:  # a table's type may be made smaller
            shaping = (style.font_config, *style["font_family"], *(str(style[name]) for name in _SHAPING))
            found = style.__dict__["_widths"] = (
                style["font_size"],
                self._known.setdefault(shaping, _Measure()),
            )
        measure: _Measure = found[1]
        return measure


widths = _Widths()
"""What has been measured in this process."""


def runs_of(
    texts: Sequence[Any], styles: Sequence[Any], context: Any, containing_block: Any
) -> tuple[Run, ...]:
    """Return the runs of text boxes, set in these styles, and of what stands among them."""
    runs: list[Run] = []
    start = 0
    for box, style in zip(texts, styles, strict=True):
        if is_object(box):
            runs.append(run_of(box, start, containing_block))
            start = runs[-1].end
            continue
        measure, syllables = widths.measure(style, context), _syllables(style)
        runs.append(Run(start, start + len(box.text), measure, syllables, style["hyphenate_character"]))
        start += len(box.text)
    return tuple(runs)


def _syllables(style: Any) -> Callable[[str], Sequence[int]]:
    """Return the divisions that WeasyPrint itself would allow in a style: `hyphenate-limit-chars`."""
    language = style["lang"] and pyphen.language_fallback(style["lang"])
    if style["hyphens"] != "auto" or not language or style["white_space"] == "nowrap":
        return undivided
    return _dictionary(language, *style["hyphenate_limit_chars"])


@lru_cache(maxsize=64)
def _dictionary(language: str, total: int, left: int, right: int) -> Callable[[str], Sequence[int]]:
    positions = pyphen.Pyphen(lang=language, left=left, right=right).positions

    def syllables(word: str) -> Sequence[int]:
        if len(word) < total:
            return ()
        # Divisions that change letters are left out: `data` says how they would.
        return [int(place) for place in positions(word) if not getattr(place, "data", None)]

    return syllables
