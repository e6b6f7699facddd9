from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from book import config, preparing
from book.preparing import Picture, prepared
from book.read import read


def png(side: int = 8) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (side, side), (side, 2, 3)).save(out, "PNG")
    return out.getvalue()


def test_pictures_are_prepared_in_order_whatever_the_workers(tmp_path: Path) -> None:
    data = [png(side) for side in range(1, 8)] + [b"not a picture"]
    one = prepared(data, tmp_path / "a", jobs=1, fresh=False)
    two = prepared(data, tmp_path / "a", jobs=3, fresh=True)
    assert one == two
    assert [picture.width for picture in one if isinstance(picture, Picture)] == list(range(1, 8))
    assert one[-1] == "it is not a picture of a kind that books hold"


def test_what_is_remembered_needs_no_child_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = [png(), b"not a picture"]
    first = prepared(data, tmp_path, jobs=1, fresh=False)
    monkeypatch.setattr(preparing, "Worker", None)
    assert prepared(data, tmp_path, jobs=1, fresh=False) == first


@pytest.mark.parametrize("harm", [b"", b"something else"])
def test_a_picture_that_somebody_changed_is_prepared_again(tmp_path: Path, harm: bytes) -> None:
    (first,) = prepared([png()], tmp_path, jobs=1, fresh=False)
    assert isinstance(first, Picture)
    first.path.write_bytes(harm)
    assert prepared([png()], tmp_path, jobs=1, fresh=False) == [first]
    assert first.path.read_bytes() == png()


def test_a_decoder_that_takes_too_much_costs_one_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from book.press.workers import Limits

    out = io.BytesIO()
    Image.new("RGB", (6000, 6000)).save(out, "PNG")
    monkeypatch.setenv("HOME", str(tmp_path))  # a process of its own, with no other libraries in its memory
    monkeypatch.setattr(preparing, "_LIMITS", Limits(seconds=30, memory=120 << 20))
    large, small = prepared([out.getvalue(), png()], tmp_path, jobs=1, fresh=False)
    assert isinstance(large, str)
    assert "memory" in large
    assert isinstance(small, Picture)


def test_one_content_has_one_name_and_one_file(manuscript: Any) -> None:
    text = "# T\n\n![a](media/one.png) ![b](media/two.png) ![c](media/other.png)\n"
    files = {"media/one.png": png(), "media/two.png": png(), "media/other.png": png(9)}
    root = manuscript(
        {"2017-01-01-x": text}, files={f"chapters/{name}": data for name, data in files.items()}
    )
    made = read(config.load(root))
    assert len(made.media) == 2
    assert sorted(media.name.partition("-")[0] for media in made.media) == ["one", "other"]
    assert all(media.name.isascii() and media.path.is_file() for media in made.media)


def test_a_picture_in_the_text_itself_is_shown(manuscript: Any) -> None:
    import base64

    address = "data:image/png;base64," + base64.b64encode(png()).decode()
    made = read(config.load(manuscript({"2017-01-01-x": f"# T\n\n![dot]({address}) and ![bad](data:,x)\n"})))
    assert [(media.width, media.media_type) for media in made.media] == [(8, "image/png")]
    assert "Picture missing: bad" in made.posts[0].body
    assert "data:" not in made.posts[0].body
