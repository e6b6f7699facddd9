from __future__ import annotations

import pytest

from book.profile import load
from book.wraparound.plan import plan

SIX_BY_NINE = (432.0, 648.0)


@pytest.mark.parametrize(
    ("profile", "pages", "inches"),
    [
        ("kdp-paperback", 240, 0.54048),
        ("kdp-paperback", 60, 0.13512),
        ("ingramspark", 240, 0.5064),
        ("lulu-paperback", 222, 0.56),
    ],
)
def test_the_spine_is_as_wide_as_the_printer_says(profile: str, pages: int, inches: float) -> None:
    assert plan(load(profile), SIX_BY_NINE, pages, None).spine == pytest.approx(inches * 72, abs=0.01)


def test_a_thin_spine_has_no_text() -> None:
    assert plan(load("kdp-paperback"), SIX_BY_NINE, 78, None).spine_text == 0
    assert plan(load("kdp-paperback"), SIX_BY_NINE, 79, None).spine_text > 0


def test_more_pages_than_the_paper_allows_are_told() -> None:
    (notice,) = plan(load("kdp-paperback"), SIX_BY_NINE, 800, "cream").notices
    assert "776" in notice.message


def test_the_barcode_is_beside_the_spine_at_the_foot() -> None:
    left_to_right = plan(load("kdp-paperback"), SIX_BY_NINE, 240, None)
    assert left_to_right.barcode == pytest.approx((432 - 18 - 144, 648 - 18 - 86.4, 144, 86.4))
    right_to_left = plan(load("kdp-paperback"), SIX_BY_NINE, 240, None, rtl=True)
    assert right_to_left.barcode[0] == 18
    assert (right_to_left.front, right_to_left.back) == (0, pytest.approx(432 + 240 * 0.002252 * 72))


@pytest.mark.parametrize(
    ("profile", "trim", "pages", "sheet"),
    [
        ("kdp-hardcover", (6, 9), 103, (13.996, 10.417)),  # as KDP's own calculator says
        ("lulu-hardcover", (8.5, 11), 60, (19, 12.75)),  # as Lulu's template has it
        ("lulu-hardcover", (6, 9), 200, (14.5, 10.75)),
        ("ingramspark-hardcover", (6, 9), 200, (14.369, 10.5)),
    ],
)
def test_a_hard_covers_sheet_is_as_large_as_the_printers(
    profile: str, trim: tuple[float, float], pages: int, sheet: tuple[float, float]
) -> None:
    made = plan(load(profile), (trim[0] * 72, trim[1] * 72), pages, None)
    size = made.whole + 2 * made.bleed, made.height + 2 * made.bleed
    assert size == pytest.approx((sheet[0] * 72, sheet[1] * 72), abs=0.05)


def test_a_hard_cover_keeps_its_hinges_free() -> None:
    made = plan(load("kdp-hardcover"), SIX_BY_NINE, 200, None)
    rtl = plan(load("kdp-hardcover"), SIX_BY_NINE, 200, None, rtl=True)
    hinge = 10 / 25.4 * 72
    assert made.front == pytest.approx(made.width + made.spine + 2 * hinge)
    assert (rtl.front, rtl.back) == (0, pytest.approx(made.front))
    left, _, wide, _ = made.barcode
    assert left + wide <= made.width - 18 + 1e-6
    assert made.width == pytest.approx(432 + (5 - 10) / 25.4 * 72)
