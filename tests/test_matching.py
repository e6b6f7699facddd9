from __future__ import annotations

from pathlib import Path

import pytest

from book.fonts.matching import nearest
from book.model import Face


def face(low: int, high: int | None = None) -> Face:
    return Face("Any", Path(f"{low}.ttf"), "normal", (low, high or low))


@pytest.mark.parametrize(
    ("weights", "wanted", "found"),
    [
        ([100, 300, 400, 700], 400, 400),
        ([100, 300, 700], 400, 300),
        ([300, 500, 700], 400, 500),
        ([600, 700], 400, 600),
        ([100, 200], 300, 200),
        ([400, 700], 600, 700),
        ([400, 500], 600, 500),
        ([400, 700], 200, 400),
    ],
)
def test_a_weight_is_set_by_the_face_that_css_takes(weights: list[int], wanted: int, found: int) -> None:
    assert nearest([face(weight) for weight in weights], wanted).weights[0] == found


def test_a_variable_face_sets_every_weight_it_has() -> None:
    assert nearest([face(700), face(200, 900)], 600).weights == (200, 900)
