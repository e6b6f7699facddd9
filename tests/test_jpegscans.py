"""JPEGs that go over their picture again and again."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from book.jpegscans import is_sound, scans
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


def test_a_jpeg_of_which_a_part_cannot_be_read_is_written_anew_and_told() -> None:
    sound = jpeg(progressive=False)
    scan = sound.index(b"\xff\xda") + 40
    for damaged in (sound[:scan] + bytes(40) + sound[scan + 40 :], sound[:scan] + sound[scan + 30 :]):
        made = prepare(damaged)
        assert made.damaged and made.kind == "JPEG" and (made.width, made.height) == (256, 256)
        assert is_sound(made.data) and not is_sound(damaged)
    assert not prepare(sound).damaged
    assert not prepare(jpeg(progressive=True)).damaged


@pytest.mark.parametrize("progressive", [False, True])
def test_a_jpeg_that_lacks_only_its_end_gets_one_and_is_told(progressive: bool) -> None:
    sound = jpeg(progressive=progressive)
    for missing in (1, 2):
        made = prepare(sound[:-missing])
        assert made.ended and not made.damaged
        assert made.data == prepare(sound).data
    assert not prepare(sound).ended
    with pytest.raises(Unusable, match="damaged"):
        prepare(sound[: len(sound) // 2])
