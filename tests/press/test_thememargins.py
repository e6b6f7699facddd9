"""Margins that style sheets give to pages, and those that a printer's safe area asks for at head and foot."""

from __future__ import annotations

import pytest

from book.model import Sheet
from book.press.pageplan import Wishes, plan
from book.press.thememargins import head_and_foot, inside_and_outside, of_named_pages
from book.profile import load


@pytest.mark.parametrize(
    ("css", "found"),
    [
        ("@page { margin-top: 21mm; margin-bottom: 26mm }", ("21mm", "26mm")),
        ("@page { margin: 1cm 2cm 3cm }", ("1cm", "3cm")),
        ("@page { margin: 12mm } @page :first { margin-top: 5cm }", ("12mm", "12mm")),
        ("p { margin-top: 1cm }", (None, None)),
    ],
)
def test_head_and_foot_are_those_of_all_pages(css: str, found: tuple[str | None, str | None]) -> None:
    assert head_and_foot([Sheet("print.css", css)]) == found


def test_margins_at_head_and_foot_are_none_at_the_sides() -> None:
    css = "@page { margin: 1cm 2cm 3cm 4cm } @page plate { margin: 5mm }"
    assert inside_and_outside([Sheet("print.css", css)]) == ("4cm", "2cm")
    assert "top" not in of_named_pages([Sheet("print.css", css)], {"inside": "9mm"}, 0.0)


@pytest.mark.parametrize(
    ("profile", "size", "wish", "widened"),
    [
        ("lulu-paperback", 10, None, {"bottom": "61.8pt"}),  # half an inch is safe there
        ("lulu-paperback", 10, "18mm", {"bottom": "18mm"}),  # who asks for less has it, and is told
        ("kdp-paperback", 10, None, {}),
        ("kdp-paperback", 18, None, {"bottom": "61.44pt"}),  # larger letters take more
    ],
)
def test_folios_keep_to_what_a_printer_calls_safe(
    profile: str, size: float, wish: str | None, widened: dict[str, str]
) -> None:
    wishes = Wishes(margins={"bottom": wish})
    made = plan(load(profile), wishes, (None, None), ("21mm", "20mm"), size)
    assert {side: value for side, value in made.margins.items() if side != "top"} == widened
    assert "top" not in made.margins
