"""The widths of words as Pango sets them, and where they may be divided: what lines are chosen by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pyphen
from weasyprint.text.line_break import create_layout

from book.press.engine.objects import is_object, run_of
from book.press.engine.shaping import line_size
from book.press.paragraphs import Run

_SHAPING = (
    "font_size", "font_style", "font_weight", "font_stretch", "font_kerning", "font_variant_caps",
    "font_variant_numeric", "font_variant_ligatures", "font_variant_position", "font_feature_settings",
    "letter_spacing", "word_spacing", "lang",
)  # fmt: skip


class _Widths:
    """Widths of pieces of text, remembered by style: a book's vocabulary is small."""

    def __init__(self) -> None:
        self._known: dict[tuple[Any, ...], dict[str, float]] = {}

    def measure(self, style: Any, context: Any) -> Callable[[str], float]:
        """Return a function that measures text in `style`."""
        known, layout = self._of(style), None

        def width(text: str) -> float:
            nonlocal layout
            if text not in known:
                # A layout keeps where the spaces of its last text were, if they have a width of their own.
                if layout is None or style["word_spacing"]:
                    layout = create_layout(text, style, context, None, 0)
                else:
                    layout.set_text(text)
                known[text] = line_size(layout.get_first_line()[0], style)[0]
            return known[text]

        return width

    def _of(self, style: Any) -> dict[str, float]:
        """Return what is known of a style, and of all that shape as it does."""
        found = style.__dict__.get("_widths")
        if found is None or found[0] != style["font_size"]:  # a table's type may be made smaller
            shaping = (style.font_config, *style["font_family"], *(str(style[name]) for name in _SHAPING))
            known = self._known.setdefault(shaping, {})
            found = style.__dict__["_widths"] = style["font_size"], known
        pieces: dict[str, float] = found[1]
        return pieces


widths = _Widths()
"""What has been measured in this process."""


def runs_of(texts: Sequence[Any], styles: Sequence[Any], context: Any, containing_block: Any) -> list[Run]:
    """Return the runs of text boxes, set in these styles, and of what stands among them."""
    runs: list[Run] = []
    start = 0
    for box, style in zip(texts, styles, strict=True):
        if is_object(box):
            runs.append(run_of(box, start, containing_block))
            start = runs[-1].end
            continue
        measure, syllables = widths.measure(style, context), _syllables(style, context)
        runs.append(Run(start, start + len(box.text), measure, syllables, style["hyphenate_character"]))
        start += len(box.text)
    return runs


def _syllables(style: Any, context: Any) -> Callable[[str], Sequence[int]]:
    """Return the divisions that WeasyPrint itself would allow in a style: `hyphenate-limit-chars`."""
    language = style["lang"] and pyphen.language_fallback(style["lang"])
    if style["hyphens"] != "auto" or not language or style["white_space"] == "nowrap":
        return lambda word: ()
    total, left, right = style["hyphenate_limit_chars"]
    key = (language, left, right, total)
    if key not in context.dictionaries:
        context.dictionaries[key] = pyphen.Pyphen(lang=language, left=left, right=right)
    positions = context.dictionaries[key].positions

    def syllables(word: str) -> Sequence[int]:
        if len(word) < total:
            return ()
        # Divisions that change letters are left out: `data` says how they would.
        return [int(place) for place in positions(word) if not getattr(place, "data", None)]

    return syllables
