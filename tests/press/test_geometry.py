from __future__ import annotations

import pytest

from book.errors import BookError
from book.press.geometry import page, sheet


@pytest.mark.parametrize(
    ("trim", "width", "height"),
    [
        ("a5", "148mm", "210mm"),
        ("Trade", "6in", "9in"),
        ("140mm x 216mm", "140mm", "216mm"),
        ("5.5 x 8.5in", "5.5in", "8.5in"),
        ("12cm×19cm", "12cm", "19cm"),
    ],
)
def test_a_trim_is_a_name_or_two_lengths(trim: str, width: str, height: str) -> None:
    made = page(trim, {})
    assert (made.width, made.height) == (width, height)


@pytest.mark.parametrize("trim", ["a55", "140 x 216", "140mm", "1mm x 2mm", "9000mm x 9000mm", ""])
def test_other_trims_are_refused(trim: str) -> None:
    with pytest.raises(BookError) as caught:
        page(trim, {})
    assert caught.value.notices[0].hint


def test_a_margin_needs_a_unit() -> None:
    with pytest.raises(BookError, match="`margin-top` is not a length: `12`"):
        page("a5", {"top": "12"})


def test_margins_leave_room_for_text() -> None:
    with pytest.raises(BookError, match="less than an inch"):
        page("a5", {"inside": "7cm", "outside": "6cm"})


def test_inside_and_outside_change_sides() -> None:
    css = sheet(page("a5", {"inside": "20mm", "outside": "15mm", "top": "1cm"}), "page")
    assert "@page :left { margin-right: 20mm; }" in css
    assert "@page :right { margin-left: 20mm; }" in css
    assert "@page :left { margin-left: 15mm; }" in css
    assert "@page { margin-top: 1cm; }" in css


def test_margins_that_are_not_given_are_the_themes() -> None:
    assert "margin-top" not in sheet(page("a5", {"top": None}), "page")


@pytest.mark.parametrize(("openings", "rule"), [("page", "page"), ("recto", "recto"), ("any", "auto")])
def test_openings(openings: str, rule: str) -> None:
    assert f"section.chapter {{ break-before: {rule}; }}" in sheet(page("a5", {}), openings)


def test_an_unknown_opening_is_refused() -> None:
    with pytest.raises(BookError, match="`openings` cannot be `verso`"):
        sheet(page("a5", {}), "verso")


def test_the_body_begins_on_a_recto() -> None:
    assert '[id="part-2017"] { break-before: recto !important; }' in sheet(
        page("a5", {}), "page", "part-2017"
    )
