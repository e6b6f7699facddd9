from __future__ import annotations

import pytest

from book import lengths


@pytest.mark.parametrize(
    ("length", "points"),
    [("1in", 72), ("25.4mm", 72), ("2.54 cm", 72), ("12PT", 12), ("1pc", 12), ("96px", 72), ("0.125in", 9)],
)
def test_a_length_in_points(length: str, points: float) -> None:
    assert lengths.points(length) == points


@pytest.mark.parametrize("length", ["", "12", "mm", "-3mm", "1e3mm", "3mm 4mm", "1.mm"])
def test_what_is_no_length(length: str) -> None:
    assert lengths.written(length) is None
    with pytest.raises(ValueError, match="is not a length"):
        lengths.points(length)


@pytest.mark.parametrize("size", ["6in x 9in", "6 x 9in", "6in×9in", "6in by 9in"])
def test_a_size_is_two_lengths(size: str) -> None:
    assert lengths.pair(size) == (432, 648)


@pytest.mark.parametrize("size", ["6in", "6 x 9", "a5", "6in x 9in x 2in", 6, None])
def test_what_is_no_size(size: object) -> None:
    with pytest.raises(ValueError, match="no size"):
        lengths.pair(size)
