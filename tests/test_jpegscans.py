"""JPEGs that go over their picture again and again."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from book.jpegscans import scans
from book.media import SCANS, Unusable, prepare


def jpeg(*, progressive: bool, exif: bytes = b"") -> bytes:
    made = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").save(made, "JPEG", progressive=progressive, exif=exif)
    return made.getvalue()


def test_scans_are_counted_and_nothing_else_is() -> None:
    metadata = b"Exif\0\0" + b"\xff\xda\0\x02" * 900
    assert scans(jpeg(progressive=False, exif=metadata) + b"\xff\xda" * 900) == 1
    assert 5 <= scans(jpeg(progressive=True)) <= 20
    assert scans(b"\xff\xd8") == 0


def test_a_picture_of_a_thousand_scans_is_no_picture_for_a_book() -> None:
    data = jpeg(progressive=True)
    first = data.index(b"\xff\xda")
    assert prepare(data)
    with pytest.raises(Unusable, match=f"more than {SCANS} times"):
        prepare(data[:first] + data[first:-2] * 200 + data[-2:])
