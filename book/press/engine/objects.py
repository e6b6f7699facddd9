"""What stands in a line and is no text, a formula or a small picture: it has a width, and is not broken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.percent import resolve_percentages
from weasyprint.layout.replaced import inline_replaced_box_layout

from book.press.paragraphs import Run

OBJECT = "\ufffc"
"""Stands for it in a paragraph's text."""


def is_object(box: Any) -> bool:
    """Tell whether a box is one that can stand among words."""
    return (
        isinstance(box, boxes.InlineReplacedBox)
        and bool(box.is_in_normal_flow())
        and box.style["position"] == "static"
    )


def text_of(box: Any) -> str:
    """Return what a box is in its paragraph's text."""
    return box.text if isinstance(box, boxes.TextBox) else OBJECT


def run_of(box: Any, start: int, containing_block: Any) -> Run:
    """Return the run that a box is, at this place of the text."""
    laid = box.copy()
    resolve_percentages(laid, containing_block)
    inline_replaced_box_layout(laid, containing_block)
    width = float(laid.margin_width())
    return Run(start, start + len(OBJECT), _wide(width), undivided)


@lru_cache(maxsize=256)
def _wide(width: float) -> Callable[[str], float]:
    return lambda _: width


def undivided(_: str) -> Sequence[int]:
    """Divide no word."""
    return ()


def closed(text: str, texts: Sequence[Any], runs: Sequence[Run]) -> Iterator[int]:
    """Give the places around these boxes where no line may end: those without a space."""
    for box, run in zip(texts, runs, strict=True):
        if not isinstance(box, boxes.TextBox):
            yield run.end
            if run.start and text[run.start - 1] not in " \n":
                yield run.start
