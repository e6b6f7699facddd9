"""Text that fits its line but for the space after it."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from contextlib import nullcontext

from book.press.engine import loading

loading.load()

from weasyprint import HTML  # noqa: E402
from weasyprint.formatting_structure import boxes  # noqa: E402
from weasyprint.text.line_break import split_first_line  # noqa: E402

from book.press.engine.hanging import _first_line, hanging_spaces  # noqa: E402

TEXT = "When a page of type is finished it stands inside an iron frame, the <em>chase</em>. The gaps"


def lines(width: int) -> Iterator[str]:
    style = f"@page {{ size: {width}pt 400pt; margin: 0 }} body {{ margin: 0; font: 10pt serif }}"
    document = HTML(string=f"<style>{style}</style><p lang=en>{TEXT}").render()
    for box in document.pages[0]._page_box.descendants():
        if isinstance(box, boxes.LineBox):
            yield "".join(one.text for one in box.descendants() if isinstance(one, boxes.TextBox))


def short_lines(mended: bool) -> list[int]:
    """Return the widths at which a first line is much shorter than the second."""
    with hanging_spaces() if mended else nullcontext():
        found = {width: list(lines(width)) for width in range(260, 380)}
    return [width for width, (first, second, *_) in found.items() if len(first) < len(second) / 2]


def test_a_space_at_the_end_of_a_line_takes_no_room() -> None:
    assert short_lines(mended=True) == []


def test_weasyprint_still_needs_to_be_mended() -> None:
    assert short_lines(mended=False) != []


def test_the_text_is_whole_at_every_width() -> None:
    whole = TEXT.replace("<em>", "").replace("</em>", "").split()
    with hanging_spaces():
        for width in (120, 160, 240, 320):
            assert " ".join(lines(width)).split() == whole


def test_what_is_replaced_takes_what_the_replacement_takes() -> None:
    assert list(inspect.signature(split_first_line).parameters) == list(
        inspect.signature(_first_line).parameters
    )
