"""ISBNs: check digits and the two lengths."""

from __future__ import annotations

import pytest

from book import isbn


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("978-0-306-40615-7", "9780306406157"),
        ("ISBN 0 306 40615 2", "0306406152"),
        ("isbn: 0‑8044‑2957‑x", "080442957X"),
    ],
)
def test_what_people_write_is_bared_and_sound(written: str, digits: str) -> None:
    assert isbn.bare(written) == digits
    assert isbn.sound(digits)


@pytest.mark.parametrize(
    "digits", ["9780306406158", "0306406153", "1234567890128", "978030640615", "", "978030640615X"]
)
def test_a_wrong_number_is_not_sound(digits: str) -> None:
    assert not isbn.sound(digits)


def test_ten_digits_become_thirteen() -> None:
    assert isbn.thirteen("0306406152") == "9780306406157"
    assert isbn.thirteen("9790306406156") == "9790306406156"
