"""The dots of a leader are one text, and stand where they stood one by one."""

from __future__ import annotations

from contextlib import nullcontext

import pypdfium2
import pytest

from book.press.engine import loading

loading.load()

from weasyprint import HTML  # noqa: E402

from book.press.engine.leaders import joined_leaders  # noqa: E402

DOTS = {"dots": "'.'", "spaced": "' . '", "kerned": "'To'", "nothing": "' '", "wide": "'····· '"}


def written(dot: str, direction: str, *, joined: bool) -> tuple[int, list[tuple[str, float, float]]]:
    """Return how long a page of contents is, and its signs with where each begins."""
    items = "".join(f"<li>Chapter {'and so on ' * n}<span>{n * 7}</span></li>" for n in range(5))
    css = f"@page {{ size: 12cm }} html {{ direction: {direction} }} li {{ letter-spacing: 0.01em }}"
    css += f"span::before {{ content: leader({dot}) }}"
    with joined_leaders() if joined else nullcontext():
        pdf = HTML(string=f"<style>{css}</style><ol>{items}</ol>").write_pdf(uncompressed_pdf=True)
    words = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    boxes = (
        (words.get_text_range(at, 1), *words.get_charbox(at, loose=True)[:2])
        for at in range(words.count_chars())
    )
    found = [(sign, x, y) for sign, x, y in boxes if sign.strip()]
    return len(pdf), sorted(found, key=lambda sign: (round(sign[2]), sign[1]))


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("dot", DOTS.values(), ids=DOTS)
def test_dots_stand_where_they_stood(dot: str, direction: str) -> None:
    """Half a point: sixty dots in one operation are placed by thousandths of their size."""
    size, signs = written(dot, direction, joined=True)
    apart, alike = written(dot, direction, joined=False)
    assert [sign for sign, _, _ in signs] == [sign for sign, _, _ in alike]
    places = [place for _, *place in signs], [place for _, *place in alike]
    assert places[0] == [pytest.approx(place, abs=0.5) for place in places[1]]
    assert size < apart or dot in (DOTS["kerned"], DOTS["nothing"])
